"""The catalog and its people in the admin site."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.test import Client

from catalog.models import (
    Environment,
    Guide,
    Product,
    Revision,
    SecurityBinding,
    Server,
    TokenSource,
    Version,
)
from portal.accounts.models import User
from tests.catalog.documents import company_definition
from tests.factories import make_environment, make_server, make_version

pytestmark = pytest.mark.django_db

MODELS = [Product, Version, Environment, Guide, TokenSource, Revision, User, Group]


@pytest.fixture
def version() -> Version:
    """A version with everything around it."""
    version = make_version(company_definition())
    make_server(version, make_environment(), "https://api.example.com/v1")
    Guide.objects.create(product=version.product, slug="start", title="Start", text="Text.")
    Group.objects.create(name="partners")
    return version


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin", "admin@example.com", "ropewalk-18"))
    return client


@pytest.fixture
def editor(client: Client) -> Client:
    """Somebody with every permission who is no superuser."""
    user = User.objects.create_user("kari", password="ropewalk-18", is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    client.force_login(user)
    return client


def _path(model: type[Model]) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_list_and_change_page_are_there_without_secrets(
    administrator: Client, version: Version, model: type[Model]
) -> None:
    row = model._default_manager.first()
    assert row is not None

    answers = [
        administrator.get(_path(model)),
        administrator.get(_path(model), {"q": "a"}),
        administrator.get(f"{_path(model)}{row.pk}/change/"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    texts = [answer.content.decode() for answer in answers]
    assert not any(User.objects.get().password in text for text in texts)


@pytest.mark.parametrize("model", [Revision, Version, TokenSource], ids=lambda one: one.__name__)
def test_what_publishing_makes_is_not_added_by_hand(
    administrator: Client, version: Version, model: type[Model]
) -> None:
    assert administrator.get(f"{_path(model)}add/").status_code == 403


@pytest.mark.parametrize("name", ["operation", "component"])
def test_parts_of_a_revision_are_not_in_the_admin_site(administrator: Client, name: str) -> None:
    assert administrator.get(f"/admin/catalog/{name}/").status_code == 404


def test_addresses_of_allauth_are_not_in_the_admin_site(administrator: Client) -> None:
    assert administrator.get("/admin/account/emailaddress/").status_code == 404


def test_revision_is_neither_changed_nor_deleted(administrator: Client, version: Version) -> None:
    row = f"{_path(Revision)}{version.current_revision_id}/"

    assert administrator.post(f"{row}change/", {"title": "x"}).status_code == 403
    assert administrator.post(f"{row}delete/", {"post": "yes"}).status_code == 403


def _product_form(**fields: str) -> dict[str, str]:
    return {
        **{"name": "New name", "slug": "example", "lifecycle": "live", "visibility": "public"},
        **{"order": "3", "facets": '{"Region": ["Nordics"]}'},
        **{"versions-TOTAL_FORMS": "0", "versions-INITIAL_FORMS": "0"},
        **fields,
    }


def test_product_is_changed(administrator: Client, version: Version) -> None:
    administrator.post(f"{_path(Product)}{version.product_id}/change/", _product_form())

    product = Product.objects.get()
    assert (product.name, product.facets) == ("New name", {"Region": ["Nordics"]})


def test_facets_may_be_left_out(administrator: Client, version: Version) -> None:
    form = _product_form(facets="")

    administrator.post(f"{_path(Product)}{version.product_id}/change/", form)

    assert Product.objects.get().facets == {}


@pytest.mark.parametrize("facets", ["[1]", '{"Region": "Nordics"}', '{"Region": [1]}', "{"])
def test_facets_of_another_shape_are_refused(
    administrator: Client, version: Version, facets: str
) -> None:
    form = _product_form(facets=facets)

    response = administrator.post(f"{_path(Product)}{version.product_id}/change/", form)

    assert response.status_code == 200
    assert Product.objects.get().name == "Companies"


def _server_form(version: Version, url: str) -> dict[str, str]:
    server, binding = version.servers.get(), version.bindings.get()
    return {
        **{"lifecycle": "live", "servers-TOTAL_FORMS": "1", "servers-INITIAL_FORMS": "1"},
        **{"servers-0-id": str(server.pk), "servers-0-version": str(version.pk)},
        **{"servers-0-environment": str(server.environment_id), "servers-0-url": url},
        **{"servers-0-allow_private": "on"},
        **{"bindings-TOTAL_FORMS": "1", "bindings-INITIAL_FORMS": "1"},
        **{"bindings-0-id": str(binding.pk), "bindings-0-version": str(version.pk)},
        **{"bindings-0-token_source": str(binding.token_source_id)},
    }


@pytest.mark.parametrize(("who", "expected"), [("administrator", True), ("editor", False)])
def test_private_addresses_are_allowed_by_superusers_only(
    request: pytest.FixtureRequest, version: Version, who: str, expected: bool
) -> None:
    client: Client = request.getfixturevalue(who)
    Server.objects.update(allow_private=False)
    form = _server_form(version, "http://10.0.0.7/v1/")

    client.post(f"{_path(Version)}{version.pk}/change/", form)

    server = Server.objects.get()
    assert (server.url, server.allow_private) == ("http://10.0.0.7/v1", expected)


def test_server_that_is_no_base_url_is_refused(administrator: Client, version: Version) -> None:
    form = _server_form(version, "ftp://example.com")

    response = administrator.post(f"{_path(Version)}{version.pk}/change/", form)

    assert "is not an absolute http or https URL" in response.content.decode()
    assert Server.objects.get().url == "https://api.example.com/v1"
    assert SecurityBinding.objects.count() == 1


def test_editor_of_users_takes_no_rights_and_no_superusers_account(editor: Client) -> None:
    root = User.objects.create_superuser("root", password="ropewalk-18")
    kari = User.objects.get(username="kari")

    editor.post(
        f"/admin/accounts/user/{kari.pk}/change/",
        {"username": "kari", "is_active": "on", "is_superuser": "on"},
    )
    stolen = editor.post(
        f"/admin/accounts/user/{root.pk}/password/", {"password1": "x", "password2": "x"}
    )

    kari.refresh_from_db()
    assert not kari.is_superuser
    assert stolen.status_code == 403
