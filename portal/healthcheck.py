"""A health check for containers: exit 0 when a URL answers 200."""

from __future__ import annotations

import http.client
import sys
from urllib.parse import urlsplit

__all__ = ["main"]


def main(url: str) -> int:
    """0 when the URL answers 200 within 4 s, else 1."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=4)
    try:
        connection.request("GET", parts.path)
        return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
