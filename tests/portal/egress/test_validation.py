"""What a request may not contain."""

from __future__ import annotations

import pytest

from portal.egress import InvalidRequest, Limits, Request, TooLarge, is_refused_header
from portal.egress.validation import check_request

URL = "http://api.example.com/"


@pytest.mark.parametrize(
    "method", ["", "GET ", "GE T", "GET\r\nX: y", "G\u00c9T", "GET/", "CONNECT", "connect"]
)
def test_method_that_is_no_token_is_refused(method: str) -> None:
    with pytest.raises(InvalidRequest, match="method"):
        check_request(Request(method, URL), Limits())


@pytest.mark.parametrize("method", ["GET", "patch", "QUERY", "M-SEARCH"])
def test_any_other_method_is_let_through(method: str) -> None:
    assert check_request(Request(method, URL), Limits()).host == "api.example.com"


@pytest.mark.parametrize(
    "name", ["", "X Y", "X:Y", "X\r\nY", "X\0", "X\u00e9", " X", "X ", "X\t", "(X)"]
)
def test_header_name_that_is_no_token_is_refused(name: str) -> None:
    with pytest.raises(InvalidRequest, match="header name"):
        check_request(Request("GET", URL, ((name, "1"),)), Limits())


@pytest.mark.parametrize(
    "value",
    ["a\r\nX-Injected: 1", "a\nb", "a\rb", "a\0b", "a\x7fb", "a\x1bb", "\u20ac", "a\u2028b"],
)
@pytest.mark.parametrize("name", ["X-Text", "Cookie"])
def test_header_value_that_breaks_out_is_refused(name: str, value: str) -> None:
    with pytest.raises(InvalidRequest, match=name):
        check_request(Request("GET", URL, ((name, value),)), Limits())


def test_header_value_may_hold_tabs_and_latin_1() -> None:
    request = Request("GET", URL, (("X-Text", "a\tb \u00e9"), ("X-Empty", "")))

    assert check_request(request, Limits()).request_target == "/"


@pytest.mark.parametrize(
    "name",
    [
        "Host",
        "content-length",
        "Content_Length",
        "Transfer-Encoding",
        "transfer_encoding",
        "Connection",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Upgrade",
        "HTTP2-Settings",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Forwarded",
        "X-Forwarded-For",
        "X_Forwarded_Host",
    ],
)
def test_headers_of_the_connection_are_not_the_users(name: str) -> None:
    with pytest.raises(InvalidRequest, match=f"header {name}: "):
        check_request(Request("GET", URL, ((name, "1"),)), Limits())


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "X-Forward", "Hostname"])
def test_other_headers_are_the_users(name: str) -> None:
    assert not is_refused_header(name)


def test_body_above_the_limit_is_not_sent() -> None:
    with pytest.raises(TooLarge, match="request body over 3 bytes"):
        check_request(Request("POST", URL, body=b"four"), Limits(request_body_bytes=3))


def test_body_at_the_limit_is_sent() -> None:
    request = Request("POST", URL, body=b"four")

    assert check_request(request, Limits(request_body_bytes=4)).port == 80
