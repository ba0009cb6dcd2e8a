"""Signing in: user name and password in, token out."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping

from examples.sandbox.body_reading import BodyReader
from examples.sandbox.log_lines import format_event
from examples.sandbox.messages import Request, parse_json_body
from examples.sandbox.refusals import Refusal
from examples.sandbox.tokens import IssuedToken, TokenIssuer
from examples.sandbox.value_checks import FaultList

__all__ = ["SignIn"]

logger = logging.getLogger("examples.sandbox.signing_in")


class SignIn:
    """The accounts of one environment. `passwords` maps user names to passwords."""

    def __init__(
        self, environment: str, *, passwords: Mapping[str, str], issuer: TokenIssuer
    ) -> None:
        self._environment = environment
        self._passwords = passwords
        self._issuer = issuer

    def issue_token(self, request: Request, *, product: str) -> IssuedToken:
        """A token for the credentials in the body; raises Refusal 400, 401, 415 or 422."""
        username = self._check_credentials(request, product)
        issued = self._issuer.issue(username, product=product, now=request.now)
        logger.info(
            format_event(
                "token_issued",
                environment=self._environment,
                product=product,
                user=username,
                expires_in=issued.expires_in,
            )
        )
        return issued

    def _check_credentials(self, request: Request, product: str) -> str:
        faults = FaultList()
        body = BodyReader(parse_json_body(request), faults)
        username = body.text("username", lengths=(1, 100))
        password = body.text("password", lengths=(1, 200))
        faults.finish()
        expected = self._passwords.get(username, "")
        if expected and hmac.compare_digest(expected.encode(), password.encode()):
            return username
        raise Refusal(
            401,
            "wrong-credentials",
            f"The user name or the password is not right in {self._environment}.",
            headers=(("WWW-Authenticate", f'Bearer realm="{product}"'),),
        )
