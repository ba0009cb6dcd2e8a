"""From a server in the database to a target that egress accepts."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from catalog.models import Server
from portal.egress import Endpoint, Limits, Target

__all__ = ["denied_endpoints", "egress_limits", "target_of", "target_of_url"]

DEFAULT_PORTS = {
    "http": 80,
    "https": 443,
    "redis": 6379,
    "rediss": 6379,
    "postgres": 5432,
    "postgresql": 5432,
}


def target_of(server: Server) -> Target:
    """The one place a request to this server may go."""
    return target_of_url(server.url, allow_private=server.allow_private)


def target_of_url(url: str, *, allow_private: bool = False) -> Target:
    """The same for a token endpoint or a definition's URL."""
    return Target(base_url=url, allow_private=allow_private, denied=denied_endpoints())


def denied_endpoints() -> frozenset[Endpoint]:
    """The portal's own listener, database and Redis: never a target, whoever asks."""
    parts = [urlsplit(url) for url in settings.EGRESS_DENIED if url]
    return frozenset(
        Endpoint(part.hostname, part.port or DEFAULT_PORTS.get(part.scheme, 0))
        for part in parts
        if part.hostname
    )


def egress_limits() -> Limits:
    """The limits of the settings; those without a setting keep their defaults."""
    return Limits(
        connect_seconds=settings.EGRESS_CONNECT_SECONDS,
        first_byte_seconds=settings.EGRESS_FIRST_BYTE_SECONDS,
        total_seconds=settings.EGRESS_TOTAL_SECONDS,
        response_decoded_bytes=settings.EGRESS_RESPONSE_BYTES,
    )
