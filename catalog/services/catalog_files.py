"""Reading a catalog file from disk and checking it against itself, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from catalog.catalog_file import (
    CatalogFile,
    CatalogFileError,
    DeclaredProduct,
    DeclaredVersion,
    expand_variables,
    read_catalog_file,
)
from catalog.models import Environment
from catalog.openapi import Limits, UnreadableDefinition, parse_document
from catalog.services.servers import ServerError, check_server_url
from catalog.services.sources import OpenedSource, SourceError, open_source
from catalog.token_settings import TokenSettingsError, parse_token_settings

__all__ = ["OpenedSources", "load_catalog_file", "open_sources"]

OpenedSources = Mapping[tuple[str, str], OpenedSource]


def load_catalog_file(path: Path, environ: Mapping[str, str]) -> CatalogFile:
    """The declarations of a file; raises CatalogFileError with every complaint."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise CatalogFileError([f"{path} cannot be read: {error.strerror}."]) from error
    try:
        document = parse_document(source, Limits()).value
    except UnreadableDefinition as error:
        problem = error.problem
        place = f"line {problem.line}, column {problem.column}: " if problem.line else ""
        raise CatalogFileError([f"{path.name}: {place}{problem.message}"]) from error
    file = read_catalog_file(expand_variables(document, environ))
    complaints = [*_source_complaints(file), *_server_complaints(file)]
    if complaints:
        raise CatalogFileError(complaints)
    return file


def open_sources(file: CatalogFile, folder: Path) -> OpenedSources:
    """The definitions of all versions by (product, version); raises CatalogFileError."""
    limits = Limits(source_bytes=settings.DEFINITION_MAX_BYTES)
    opened: dict[tuple[str, str], OpenedSource] = {}
    complaints: list[str] = []
    for product, version in _versions(file):
        try:
            opened[product.slug, version.name] = open_source(
                version.definition, root="", limits=limits, folder=folder
            )
        except SourceError as error:
            complaints.append(f"products: {product.slug} {version.name}: {error}")
    if complaints:
        raise CatalogFileError(complaints)
    return opened


def _versions(file: CatalogFile) -> list[tuple[DeclaredProduct, DeclaredVersion]]:
    return [(product, version) for product in file.products for version in product.versions]


def _source_complaints(file: CatalogFile) -> list[str]:
    complaints = []
    for source in file.token_sources:
        try:
            parse_token_settings(source.kind, source.settings)
        except TokenSettingsError as error:
            complaints.append(f"token_sources: {source.slug}: {error}")
    return complaints


def _server_complaints(file: CatalogFile) -> list[str]:
    known = {environment.slug for environment in file.environments}
    known |= set(Environment.objects.values_list("slug", flat=True))
    complaints = []
    for product, version in _versions(file):
        place = f"products: {product.slug} {version.name}"
        for slug, server in version.servers.items():
            if slug not in known:
                complaints.append(f'{place}: "{slug}" is no environment.')
            try:
                check_server_url(server.url)
            except ServerError as error:
                complaints.append(f"{place}: {error}")
    return complaints
