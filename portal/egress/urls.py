"""Reading the URL of a request, more strictly than any library that could read it otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address

from portal.egress.errors import InvalidRequest

__all__ = ["TargetURL", "origin_of", "parse_url"]

DEFAULT_PORTS = {"http": 80, "https": 443}

_VISIBLE = re.compile(r"[\x21-\x7e]+")
_URL = re.compile(
    r"(?P<scheme>https?)://"
    r"(?:\[(?P<address>[0-9a-f:.]+(?:%25[0-9a-z._~-]+)?)\]|(?P<name>[0-9a-z._-]+))"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[0-9a-z_](?:[0-9a-z_-]{0,61}[0-9a-z_])?")


@dataclass(frozen=True, slots=True)
class TargetURL:
    """An http or https URL in parts: lowercase host without brackets, path with query as given."""

    scheme: str
    host: str
    port: int
    request_target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port as one text; the scheme's own port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def origin_of(url: str) -> str:
    """The origin a URL belongs to: "https://host:port", lowercase, without the default port.

    Raises InvalidRequest for what is no http or https URL.
    """
    return parse_url(url).origin


def parse_url(url: str) -> TargetURL:
    """Read a URL that is about to be requested.

    Refused with InvalidRequest: schemes but http and https, user information, a fragment, hosts
    that are no ASCII names or addresses, ports out of range, and any character that is not
    visible ASCII, since libraries disagree on what such URLs mean.
    Source: RFC 3986, 3; RFC 9110, 4.2.
    """
    if not _VISIBLE.fullmatch(url):
        raise InvalidRequest("url: characters that are not visible ASCII")
    match = _URL.fullmatch(url)
    if match is None:
        raise InvalidRequest("url: not a plain http or https URL")
    scheme = match["scheme"].lower()
    address = match["address"]
    return TargetURL(
        scheme=scheme,
        host=_read_name(match["name"]) if address is None else _read_address(address),
        port=_read_port(match["port"], scheme),
        request_target=(match["path"] or "/") + (match["query"] or ""),
    )


def _read_name(name: str) -> str:
    lowered = name.lower()
    labels = lowered.removesuffix(".").split(".")
    if len(lowered) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise InvalidRequest("url: not a host name")
    return lowered


def _read_address(text: str) -> str:
    # A scope only belongs to link-local addresses, which no option opens.
    try:
        return IPv6Address(text.partition("%25")[0]).compressed
    except AddressValueError as error:
        raise InvalidRequest("url: not an IPv6 address") from error


def _read_port(text: str | None, scheme: str) -> int:
    port = DEFAULT_PORTS[scheme] if text is None else int(text)
    if not 1 <= port <= 65535:
        raise InvalidRequest("url: port out of range")
    return port
