"""Publishing a file that an editor chose on the page of a version."""

from __future__ import annotations

from datetime import datetime

from catalog.importing import ImportRunner, run_in_child
from catalog.models import Version
from catalog.openapi import UnreadableDefinition
from catalog.services.last_imports import record_import
from catalog.services.mirroring import publication_limits
from catalog.services.publishing import Publication, PublicationOrder, publish_revision
from catalog.services.sources import open_content
from portal.accounts.models import User

__all__ = ["publish_file"]


def publish_file(
    version: Version,
    content: bytes,
    name: str,
    *,
    by: User,
    now: datetime,
    dry_run: bool,
    run: ImportRunner = run_in_child,
) -> Publication:
    """Publish a definition or an archive of one; a check (`dry_run`) writes and keeps nothing."""
    limits = publication_limits()
    product = version.product.slug
    try:
        source = open_content(content, name, root="", limits=limits)
        order = PublicationOrder(source=source, product=product, version=version.name)
        publication = publish_revision(order, limits=limits, by=by, dry_run=dry_run, run=run)
    except UnreadableDefinition as error:
        publication = Publication(
            result="rejected", product=product, version=version.name, problems=(error.problem,)
        )
    if not dry_run:
        record_import(
            version,
            result=publication.result,
            problems=publication.problems,
            source_name=name,
            now=now,
            by=by,
        )
    return publication
