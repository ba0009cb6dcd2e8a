"""Callers of the sandbox API."""

from __future__ import annotations

import pytest

from tests.examples.client import Caller


@pytest.fixture
def caller() -> Caller:
    """Somebody who has signed in to Company Data in Sandbox."""
    caller = Caller()
    caller.authenticate()
    return caller


@pytest.fixture
def rates_caller() -> Caller:
    """Somebody who has signed in to Exchange Rates in Sandbox."""
    caller = Caller()
    answer = caller.call(
        "POST",
        "/exchange-rates/v2/sessions",
        json={"username": "sandbox-demo", "password": "lantern-works-74"},
    )
    caller.token = answer.json["session"]["accessToken"]
    return caller
