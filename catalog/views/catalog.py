"""The catalog: cards of all products."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import ensure_csrf_cookie

from catalog.cards import list_cards
from catalog.facets import CatalogFilter, filter_catalog
from catalog.views.pages import page

__all__ = ["show_catalog"]

LONGEST_TEXT = 200


@ensure_csrf_cookie
@page
def show_catalog(request: HttpRequest) -> HttpResponse:
    """The products a reader may see, by free text and facets; for htmx only what changed."""
    wanted = CatalogFilter(
        text=request.GET.get("q", "")[:LONGEST_TEXT].strip(),
        chosen=tuple(request.GET.getlist("filter")),
    )
    found = filter_catalog(list_cards(request.user), wanted)
    context = {"section": "catalog", "wanted": wanted, "found": found}
    if "HX-Request" not in request.headers:
        response = render(request, "catalog/catalog.html", context)
    else:
        response = render(request, "catalog/_catalog_update.html", context)
        response["HX-Push-Url"] = f"{request.path}?{wanted.query}".removesuffix("?")
    patch_vary_headers(response, ["HX-Request"])
    return response
