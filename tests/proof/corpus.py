"""Every real definition is imported as promised, and each of its pages can be shown."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.db import connection

from catalog.importing import ImportRunner, run_in_child
from catalog.models import Version
from catalog.openapi import Limits, Severity
from catalog.services.publishing import Publication, PublicationOrder, publish_revision
from tests.proof.apart import set_up
from tests.proof.definitions import RealDefinition, list_definitions, open_definition
from tests.proof.pages import PageCounts, check_pages

__all__ = ["VERSION", "measure", "outcome_of", "publish_definition"]

VERSION = "v1"
WORKERS = 2


def measure() -> list[str]:
    """Publish all definitions into an empty database, then ask for all pages; the figures.

    Raises AssertionError naming what is not as promised.
    """
    definitions = list_definitions()
    assert definitions, "the definitions are not beside the repository"
    started = time.monotonic()
    published = [
        (one, publish_definition(one, f"definition-{number}"))
        for number, one in enumerate(definitions)
    ]
    import_seconds = time.monotonic() - started
    wrong = [
        f"{one.path}: {outcome_of(publication)}, not {one.outcome}"
        for one, publication in published
        if outcome_of(publication) != one.outcome
    ]
    assert not wrong, "; ".join(wrong)
    started = time.monotonic()
    products = [publication.product for _, publication in published if publication.revision]
    pages = _check_all(products)
    page_seconds = time.monotonic() - started
    assert not pages.failures, "\n".join(pages.failures[:20])
    expected = sum(one.operations for one, publication in published if publication.revision)
    missing = [
        f"{one.path}: {publication.operations} of {one.operations} operations"
        for one, publication in published
        if publication.revision and publication.operations < one.operations
    ]
    assert not missing, "; ".join(missing)
    outcomes = Counter(one.outcome for one, _ in published)
    return [
        f"{len(definitions)} definitions: {_told(outcomes)}; each as its manifest says.",
        f"{pages.operations:,} operations of {len(products)} definitions import and render"
        f" (the manifest counts {expected:,}, without webhooks): 100 %, no traceback.",
        f"{pages.consoles:,} consoles and {pages.schemas:,} schema pages render, too.",
        f"Imports took {import_seconds:.0f} s, each in a process of its own; pages"
        f" {page_seconds:.0f} s in {WORKERS} processes.",
    ]


def publish_definition(
    definition: RealDefinition, product: str, *, run: ImportRunner = run_in_child
) -> Publication:
    """Publish it as the command line would, as the first version of a product."""
    limits = Limits()
    order = PublicationOrder(
        source=open_definition(definition, limits),
        product=product,
        version=VERSION,
        suggested_servers=True,
    )
    return publish_revision(order, limits=limits, run=run)


def outcome_of(publication: Publication) -> str:
    """The outcome in the manifest's words."""
    if publication.revision is None:
        return "reject"
    has_warnings = any(one.severity is Severity.WARNING for one in publication.problems)
    return "accept-with-warnings" if has_warnings else "accept"


def _check_all(products: list[str]) -> PageCounts:
    connection.close()
    context = get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=context, initializer=set_up) as pool:
        return sum(pool.map(_check_product, products), start=PageCounts())


def _check_product(product: str) -> PageCounts:
    versions = Version.objects.select_related("product", "current_revision")
    return check_pages(versions.get(product__slug=product))


def _told(outcomes: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
