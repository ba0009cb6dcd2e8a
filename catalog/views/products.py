"""The pages of a product: overview, getting started, guides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.cards import build_sign
from catalog.environments import find_chosen_environment
from catalog.getting_started import build_getting_started
from catalog.markdown import render_markdown
from catalog.models import Environment, Product
from catalog.selectors import get_guide, get_product, list_guides, list_servers, list_versions
from catalog.views.pages import page

__all__ = ["show_getting_started", "show_guide", "show_product"]


@page
def show_product(request: HttpRequest, product: str) -> HttpResponse:
    """What the product is, and the facts of its default version."""
    found = get_product(product, request.user)
    context = _product_context(found, tab="overview")
    version = context["version"]
    context["description"] = render_markdown(found.description)
    context["servers"] = list_servers(version) if version is not None else []
    return render(request, "catalog/product.html", context)


@page
def show_getting_started(request: HttpRequest, product: str) -> HttpResponse:
    """The three steps: download, authenticate, first request."""
    found = get_product(product, request.user)
    context = _product_context(found, tab="getting-started")
    if context["version"] is not None:
        environment = find_chosen_environment(request.session, Environment.objects.all())
        steps = build_getting_started(context["version"], request.user, environment)
        context["steps"] = steps
    return render(request, "catalog/getting_started.html", context)


@page
def show_guide(request: HttpRequest, product: str, guide: str) -> HttpResponse:
    """One guide; its title is the page's heading, so the text's own is left out."""
    found = get_product(product, request.user)
    context = _product_context(found, tab="guides")
    context["guide"] = get_guide(found, guide)
    context["text"] = render_markdown(_without_title(context["guide"].text), heading_level=1)
    return render(request, "catalog/guide.html", context)


def _product_context(product: Product, *, tab: str) -> dict[str, Any]:
    """What the head of each of a product's pages shows."""
    versions = list_versions(product)
    return {
        "section": "catalog",
        "product": product,
        "sign": build_sign(product.name),
        "tab": tab,
        "versions": versions,
        "version": versions[0] if versions else None,
        "guides": list_guides(product),
    }


def _without_title(text: str) -> str:
    """The text below its first heading."""
    first, _separator, rest = text.lstrip().partition("\n")
    return rest if first.startswith("# ") else text
