"""My tokens."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from tests.tryit.console_factories import make_api
from tests.tryit.target_api import TargetAPI
from tests.tryit.views.elements import find_all, parse_page

pytestmark = pytest.mark.django_db

URL = "/try-it/tokens/"
AUTHENTICATE = "/catalog/example/v1/reference/authenticate/try/"
LOGIN = '{"username": "demo", "password": "correct-horse"}'


def words(client: Client) -> str:
    """The text of the page, white space folded."""
    page = parse_page(client.get(URL).content.decode())
    return " ".join(find_all(page, "main")[0].text_content().split())


def keep_offered_token(client: Client, **fields: str) -> None:
    """Authenticate and press "Use as"."""
    response = client.post(AUTHENTICATE, {"environment": "sandbox", "body": LOGIN})
    page = parse_page(response.content.decode())
    sealed = find_all(page, '[name="sealed"]')[0].get("value")
    client.post(f"{URL}keep/", {"sealed": sealed, **fields})


def token_id(client: Client) -> UUID:
    """The id of the session's token."""
    return UUID(client.get("/api/v1/session/tokens/").json()["results"][0]["id"])


def test_empty_page_says_how_to_get_a_token(client: Client) -> None:
    assert "No tokens yet" in words(client)


def test_token_is_shown_with_everything_but_itself(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    keep_offered_token(client)

    shown = words(client)

    assert "Sandbox" in shown
    assert "Signed in asdemo" in shown
    assert f"••••{target.token[-4:]}" in shown
    assert "Valid for 59 min" in shown
    assert target.token not in client.get(URL).content.decode()


def test_kept_token_is_announced(client: Client, target: TargetAPI) -> None:
    make_api(target.url)

    keep_offered_token(client)

    assert "The token of Sandbox is kept. Valid for 59 min" in words(client)


def test_token_is_renewed_with_the_login_that_was_kept(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    keep_offered_token(client, stay_signed_in="on")
    logins = len(target.seen)

    client.post(f"{URL}{token_id(client)}/renew/")

    assert len(target.seen) == logins + 1
    assert target.last.path == "/v1/authenticate"
    assert "Valid for" in words(client)


def test_token_without_kept_login_cannot_be_renewed(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    keep_offered_token(client)
    logins = len(target.seen)

    client.post(f"{URL}{token_id(client)}/renew/")

    assert len(target.seen) == logins
    assert "The portal cannot renew this token by itself" in words(client)


def test_token_is_forgotten(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    keep_offered_token(client)

    client.post(f"{URL}{token_id(client)}/forget/")

    assert "No tokens yet" in words(client)


@pytest.mark.parametrize("act", ["renew", "forget"])
def test_token_of_another_session_is_out_of_reach(
    client: Client, target: TargetAPI, act: str
) -> None:
    make_api(target.url)
    keep_offered_token(client)
    other = Client()

    other.post(f"{URL}{token_id(client)}/{act}/")

    assert "This token is not here any more" in words(other)
    assert "demo" in words(client)


@pytest.mark.parametrize("sealed", ["", "nonsense"], ids=["empty", "nonsense"])
def test_offer_that_cannot_be_read_keeps_nothing(
    client: Client, target: TargetAPI, sealed: str
) -> None:
    make_api(target.url)
    keep_offered_token(client)
    client.post(f"{URL}{token_id(client)}/forget/")

    client.post(f"{URL}keep/", {"sealed": sealed})

    assert "The offer to keep this token has ended" in words(client)


def test_offer_of_another_session_keeps_nothing(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    response = client.post(AUTHENTICATE, {"environment": "sandbox", "body": LOGIN})
    page = parse_page(response.content.decode())
    other = Client()

    other.post(f"{URL}keep/", {"sealed": find_all(page, '[name="sealed"]')[0].get("value")})

    assert "The offer to keep this token has ended" in words(other)
    assert client.get("/api/v1/session/tokens/").json()["count"] == 0


def test_overlay_is_told_in_place(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    response = client.post(AUTHENTICATE, {"environment": "sandbox", "body": LOGIN})
    page = parse_page(response.content.decode())
    sealed = find_all(page, '[name="sealed"]')[0].get("value")

    answer = client.post(f"{URL}keep/", {"sealed": sealed}, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "The token of Sandbox is kept" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["keep/", "00000000-0000-0000-0000-000000000000/renew/"],
    ids=["keeping", "renewing"],
)
def test_address_of_a_form_leads_to_the_tokens(client: Client, address: str) -> None:
    response = client.get(f"{URL}{address}")

    assert (response.status_code, response["Location"]) == (302, URL)
