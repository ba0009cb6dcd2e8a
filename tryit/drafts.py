"""Drafts: requests as people write them, before variables are put in and bytes are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.building import RequestValues
from catalog.models import Environment
from tryit.selectors import CalledOperation

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """One request to an operation in an environment, `{{variables}}` unresolved.

    `raw_body` is a body sent as text just as it is written (variables are put in), in place of
    `values.body`. `variables` count for this request only and go before those of the session.
    With `stay_signed_in` the body of a login is kept, so that its token can be renewed.
    """

    called: CalledOperation
    environment: Environment
    values: RequestValues
    raw_body: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    stay_signed_in: bool = False
