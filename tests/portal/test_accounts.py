"""Signing in to and out of the portal."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    """Somebody with a password."""
    return User.objects.create_user("ingrid", email="ingrid@example.com", password="ropewalk-18")


@pytest.mark.parametrize("login", ["ingrid", "ingrid@example.com"])
def test_user_signs_in_by_name_or_address(client: Client, user: User, login: str) -> None:
    response = client.post("/accounts/login/", {"login": login, "password": "ropewalk-18"})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_wrong_password_is_told_and_nobody_is_signed_in(client: Client, user: User) -> None:
    response = client.post("/accounts/login/", {"login": "ingrid", "password": "wrong"})

    assert response.status_code == 200
    assert "not correct" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_a_form_not_a_link(client: Client, user: User) -> None:
    client.force_login(user)

    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session

    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_strangers_cannot_sign_up_unless_allowed(client: Client, settings: Settings) -> None:
    settings.SIGN_UP = False
    closed = client.get("/accounts/signup/")
    settings.SIGN_UP = True
    opened = client.get("/accounts/signup/")

    assert "password1" not in closed.content.decode()
    assert "password1" in opened.content.decode()
