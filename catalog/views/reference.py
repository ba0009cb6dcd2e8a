"""The reference of a version: API Documentation, operations, schemas."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from catalog.base_urls import choose_base_url
from catalog.cards import build_sign
from catalog.environments import find_chosen_environment
from catalog.login_operations import find_login_operation
from catalog.manage_pages import find_standing_rejection
from catalog.models import Environment, Version
from catalog.openapi import Direction, describe_schema
from catalog.operation_pages import build_operation_page
from catalog.outlines import load_outline
from catalog.reference_pages import build_reference_page
from catalog.samples import build_samples
from catalog.schema_rows import build_row
from catalog.selectors import (
    get_default_version,
    get_operation,
    get_revision,
    get_schema,
    get_version,
    list_schema_names,
    list_servers,
    load_components,
    read_operation_row,
)
from catalog.sidebar import build_sidebar
from catalog.views.pages import page

__all__ = ["redirect_to_default", "show_operation", "show_reference", "show_schema"]


# A schema on its own page shows more of what it holds than inside an operation.
PAGE_DEPTH = 6


@page
def redirect_to_default(request: HttpRequest, product: str) -> HttpResponse:
    """`/reference/` leads to the default version."""
    return redirect(get_default_version(product, request.user))


@page
def show_reference(request: HttpRequest, product: str, version: str) -> HttpResponse:
    """API Documentation of a version."""
    found = get_version(product, version, request.user)
    outline = load_outline(found)
    names = list_schema_names(found)
    context = _reference_context(found) | {
        "sidebar": build_sidebar(found, outline, page="reference"),
        "reference": build_reference_page(
            get_revision(found), outline, names, reference_url=_reference_url(found)
        ),
        "servers": list_servers(found),
        "login": find_login_operation(found, request.user),
        "rejection": find_standing_rejection(found, request.user),
    }
    return render(request, "catalog/reference.html", context)


@page
def show_operation(
    request: HttpRequest, product: str, version: str, operation: str
) -> HttpResponse:
    """One operation: parameters, body, responses, and samples beside them."""
    found = get_version(product, version, request.user)
    row = get_operation(found, operation)
    facts, resolver = read_operation_row(row, load_components(row))
    outline = load_outline(found)
    environment = find_chosen_environment(request.session, Environment.objects.all())
    base_url = choose_base_url(found, list_servers(found), environment)
    previous, following = outline.neighbours(row.slug)
    context = _reference_context(found) | {
        "sidebar": build_sidebar(found, outline, current=row.slug),
        "operation": row,
        "group": outline.group_of(row.slug),
        "details": build_operation_page(facts, resolver, reference_url=_reference_url(found)),
        "samples": build_samples(facts, resolver, base_url=base_url),
        "previous": previous,
        "following": following,
    }
    return render(request, "catalog/operation.html", context)


@page
def show_schema(request: HttpRequest, product: str, version: str, name: str) -> HttpResponse:
    """One schema by its name."""
    found = get_version(product, version, request.user)
    schema, resolver = get_schema(found, name)
    node = describe_schema(schema, resolver, direction=Direction.RESPONSE, depth=PAGE_DEPTH)
    context = _reference_context(found) | {
        "sidebar": build_sidebar(found, load_outline(found), page="schema"),
        "name": name,
        "root": build_row(node, anchor="schema", reference_url=_reference_url(found)),
    }
    return render(request, "catalog/schema.html", context)


def _reference_context(version: Version) -> dict[str, Any]:
    """What the frame of each reference page shows."""
    return {
        "section": "catalog",
        "product": version.product,
        "sign": build_sign(version.product.name),
        "version": version,
        "revision": version.current_revision,
    }


def _reference_url(version: Version) -> str:
    return reverse("catalog:reference", args=[version.product.slug, version.name])
