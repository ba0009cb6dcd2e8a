"""A running target that requests of the REST API are sent to."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.tryit.target_api import TargetAPI, make_token, running_api


@pytest.fixture
def target() -> Iterator[TargetAPI]:
    """The small API on loopback, giving out a token that lives for an hour."""
    with running_api(make_token(issued_at=int(time.time()))) as api:
        yield api
