"""Building an environment of the sandbox: its accounts, its signing key and its products."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable

from examples.sandbox.company_data.product import CompanyData
from examples.sandbox.data_files import read_data_file
from examples.sandbox.exchange_rates.product import ExchangeRates
from examples.sandbox.rate_limits import RateLimiter
from examples.sandbox.settings import Settings
from examples.sandbox.signing_in import SignIn
from examples.sandbox.tokens import TokenIssuer
from examples.sandbox.wsgi import SandboxApplication

__all__ = ["build_environment"]


def build_environment(
    name: str, settings: Settings, *, clock: Callable[[], float] = time.time
) -> SandboxApplication:
    """The application of "sandbox" or "production"; they share no account, key or portfolio."""
    issuer = TokenIssuer(
        name, key=_derive_key(name, settings.secret), lifetime_seconds=settings.token_seconds
    )
    sign_in = SignIn(name, passwords=read_data_file("accounts")[name], issuer=issuer)
    return SandboxApplication(
        name,
        products=(CompanyData(sign_in), ExchangeRates(sign_in)),
        issuer=issuer,
        limiter=RateLimiter(settings.rate_per_minute),
        clock=clock,
    )


def _derive_key(environment: str, secret: str) -> bytes:
    """A key of 32 bytes that no other environment has, even with the same secret."""
    if not secret:
        return secrets.token_bytes(32)
    return hmac.digest(secret.encode(), environment.encode(), "sha256")
