"""Looking at a mirrored change before it is published: may it go out without being asked for?"""

from __future__ import annotations

import orjson
from django.conf import settings

from catalog.importing import JobFolder
from catalog.mirroring.changes import (
    DefinitionOutline,
    find_hold_reasons,
    report_other_servers,
    server_urls,
)
from catalog.models import Revision
from catalog.openapi import Problem
from catalog.services.revision_rows import storable
from catalog.services.revisions import ImportedDefinition

__all__ = ["ChangeReview"]


LONGEST_TITLE = 500  # that of a revision's row, which it is compared with


class ChangeReview:
    """Compares what was imported with the revision that readers see, if there is one.

    Called with the imported definition it says whether that may be published; `reasons` say why
    not (see `find_hold_reasons`), `warnings` what editors should look at.
    """

    def __init__(self, current: Revision | None) -> None:
        self._current = current
        self.reasons: list[str] = []
        self.warnings: tuple[Problem, ...] = ()

    def __call__(self, imported: ImportedDefinition) -> bool:
        """Whether the definition may be published at once."""
        if self._current is None:
            return True
        old, new = _outline_of_revision(self._current), _outline_of_import(imported)
        self.warnings = report_other_servers(old.servers, new.servers)
        self.reasons = find_hold_reasons(old, new) if settings.MIRROR_HOLD else []
        return not self.reasons


def _outline_of_revision(revision: Revision) -> DefinitionOutline:
    return DefinitionOutline(
        title=revision.title,
        operations=frozenset(revision.operations.values_list("method", "path")),
        servers=server_urls(revision.overview.get("servers")),
    )


def _outline_of_import(imported: ImportedDefinition) -> DefinitionOutline:
    result = imported.result
    return DefinitionOutline(
        title=storable(result.title)[:LONGEST_TITLE],
        operations=frozenset(_read_operations(imported.folder)),
        servers=server_urls(result.overview.get("servers")),
    )


def _read_operations(folder: JobFolder) -> list[tuple[str, str]]:
    with folder.operations.open("rb") as file:
        rows = [orjson.loads(line) for line in file]
    return [(row["method"], storable(row["path"])) for row in rows]
