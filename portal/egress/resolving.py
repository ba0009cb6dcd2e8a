"""Looking up the addresses of a host, once and within a time."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address
from queue import Empty, SimpleQueue
from threading import Thread

from portal.egress.addresses import IPAddress, find_address
from portal.egress.errors import CannotResolve, TimedOut
from portal.egress.timings import Step

__all__ = ["find_known_addresses", "resolve_host"]

LOCALHOST = (IPv4Address("127.0.0.1"), IPv6Address("::1"))


def resolve_host(host: str, *, seconds: float) -> tuple[IPAddress, ...]:
    """Every address of a host in the system's order, each once, at least one.

    Names under `localhost` are never asked for outside (RFC 6761, 6.3). Raises CannotResolve, or
    TimedOut after so many seconds.
    """
    return find_known_addresses(host) or _look_up(host, seconds)


def find_known_addresses(host: str) -> tuple[IPAddress, ...]:
    """The addresses of a host that nobody has to be asked for; none for an ordinary name."""
    literal = find_address(host)
    if literal is not None:
        return (literal,)
    name = host.lower().removesuffix(".")
    return LOCALHOST if name == "localhost" or name.endswith(".localhost") else ()


def _look_up(host: str, seconds: float) -> tuple[IPAddress, ...]:
    # The system's resolver takes no timeout, so it works in a thread that may be left behind.
    outcomes: SimpleQueue[tuple[str, ...] | OSError] = SimpleQueue()
    Thread(target=_ask_system, args=(host, outcomes), name="egress-dns", daemon=True).start()
    try:
        outcome = outcomes.get(timeout=seconds)
    except Empty as error:
        raise TimedOut(Step.DNS) from error
    if isinstance(outcome, OSError):
        temporary = outcome.errno == socket.EAI_AGAIN
        detail = "try again later" if temporary else "no such name"
        raise CannotResolve(detail, can_retry=temporary) from outcome
    found = (find_address(text) for text in outcome)
    addresses = tuple(dict.fromkeys(one for one in found if one is not None))
    if not addresses:
        raise CannotResolve("no address")
    return addresses


def _ask_system(host: str, outcomes: SimpleQueue[tuple[str, ...] | OSError]) -> None:
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        outcomes.put(error)
    else:
        outcomes.put(tuple(str(answer[4][0]) for answer in answers))
