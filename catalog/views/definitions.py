"""Downloads of a version's definition: bundled YAML and JSON, and the source as it was given."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from catalog.definition_files import FileKind, open_file
from catalog.models import Revision
from catalog.selectors import get_revision, get_version
from catalog.views.pages import page

__all__ = ["download_json", "download_source", "download_yaml"]

YAML_TYPE = "application/vnd.oai.openapi"
JSON_TYPE = "application/vnd.oai.openapi+json"


@dataclass(frozen=True, slots=True)
class _Download:
    """One file of a revision as HTTP sees it; `sha256` is that of the uncompressed content."""

    kind: FileKind
    sha256: str
    content_type: str
    filename: str


@page
def download_yaml(request: HttpRequest, product: str, version: str) -> HttpResponseBase:
    """The bundled definition in YAML."""
    revision = _get_revision(request, product, version)
    name = f"{product}-{version}.yaml"
    file = _Download(FileKind.YAML, revision.yaml_sha256, YAML_TYPE, name)
    return _serve(request, revision, file)


@page
def download_json(request: HttpRequest, product: str, version: str) -> HttpResponseBase:
    """The bundled definition in JSON."""
    revision = _get_revision(request, product, version)
    name = f"{product}-{version}.json"
    file = _Download(FileKind.JSON, revision.json_sha256, JSON_TYPE, name)
    return _serve(request, revision, file)


@page
def download_source(request: HttpRequest, product: str, version: str) -> HttpResponseBase:
    """The bytes that were published."""
    revision = _get_revision(request, product, version)
    content_type = JSON_TYPE if revision.format == "json" else YAML_TYPE
    file = _Download(FileKind.SOURCE, revision.sha256, content_type, revision.source_name)
    return _serve(request, revision, file)


def _get_revision(request: HttpRequest, product: str, version: str) -> Revision:
    return get_revision(get_version(product, version, request.user))


def _serve(request: HttpRequest, revision: Revision, file: _Download) -> HttpResponseBase:
    """The file, or 304 when the client has it; compressed for clients that take gzip.

    The compressed form is another representation, so it has an ETag of its own (RFC 9110, 8.8.3).
    """
    compressed = file.kind is not FileKind.SOURCE and _takes_gzip(request)
    etag = f'"{file.sha256}-gzip"' if compressed else f'"{file.sha256}"'
    modified = int(revision.imported_at.timestamp())
    unchanged = get_conditional_response(
        request, etag=etag, last_modified=modified, response=HttpResponse()
    )
    if unchanged is not None and unchanged.status_code != HTTPStatus.OK:
        response: HttpResponseBase = unchanged
    else:
        response = FileResponse(
            open_file(revision, file.kind, compressed=compressed),
            as_attachment="download" in request.GET,
            filename=file.filename,
            content_type=file.content_type,
        )
        if compressed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
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
