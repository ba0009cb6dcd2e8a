"""Tokens of one environment: JSON Web Tokens signed with its own key (RFC 7519)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import jwt
from jwt.types import Options

__all__ = ["IssuedToken", "TokenIssuer", "TokenRefused"]

ALGORITHM = "HS256"
# Time is an argument here, so PyJWT's own clock must not judge.
OUR_OWN_CHECKS: Options = {
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "verify_aud": False,
}


class TokenRefused(Exception):
    """A token that is not valid here; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token. Times are whole seconds since 1970."""

    token: str
    username: str
    issued_at: int
    expires_in: int


class TokenIssuer:
    """Issues and verifies the tokens of one environment; a token is good for one product."""

    def __init__(self, environment: str, *, key: bytes, lifetime_seconds: int) -> None:
        self._environment = environment
        self._key = key
        self._lifetime_seconds = lifetime_seconds

    def issue(self, username: str, *, product: str, now: float) -> IssuedToken:
        """A new token; no two are the same."""
        claims = {
            "iss": self._environment,
            "aud": product,
            "sub": username,
            "iat": int(now),
            "exp": int(now) + self._lifetime_seconds,
            "jti": secrets.token_hex(8),
        }
        token = jwt.encode(claims, self._key, algorithm=ALGORITHM)
        return IssuedToken(token, username, int(now), self._lifetime_seconds)

    def verify(self, token: str, *, product: str, now: float) -> str:
        """The user name behind a token; raises TokenRefused."""
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM], options=OUR_OWN_CHECKS)
        except jwt.InvalidSignatureError as error:
            raise TokenRefused(f"The token was not issued in {self._environment}.") from error
        except jwt.InvalidTokenError as error:
            raise TokenRefused("The token is not one of ours.") from error
        if claims["aud"] != product:
            raise TokenRefused(f"The token is for {claims['aud']}.")
        if now >= claims["exp"]:
            raise TokenRefused("The token has expired.")
        return str(claims["sub"])
