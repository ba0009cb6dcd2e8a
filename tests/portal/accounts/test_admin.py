"""API tokens in the admin site."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.api_tokens import issue_api_token, open_session
from portal.accounts.models import APIToken, Scope, User

LIST = "/admin/accounts/apitoken/"


@pytest.fixture
def admin(db: None, client: Client) -> Client:
    """A signed-in administrator."""
    client.force_login(User.objects.create_superuser("root", password="a long password"))
    return client


def issue(user: User) -> tuple[APIToken, str]:
    return issue_api_token(
        user, scopes=[Scope.SEND], lifetime=timedelta(days=1), name="build", now=timezone.now()
    )


def test_list_and_page_show_no_secret(admin: Client, ada: User) -> None:
    row, token = issue(ada)
    key = open_session(row).session_key or ""

    listed = admin.get(LIST).content.decode()
    page = admin.get(f"{LIST}{row.pk}/change/").content.decode()

    assert "build" in listed
    for text in (listed, page):
        assert token not in text
        assert row.sha256 not in text
        assert key not in text


def test_tokens_are_revoked_from_the_list(admin: Client, ada: User) -> None:
    row, _token = issue(ada)

    admin.post(LIST, {"action": "revoke", "_selected_action": [row.pk]})

    assert APIToken.objects.get().revoked_at is not None


@pytest.mark.parametrize("page", ["add/", "1/delete/"])
def test_tokens_are_neither_added_nor_deleted_there(admin: Client, page: str) -> None:
    assert admin.get(f"{LIST}{page}").status_code in (302, 403)


def test_staff_without_the_right_do_not_revoke(client: Client, ada: User) -> None:
    row, _token = issue(ada)
    client.force_login(User.objects.create_user("eve", password="a long password", is_staff=True))

    client.post(LIST, {"action": "revoke", "_selected_action": [row.pk]})

    assert APIToken.objects.get().revoked_at is None
