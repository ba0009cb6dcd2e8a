"""Users whose programs call the REST API."""

from __future__ import annotations

import pytest

from portal.accounts.models import User


@pytest.fixture
def ada(db: None) -> User:
    """Somebody who is no editor."""
    return User.objects.create_user("ada", email="ada@example.com", password="a long password")
