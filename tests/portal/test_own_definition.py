"""The portal's own REST API as a product of its catalog."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from catalog.models import Product, Revision, Server
from portal.installation import publish_own_definition

pytestmark = pytest.mark.django_db(transaction=True)


def test_own_api_is_a_product_to_read(client: Client) -> None:
    assert publish_own_definition() is True

    page = client.get("/catalog/portico-api/v1/reference/list-products/")
    assert page.status_code == 200
    assert "List products" in page.content.decode()
    assert not Server.objects.exists()


def test_second_start_changes_nothing() -> None:
    publish_own_definition()

    assert publish_own_definition() is False
    assert Revision.objects.count() == 1


def test_what_editors_wrote_about_it_stays() -> None:
    publish_own_definition()
    Product.objects.update(name="Our portal", order=3)

    publish_own_definition()

    product = Product.objects.get()
    assert (product.name, product.order) == ("Our portal", 3)


def test_portal_that_keeps_its_api_to_itself_publishes_nothing(settings: Settings) -> None:
    settings.PUBLISH_OWN_API = False

    assert publish_own_definition() is False
    assert not Product.objects.exists()
