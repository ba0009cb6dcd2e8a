"""Asks for every page of a published version, as a browser that is not signed in would."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.test import Client
from django.urls import reverse

from catalog.models import Operation, Version
from catalog.selectors import list_schema_names

__all__ = ["PageCounts", "check_pages", "iter_urls"]


@dataclass(frozen=True, slots=True)
class PageCounts:
    """How many pages of which kind a version has, and those that failed, with the reason."""

    operations: int = 0
    consoles: int = 0
    schemas: int = 0
    failures: tuple[str, ...] = ()

    def __add__(self, other: PageCounts) -> PageCounts:
        return PageCounts(
            self.operations + other.operations,
            self.consoles + other.consoles,
            self.schemas + other.schemas,
            self.failures + other.failures,
        )


def check_pages(version: Version, *, limit: int | None = None) -> PageCounts:
    """Ask for the reference, each operation with its console, and each schema of a version.

    With a limit, for that many operations and schemas at most.
    """
    client = Client()
    urls = list(iter_urls(version, limit=limit))
    failures = [fault for _kind, url in urls if (fault := _find_fault(client, url))]
    kinds = [kind for kind, _url in urls]
    return PageCounts(
        operations=kinds.count("operation"),
        consoles=kinds.count("console"),
        schemas=kinds.count("schema"),
        failures=tuple(failures),
    )


def iter_urls(version: Version, *, limit: int | None = None) -> Iterator[tuple[str, str]]:
    """Yield (kind, URL) of a version's pages."""
    names = (version.product.slug, version.name)
    yield "product", reverse("catalog:product", args=names[:1])
    yield "start", reverse("catalog:getting-started", args=names[:1])
    yield "reference", reverse("catalog:reference", args=names)
    operations = Operation.objects.filter(revision=version.current_revision_id)
    for slug in operations.order_by("position").values_list("slug", flat=True)[:limit]:
        yield "operation", reverse("catalog:operation", args=[*names, slug])
        yield "console", reverse("tryit:console", args=[*names, slug])
    for schema in list_schema_names(version)[:limit]:
        yield "schema", reverse("catalog:schema", args=[*names, schema])


def _find_fault(client: Client, url: str) -> str:
    """Why a page cannot be shown, "" when it can."""
    try:
        response = client.get(url)
    except Exception:  # noqa: BLE001  whatever a page raises is what is looked for
        return f"{url}: {traceback.format_exc(limit=-3)}"
    if response.status_code != HTTPStatus.OK:
        return f"{url}: {response.status_code}"
    return "" if "</main>" in response.content.decode() else f"{url}: the page is not whole"
