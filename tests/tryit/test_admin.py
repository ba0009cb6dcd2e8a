"""The console's tables in the admin site."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client

from portal.accounts.models import User
from tests.tryit.token_factories import TOKEN, keep_login, make_scene
from tryit.models import SessionToken, TokenJar, Variable

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    user = User.objects.create_superuser("admin", "admin@example.com", "secret")
    client.force_login(user)
    return client


def test_a_token_is_shown_without_its_secrets(administrator: Client) -> None:
    row = keep_login(*make_scene())

    page = administrator.get(f"/admin/tryit/sessiontoken/{row.id}/change/").content.decode()

    assert "https://company-data.example.com" in page
    assert TOKEN not in page
    assert "correct horse" not in page
    assert "gAAAA" not in page


def test_a_jar_is_shown_without_its_sessions_key(administrator: Client) -> None:
    row = keep_login(*make_scene())

    page = administrator.get(f"/admin/tryit/tokenjar/{row.jar_id}/change/").content.decode()

    assert str(row.jar_id) in page
    assert row.jar.session_key not in page


@pytest.mark.parametrize("model", [SessionToken, TokenJar])
def test_nothing_is_added_or_changed_by_hand(
    model: type[SessionToken | TokenJar], administrator: Client
) -> None:
    row = keep_login(*make_scene())
    path = f"/admin/tryit/{model._meta.model_name}/"
    key = row.id if model is SessionToken else row.jar_id

    assert administrator.get(f"{path}add/").status_code == 403
    assert administrator.post(f"{path}{key}/change/", {"state": "active"}).status_code == 403


def test_variables_are_not_in_the_admin_site() -> None:
    assert Variable not in admin.site._registry
