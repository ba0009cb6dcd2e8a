"""The definition of a version over REST: publishing it, reading it, watching a long import."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api import documentation
from catalog.api.bodies import read_body
from catalog.api.problems import problem_response
from catalog.api.serializers import represent_import
from catalog.models import BackgroundImport, ImportState, Product
from catalog.openapi import Limits
from catalog.selectors import get_product
from catalog.services.import_jobs import (
    ImportRequest,
    follow_import,
    get_background_import,
    is_done_within,
    start_import,
)
from catalog.services.publishing import Publication
from catalog.services.uploads import UnknownRoot, Upload, check_upload_address, publish_upload
from catalog.views.definitions import download_json, download_yaml
from portal.accounts.models import Scope, User
from portal.accounts.permissions import PublisherPermission

__all__ = ["DefinitionView", "ImportView"]

JSON_TYPES = ("application/vnd.oai.openapi+json", "application/json")
YAML_TYPES = (
    "application/vnd.oai.openapi+yaml",
    "application/vnd.oai.openapi",
    "application/yaml",
    "application/x-yaml",
    "text/yaml",
    "text/x-yaml",
)
FLAGS = {"1": True, "true": True, "0": False, "false": False}
RETRY_SECONDS = "2"


class FileNegotiation(DefaultContentNegotiation):
    """Leaves the choice of a file's form to the view; refusals are JSON in any case."""

    def select_renderer(  # type: ignore[override]  # REST framework says nothing of the suffix
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The first renderer, whatever the caller accepts."""
        return renderers[0], renderers[0].media_type or ""


class DefinitionView(APIView):
    """`products/{product}/versions/{version}/definition`: the definition as a file."""

    content_negotiation_class = FileNegotiation
    permission_classes = [PublisherPermission]
    scopes = {"PUT": Scope.PUBLISH}

    @documentation.get_definition
    def get(self, request: Request, product: str, version: str) -> HttpResponseBase:
        """The bundled definition in the form that Accept asks for, JSON when it takes both."""
        if "\0" in version:  # no database is to be asked for it
            raise Http404(_("There is no such version."))
        content_type = request._request.get_preferred_type([*JSON_TYPES, *YAML_TYPES])
        if content_type is None:
            raise exceptions.NotAcceptable(_("A definition comes as YAML or JSON."))
        download = download_json if content_type in JSON_TYPES else download_yaml
        response = download(request._request, product=product, version=version)
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise Http404(_("The definition has no such part."))
        if response.status_code == HTTPStatus.OK:
            response.headers["Content-Type"] = content_type
        patch_vary_headers(response, ["Accept"])
        return response

    @documentation.put_definition
    def put(self, request: Request, product: str, version: str) -> Response:
        """Publish the body; 202 when that takes longer than a caller waits."""
        _check_address(request, product, version)
        dry_run = _read_flag(request, "dry_run")
        root = request.query_params.get("root", "")
        content = read_body(request._request, limit_bytes=settings.DEFINITION_MAX_BYTES)
        if not content:
            raise exceptions.ParseError(_("The body is empty; it should be the definition."))
        upload = Upload(content, product=product, version=version, root=root)
        return _publish(request, upload, dry_run=dry_run)


class ImportView(APIView):
    """`imports/{id}/`: an import that took longer than its caller waited."""

    @documentation.get_import
    def get(self, request: Request, import_id: UUID) -> Response:
        """How far it is, and what came of it; only for whoever started it, and staff."""
        if not request.user.is_authenticated:
            raise exceptions.NotAuthenticated
        try:
            job = get_background_import(import_id, request.user)
        except BackgroundImport.DoesNotExist as error:
            raise Http404(_("There is no such import.")) from error
        answer = Response(represent_import(job, timezone.now()))
        if job.state == ImportState.RUNNING:
            answer.headers["Retry-After"] = RETRY_SECONDS
        return answer


def _check_address(request: Request, product: str, version: str) -> None:
    """Raise for names that cannot be, and Http404 for a product the caller may not see."""
    try:
        check_upload_address(product, version)
    except DjangoValidationError as error:
        raise exceptions.ValidationError(error.message_dict) from error
    if not Product.objects.filter(slug=product).exists():
        return
    try:
        get_product(product, request.user)
    except Product.DoesNotExist as error:
        raise Http404(_("There is no product “%s”.") % product) from error


def _read_flag(request: Request, name: str) -> bool:
    text = request.query_params.get(name, "0").lower()
    if text not in FLAGS:
        raise exceptions.ValidationError({name: [_("Must be 1 or 0, true or false.")]})
    return FLAGS[text]


def _publish(request: Request, upload: Upload, *, dry_run: bool) -> Response:
    user = cast(User, request.user)  # the permission lets nobody else pass
    limits = Limits(source_bytes=settings.DEFINITION_MAX_BYTES)
    future = start_import(
        lambda: publish_upload(upload, limits=limits, by=user, dry_run=dry_run),
    )
    if not is_done_within(future, settings.IMPORT_ANSWER_SECONDS):
        asked = ImportRequest(user, upload.product, upload.version, dry_run)
        return _accepted(request, follow_import(future, asked))
    try:
        publication = future.result()
    except UnknownRoot as error:
        message = _("The archive holds no file of this name.")
        raise exceptions.ValidationError({"root": [message]}) from error
    return _answer(publication, dry_run=dry_run)


def _accepted(request: Request, job: BackgroundImport) -> Response:
    url = request.build_absolute_uri(reverse("catalog-api:import", args=[job.id]))
    return Response(
        represent_import(job, timezone.now()),
        status=HTTPStatus.ACCEPTED,
        headers={"Location": url, "Retry-After": RETRY_SECONDS},
    )


def _answer(publication: Publication, *, dry_run: bool) -> Response:
    if publication.result == "rejected":
        detail = _("The definition was rejected; readers still see what they saw.")
        return problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, detail, **publication.as_json())
    is_new = publication.result == "created" and not dry_run
    return Response(publication.as_json(), status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)
