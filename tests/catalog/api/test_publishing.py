"""`PUT .../definition`: publishing over REST."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from catalog.models import Product, Revision, Version, Visibility
from portal.accounts.models import Scope, User
from tests.catalog.api.callers import Caller, make_caller
from tests.factories import make_definition, make_product

# The import runs in a thread, which sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

URL = "/api/v1/products/orders/versions/v1/definition"
DEFINITION = json.dumps(make_definition())


@pytest.fixture
def publisher() -> Caller:
    """A program that may publish."""
    return make_caller(Scope.PUBLISH)


def put(caller: Caller, body: bytes | str = DEFINITION, *, url: str = URL) -> Any:
    return caller.call("PUT", url, body, content_type="application/octet-stream")


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return content.getvalue()


def test_definition_makes_product_version_and_revision(publisher: Caller) -> None:
    response = put(publisher)

    assert response.status_code == 201
    assert response.json() == {
        "result": "created",
        "product": "orders",
        "version": "v1",
        "revision": 1,
        "openapi": "3.1.0",
        "operations": 1,
        "problems": [],
    }
    revision = Revision.objects.get()
    assert (revision.imported_by, revision.source_name) == (publisher.user, "openapi.json")
    assert Version.objects.get().current_revision == revision


def test_same_bytes_again_are_unchanged(publisher: Caller) -> None:
    put(publisher)

    response = put(publisher)

    assert response.status_code == 200
    assert (response.json()["result"], response.json()["revision"]) == ("unchanged", 1)


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/yaml", "x"])
def test_content_type_does_not_matter(publisher: Caller, content_type: str) -> None:
    text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {}}}\n"

    response = publisher.call("PUT", URL, text, content_type=content_type)

    assert response.status_code == 201
    assert Revision.objects.get().source_name == "openapi.yaml"


def test_rejected_definition_is_a_problem_with_places(publisher: Caller) -> None:
    response = put(publisher, '{"openapi": "3.1.0",\n "info": ]')

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert (problem["title"], problem["status"]) == ("Unprocessable Entity", 422)
    assert (problem["result"], problem["revision"]) == ("rejected", None)
    [found] = problem["problems"]
    assert set(found) >= {"severity", "rule", "message", "pointer", "line", "column"}
    assert (found["severity"], found["rule"], found["line"]) == ("error", "syntax", 2)
    assert not Product.objects.exists()


def test_dry_run_writes_nothing(publisher: Caller) -> None:
    response = put(publisher, url=f"{URL}?dry_run=1")

    assert response.status_code == 200
    assert (response.json()["result"], response.json()["revision"]) == ("created", 1)
    assert not Product.objects.exists()


@pytest.mark.parametrize("flag", ["0", "false"])
def test_dry_run_can_be_said_no_to(publisher: Caller, flag: str) -> None:
    assert put(publisher, url=f"{URL}?dry_run={flag}").status_code == 201


def test_archive_is_published_with_the_files_it_refers_to(publisher: Caller) -> None:
    reference = {"$ref": "schemas.json#/A"}
    answer = {"description": "OK", "content": {"application/json": {"schema": reference}}}
    paths = {"/a": {"get": {"summary": "A", "responses": {"200": answer}}}}
    archive = zipped(
        openapi_json=json.dumps(make_definition(paths=paths)),
        schemas_json='{"A": {"type": "string"}}',
    )

    response = put(publisher, archive)

    assert response.status_code == 201
    assert response.json()["problems"] == []
    assert Revision.objects.get().source_name == "definition.zip"


def test_root_names_the_definition_in_an_archive(publisher: Caller) -> None:
    other = json.dumps(make_definition(info={"title": "Other", "version": "2"}))
    archive = zipped(a_json=DEFINITION, b_json=other)

    unnamed = put(publisher, archive)
    named = put(publisher, archive, url=f"{URL}?root=b.json")

    assert unnamed.status_code == 422
    assert "a.json, b.json" in unnamed.json()["problems"][0]["message"]
    assert named.status_code == 201
    assert Revision.objects.get().title == "Other"


def test_root_that_is_not_in_the_archive_is_refused(publisher: Caller) -> None:
    response = put(publisher, zipped(a_json=DEFINITION), url=f"{URL}?root=b.json")

    assert response.status_code in (400, 422)
    assert "b.json" in response.content.decode() or "root" in response.json()["errors"]


def test_broken_archive_is_rejected(publisher: Caller) -> None:
    response = put(publisher, b"PK\x03\x04 and no more")

    assert response.status_code == 422
    assert response.json()["problems"][0]["rule"] == "archive"


@pytest.mark.parametrize(
    ("url", "body", "status", "field"),
    [
        pytest.param(f"{URL}?dry_run=maybe", DEFINITION, 400, "dry_run", id="flag"),
        pytest.param(
            f"/api/v1/products/{'a' * 101}/versions/v1/definition",
            DEFINITION,
            400,
            "product",
            id="long-product",
        ),
        pytest.param(
            "/api/v1/products/orders/versions/.hidden/definition",
            DEFINITION,
            400,
            "version",
            id="version-with-a-dot-first",
        ),
        pytest.param(
            "/api/v1/products/orders/versions/guides/definition",
            DEFINITION,
            400,
            "version",
            id="reserved-version",
        ),
        pytest.param(
            f"/api/v1/products/orders/versions/{'1' * 51}/definition",
            DEFINITION,
            400,
            "version",
            id="long-version",
        ),
    ],
)
def test_nonsense_is_refused_with_its_field(
    publisher: Caller, url: str, body: str, status: int, field: str
) -> None:
    response = put(publisher, body, url=url)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [field]
    assert not Product.objects.exists()


def test_empty_body_is_refused(publisher: Caller) -> None:
    response = put(publisher, b"")

    assert response.status_code == 400
    assert "empty" in response.json()["detail"]


def test_body_beyond_the_limit_is_refused(publisher: Caller, settings: Settings) -> None:
    settings.DEFINITION_MAX_BYTES = len(DEFINITION) - 1

    response = put(publisher)

    assert response.status_code == 413
    assert response["Content-Type"] == "application/problem+json"


def test_body_at_the_limit_is_taken(publisher: Caller, settings: Settings) -> None:
    settings.DEFINITION_MAX_BYTES = len(DEFINITION)

    assert put(publisher).status_code == 201


def test_hidden_product_does_not_exist_for_who_may_not_see_it(publisher: Caller) -> None:
    make_product("orders", visibility=Visibility.GROUPS)

    response = put(publisher)

    assert response.status_code == 404
    assert not Version.objects.exists()


def test_token_without_the_scope_publishes_nothing() -> None:
    response = put(make_caller(Scope.READ, Scope.SEND, is_staff=True))

    assert response.status_code == 403
    assert not Product.objects.exists()


def test_strangers_publish_nothing(client: Client) -> None:
    response = client.put(URL, DEFINITION, content_type="application/json")

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="portico"'
    assert not Product.objects.exists()


def test_signed_in_users_who_are_no_editors_publish_nothing(client: Client) -> None:
    client.force_login(User.objects.create_user("ada", password="a long password"))

    response = client.put(URL, DEFINITION, content_type="application/json")

    assert response.status_code == 403
    assert not Product.objects.exists()


def test_editors_publish_with_their_session(client: Client) -> None:
    user = User.objects.create_user("ed", password="a long password", is_staff=True)
    client.force_login(user)

    response = client.put(URL, DEFINITION, content_type="application/json")

    assert response.status_code == 201
    assert Revision.objects.get().imported_by == user


def test_editors_session_needs_a_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    user = User.objects.create_user("ed", password="a long password", is_staff=True)
    client.force_login(user)

    response = client.put(URL, DEFINITION, content_type="application/json")

    assert response.status_code == 403
    assert not Product.objects.exists()
