"""Which base URL a version has for a reader."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.models import Environment, Server, Version
from catalog.openapi import JSONValue

__all__ = ["choose_base_url", "find_server"]

UNKNOWN = "https://api.example.com"


def find_server(servers: Iterable[Server], environment: Environment | None) -> Server | None:
    """The server in the chosen environment, else the first there is."""
    known = list(servers)
    chosen = next((one for one in known if one.environment == environment), None)
    return chosen or next(iter(known), None)


def choose_base_url(
    version: Version, servers: Iterable[Server], environment: Environment | None
) -> str:
    """The base URL that samples are written for, without a slash at its end.

    A version without a server in the portal is shown with the first absolute URL of its
    definition, which is never sent to.
    """
    server = find_server(servers, environment)
    if server is not None:
        return server.url
    revision = version.current_revision
    declared: JSONValue = revision.overview.get("servers") if revision is not None else None
    urls = [
        str(one.get("url"))
        for one in (declared if isinstance(declared, list) else [])
        if isinstance(one, dict)
    ]
    absolute = [url for url in urls if url.startswith(("https://", "http://")) and "{" not in url]
    return absolute[0].rstrip("/") if absolute else UNKNOWN
