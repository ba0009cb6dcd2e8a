"""Signing in to and out of the portal."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import User
from tests.catalog.views.markup import read_page

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
    assert "That user name and password do not fit together." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_a_form_not_a_link(client: Client, user: User) -> None:
    client.force_login(user)

    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session

    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_signing_in_and_out_is_told_in_a_sentence(client: Client, user: User) -> None:
    sign_in = {"login": "ingrid", "password": "ropewalk-18"}

    entered = client.post("/accounts/login/", sign_in, follow=True)
    left = client.post("/accounts/logout/", follow=True)

    assert [str(one) for one in entered.context["messages"]] == ["Signed in as ingrid."]
    assert [str(one) for one in left.context["messages"]] == [
        "Signed out. The tokens and variables of your session are deleted."
    ]


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-set-password/",
        "login/code/confirm/",
    ],
)
def test_page_that_is_not_offered_does_not_exist(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_sign_in_page_links_to_nothing_that_is_not_offered(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert "/password/reset/" not in page
    assert "/signup/" not in page


def test_changing_the_password_offers_no_link_by_e_mail(client: Client, user: User) -> None:
    client.force_login(user)

    assert "/password/reset/" not in client.get("/accounts/password/change/").content.decode()


@pytest.mark.urls("tests.portal.urls_with_everything")
def test_strangers_make_an_account_when_allowed(client: Client, settings: Settings) -> None:
    settings.SIGN_UP = True

    response = client.post(
        "/accounts/signup/",
        {"username": "kari", "password1": "ropewalk-18", "password2": "ropewalk-18"},
    )

    assert response.status_code == 302
    assert User.objects.get().username == "kari"


@pytest.mark.urls("tests.portal.urls_with_everything")
def test_password_is_reset_by_the_link_that_was_sent(
    client: Client, user: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post("/accounts/password/reset/", {"email": "ingrid@example.com"})
    (mail,) = mailoutbox
    (link,) = [line for line in str(mail.body).splitlines() if line.startswith("http")]

    form = client.get(link.removeprefix("http://testserver"), follow=True)
    new = {"password1": "lantern-oil-7", "password2": "lantern-oil-7"}
    client.post(form.redirect_chain[-1][0], new)

    user.refresh_from_db()
    assert mail.subject == "Reset your password"
    assert user.check_password("lantern-oil-7")


@pytest.mark.urls("tests.portal.urls_with_everything")
def test_link_for_an_unknown_address_is_sent_to_nobody(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    response = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})

    assert response.status_code == 302
    assert mailoutbox == []


@pytest.mark.urls("tests.portal.urls_with_everything")
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("signup/", "Make an account"),
        ("inactive/", "This account is switched off"),
        ("password/reset/", "Reset your password"),
        ("password/reset/done/", "Look into your mailbox"),
        ("password/reset/key/1-wrong/", "Choose a new password"),
        ("password/reset/key/done/", "Your password is changed"),
    ],
)
def test_account_pages_speak_in_the_portals_tone(
    client: Client, settings: Settings, path: str, heading: str
) -> None:
    settings.SIGN_UP = True

    page = read_page(client.get(f"/accounts/{path}"))

    assert page.texts("h1") == [heading]
    assert not re.search(r"please|sorry|successfully|invalid|!", page.text, re.IGNORECASE)


def test_page_asks_for_the_password_again(client: Client, user: User) -> None:
    client.force_login(user)

    page = read_page(client.get("/accounts/reauthenticate/"))
    wrong = read_page(client.post("/accounts/reauthenticate/", {"password": "wrong"}))

    assert page.texts("h1") == ["Confirm that it is you"]
    assert "That is not your password." in wrong.text


def test_account_without_a_password_sets_one(client: Client) -> None:
    client.force_login(User.objects.create_user("kari"))

    page = read_page(client.get("/accounts/password/change/", follow=True))

    assert page.texts("h1") == ["Set a password"]


def test_icon_is_found_where_browsers_look_for_it(client: Client) -> None:
    response = client.get("/favicon.ico")

    assert response.status_code == 302
    assert response["Location"] == "/static/favicon.svg"
