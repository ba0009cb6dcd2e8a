"""A requests session that knows one route and nothing of its surroundings."""

from __future__ import annotations

from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool

from portal.egress.connections import Route, open_pool

__all__ = ["GuardedSession"]


class GuardedSession(requests.Session):
    """One exchange: no proxies, .netrc or CA bundles from the environment, no redirects."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self.trust_env = False
        self.adapters.clear()
        self.mount(f"{route.url.scheme}://", _GuardedAdapter(open_pool(route)))

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: requests reads the whole body of a redirect before it asks whether to follow."""
        return None


class _GuardedAdapter(HTTPAdapter):
    """Sends everything through the one guarded pool, whatever a URL or an option says."""

    def __init__(self, pool: HTTPConnectionPool) -> None:
        super().__init__(max_retries=0)
        self._pool = pool

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> HTTPConnectionPool:
        return self._pool

    def cert_verify(self, *args: Any, **options: Any) -> None:
        """Nothing: the pool's TLS context is complete, and requests would read its own again."""

    def request_url(self, *args: Any, **options: Any) -> str:
        # urllib3 would re-encode the request target and write it to its log. The connection
        # knows it; see connections.py.
        return "/"

    def close(self) -> None:
        self._pool.close()
        super().close()
