"""What the console reads: an operation with all it needs, its servers and its environments."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from catalog.models import Environment, Server, TokenSource, Version
from catalog.models import Operation as OperationRow
from catalog.openapi import Operation, Resolver
from catalog.selectors import (
    get_operation,
    get_version,
    list_servers,
    load_components,
    read_operation_row,
)
from portal.accounts.models import User
from tryit.services.logins import find_login_sources

__all__ = ["CalledOperation", "find_server", "get_called_operation"]


@dataclass(frozen=True, slots=True)
class CalledOperation:
    """An operation as the console calls it: its row, what the row says, and where it can go.

    `servers` has at most one per environment, in the order of the environments.
    `login_sources` are the declared token sources this operation logs in to.
    """

    version: Version
    row: OperationRow
    operation: Operation
    resolver: Resolver
    servers: tuple[Server, ...]
    login_sources: tuple[TokenSource, ...]

    @property
    def environments(self) -> tuple[Environment, ...]:
        """The environments this version can be called in."""
        return tuple(server.environment for server in self.servers)


def get_called_operation(
    product_slug: str, version_name: str, operation_slug: str, *, user: User | AnonymousUser
) -> CalledOperation:
    """An operation by its address.

    Raises ObjectDoesNotExist for what is not there or not visible to this user.
    """
    version = get_version(product_slug, version_name, user)
    row = get_operation(version, operation_slug)
    operation, resolver = read_operation_row(row, load_components(row))
    return CalledOperation(
        version=version,
        row=row,
        operation=operation,
        resolver=resolver,
        servers=tuple(list_servers(version)),
        login_sources=tuple(find_login_sources(row)),
    )


def find_server(called: CalledOperation, environment: Environment) -> Server | None:
    """Where this version stands in an environment."""
    servers = (server for server in called.servers if server.environment_id == environment.pk)
    return next(servers, None)
