"""What a changed definition means: whether it may be published without being looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.openapi import JSONValue, Problem, Severity

__all__ = [
    "DefinitionOutline",
    "find_hold_reasons",
    "report_other_servers",
    "server_urls",
]

GONE_PART = 0.5
SHOWN = 5


@dataclass(frozen=True, slots=True)
class DefinitionOutline:
    """The parts of a definition by which a mistaken one shows.

    `operations` are pairs of method and path.
    """

    title: str
    operations: frozenset[tuple[str, str]]
    servers: tuple[str, ...] = ()


def find_hold_reasons(old: DefinitionOutline, new: DefinitionOutline) -> list[str]:
    """Why a change should be looked at first; nothing when it may be published.

    Another title, or half the operations gone, most often means another document at the same
    address. The words are keys: "other_title" and "operations_gone", each with its facts behind
    a colon.
    """
    reasons = []
    if old.title.strip() != new.title.strip():
        reasons.append(f"other_title:{new.title.strip()}")
    gone = old.operations - new.operations
    if old.operations and len(gone) >= GONE_PART * len(old.operations):
        reasons.append(f"operations_gone:{len(gone)}/{len(old.operations)}")
    return reasons


def report_other_servers(old: Iterable[str], new: Iterable[str]) -> tuple[Problem, ...]:
    """A warning when a definition names servers that it did not name before.

    A definition never sets where the portal sends; people do.
    """
    added = [url for url in new if url not in set(old)]
    if not added:
        return ()
    named = ", ".join(added[:SHOWN]) + (" and others" if len(added) > SHOWN else "")
    message = (
        f"The definition names servers it did not name before: {named}. The portal goes on sending "
        "to the servers that are set here; change them by hand if that is meant."
    )
    return (Problem(Severity.WARNING, "other-servers", message, "/servers"),)


def server_urls(servers: JSONValue) -> tuple[str, ...]:
    """The URLs of a definition's `servers`, as they are written."""
    return tuple(
        str(server.get("url", ""))
        for server in (servers if isinstance(servers, list) else [])
        if isinstance(server, dict)
    )
