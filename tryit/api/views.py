"""The console over REST: sending, variables and tokens of the caller's session."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.models import Environment, Version
from portal.accounts.models import Scope
from tryit.api import documentation
from tryit.api.addresses import (
    get_addressed_environment,
    get_addressed_operation,
    get_addressed_version,
)
from tryit.api.serializers import SendSerializer, VariableSerializer, draft_of_order
from tryit.exchanges import token_json
from tryit.permissions import SignInRequired
from tryit.services.jars import find_jar, open_jar
from tryit.services.sending import send_operation
from tryit.services.tokens import list_tokens
from tryit.services.variables import (
    UnknownVariable,
    VariableView,
    WrongVariable,
    delete_variable,
    get_variable,
    set_variable,
)
from tryit.wording import describe_sign_in, describe_wrong_variable

__all__ = ["SendView", "SessionTokensView", "VariableResource"]


class SendView(APIView):
    """Send a request to an operation in an environment and answer with the exchange."""

    scopes = {"POST": Scope.SEND}

    @documentation.send_request
    def post(self, request: Request, product: str, version: str, operation: str) -> Response:
        """200 whatever the target answers; a target out of reach is a problem in the answer.

        Environments with live data do not ask here: the call itself is the confirmation.
        """
        called = get_addressed_operation(product, version, operation, user=request.user)
        order = SendSerializer(data=request.data)
        order.is_valid(raise_exception=True)
        environment = get_addressed_environment(order.validated_data["environment"])
        draft = draft_of_order(order.validated_data, called, environment)
        try:
            exchange = send_operation(
                draft, session=request.session, user=request.user, now=timezone.now()
            )
        except SignInRequired as error:
            problem = describe_sign_in(reading_allowed=error.reading_allowed)
            raise exceptions.PermissionDenied(problem.sentence) from error
        return Response(exchange.as_json())


class VariableResource(APIView):
    """One variable of the caller's session, as a version sees it in an environment."""

    scopes = {"PUT": Scope.SEND, "DELETE": Scope.SEND}

    @documentation.get_variable
    def get(self, request: Request, **address: str) -> Response:
        """The variable; of a secret the end of its value at most."""
        version, environment = _get_place(request, address)
        jar = find_jar(request.session)
        try:
            view = get_variable(
                jar=jar, version=version, environment=environment, name=address["name"]
            )
        except UnknownVariable as error:
            raise Http404(_("There is no such variable.")) from error
        return Response(_variable_json(view))

    @documentation.set_variable
    def put(self, request: Request, **address: str) -> Response:
        """Set it; a security variable becomes the session's token of the scheme's source."""
        version, environment = _get_place(request, address)
        given = VariableSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        now = timezone.now()
        try:
            view = set_variable(
                jar=open_jar(request.session, user=request.user, now=now),
                version=version,
                environment=environment,
                name=address["name"],
                value=given.validated_data["value"],
                is_secret=given.validated_data["secret"],
                now=now,
            )
        except WrongVariable as error:
            field = "value" if error.reason == "length" else "name"
            message = describe_wrong_variable(error.reason)
            raise exceptions.ValidationError({field: [message]}) from error
        return Response(_variable_json(view))

    @documentation.delete_variable
    def delete(self, request: Request, **address: str) -> Response:
        """Delete it; a security variable is emptied."""
        version, environment = _get_place(request, address)
        jar = find_jar(request.session)
        try:
            delete_variable(jar=jar, version=version, environment=environment, name=address["name"])
        except UnknownVariable as error:
            raise Http404(_("There is no such variable.")) from error
        return Response(status=status.HTTP_204_NO_CONTENT)


class SessionTokensView(APIView):
    """The tokens of the caller's session."""

    @documentation.list_tokens
    def get(self, request: Request) -> Response:
        """All of them: a session holds few."""
        tokens = list_tokens(find_jar(request.session))
        return Response(
            {
                "count": len(tokens),
                "next": None,
                "results": [token_json(token) for token in tokens],
            }
        )


def _get_place(request: Request, address: dict[str, str]) -> tuple[Version, Environment]:
    if "\0" in address["name"]:  # no database is to be asked for it
        raise Http404(_("There is no such variable."))
    version = get_addressed_version(address["product"], address["version"], user=request.user)
    return version, get_addressed_environment(address["environment"])


def _variable_json(view: VariableView) -> dict[str, Any]:
    return {
        "name": view.name,
        "value": None if view.is_secret else view.value,
        "masked": view.masked,
        "secret": view.is_secret,
        "built_in": view.is_built_in,
        "set": view.is_set,
        "scheme": view.scheme or None,
        "expires_at": view.expires_at.isoformat() if view.expires_at else None,
    }
