"""The root of the REST API: its own definition."""

from __future__ import annotations

import hashlib
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe
from drf_spectacular.generators import SchemaGenerator

from catalog.openapi import JSONObject, render_json, render_yaml

__all__ = [
    "build_definition",
    "render_definition",
    "show_definition_as_json",
    "show_definition_as_yaml",
]


@cache
def build_definition() -> JSONObject:
    """The definition of this API, read from its views once a process."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # it carries no types
    definition: JSONObject = generator.get_schema(public=True)  # type: ignore[no-untyped-call]
    return definition


@cache
def render_definition(form: str) -> bytes:
    """The definition as "json" or "yaml", the same bytes at every start of a release."""
    definition = build_definition()
    return render_json(definition) if form == "json" else render_yaml(definition)


def _etag(request: HttpRequest) -> str:
    form = "json" if request.path.endswith("json") else "yaml"
    return f'"{hashlib.sha256(render_definition(form)).hexdigest()}"'


@require_safe
@condition(etag_func=_etag)
def show_definition_as_json(request: HttpRequest) -> HttpResponse:
    """`GET /api/v1/openapi.json`."""
    return _answer("json", "application/vnd.oai.openapi+json")


@require_safe
@condition(etag_func=_etag)
def show_definition_as_yaml(request: HttpRequest) -> HttpResponse:
    """`GET /api/v1/openapi.yaml`."""
    return _answer("yaml", "application/vnd.oai.openapi+yaml")


def _answer(form: str, content_type: str) -> HttpResponse:
    response = HttpResponse(render_definition(form), content_type=content_type)
    patch_cache_control(response, no_cache=True)
    return response
