"""What /livez and /readyz promise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.factories import publish
from tryit.models import Heartbeat


def test_livez_answers_without_the_database(client: Client) -> None:
    response = client.get("/livez")

    assert response.json() == {"status": "alive"}


@pytest.mark.django_db
def test_readyz_is_ready_when_nothing_was_promised(client: Client) -> None:
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["status"] == "ready"


@pytest.mark.django_db
def test_readyz_names_a_promised_product_that_is_missing(
    client: Client, settings: Settings
) -> None:
    settings.PROMISED_PRODUCTS = ["company-data"]

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["catalog"] == "not published yet: company-data"


@pytest.mark.django_db
def test_readyz_is_ready_once_the_promised_product_is_published(
    client: Client, settings: Settings
) -> None:
    settings.PROMISED_PRODUCTS = ["company-data"]
    publish(product="company-data")

    response = client.get("/readyz")

    assert response.status_code == 200


@pytest.mark.django_db
def test_a_late_worker_is_told_but_does_not_make_the_portal_unready(client: Client) -> None:
    Heartbeat.objects.create(name="renewal", beat_at=timezone.now() - timedelta(minutes=5))

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["worker"].startswith("last seen 3")


@pytest.mark.django_db
def test_a_worker_that_just_beat_is_fine(client: Client) -> None:
    Heartbeat.objects.create(name="renewal", beat_at=timezone.now())

    assert client.get("/readyz").json()["worker"] == "ok"
