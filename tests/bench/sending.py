"""What sending through the portal's egress adds to a direct call of requests."""

from __future__ import annotations

import requests

from portal.egress import Limits, Request, Target, send
from tests.bench.sides import compare
from tests.servers.echo import EchoServer

__all__ = ["run"]

ROUNDS = 200


def run() -> list[str]:
    """One line: a small JSON exchange with the same loopback server."""
    with EchoServer() as server:
        url = f"{server.url}/anything"
        target = Target(base_url=server.url, allow_private=True)

        def direct() -> None:
            with requests.Session() as fresh:
                fresh.trust_env = False
                fresh.get(url, timeout=10)

        def through_egress() -> None:
            send(Request(method="GET", url=url), target=target, limits=Limits())

        line = compare(through_egress, direct, ROUNDS)
        return [f"small GET, egress against requests: {line}"]
