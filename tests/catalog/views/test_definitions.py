from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

import pytest
import yaml
from django.test import Client

from catalog.models import Product, Revision, Version, Visibility
from catalog.openapi import Limits, unpacked_files
from catalog.services.publishing import PublicationOrder, publish_revision
from catalog.services.sources import OpenedSource
from tests.factories import current_revision, make_definition, make_version

pytestmark = pytest.mark.django_db

YAML_URL = "/catalog/companies/v1/openapi.yaml"
JSON_URL = "/catalog/companies/v1/openapi.json"
SOURCE_URL = "/catalog/companies/v1/source"
URLS = [YAML_URL, JSON_URL, SOURCE_URL]


@dataclass(frozen=True)
class Answer:
    """A response that was read to its end, which closes its file."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def _ask(client: Client, url: str, *, method: str = "get", **headers: str) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    response: Any = client.generic(method.upper(), url, headers=sent)
    body = b"".join(response) if response.streaming else response.content
    return Answer(response.status_code, response.headers, body)


@pytest.fixture
def version() -> Version:
    return make_version(make_definition(), product="companies")


def test_keys_are_in_the_order_of_the_source(client: Client) -> None:
    paths = {"/z": {"put": {"responses": {}}, "get": {"responses": {}}}, "/a": {"get": {}}}
    given = {"x-first": 1, "paths": paths, "openapi": "3.1.0", "info": make_definition()["info"]}
    make_version(given, product="companies")

    from_yaml = yaml.safe_load(_ask(client, YAML_URL).body)
    from_json = json.loads(_ask(client, JSON_URL).body)

    assert json.dumps(from_yaml) == json.dumps(from_json) == json.dumps(given)


def test_both_forms_hold_the_same_definition(client: Client, version: Version) -> None:
    from_yaml = yaml.safe_load(_ask(client, YAML_URL).body)
    from_json = json.loads(_ask(client, JSON_URL).body)

    assert from_yaml == from_json == make_definition()


def test_source_is_given_as_it_came(client: Client, version: Version) -> None:
    content = _ask(client, SOURCE_URL).body

    assert hashlib.sha256(content).hexdigest() == current_revision(version).sha256


@pytest.mark.parametrize(
    ("url", "content_type"),
    [
        pytest.param(YAML_URL, "application/vnd.oai.openapi+yaml", id="YAML"),
        pytest.param(JSON_URL, "application/vnd.oai.openapi+json", id="JSON"),
        pytest.param(SOURCE_URL, "application/vnd.oai.openapi+json", id="source"),
    ],
)
def test_content_type_is_that_of_openapi(
    client: Client, version: Version, url: str, content_type: str
) -> None:
    assert _ask(client, url).headers["Content-Type"] == content_type


@pytest.mark.parametrize(
    ("name", "form", "content_type"),
    [
        pytest.param("api.zip", "zip", "application/zip", id="zip"),
        pytest.param("api.tgz", "w:gz", "application/gzip", id="gzipped tar"),
        pytest.param("api.tar", "w:", "application/x-tar", id="tar"),
    ],
)
def test_archive_is_given_back_as_one(
    client: Client, name: str, form: str, content_type: str
) -> None:
    content = _pack(json.dumps(make_definition()).encode(), form)
    files = unpacked_files({"openapi.json": json.dumps(make_definition()).encode()}, root="")
    source = OpenedSource(replace(files, root="openapi.json"), name, archive=content)
    publish_revision(PublicationOrder(source, product="companies", version="v1"), limits=Limits())

    response = _ask(client, f"{SOURCE_URL}?download")

    assert response.body == content
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def _pack(content: bytes, form: str) -> bytes:
    buffer = io.BytesIO()
    if form == "zip":
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("openapi.json", content)
    else:
        with tarfile.open(fileobj=buffer, mode=form) as archive:  # type: ignore[call-overload]
            member = tarfile.TarInfo("openapi.json")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        pytest.param('a"b.yaml', 'filename="a\\"b.yaml"', id="quote"),
        pytest.param("a\r\nSet-Cookie: x=1", 'filename="a_Set-Cookie: x=1"', id="line ends"),
        pytest.param("../../etc/passwd", 'filename=".._.._etc_passwd"', id="folders"),
        pytest.param("företag.yaml", "filename*=utf-8''f%C3%B6retag.yaml", id="not ASCII"),
        pytest.param("", 'filename="definition"', id="none"),
    ],
)
def test_name_of_the_source_cannot_break_the_header(
    client: Client, version: Version, name: str, disposition: str
) -> None:
    Revision.objects.update(source_name=name)

    response = _ask(client, f"{SOURCE_URL}?download")

    assert response.headers["Content-Disposition"] == f"attachment; {disposition}"


@pytest.mark.parametrize("url", URLS)
def test_no_answer_is_guessed_at_or_kept_for_others(
    client: Client, version: Version, url: str
) -> None:
    response = _ask(client, url)

    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("url", URLS)
def test_etag_is_strong_and_of_the_content(client: Client, version: Version, url: str) -> None:
    response = _ask(client, url)

    assert response.headers["ETag"] == f'"{hashlib.sha256(response.body).hexdigest()}"'
    assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize("url", URLS)
def test_client_that_has_the_file_is_not_sent_it_again(
    client: Client, version: Version, url: str
) -> None:
    first = _ask(client, url)

    second = _ask(client, url, If_None_Match=first.headers["ETag"])

    assert second.status == HTTPStatus.NOT_MODIFIED
    assert second.body == b""
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == "private, no-cache"


def test_client_with_another_revision_is_sent_the_file(client: Client, version: Version) -> None:
    response = _ask(client, YAML_URL, If_None_Match='"another"')

    assert response.status == HTTPStatus.OK
    assert response.body


def test_unchanged_since_its_date_is_not_sent_again(client: Client, version: Version) -> None:
    modified = _ask(client, YAML_URL).headers["Last-Modified"]

    response = _ask(client, YAML_URL, If_Modified_Since=modified)

    assert response.status == HTTPStatus.NOT_MODIFIED


@pytest.mark.parametrize("url", [YAML_URL, JSON_URL])
def test_compressed_form_is_another_representation(
    client: Client, version: Version, url: str
) -> None:
    plain = _ask(client, url)

    compressed = _ask(client, url, Accept_Encoding="br, gzip;q=0.8")

    assert compressed.headers["Content-Encoding"] == "gzip"
    assert compressed.headers["ETag"] != plain.headers["ETag"]
    assert gzip.decompress(compressed.body) == plain.body
    again = _ask(client, url, Accept_Encoding="gzip", If_None_Match=compressed.headers["ETag"])
    assert again.status == HTTPStatus.NOT_MODIFIED


@pytest.mark.parametrize("accepted", ["gzip;q=0", "gzip; Q=0.000", "br", "xgzip"])
def test_client_that_does_not_take_gzip_gets_none(
    client: Client, version: Version, accepted: str
) -> None:
    response = _ask(client, YAML_URL, Accept_Encoding=accepted)

    assert "Content-Encoding" not in response.headers


def test_source_is_never_compressed(client: Client, version: Version) -> None:
    response = _ask(client, SOURCE_URL, Accept_Encoding="gzip")

    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize(
    ("url", "disposition"),
    [
        pytest.param(f"{YAML_URL}?download", 'attachment; filename="companies-v1.yaml"', id="YAML"),
        pytest.param(f"{JSON_URL}?download", 'attachment; filename="companies-v1.json"', id="JSON"),
        pytest.param(f"{SOURCE_URL}?download", 'attachment; filename="openapi.json"', id="source"),
        pytest.param(YAML_URL, 'inline; filename="companies-v1.yaml"', id="to look at"),
    ],
)
def test_download_has_a_name_of_its_own(
    client: Client, version: Version, url: str, disposition: str
) -> None:
    assert _ask(client, url).headers["Content-Disposition"] == disposition


@pytest.mark.parametrize("url", URLS)
def test_head_tells_the_size_without_the_file(client: Client, version: Version, url: str) -> None:
    size = len(_ask(client, url).body)

    response = _ask(client, url, method="head")

    assert response.status == HTTPStatus.OK
    assert response.headers["Content-Length"] == str(size)
    assert response.body == b""


@pytest.mark.parametrize("url", URLS)
def test_definition_of_a_hidden_product_is_not_found(
    client: Client, version: Version, url: str
) -> None:
    Product.objects.update(visibility=Visibility.SIGNED_IN)

    assert _ask(client, url).status == 404


@pytest.mark.parametrize("url", URLS)
def test_definitions_are_only_read(client: Client, version: Version, url: str) -> None:
    assert _ask(client, url, method="put").status == 405
