"""Factories: the least that is valid; a test states each value it depends on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from catalog.importing import run_here
from catalog.models import Environment, Product, Revision, Server, Version
from catalog.openapi import JSONObject, Limits, single_file
from catalog.services.publishing import Publication, PublicationOrder, publish_revision
from catalog.services.sources import OpenedSource

__all__ = [
    "current_revision",
    "make_definition",
    "make_environment",
    "make_product",
    "make_server",
    "make_version",
    "publish",
    "publish_text",
]


def make_definition(**members: Any) -> JSONObject:
    """A small OpenAPI 3.1 definition with one operation; keywords replace its members."""
    operation: JSONObject = {
        "operationId": "ping",
        "summary": "Ping",
        "responses": {"200": {"description": "OK"}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Example", "version": "1.0.0"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/ping": {"get": operation}},
        **members,
    }


def make_product(slug: str = "example", **fields: Any) -> Product:
    """A public product."""
    return Product.objects.create(slug=slug, name=fields.pop("name", slug), **fields)


def make_environment(slug: str = "sandbox", **fields: Any) -> Environment:
    """An environment named after its slug."""
    name = fields.pop("name", slug.capitalize())
    return Environment.objects.create(slug=slug, name=name, **fields)


def publish(
    definition: Mapping[str, Any] | None = None, *, product: str = "example", version: str = "v1"
) -> Publication:
    """Publish a definition given as an object, as the command line would."""
    text = json.dumps(make_definition() if definition is None else definition)
    return publish_text(text, product=product, version=version)


def publish_text(
    text: str | bytes, *, product: str = "example", version: str = "v1", **options: Any
) -> Publication:
    """Publish a definition given as text."""
    source = text.encode() if isinstance(text, str) else text
    order = PublicationOrder(
        source=OpenedSource(single_file(source, "openapi.json"), "openapi.json"),
        product=product,
        version=version,
        **{name: value for name, value in options.items() if name != "dry_run"},
    )
    return publish_revision(
        order, limits=Limits(), dry_run=options.get("dry_run", False), run=run_here
    )


def make_version(
    definition: Mapping[str, Any] | None = None, *, product: str = "example", name: str = "v1"
) -> Version:
    """A version with a published revision."""
    publish(definition, product=product, version=name)
    return Version.objects.select_related("product", "current_revision").get(
        product__slug=product, name=name
    )


def make_server(
    version: Version, environment: Environment, url: str = "https://api.example.com/v1"
) -> Server:
    """The version's base URL in an environment; loopback addresses are allowed."""
    return Server.objects.create(
        version=version, environment=environment, url=url, allow_private=True
    )


def current_revision(version: Version) -> Revision:
    """The revision readers see."""
    version.refresh_from_db()
    assert version.current_revision is not None
    return version.current_revision
