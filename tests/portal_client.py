"""A small client of a running portal, over real HTTP, as a browser session or script uses it."""

from __future__ import annotations

from typing import Any

import requests

__all__ = ["PortalClient"]

TIMEOUT_SECONDS = 30
UPLOAD_SECONDS = 90  # the portal answers within 60 s
VERSION = "/api/v1/products/company-data/versions/1"


class PortalClient:
    """One session of one caller."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self.get("/catalog/")

    def get(self, path: str) -> requests.Response:
        """A page or REST resource."""
        return self._session.get(self._url + path, timeout=TIMEOUT_SECONDS)

    def post_form(self, path: str, **fields: str) -> requests.Response:
        """Submit a form with the CSRF token a browser would send."""
        data = {"csrfmiddlewaretoken": self._csrf_token(), **fields}
        return self._session.post(self._url + path, data=data, timeout=TIMEOUT_SECONDS)

    def call(self, method: str, path: str, body: Any = None) -> requests.Response:
        """A REST call with JSON and the CSRF header."""
        headers = {"X-CSRFToken": self._csrf_token()}
        return self._session.request(
            method, self._url + path, json=body, headers=headers, timeout=TIMEOUT_SECONDS
        )

    def put_bytes(self, path: str, body: bytes) -> requests.Response:
        """Put a file's bytes, such as a definition."""
        headers = {"X-CSRFToken": self._csrf_token(), "Content-Type": "application/octet-stream"}
        return self._session.put(
            self._url + path, data=body, headers=headers, timeout=UPLOAD_SECONDS
        )

    def send(self, operation: str, **body: Any) -> dict[str, Any]:
        """Send an operation of Company Data; the exchange as JSON."""
        response = self.call(
            "POST", f"{VERSION}/operations/{operation}/send", {"environment": "sandbox", **body}
        )
        assert response.status_code == 200, response.text
        exchange: dict[str, Any] = response.json()
        return exchange

    def authenticate(self, *, stay_signed_in: bool) -> dict[str, Any]:
        """Get a token of the sandbox with the demonstration credentials."""
        return self.send(
            "authenticate",
            body={"username": "sandbox-demo", "password": "lantern-works-74"},
            stay_signed_in=stay_signed_in,
        )

    def search(self) -> dict[str, Any]:
        """A request that needs the token."""
        return self.send("company-search", parameters={"query": {"country": "NO"}})

    def sign_in(self, username: str, password: str) -> None:
        """Sign in to the portal itself."""
        response = self.post_form("/accounts/login/", login=username, password=password)
        assert "/accounts/login/" not in response.url, response.text

    def sign_out(self) -> None:
        """Sign out of the portal."""
        assert self.post_form("/accounts/logout/").ok

    def _csrf_token(self) -> str:
        return str(self._session.cookies["csrftoken"])
