"""Settings of the sandbox API, all from environment variables that start with SANDBOX_."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ENVIRONMENTS", "Settings", "SettingsError", "read_settings"]

ENVIRONMENTS = ("sandbox", "production")
HIGHEST_PORT = 65_535


class SettingsError(ValueError):
    """A variable has a value that means nothing; the message is one sentence for people."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set.

    `production_port` None means the port after the one Sandbox got; port 0 lets the system choose.
    `secret` signs tokens in every process alike; empty means a random one for each process.
    `environment` says which one `examples.sandbox.application` is.
    """

    host: str = "127.0.0.1"
    port: int = 8010
    production_port: int | None = None
    token_seconds: int = 3600
    rate_per_minute: int = 600
    secret: str = ""
    log_path: str = ""
    environment: str = "sandbox"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of an environment such as `os.environ`; raises SettingsError."""
    production_port = environ.get("SANDBOX_PRODUCTION_PORT", "")
    return Settings(
        host=environ.get("SANDBOX_HOST", "") or "127.0.0.1",
        port=_integer(environ, "SANDBOX_PORT", default=8010, bounds=(0, HIGHEST_PORT)),
        production_port=(
            _integer(environ, "SANDBOX_PRODUCTION_PORT", default=0, bounds=(0, HIGHEST_PORT))
            if production_port
            else None
        ),
        token_seconds=_integer(
            environ, "SANDBOX_TOKEN_SECONDS", default=3600, bounds=(1, 31_536_000)
        ),
        rate_per_minute=_integer(
            environ, "SANDBOX_RATE_PER_MINUTE", default=600, bounds=(1, 1_000_000)
        ),
        secret=environ.get("SANDBOX_SECRET", ""),
        log_path=environ.get("SANDBOX_LOG", ""),
        environment=_environment(environ),
    )


def _integer(
    environ: Mapping[str, str], name: str, *, default: int, bounds: tuple[int, int]
) -> int:
    text = environ.get(name, "").strip() or str(default)
    lowest, highest = bounds
    if not (text.isascii() and text.isdecimal() and lowest <= int(text) <= highest):
        raise SettingsError(
            f"{name} is {text}; it takes a whole number from {lowest} to {highest}."
        )
    return int(text)


def _environment(environ: Mapping[str, str]) -> str:
    name = environ.get("SANDBOX_ENVIRONMENT", "sandbox")
    if name not in ENVIRONMENTS:
        raise SettingsError(
            f"SANDBOX_ENVIRONMENT is {name}; it takes one of {', '.join(ENVIRONMENTS)}."
        )
    return name
