"""Downloads of a version's definition: bundled YAML and JSON, parts of it, and the source."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _

from catalog.definition_files import FileKind, open_file
from catalog.models import Revision
from catalog.openapi import is_archive
from catalog.selectors import get_revision, get_version
from catalog.subsets import Subset, UnknownPart, choose_subset, render_subset
from catalog.views.pages import page

__all__ = ["download_json", "download_source", "download_yaml"]

# Neither takes a charset: both are always UTF-8 (RFC 8259, 8.1; RFC 9512, 2.1).
TYPES = {
    FileKind.YAML: "application/vnd.oai.openapi+yaml",
    FileKind.JSON: "application/vnd.oai.openapi+json",
}
ARCHIVE_TYPES = {b"PK": "application/zip", b"\x1f\x8b": "application/gzip"}
TAR_TYPE = "application/x-tar"
ARCHIVE_HEAD = 512
_NOT_IN_FILE_NAMES = re.compile(r"[\x00-\x1f\x7f/\\]+")


@dataclass(frozen=True, slots=True)
class _Download:
    """One file as HTTP sees it.

    `tag` changes with the uncompressed content. `open` takes whether it is to be compressed.
    """

    tag: str
    content_type: str
    filename: str
    open: Callable[[bool], BinaryIO]
    modified: datetime | None = None


@page
def download_yaml(request: HttpRequest, product: str, version: str) -> HttpResponseBase:
    """The bundled definition in YAML; `tag` and `operation` choose parts of it."""
    revision = get_revision(get_version(product, version, request.user))
    return _answer(request, revision, FileKind.YAML, name=f"{product}-{version}")


@page
def download_json(request: HttpRequest, product: str, version: str) -> HttpResponseBase:
    """The bundled definition in JSON; `tag` and `operation` choose parts of it."""
    revision = get_revision(get_version(product, version, request.user))
    return _answer(request, revision, FileKind.JSON, name=f"{product}-{version}")


@page
def download_source(request: HttpRequest, product: str, version: str) -> HttpResponseBase:
    """The bytes that were published."""
    revision = get_revision(get_version(product, version, request.user))
    file = _Download(
        tag=revision.sha256,
        content_type=_source_type(revision),
        filename=_NOT_IN_FILE_NAMES.sub("_", revision.source_name) or "definition",
        open=lambda compressed: open_file(revision, FileKind.SOURCE),
        modified=revision.imported_at,
    )
    return _serve(request, file, compressed=False)


def _source_type(revision: Revision) -> str:
    with open_file(revision, FileKind.SOURCE) as file:
        head = file.read(ARCHIVE_HEAD)
    if is_archive(head):
        return ARCHIVE_TYPES.get(head[:2], TAR_TYPE)
    return TYPES[FileKind.JSON if revision.format == "json" else FileKind.YAML]


def _answer(
    request: HttpRequest, revision: Revision, kind: FileKind, *, name: str
) -> HttpResponseBase:
    """The whole definition, or the part that the query asks for."""
    tags, operations = request.GET.getlist("tag"), request.GET.getlist("operation")
    if not tags and not operations:
        file = _whole(revision, kind, name=name)
    else:
        try:
            subset = choose_subset(revision, tags=tags, operations=operations)
        except UnknownPart as error:
            return HttpResponseNotFound(_refusal(error), content_type="text/plain; charset=utf-8")
        file = _part(subset, kind, name=name)
    return _serve(request, file, compressed=_takes_gzip(request))


def _whole(revision: Revision, kind: FileKind, *, name: str) -> _Download:
    return _Download(
        tag=revision.yaml_sha256 if kind is FileKind.YAML else revision.json_sha256,
        content_type=TYPES[kind],
        filename=f"{name}.{_extension(kind)}",
        open=lambda compressed: open_file(revision, kind, compressed=compressed),
        modified=revision.imported_at,
    )


def _part(subset: Subset, kind: FileKind, *, name: str) -> _Download:
    """It has no date: another release of the portal may cut it otherwise."""

    def open_part(compressed: bool) -> BinaryIO:
        content = render_subset(subset, kind)
        return BytesIO(content if compressed else gzip.decompress(content))

    return _Download(
        tag=subset.fingerprint(kind),
        content_type=TYPES[kind],
        filename=f"{name}-{subset.name}.{_extension(kind)}",
        open=open_part,
    )


def _extension(kind: FileKind) -> str:
    return "yaml" if kind is FileKind.YAML else "json"


def _refusal(error: UnknownPart) -> str:
    if error.kind == "tag":
        text = _("No operation of this definition has the tag “%(name)s”.")
    else:
        text = _("This definition has no operation “%(name)s”. Give its slug or operationId.")
    return text % {"name": error.name} + "\n"


def _serve(request: HttpRequest, file: _Download, *, compressed: bool) -> HttpResponseBase:
    """The file, or 304 when the client has it; compressed for clients that take gzip.

    The compressed form is another representation, so it has an ETag of its own (RFC 9110, 8.8.3).
    """
    etag = f'"{file.tag}-gzip"' if compressed else f'"{file.tag}"'
    modified = int(file.modified.timestamp()) if file.modified else None
    unchanged = get_conditional_response(
        request, etag=etag, last_modified=modified, response=HttpResponse()
    )
    if unchanged is not None and unchanged.status_code != HTTPStatus.OK:
        response: HttpResponseBase = unchanged
    else:
        response = FileResponse(
            file.open(compressed),
            as_attachment="download" in request.GET,
            filename=file.filename,
            content_type=file.content_type,
        )
        if compressed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _takes_gzip(request: HttpRequest) -> bool:
    """Whether Accept-Encoding names gzip with a quality above 0 (RFC 9110, 12.5.3)."""
    for entry in request.headers.get("Accept-Encoding", "").split(","):
        coding, _separator, quality = entry.partition(";")
        if coding.strip().lower() == "gzip":
            return quality.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
