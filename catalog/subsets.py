"""Parts of a version's definition to download: some tags, some operations."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.core.cache import cache
from django.utils.text import slugify

from catalog.definition_files import FileKind, open_file
from catalog.models import Operation, Revision
from catalog.openapi import render_json, render_yaml
from catalog.openapi.rendered_reading import read_rendered
from catalog.openapi.subsetting import subset_definition

__all__ = ["Subset", "UnknownPart", "choose_subset", "render_subset"]

CACHE_SECONDS = 3600
CACHED_BYTES = 100_000
NAME_LENGTH = 80
# Definitions are taken apart one at a time, so that memory does not grow with requests.
_reading = threading.Lock()


class UnknownPart(LookupError):
    """The definition has no such tag or operation: which of them was asked for, by what name."""

    def __init__(self, kind: Literal["tag", "operation"], name: str) -> None:
        super().__init__(f"{kind} {name}")
        self.kind = kind
        self.name = name


@dataclass(frozen=True, slots=True)
class Subset:
    """A part of a revision: pointers of its operations, and what a file of it is named after."""

    revision: Revision
    operations: tuple[str, ...]
    name: str

    def fingerprint(self, kind: FileKind) -> str:
        """64 hexadecimal digits that change whenever the bytes of the rendered subset may."""
        revision = self.revision
        facts = (settings.RELEASE, kind, revision.yaml_sha256, revision.json_sha256)
        return hashlib.sha256("\0".join((*facts, *self.operations)).encode()).hexdigest()


def choose_subset(revision: Revision, *, tags: Sequence[str], operations: Sequence[str]) -> Subset:
    """The operations that have one of these tags or are named, by slug or operationId.

    They come in the order of the definition. Raises UnknownPart for a name that selects nothing.
    Costs one query.
    """
    rows = list(
        Operation.objects.filter(revision=revision).only("slug", "operation_id", "tags", "pointer")
    )
    chosen: set[str] = set()
    names = [slugify(tag, allow_unicode=True) for tag in tags]
    for tag in tags:
        tagged = {row.pointer for row in rows if tag in row.tags}
        if not tagged:
            raise UnknownPart("tag", tag)
        chosen |= tagged
    for name in operations:
        row = _find_operation(rows, name)
        chosen.add(row.pointer)
        names.append(row.slug)
    ordered = tuple(row.pointer for row in rows if row.pointer in chosen)
    return Subset(revision, ordered, "-".join(filter(None, names))[:NAME_LENGTH] or "part")


def _find_operation(rows: Sequence[Operation], name: str) -> Operation:
    """By its slug, which is unique; else the first with that operationId."""
    by_slug = (row for row in rows if row.slug == name)
    by_id = (row for row in rows if name and row.operation_id == name)
    found = next(by_slug, None) or next(by_id, None)
    if found is None:
        raise UnknownPart("operation", name)
    return found


def render_subset(subset: Subset, kind: FileKind) -> bytes:
    """The subset as a definition in YAML or JSON, compressed with gzip; kept for an hour if small.

    Raises FileNotFoundError when the file store lost the revision.
    """
    key = f"definition-subset:{subset.fingerprint(kind)}"
    kept: bytes | None = cache.get(key)
    if kept is not None:
        return kept
    with _reading:
        with open_file(subset.revision, FileKind.JSON) as file:
            definition = read_rendered(file.read())
        value = subset_definition(definition, subset.operations)
        content = render_json(value) if kind is FileKind.JSON else render_yaml(value)
    compressed = gzip.compress(content, compresslevel=6, mtime=0)
    if len(compressed) <= CACHED_BYTES:
        cache.set(key, compressed, CACHE_SECONDS)
    return compressed
