"""Reading URLs more strictly than the libraries do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.egress import InvalidRequest, origin_of
from portal.egress.urls import TargetURL, parse_url

REFUSED = {
    "file": "file:///etc/passwd",
    "ftp": "ftp://api.example.com/",
    "gopher": "gopher://api.example.com/",
    "dict": "dict://api.example.com:11211/",
    "unix": "unix:///run/docker.sock",
    "http+unix": "http+unix://%2Frun%2Fdocker.sock/info",
    "data": "data:text/plain,hello",
    "javascript": "javascript:alert(1)",
    "no scheme": "//api.example.com/",
    "one slash": "http:/api.example.com",
    "no slash": "http:api.example.com",
    "no host": "http:///path",
    "user": "http://user@127.0.0.1/",
    "user and password": "http://api.example.com:80@127.0.0.1/",
    "fragment": "http://127.0.0.1#@api.example.com/",
    "fragment in the path": "http://api.example.com/#top",
    "backslash before the user": "http://api.example.com\\@127.0.0.1/",
    "backslash for a slash": "http:\\\\api.example.com",
    "percent-encoded zero byte": "http://127.0.0.1%00.example.com/",
    "percent-encoded tab": "http://127.0.0.1%09.example.com/",
    "tab in the host": "http://api.exa\tmple.com/",
    "newline in the host": "http://api.exa\nmple.com/",
    "newline in the path": "http://api.example.com/a\r\nHost: b",
    "newline at the end": "http://api.example.com/\n",
    "space in the query": "http://api.example.com/?q=a b",
    "full-width digits": "http://\uff11\uff12\uff17.0.0.1/",
    "ideographic full stop": "http://127\u30020\u30020\u30021/",
    "letters outside ASCII": "http://m\u00fcnchen.example/",
    "path outside ASCII": "http://api.example.com/caf\u00e9",
    "port 0": "http://api.example.com:0/",
    "port 65536": "http://api.example.com:65536/",
    "port 99999": "http://api.example.com:99999/",
    "port with a sign": "http://api.example.com:+80/",
    "port without digits": "http://api.example.com:/",
    "IPv4 in brackets": "http://[127.0.0.1]/",
    "no IPv6": "http://[::1::]/",
    "IPv6 without brackets": "http://::1/",
    "empty label": "http://api..example.com/",
    "dot alone": "http://./",
    "label that is too long": f"http://{'a' * 64}.example.com/",
    "name that is too long": f"http://{'a.' * 127}example.com/",
    "hyphen at the end": "http://api-.example.com/",
    "star": "http://*.example.com/",
    "empty": "",
}


@pytest.mark.parametrize("url", REFUSED.values(), ids=REFUSED)
def test_url_that_libraries_may_read_otherwise_is_refused(url: str) -> None:
    with pytest.raises(InvalidRequest, match=r"^url: "):
        parse_url(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "https://api.example.com/v1/a%2e%2e/b?q=%7bx&y",
            TargetURL("https", "api.example.com", 443, "/v1/a%2e%2e/b?q=%7bx&y"),
            id="escapes stay as they are",
        ),
        pytest.param("http://h", TargetURL("http", "h", 80, "/"), id="no path"),
        pytest.param("http://h?q=1", TargetURL("http", "h", 80, "/?q=1"), id="query alone"),
        pytest.param(
            "HTTP://API.Example.COM:8080/A",
            TargetURL("http", "api.example.com", 8080, "/A"),
            id="lowercase host",
        ),
        pytest.param("http://h./", TargetURL("http", "h.", 80, "/"), id="trailing dot"),
        pytest.param("http://my_api/", TargetURL("http", "my_api", 80, "/"), id="underscore"),
        pytest.param("http://0x7f.1/", TargetURL("http", "0x7f.1", 80, "/"), id="odd literal"),
        pytest.param(
            "http://[0:0:0:0:0:0:0:1]:81/", TargetURL("http", "::1", 81, "/"), id="IPv6 shortened"
        ),
        pytest.param("http://[fe80::1%25eth0]/", TargetURL("http", "fe80::1", 80, "/"), id="scope"),
        pytest.param(
            'http://h//x|{y}"<>^`\\?[a]=b',
            TargetURL("http", "h", 80, '//x|{y}"<>^`\\?[a]=b'),
            id="odd characters of a path",
        ),
    ],
)
def test_url_is_read_in_parts(url: str, expected: TargetURL) -> None:
    assert parse_url(url) == expected


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://API.example.com/v1?x", "https://api.example.com"),
        ("https://api.example.com:443", "https://api.example.com"),
        ("http://api.example.com:443", "http://api.example.com:443"),
        ("http://api.example.com:80/", "http://api.example.com"),
        ("http://[::1]:8000/v1", "http://[::1]:8000"),
    ],
)
def test_origin_leaves_out_what_goes_without_saying(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parsed = parse_url(f"http://{text}")
    except InvalidRequest:
        return

    assert parsed.request_target.startswith("/")
