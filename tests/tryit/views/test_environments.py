"""Choosing the environment."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_environment

pytestmark = pytest.mark.django_db

URL = "/try-it/environment/"


def test_choice_is_kept_and_leads_back(client: Client) -> None:
    make_environment("sandbox")
    make_environment("production", order=1)

    response = client.post(URL, {"environment": "production", "next": "/catalog/?q=a"})

    assert response.status_code == 302
    assert response["Location"] == "/catalog/?q=a"
    assert client.session["environment"] == "production"


@pytest.mark.parametrize(
    "wanted",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""],
    ids=["another host", "another host without scheme", "a script", "nothing"],
)
def test_way_back_stays_on_the_portal(client: Client, wanted: str) -> None:
    make_environment("sandbox")

    response = client.post(URL, {"environment": "sandbox", "next": wanted})

    assert response["Location"] == "/catalog/"


def test_unknown_environment_changes_nothing(client: Client) -> None:
    make_environment("sandbox")
    client.post(URL, {"environment": "sandbox"})

    client.post(URL, {"environment": "nothing"})

    assert client.session["environment"] == "sandbox"


def test_address_of_the_form_leads_to_the_catalog(client: Client) -> None:
    make_environment("sandbox")

    response = client.get(URL, {"environment": "sandbox"})

    assert (response.status_code, response["Location"]) == (302, "/catalog/")
    assert "environment" not in client.session


def test_form_of_another_site_is_refused() -> None:
    make_environment("sandbox")

    response = Client(enforce_csrf_checks=True).post(URL, {"environment": "sandbox"})

    assert response.status_code == 403
