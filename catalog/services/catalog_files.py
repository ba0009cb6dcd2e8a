"""Reading a catalog file from disk and checking it against itself, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings

from catalog.catalog_file import (
    CatalogFile,
    CatalogFileError,
    Complaint,
    DeclaredProduct,
    DeclaredVersion,
    expand_variables,
    read_catalog_file,
)
from catalog.models import Environment
from catalog.openapi import (
    Limits,
    ParsedDocument,
    UnreadableDefinition,
    join_pointer,
    locate_pointers,
    parse_document,
)
from catalog.services.mirror_settings import find_place_fault
from catalog.services.servers import ServerError, check_server_url
from catalog.services.sources import OpenedSource, SourceError, open_source
from catalog.token_settings import TokenSettingsError, parse_token_settings

__all__ = ["OpenedSources", "load_catalog_file", "open_sources"]

OpenedSources = Mapping[tuple[str, str], OpenedSource]


def load_catalog_file(path: Path, environ: Mapping[str, str]) -> CatalogFile:
    """The declarations of a file.

    Raises CatalogFileError with every complaint; each begins with the file's name and the line.
    """
    parsed = _parse(path)
    try:
        file = read_catalog_file(expand_variables(parsed.value, environ))
        complaints = [
            *_source_complaints(file),
            *_server_complaints(file),
            *_mirror_complaints(file),
        ]
        if complaints:
            raise CatalogFileError(complaints)
    except CatalogFileError as error:
        raise _placed(error, path, parsed) from error
    return file


def open_sources(file: CatalogFile, path: Path) -> OpenedSources:
    """The definitions of all versions by (product, version), named relative to the file at `path`.

    Those of mirrored versions are fetched by their mirrors. Raises CatalogFileError with every
    complaint.
    """
    limits = Limits(source_bytes=settings.DEFINITION_MAX_BYTES)
    opened: dict[tuple[str, str], OpenedSource] = {}
    complaints: list[Complaint] = []
    for pointer, product, version in _versions(file):
        if version.mirror is not None:
            continue
        try:
            opened[product.slug, version.name] = open_source(
                version.definition, root="", limits=limits, folder=path.parent
            )
        except SourceError as error:
            sentence = f"products: {product.slug} {version.name}: {error}"
            complaints.append(Complaint(sentence, f"{pointer}/definition"))
    if complaints:
        raise _placed(CatalogFileError(complaints), path, _parse(path))
    return opened


def _parse(path: Path) -> ParsedDocument:
    try:
        return parse_document(path.read_bytes(), Limits())
    except OSError as error:
        raise CatalogFileError([Complaint(f"{path} cannot be read: {error.strerror}.")]) from error
    except UnreadableDefinition as error:
        problem = error.problem
        place = f"line {problem.line}, column {problem.column}: " if problem.line else ""
        sentence = f"{path.name}: {place}{problem.message}"
        raise CatalogFileError([Complaint(sentence)]) from error


def _placed(error: CatalogFileError, path: Path, parsed: ParsedDocument) -> CatalogFileError:
    """The same complaints, each with the file's name and the line it is about, by line."""
    pointers = {complaint.pointer for complaint in error.complaints}
    lines = {
        pointer: location.line if pointer else 0
        for pointer, location in locate_pointers(parsed.text, parsed.format, pointers).items()
    }
    ordered = sorted(error.complaints, key=lambda complaint: lines[complaint.pointer])
    return CatalogFileError(
        [
            Complaint(f"{path.name}: {_line(lines[one.pointer])}{one.sentence}", one.pointer)
            for one in ordered
        ]
    )


def _line(number: int) -> str:
    return f"line {number}: " if number else ""


def _versions(file: CatalogFile) -> Iterator[tuple[str, DeclaredProduct, DeclaredVersion]]:
    """Each version with its product and its pointer in the file."""
    for index, product in enumerate(file.products):
        for position, version in enumerate(product.versions):
            yield f"/products/{index}/versions/{position}", product, version


def _source_complaints(file: CatalogFile) -> list[Complaint]:
    complaints = []
    for index, source in enumerate(file.token_sources):
        try:
            parse_token_settings(source.kind, source.settings)
        except TokenSettingsError as error:
            sentence = f"token_sources: {source.slug}: {error}"
            complaints.append(Complaint(sentence, f"/token_sources/{index}"))
    return complaints


def _server_complaints(file: CatalogFile) -> list[Complaint]:
    known = {environment.slug for environment in file.environments}
    known |= set(Environment.objects.values_list("slug", flat=True))
    complaints = []
    for pointer, product, version in _versions(file):
        place = f"products: {product.slug} {version.name}"
        for slug, server in version.servers.items():
            here = join_pointer(pointer, "servers", slug)
            if slug not in known:
                complaints.append(Complaint(f'{place}: "{slug}" is no environment.', here))
            try:
                check_server_url(server.url)
            except ServerError as error:
                complaints.append(Complaint(f"{place}: {error}", here))
    return complaints


def _mirror_complaints(file: CatalogFile) -> list[Complaint]:
    return [
        Complaint(f"products: {product.slug} {version.name}: {fault}", f"{pointer}/definition")
        for pointer, product, version in _versions(file)
        if version.mirror is not None and (fault := find_place_fault(version.definition))
    ]
