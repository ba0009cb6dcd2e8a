"""Publishing hostile bytes the way uploads are published."""

from __future__ import annotations

from catalog.importing import ImportRunner, run_here
from catalog.openapi import Limits, UnreadableDefinition
from catalog.services.publishing import Publication, PublicationOrder, publish_revision
from catalog.services.sources import open_content

__all__ = ["publish_bytes", "refusal_of"]


def publish_bytes(
    content: bytes, *, limits: Limits | None = None, run: ImportRunner = run_here
) -> Publication:
    """Publish a file or archive as version v1 of the product "hostile".

    An archive that cannot be opened is rejected, as it is over REST.
    """
    limits = limits or Limits()
    try:
        source = open_content(content, "definition", root="", limits=limits)
    except UnreadableDefinition as error:
        return Publication(
            result="rejected", product="hostile", version="v1", problems=(error.problem,)
        )
    order = PublicationOrder(source=source, product="hostile", version="v1")
    return publish_revision(order, limits=limits, run=run)


def refusal_of(publication: Publication) -> tuple[str, str, int | None, int | None]:
    """Rule, message, line and column of the one problem a definition was rejected for."""
    assert publication.result == "rejected"
    (problem,) = publication.problems
    return problem.rule, problem.message, problem.line, problem.column
