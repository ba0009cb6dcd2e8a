"""Settings of the sandbox from environment variables."""

from __future__ import annotations

import pytest

from examples.sandbox.settings import Settings, SettingsError, read_settings


def test_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings(
        host="127.0.0.1",
        port=8010,
        production_port=None,
        token_seconds=3600,
        rate_per_minute=600,
        secret="",
        log_path="",
        environment="sandbox",
    )


def test_every_variable_is_read() -> None:
    settings = read_settings(
        {
            "SANDBOX_HOST": "0.0.0.0",
            "SANDBOX_PORT": "0",
            "SANDBOX_PRODUCTION_PORT": "9001",
            "SANDBOX_TOKEN_SECONDS": "90",
            "SANDBOX_RATE_PER_MINUTE": "5",
            "SANDBOX_SECRET": "shared",
            "SANDBOX_LOG": "/var/log/sandbox.log",
            "SANDBOX_ENVIRONMENT": "production",
        }
    )

    assert settings == Settings(
        host="0.0.0.0",
        port=0,
        production_port=9001,
        token_seconds=90,
        rate_per_minute=5,
        secret="shared",
        log_path="/var/log/sandbox.log",
        environment="production",
    )


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SANDBOX_PORT", "http", "it takes a whole number from 0 to 65535"),
        ("SANDBOX_PORT", "65536", "it takes a whole number from 0 to 65535"),
        ("SANDBOX_PRODUCTION_PORT", "-1", "it takes a whole number from 0 to 65535"),
        ("SANDBOX_TOKEN_SECONDS", "0", "it takes a whole number from 1 to 31536000"),
        ("SANDBOX_RATE_PER_MINUTE", "٣", "it takes a whole number from 1 to 1000000"),
        ("SANDBOX_ENVIRONMENT", "staging", "it takes one of sandbox, production"),
    ],
)
def test_value_that_means_nothing_is_named(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is {value}; {message}.$"):
        read_settings({name: value})
