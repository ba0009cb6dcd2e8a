"""All pages of a version, and what in them a browser would run or fetch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse
from lxml import html

from catalog.models import Operation, Version
from catalog.selectors import list_schema_names

__all__ = ["dangers_in", "fetch_pages"]

# Elements that run, frame or fetch something wherever they stand.
ACTIVE = frozenset(
    ("script", "iframe", "frame", "object", "embed", "applet", "base", "style", "video", "audio")
)
LOADING = ("src", "srcset", "data", "background", "poster", "action", "formaction", "ping")
HARMLESS_SCHEMES = ("", "http", "https", "mailto")


def fetch_pages(version: Version) -> Iterator[tuple[str, Any]]:
    """Yield (URL, response) of every page that shows something of a version."""
    client = Client()
    product, names = version.product.slug, (version.product.slug, version.name)
    urls = [reverse("catalog:catalog"), reverse("catalog:product", args=[product])]
    urls += [reverse("catalog:getting-started", args=[product])]
    urls += [reverse("catalog:reference", args=names)]
    rows = Operation.objects.filter(revision=version.current_revision_id)
    for slug in rows.values_list("slug", flat=True):
        urls += [reverse("catalog:operation", args=[*names, slug])]
        urls += [reverse("tryit:console", args=[*names, slug])]
    urls += [reverse("catalog:schema", args=[*names, name]) for name in list_schema_names(version)]
    for url in urls:
        yield url, client.get(url)


def dangers_in(page: bytes) -> list[str]:
    """What of a parsed page did not come from the portal itself and would do something.

    The portal's own scripts and styles come from its own files, by path alone.
    """
    root = html.fromstring(page.decode())
    return [danger for element in root.iter() for danger in _dangers(element)]


def _dangers(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    shown = html.tostring(element, encoding="unicode")[:120]
    is_own_script = element.tag == "script" and _is_own(element)
    if element.tag in ACTIVE and not is_own_script:
        yield f"element: {shown}"
    if element.tag in ("img", "link") and not _is_local(element.get("src") or element.get("href")):
        yield f"fetched: {shown}"
    if element.tag == "meta" and element.get("http-equiv"):
        yield f"instruction: {shown}"
    for name, value in element.attrib.items():
        if name.startswith("on") or name == "style":
            yield f"attribute {name}: {shown}"
        if name == "href" and _scheme(value) not in HARMLESS_SCHEMES:
            yield f"link: {shown}"
        if name in LOADING and not _is_local(value):
            yield f"loads: {shown}"


def _is_own(element: Any) -> bool:
    """A script of the portal: a file, or the import map, which is data."""
    source = element.get("src")
    is_map = element.get("type") in ("importmap", "application/json")
    return is_map or (source is not None and source.startswith("/static/"))


def _is_local(address: str | None) -> bool:
    return not address or (address.startswith("/") and not address.startswith("//"))


def _scheme(address: str) -> str:
    """The scheme as browsers read it: without the white space and control characters before."""
    compact = "".join(character for character in address if character > " ")
    return urlsplit(compact).scheme.lower()
