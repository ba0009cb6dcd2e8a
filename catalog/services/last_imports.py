"""Keeping what came of the last import into a version, for its editors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from catalog.models import LastImport, Version
from catalog.openapi import Problem
from portal.accounts.models import User

__all__ = ["record_import"]


def record_import(
    version: Version,
    *,
    result: str,
    problems: Iterable[Problem],
    source_name: str,
    now: datetime,
    by: User | None = None,
) -> None:
    """Remember the import; a rejected one is shown to editors until something is published."""
    shown = Version.objects.values_list("current_revision_id", flat=True).get(pk=version.pk)
    LastImport.objects.update_or_create(
        version=version,
        defaults={
            "result": result,
            "revision_id": shown,
            "problems": [problem.as_json() for problem in problems],
            "source_name": source_name[:200],
            "imported_at": now,
            "imported_by": by,
        },
    )
