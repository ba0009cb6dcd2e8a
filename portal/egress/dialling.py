"""Opening the socket: resolve once, check every answer, connect to what was checked."""

from __future__ import annotations

import errno
import socket

from portal.egress.addresses import IPAddress, check_addresses, find_address
from portal.egress.deadlines import Deadline
from portal.egress.errors import CannotConnect, CannotResolve, RefusedByPolicy, TimedOut
from portal.egress.resolving import LOCALHOST, resolve_host
from portal.egress.sockets import DeadlineSocket
from portal.egress.targets import Target, check_denied_addresses
from portal.egress.timings import Step
from portal.egress.urls import TargetURL

__all__ = ["dial"]

MAX_DIALLED = 4
PEER_CHANGED = "peer_changed"
REASONS = {
    errno.ECONNREFUSED: "refused",
    errno.ECONNRESET: "reset",
    errno.EHOSTUNREACH: "unreachable",
    errno.ENETUNREACH: "unreachable",
}


def dial(url: TargetURL, *, target: Target, deadline: Deadline) -> DeadlineSocket:
    """A connected socket to the URL's host, checked before and after.

    Several addresses are tried in turn, each with its share of the time. Raises RefusedByPolicy,
    CannotResolve, CannotConnect or TimedOut.
    """
    deadline.enter(Step.DNS)
    addresses = resolve_host(url.host, seconds=deadline.remaining())
    check_addresses(addresses, allow_private=target.allow_private)
    _check_denied(addresses, port=url.port, target=target, deadline=deadline)
    deadline.enter(Step.CONNECT)
    dialled = addresses[:MAX_DIALLED]
    failures: list[OSError] = []
    for index, address in enumerate(dialled):
        seconds = deadline.remaining() / (len(dialled) - index)
        try:
            connection = _connect(address, url.port, seconds=seconds)
        except OSError as error:
            failures.append(error)
            continue
        connection.deadline = deadline
        try:
            _check_peer(connection, address, port=url.port, target=target, deadline=deadline)
        except BaseException:
            connection.close()
            raise
        return connection
    raise _explain(failures[0]) from failures[0]


def _connect(address: IPAddress, port: int, *, seconds: float) -> DeadlineSocket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    connection = DeadlineSocket(family, socket.SOCK_STREAM)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(seconds)
        connection.connect((str(address), port))
    except BaseException:
        connection.close()
        raise
    return connection


def _check_denied(
    addresses: tuple[IPAddress, ...], *, port: int, target: Target, deadline: Deadline
) -> None:
    def resolve(host: str) -> tuple[IPAddress, ...]:
        try:
            return resolve_host(host, seconds=deadline.remaining())
        except CannotResolve:
            return ()  # what has no address cannot be what is dialled

    check_denied_addresses(addresses, port=port, target=target, resolve=resolve)


def _check_peer(
    connection: DeadlineSocket,
    address: IPAddress,
    *,
    port: int,
    target: Target,
    deadline: Deadline,
) -> None:
    """Refuse a connection that ended elsewhere, or at a listener of the portal on this machine."""
    peer = find_address(connection.getpeername()[0])
    if peer != address:
        raise RefusedByPolicy(PEER_CHANGED)
    if find_address(connection.getsockname()[0]) == peer:
        _check_denied(LOCALHOST, port=port, target=target, deadline=deadline)


def _explain(failure: OSError) -> CannotConnect | TimedOut:
    if isinstance(failure, TimeoutError):
        return TimedOut(Step.CONNECT)
    return CannotConnect(REASONS.get(failure.errno or 0, failure.strerror or "failed"))
