"""Writing the operations and components of a revision, as an import left them, in batches.

They go into the database as they are, past the models: a large definition has thousands, and
building an object of each takes three times as long as all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from django.db import connection, models, transaction

from catalog.importing import JobFolder
from catalog.models import Component, Operation, Revision

__all__ = ["drop_old_rows", "storable", "write_rows"]

ROWS_A_BATCH = 500
KEPT_INDEXED = 2  # readers in the middle of a page still find the rows of the revision before
TEXTS = ("path", "operation_id", "summary", "pointer")
LONGEST_METHOD = Operation._meta.get_field("method").max_length or 0
LONGEST_POINTER = Component._meta.get_field("pointer").max_length or 0
OPERATION = ("slug", "method", *TEXTS, "tags", "deprecated", "document", "reaches")
COMPONENT = ("pointer", "document")


def write_rows(revision: Revision, folder: JobFolder) -> None:
    """Write all rows of a revision; each batch is a transaction of its own."""
    names = ("revision", "position", *OPERATION)
    _insert(Operation, names, _iter_operations(revision, folder.operations))
    _insert(Component, ("revision", *COMPONENT), _iter_components(revision, folder.components))


def storable(text: str) -> str:
    """The text without NUL, which PostgreSQL keeps in no text column."""
    return text.replace("\0", "")


def drop_old_rows(revision: Revision) -> None:
    """Only the newest revisions of a version stay indexed; older ones are kept as files."""
    revisions = Revision.objects.filter(version=revision.version_id).order_by("-number")
    newest = list(revisions.values_list("pk", flat=True)[:KEPT_INDEXED])
    old = revisions.exclude(pk__in=newest).values("pk").order_by()
    Operation.objects.filter(revision__in=old).delete()
    Component.objects.filter(revision__in=old).delete()


def _iter_operations(revision: Revision, path: Path) -> Iterator[tuple[Any, ...]]:
    for position, row in enumerate(_iter_lines(path)):
        if len(row["method"]) <= LONGEST_METHOD:
            row.update((name, storable(row[name])) for name in TEXTS)
            yield (revision.pk, position, *(row[name] for name in OPERATION))


def _iter_components(revision: Revision, path: Path) -> Iterator[tuple[Any, ...]]:
    for row in _iter_lines(path):
        pointer = row["pointer"]
        if len(pointer) <= LONGEST_POINTER and "\0" not in pointer:
            yield (revision.pk, *(row[name] for name in COMPONENT))


def _iter_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for line in lines:
            yield orjson.loads(line)


def _insert(
    model: type[models.Model], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> None:
    quote = connection.ops.quote_name
    fields = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(quote(fields[name]) for name in names)
    places = ", ".join(["%s"] * len(names))
    # Table and columns are the model's; the values go apart.
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    remaining = iter(rows)
    while batch := list(islice(remaining, ROWS_A_BATCH)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, batch)
