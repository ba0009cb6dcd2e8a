"""Base URLs: what is one, and what a definition suggests."""

from __future__ import annotations

import pytest

from catalog.openapi import JSONValue
from catalog.services.servers import ServerError, check_server_url, suggest_servers


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("/v1", "not an absolute http", id="relative"),
        pytest.param("ftp://example.com", "not an absolute http", id="other scheme"),
        pytest.param("javascript:alert(1)", "not an absolute http", id="script"),
        pytest.param("https:///v1", "names no host", id="no host"),
        pytest.param("https://u:p@example.com", "holds credentials", id="credentials"),
        pytest.param("https://example.com/v1?a=b", "query or fragment", id="query"),
        pytest.param("https://example.com:99999", "not from 1 to 65535", id="port"),
        pytest.param("https://example.com:0", "not from 1 to 65535", id="port 0"),
        pytest.param("https://example.com:x", "not from 1 to 65535", id="port of letters"),
    ],
)
def test_what_is_no_base_url_is_refused_with_the_reason(url: str, reason: str) -> None:
    with pytest.raises(ServerError, match=reason):
        check_server_url(url)


def test_base_url_loses_its_trailing_slash() -> None:
    assert check_server_url("https://example.com/v1/") == "https://example.com/v1"


@pytest.mark.parametrize(
    ("servers", "expected"),
    [
        pytest.param([], {}, id="none"),
        pytest.param("nonsense", {}, id="nonsense"),
        pytest.param([{"url": "/v1"}, 3], {}, id="relative and nonsense"),
        pytest.param(
            [{"url": "https://a.example.com", "description": "The test system"}],
            {"Sandbox": "https://a.example.com"},
            id="told by description",
        ),
        pytest.param(
            [{"url": "https://a.example.com"}, {"url": "https://b.example.com"}],
            {"Production": "https://a.example.com"},
            id="the first of a kind",
        ),
        pytest.param(
            [{"url": "https://{r}.example.com", "variables": {"r": {"default": "eu"}}}],
            {"Production": "https://eu.example.com"},
            id="variables at their defaults",
        ),
    ],
)
def test_servers_are_suggested_by_what_they_say(
    servers: JSONValue, expected: dict[str, str]
) -> None:
    assert suggest_servers(servers) == expected
