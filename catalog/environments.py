"""The environment a session works in: chosen once, in the top-right corner of every page."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.sessions.backends.base import SessionBase

from catalog.models import Environment

__all__ = ["choose_environment", "find_chosen_environment"]

SESSION_KEY = "environment"


def choose_environment(session: SessionBase, environment: Environment) -> None:
    """Keep the choice for the rest of the session."""
    session[SESSION_KEY] = environment.slug


def find_chosen_environment(
    session: SessionBase, environments: Iterable[Environment]
) -> Environment | None:
    """The session's choice among these environments, else the first of them."""
    offered = list(environments)
    chosen = session.get(SESSION_KEY)
    return next((one for one in offered if one.slug == chosen), offered[0] if offered else None)
