"""Refusals that explain themselves."""

from __future__ import annotations

import pytest

from portal.egress import (
    CannotConnect,
    CannotResolve,
    EgressError,
    ErrorKind,
    InvalidRequest,
    Limits,
    ProtocolViolated,
    RefusedByPolicy,
    TimedOut,
    TLSFailed,
    TooLarge,
)
from tryit.egress_wording import SENTENCES, describe_egress_error


def sentence(error: EgressError) -> str:
    """What people read about an error at api.example.com."""
    error.host, error.port = "api.example.com", 443
    return describe_egress_error(error, environment="Sandbox", limits=Limits()).sentence


@pytest.mark.parametrize(
    ("error", "text"),
    [
        pytest.param(
            CannotResolve("no address"),
            "There is no such host: api.example.com. Your request was not sent. "
            "Check the server of Sandbox.",
            id="no such host",
        ),
        pytest.param(
            CannotConnect("connection refused"),
            "api.example.com does not take connections on port 443. Nothing answered there "
            "(connection refused). Your request was not sent. "
            "See whether the API is running, then send again.",
            id="nothing there",
        ),
        pytest.param(
            TLSFailed("expiry: certificate has expired"),
            "The server's certificate is out of date. The portal reached api.example.com but did "
            "not trust it, so your request and token were not sent. "
            "Tell the API's owner. Nothing in your request is wrong.",
            id="certificate over",
        ),
        pytest.param(
            TLSFailed("handshake: no shared cipher"),
            "No secure connection to api.example.com. Handshake: no shared cipher. "
            "Your request and token were not sent. "
            "Tell the API's owner. Nothing in your request is wrong.",
            id="no agreement on TLS",
        ),
        pytest.param(
            TimedOut("first_byte"),
            "No answer from api.example.com within 30 s. The request was sent. "
            "It may have been carried out; look before you send it again.",
            id="no answer",
        ),
        pytest.param(
            TimedOut("connect"),
            "api.example.com did not take the connection within 5 s. Your request was not sent. "
            "See whether the API is running and the portal may reach it.",
            id="no connection in time",
        ),
        pytest.param(
            TimedOut("body"),
            "The answer of api.example.com was not complete within 60 s. The request was sent and "
            "the answer began. It may have been carried out; look before you send it again.",
            id="an answer without end",
        ),
        pytest.param(
            RefusedByPolicy("loopback"),
            "The portal does not send to api.example.com. It is the machine the portal itself runs "
            "on. Nothing was sent. If this is an internal API, an administrator can allow it: "
            "publish it with --allow-private, or write allow_private: true for the server of "
            "Sandbox in catalog.yaml.",
            id="not allowed",
        ),
        pytest.param(
            RefusedByPolicy("metadata"),
            "The portal does not send to api.example.com. Cloud machines get their own credentials "
            "at this address. Nothing was sent. "
            "This is never allowed. Check the server of Sandbox.",
            id="never allowed",
        ),
    ],
)
def test_error_says_what_happened_why_and_what_to_do(error: EgressError, text: str) -> None:
    assert sentence(error) == text


@pytest.mark.parametrize(
    "error",
    [TooLarge("body"), ProtocolViolated("no status line"), InvalidRequest("url: no host")],
    ids=lambda error: str(error.kind),
)
def test_every_cause_has_a_sentence_with_its_detail(error: EgressError) -> None:
    assert error.detail.lower() in sentence(error).lower()


@pytest.mark.parametrize("kind", ["loopback", "private", "shared", "unique_local"])
def test_internal_address_says_how_it_is_allowed(kind: str) -> None:
    assert "--allow-private" in sentence(RefusedByPolicy(kind))


@pytest.mark.parametrize(
    "kind",
    ["link_local", "metadata", "multicast", "unspecified", "translated", "reserved"],
)
def test_other_addresses_are_said_to_stay_closed(kind: str) -> None:
    assert "never allowed" in sentence(RefusedByPolicy(kind))


@pytest.mark.parametrize("reason", ["own_endpoint", "other_origin", "peer_changed", "metadata"])
def test_refusal_has_no_code_words(reason: str) -> None:
    assert reason not in sentence(RefusedByPolicy(reason))


def test_every_kind_is_described() -> None:
    assert set(ErrorKind) <= set(SENTENCES)


def test_facts_are_for_programs() -> None:
    error = CannotConnect("connection refused")
    error.host, error.port = "api.example.com", 8443

    problem = describe_egress_error(error, environment="Sandbox", limits=Limits())

    assert problem.kind == "connect"
    assert problem.facts == {
        "host": "api.example.com",
        "port": 8443,
        "detail": "connection refused",
        "can_retry": True,
    }
