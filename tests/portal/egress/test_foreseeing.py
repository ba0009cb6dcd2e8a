"""What can be told of a server without asking anybody."""

from __future__ import annotations

import pytest

from portal.egress import Endpoint, Target, foresee_refusal

DENIED = frozenset({Endpoint("127.0.0.1", 8000), Endpoint("portal.example.com", 443)})


@pytest.mark.parametrize(
    ("url", "allow_private", "detail"),
    [
        pytest.param("http://127.0.0.1:9/v1", False, "loopback", id="loopback"),
        pytest.param("http://localhost:9/v1", False, "loopback", id="localhost"),
        pytest.param("http://api.LOCALHOST.:9/v1", False, "loopback", id="below localhost"),
        pytest.param("http://[::1]:9", False, "loopback", id="IPv6"),
        pytest.param("http://10.1.2.3", False, "private", id="private"),
        pytest.param("http://169.254.169.254/latest", True, "metadata", id="metadata, allowed"),
        pytest.param("http://169.254.7.7", True, "link_local", id="link-local, allowed"),
        pytest.param("http://127.0.0.1:8000", True, "own_endpoint", id="the portal, allowed"),
        pytest.param("http://localhost:8000", True, "own_endpoint", id="the portal by a name"),
        pytest.param("https://portal.example.com", True, "own_endpoint", id="the public URL"),
        pytest.param(
            "https://ex\u00e4mple.com",
            False,
            "url: characters that are not visible ASCII",
            id="not ASCII",
        ),
    ],
)
def test_certain_refusal_is_foreseen(url: str, allow_private: bool, detail: str) -> None:
    error = foresee_refusal(Target(url, allow_private=allow_private, denied=DENIED))

    assert error is not None
    assert error.detail == detail


@pytest.mark.parametrize(
    ("url", "allow_private"),
    [
        pytest.param("https://api.example.com/v1", False, id="name"),
        pytest.param("https://93.184.216.34", False, id="public address"),
        pytest.param("http://127.0.0.1:9", True, id="loopback, allowed"),
        pytest.param("http://192.168.1.5", True, id="private, allowed"),
    ],
)
def test_nothing_is_foreseen_of_what_may_work(url: str, allow_private: bool) -> None:
    assert foresee_refusal(Target(url, allow_private=allow_private, denied=DENIED)) is None
