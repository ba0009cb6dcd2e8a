"""A health check for containers: exit 0 when a URL answers 200."""

from __future__ import annotations

import http.client
import sys
from urllib.parse import urlsplit

from portal.configuration import read_list

__all__ = ["is_healthy", "main"]

LOOPBACK = "127.0.0.1"
TIMEOUT_SECONDS = 4


def main(url: str) -> int:
    """0 when the URL answers 200 within 4 s, else 1."""
    return 0 if is_healthy(url) else 1


def is_healthy(url: str) -> bool:
    """Whether the portal answers 200 at this URL, asked under a name of ALLOWED_HOSTS."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(
        parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS
    )
    try:
        connection.request("GET", parts.path, headers={"Host": _allowed_host()})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _allowed_host() -> str:
    """A name the portal answers to: behind a proxy the address it listens at need not be one."""
    names = [name.removeprefix(".") for name in read_list("ALLOWED_HOSTS") if name != "*"]
    return names[0] if names else LOOPBACK


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
