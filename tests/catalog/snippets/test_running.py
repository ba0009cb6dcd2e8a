"""Samples are run for real: what arrives is what was given."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.snippets import SampleRequest, render_snippet
from tests.catalog.snippets.conftest import Arrival, Echo

Run = Callable[[str, SampleRequest], Arrival]
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "NO_PROXY": "*"}
JSON = ("Content-Type", "application/json")
ACCEPT = ("Accept", "application/json, */*")


def command_for(language: str, code: str, folder: Path) -> list[str]:
    """The program and its arguments that run a sample; skips where the program is absent."""
    if language == "python":
        (folder / "sample.py").write_text(code, encoding="utf-8")
        return [sys.executable, "sample.py"]
    program = {"curl": "curl", "javascript": "node"}[language]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    if language == "javascript":
        (folder / "sample.mjs").write_text(code, encoding="utf-8")
        return ["node", "sample.mjs"]
    return ["sh", "-c", code]


@pytest.fixture
def run(echo: Echo, tmp_path: Path) -> Run:
    """Run the sample of a request in a language and return what arrived."""

    def run_sample(language: str, request: SampleRequest) -> Arrival:
        (tmp_path / "request-body.bin").write_bytes(request.body or b"")
        command = command_for(language, render_snippet(language, request), tmp_path)
        done = subprocess.run(
            command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, timeout=30, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        [arrival] = echo.arrivals
        return arrival

    return run_sample


languages = pytest.mark.parametrize("language", ["curl", "javascript", "python"])


@languages
@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/a/b%20c%2Fd;x=1?q=%22a%22&%5B%5D=%24HOME&e=",
        "/a?b=%60id%60$(id)&c=!$HOME*",
    ],
    ids=["root", "encoded", "shell"],
)
def test_target_arrives_as_given(run: Run, echo: Echo, language: str, target: str) -> None:
    arrival = run(language, SampleRequest("GET", echo.url + target, (ACCEPT,)))

    assert (arrival.method, arrival.target, arrival.body) == ("GET", target, b"")


# requests encodes the brackets, fetch the quote; both mean the same afterwards.
@pytest.mark.parametrize(
    ("language", "target"),
    [
        ("curl", "/a?plain[0]={x}&it='s"),
        ("python", "/a?it='s"),
        ("javascript", "/a?plain[0]=x"),
    ],
)
def test_unusual_target_arrives_as_given(run: Run, echo: Echo, language: str, target: str) -> None:
    arrival = run(language, SampleRequest("GET", echo.url + target, (ACCEPT,)))

    assert arrival.target == target


@languages
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "QUERY"])
def test_method_arrives_without_a_body(run: Run, echo: Echo, language: str, method: str) -> None:
    arrival = run(language, SampleRequest(method, f"{echo.url}/a", (ACCEPT,)))

    assert (arrival.method, arrival.body) == (method, b"")
    assert "content-type" not in arrival.headers


@languages
def test_headers_arrive_as_given(run: Run, echo: Echo, language: str) -> None:
    headers = (
        ACCEPT,
        ("Authorization", 'Bearer it\'s "<YOUR_JWT_HERE>" $HOME `id` \\n'),
        ("X-Empty", ""),
        ("Cookie", "a=b; c=d"),
    )

    arrival = run(language, SampleRequest("GET", f"{echo.url}/a", headers))

    sent = {name: arrival.headers.get(name.lower()) for name, _value in headers}
    assert sent == dict(headers)


@languages
@pytest.mark.parametrize(
    "body",
    [
        '{"a":"it\'s \\"quoted\\" $HOME `id` \\\\n","b":[1,1.5,true,null,{}],"é":"日本\\u0000"}',
        "[]",
        "{}",
        '[["@file"],{"x":{}}]',
        '{"__proto__":{"a":1},"big":12345678901234567890}',
        '{"a":"</script>","\\u2028":"\\u2028"}',
    ],
)
def test_json_body_arrives_as_the_same_json(run: Run, echo: Echo, language: str, body: str) -> None:
    request = SampleRequest("POST", f"{echo.url}/a", (ACCEPT, JSON), body.encode())

    arrival = run(language, request)

    assert json.loads(arrival.body) == json.loads(body)
    assert arrival.headers["content-type"] == "application/json"
    assert arrival.headers["accept"] == "application/json, */*"


@languages
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"a=b+c&d=%26"),
        ("text/plain", b"@request-body.bin"),
        ("text/plain", 'it\'s\n  "é" $HOME \\n\t\n'.encode()),
        ("application/json", b'{"broken": '),
        ("application/json", b'{"number": NaN}'),
        ("application/json", b'"text"'),
        ("application/xml", b'<?xml version="1.0"?>\n<a b="c">\'d\'</a>'),
        ("application/octet-stream", bytes(range(256))),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\na\r\n--x--\r\n"),
    ],
    ids=["form", "at", "text", "broken", "nan", "string", "xml", "binary", "multipart"],
)
def test_other_bodies_arrive_byte_by_byte(
    run: Run, echo: Echo, language: str, content_type: str, body: bytes
) -> None:
    headers = (ACCEPT, ("Content-Type", content_type))

    arrival = run(language, SampleRequest("PUT", f"{echo.url}/a", headers, body))

    assert (arrival.method, arrival.body) == ("PUT", body)
    assert arrival.headers["content-type"] == content_type


@pytest.mark.parametrize("language", ["curl", "python"])
def test_get_may_have_a_body(run: Run, echo: Echo, language: str) -> None:
    arrival = run(language, SampleRequest("GET", f"{echo.url}/a", (JSON,), b'{"a":1}'))

    assert (arrival.method, json.loads(arrival.body)) == ("GET", {"a": 1})


@pytest.mark.parametrize("language", ["curl", "python"])
def test_body_without_a_content_type_gets_none(run: Run, echo: Echo, language: str) -> None:
    arrival = run(language, SampleRequest("POST", f"{echo.url}/a", (ACCEPT,), b"a=b"))

    assert (arrival.body, arrival.headers.get("content-type")) == (b"a=b", None)
