"""Getting started: the three steps from reading to a first answer, for one version."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from catalog.base_urls import choose_base_url, find_server
from catalog.login_operations import find_login_operation
from catalog.models import Environment, Operation, Server, Version
from catalog.openapi import Direction, SecurityScheme, describe_schema
from catalog.openapi import Operation as OperationFacts
from catalog.samples import CodeSample, build_code_samples, build_sample_request
from catalog.security_views import SchemeView, build_scheme_view
from catalog.selectors import get_revision, list_servers, load_components, read_operation_row
from portal.accounts.models import User

__all__ = ["FirstRequest", "GettingStarted", "build_getting_started"]


MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class FirstRequest:
    """The operation to try first, the scheme it needs, and its request as a curl command."""

    operation: Operation
    scheme: SchemeView | None
    required_parameters: tuple[str, ...]
    sample: CodeSample | None


@dataclass(frozen=True, slots=True)
class GettingStarted:
    """The three steps. `login_fields` are the members of the body that signs in."""

    server: Server | None
    login: Operation | None
    login_fields: tuple[str, ...]
    first: FirstRequest | None


def build_getting_started(
    version: Version, user: User | AnonymousUser, environment: Environment | None
) -> GettingStarted:
    """What a newcomer does with this version in the chosen environment."""
    servers = list_servers(version)
    login = find_login_operation(version, user)
    base_url = choose_base_url(version, servers, environment)
    return GettingStarted(
        server=find_server(servers, environment),
        login=login,
        login_fields=_login_fields(login) if login is not None else (),
        first=_find_first_request(version, login, base_url=base_url),
    )


def _login_fields(login: Operation) -> tuple[str, ...]:
    """The required members of the login's body, else all of them."""
    facts, resolver = read_operation_row(login, load_components(login))
    if facts.request_body is None or not facts.request_body.content:
        return ()
    schema = facts.request_body.content[0].schema
    node = describe_schema(schema, resolver, direction=Direction.REQUEST)
    required = tuple(one.name for one in node.properties if one.required)
    return required or tuple(one.name for one in node.properties)


def _find_first_request(
    version: Version, login: Operation | None, *, base_url: str
) -> FirstRequest | None:
    """The first GET operation that needs credentials, else the first GET operation."""
    offered = Operation.objects.filter(
        revision=version.current_revision_id, method="GET", deprecated=False
    )
    if login is not None:
        offered = offered.exclude(pk=login.pk)
    rows = list(offered[:MOST_CANDIDATES])
    row = next((one for one in rows if one.document.get("security")), next(iter(rows), None))
    if row is None:
        return None
    row.revision = get_revision(version)
    facts, resolver = read_operation_row(row, load_components(row))
    request = build_sample_request(facts, resolver, base_url=base_url)
    scheme = _first_scheme(facts)
    return FirstRequest(
        operation=row,
        scheme=build_scheme_view(scheme) if scheme is not None else None,
        required_parameters=tuple(one.name for one in facts.parameters if one.required),
        sample=build_code_samples(request)[0] if request is not None else None,
    )


def _first_scheme(facts: OperationFacts) -> SecurityScheme | None:
    uses = [use for requirement in facts.security for use in requirement.uses]
    return uses[0].scheme if uses else None
