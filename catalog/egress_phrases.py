"""Why a URL is out of reach, as the end of a sentence for people at a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from portal.egress import EgressError, ErrorKind

__all__ = ["OPENED_BY_ALLOW_PRIVATE", "phrase_egress_error"]

# Reasons of a refusal that an administrator can lift.
OPENED_BY_ALLOW_PRIVATE = frozenset({"loopback", "private", "shared", "unique_local"})

REFUSALS: Mapping[str, str] = {
    "loopback": "it leads to a loopback address",
    "private": "it leads to a private address",
    "shared": "it leads to a shared address (carrier-grade NAT)",
    "unique_local": "it leads to a private address (IPv6 unique local)",
    "link_local": "it leads to a link-local address, which the portal never sends to",
    "metadata": "it leads to a cloud's metadata service, which the portal never sends to",
    "multicast": "it leads to a multicast address, which the portal never sends to",
    "unspecified": "it leads to the unspecified address, which the portal never sends to",
    "translated": "it leads to a translated address (NAT64 or 6to4), which the portal never uses",
    "reserved": "it leads to a reserved address, which the portal never sends to",
    "own_endpoint": "it leads to the portal itself, its database or Redis",
    "other_origin": "it leads to another host, port or scheme",
}
TIMEOUTS: Mapping[str, str] = {
    "dns": "its name was not resolved in time",
    "connect": "it did not take the connection in time",
    "tls": "no secure connection came about in time",
    "body": "its answer was not complete in time",
}
CAUSES: Mapping[ErrorKind, str] = {
    ErrorKind.DNS: "there is no such host ({host})",
    ErrorKind.CONNECT: "nothing takes connections at {host}, port {port} ({detail})",
    ErrorKind.TLS: "there is no trusted connection to {host} ({detail})",
    ErrorKind.TOO_LARGE: "the request is too large ({detail})",
    ErrorKind.PROTOCOL: "the answer is not HTTP or broke off ({detail})",
}
TEMPORARY_DNS = "try again later"


def phrase_egress_error(error: EgressError) -> str:
    """The cause without a capital letter at its start or a full stop at its end."""
    match error.kind:
        case ErrorKind.REFUSED_BY_POLICY:
            return REFUSALS.get(error.detail, "the portal does not send there")
        case ErrorKind.TIMEOUT:
            return TIMEOUTS.get(error.detail, "it did not answer in time")
        case ErrorKind.INVALID_REQUEST:
            return f"the portal cannot send to it ({error.detail.removeprefix('url: ')})"
        case ErrorKind.DNS if error.detail == TEMPORARY_DNS:
            return f"the name {error.host} cannot be resolved just now"
        case _:
            facts = {"host": error.host, "port": error.port, "detail": error.detail}
            return CAUSES[error.kind].format(**facts)
