"""The servers of a version over REST."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api import documentation
from catalog.api.serializers import represent_server
from catalog.api.shapes import ServerOrderSerializer
from catalog.models import Environment, Version
from catalog.selectors import get_version
from catalog.services.servers import ServerError, set_server
from portal.accounts.models import Scope
from portal.accounts.permissions import PublisherPermission, may_open_private_addresses

__all__ = ["ServerView"]


class ServerView(APIView):
    """`.../servers/{environment}`: the base URL of a version in an environment."""

    permission_classes = [PublisherPermission]
    scopes = {"PUT": Scope.PUBLISH}

    @documentation.put_server
    def put(self, request: Request, product: str, version: str, environment: str) -> Response:
        """Set it; 201 when the version had none there."""
        found, place = _get_place(request, product, version, environment=environment)
        order = ServerOrderSerializer(data=request.data)
        order.is_valid(raise_exception=True)
        url, allow_private = order.validated_data["url"], order.validated_data["allow_private"]
        if allow_private and not may_open_private_addresses(request):
            raise exceptions.PermissionDenied(
                _("Private addresses take an administrator, or a token with the scope “admin”.")
            )
        is_new = not found.servers.filter(environment=place).exists()
        try:
            set_server(found, place, url, allow_private=allow_private)
        except ServerError as error:
            raise exceptions.ValidationError({"url": [str(error)]}) from error
        server = found.servers.select_related("environment").get(environment=place)
        status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        answer = {**represent_server(server), "allow_private": server.allow_private}
        return Response(answer, status=status)


def _get_place(
    request: Request, product: str, version: str, *, environment: str
) -> tuple[Version, Environment]:
    try:
        found = get_version(product, version, request.user)
    except Version.DoesNotExist as error:
        raise Http404(_("There is no such version.")) from error
    place = Environment.objects.filter(slug=environment).first()
    if place is None:
        raise Http404(_("There is no environment “%s”.") % environment)
    return found, place
