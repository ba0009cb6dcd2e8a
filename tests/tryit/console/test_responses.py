"""The response as its pane shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.egress import Response, Timing
from tests.tryit.console_factories import make_response
from tryit.console.responses import build_response_view
from tryit.exchanges import Exchange, ExchangeProblem, SentRequest

SENT = SentRequest("GET", "https://a.example/v1/reports/7?x=1", (("Accept", "*/*"),))


def make_exchange(response: Response) -> Exchange:
    """An exchange that brought this response."""
    return Exchange(request=SENT, response=response, timing=response.timing)


@pytest.mark.parametrize(
    ("status", "tone"),
    [(200, "green"), (302, "blue"), (404, "amber"), (503, "red"), (999, "red")],
)
def test_status_has_a_tone(status: int, tone: str) -> None:
    assert build_response_view(make_exchange(make_response(status=status))).tone == tone


def test_timing_is_a_bar_of_steps_in_order() -> None:
    timing = Timing(dns_ms=10, connect_ms=20, tls_ms=None, first_byte_ms=50, total_ms=100)
    response = replace(make_response(), timing=timing)

    parts = build_response_view(make_exchange(response)).timing

    assert [(part.name, part.x, part.width, part.text) for part in parts] == [
        ("dns", 0, 100, "10 ms"),
        ("connect", 100, 200, "20 ms"),
        ("first-byte", 300, 500, "50 ms"),
        ("download", 800, 200, "20 ms"),
    ]


@pytest.mark.parametrize(
    ("taken", "text"),
    [(0.25, "0.2 ms"), (184.4, "184 ms"), (2100.0, "2.1 s")],
    ids=["below one", "milliseconds", "seconds"],
)
def test_time_is_shown_in_a_fitting_unit(taken: float, text: str) -> None:
    response = replace(make_response(), timing=Timing(total_ms=taken))

    assert build_response_view(make_exchange(response)).time == text


@pytest.mark.parametrize(
    ("count", "text"), [(612, "612 B"), (4_100, "4.1 kB"), (2_500_000, "2.5 MB")], ids=str
)
def test_size_is_shown_in_a_fitting_unit(count: int, text: str) -> None:
    response = make_response(b"x" * count, content_type="text/plain")

    assert build_response_view(make_exchange(response)).size == text


@pytest.mark.parametrize(
    ("body", "content_type", "html"),
    [
        pytest.param(
            b'{"a":1}',
            "application/json",
            '{\n  <span class="nt">&quot;a&quot;</span>: <span class="mi">1</span>\n}',
            id="JSON in lines",
        ),
        pytest.param(b"{nothing", "application/json", "{nothing", id="not JSON after all"),
        pytest.param(b"<script>", "text/plain", "&lt;script&gt;", id="text is never markup"),
    ],
)
def test_body_is_highlighted_text(body: bytes, content_type: str, html: str) -> None:
    shown = build_response_view(make_exchange(make_response(body, content_type=content_type))).body

    assert shown is not None
    assert shown.html == html


def test_file_is_a_download_that_no_browser_opens() -> None:
    response = make_response(b"%PDF", content_type="application/pdf")

    shown = build_response_view(make_exchange(response)).body

    assert shown is not None
    assert shown.html is None
    assert shown.download_url == "data:application/octet-stream;base64,JVBERg=="
    assert shown.file_name == "7.pdf"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        pytest.param('attachment; filename="report.pdf"', "report.pdf", id="a name"),
        pytest.param('attachment; filename="../../etc/passwd"', "passwd.pdf", id="a path"),
        pytest.param('attachment; filename="C:\\evil.exe"', "evil.exe", id="another path"),
        pytest.param('attachment; filename=".."', "response.pdf", id="no name"),
    ],
)
def test_proposed_file_name_is_made_harmless(disposition: str, name: str) -> None:
    response = replace(
        make_response(b"%PDF"),
        headers=(("Content-Type", "application/pdf"), ("Content-Disposition", disposition)),
    )

    shown = build_response_view(make_exchange(response)).body

    assert shown is not None
    assert shown.file_name == name


def test_long_file_is_not_offered() -> None:
    response = make_response(b"\x00" * 1_000_001, content_type="application/pdf")

    shown = build_response_view(make_exchange(response)).body

    assert shown is not None
    assert (shown.is_cut, shown.download_url) == (True, "")


def test_request_is_shown_as_it_went_out() -> None:
    request = replace(SENT, method="POST", headers=(("Host", "a.example"),), body=b"a=1")

    view = build_response_view(Exchange(request=request, response=make_response()))

    assert view.sent == "POST /v1/reports/7?x=1 HTTP/1.1\nHost: a.example\n\na=1"


def test_cookies_of_the_response_are_listed() -> None:
    response = replace(make_response(), headers=(("Set-Cookie", "a=1"), ("set-cookie", "b=2")))

    assert build_response_view(make_exchange(response)).cookies == ("a=1", "b=2")


@pytest.mark.parametrize(
    ("timing", "status"),
    [(None, "Not sent"), (Timing(dns_ms=1, total_ms=2), "No answer")],
    ids=["never left", "left"],
)
def test_last_problem_explains_a_missing_response(timing: Timing | None, status: str) -> None:
    doubt = ExchangeProblem("missing_parameter", "q is missing.")
    failure = ExchangeProblem("connect", "Nothing answered")

    view = build_response_view(Exchange(request=SENT, timing=timing, problems=(doubt, failure)))

    assert (view.status, view.failure, view.problems) == (status, failure, (doubt,))


MISSING = ExchangeProblem("missing_credential", "bearerToken_token has no value in Sandbox.")


@pytest.mark.parametrize(
    ("status", "warnings"),
    [
        pytest.param(200, (), id="an answer"),
        pytest.param(401, (MISSING,), id="a refusal"),
    ],
)
def test_problems_stand_beside_a_refusal(
    status: int, warnings: tuple[ExchangeProblem, ...]
) -> None:
    exchange = replace(make_exchange(make_response(status=status)), problems=(MISSING,))

    view = build_response_view(exchange)

    assert view.warnings == warnings
    assert view.problems == (MISSING,)


def test_steps_that_did_not_take_place_are_not_shown() -> None:
    timing = Timing(dns_ms=1, connect_ms=None, tls_ms=None, first_byte_ms=None, total_ms=4)

    view = build_response_view(Exchange(request=SENT, timing=timing))

    assert [part.name for part in view.timing] == ["dns"]
