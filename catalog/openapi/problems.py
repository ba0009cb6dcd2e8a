"""Faults of a definition, as values: what is wrong, how badly, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from catalog.openapi.json_values import JSONObject

__all__ = ["Problem", "Severity"]


class Severity(StrEnum):
    """How much a problem matters: an error keeps the definition from being published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a definition.

    `rule` is a stable kebab-case name, `message` a whole sentence for people, `pointer` an
    RFC 6901 JSON pointer into the source ("" is the whole document). `line` and `column`
    count from 1 and are None where the source has no position to show.
    """

    severity: Severity
    rule: str
    message: str
    pointer: str = ""
    line: int | None = None
    column: int | None = None

    def as_json(self) -> JSONObject:
        """The problem as commands and the REST API print it."""
        return asdict(self)

    @classmethod
    def from_json(cls, members: Mapping[str, Any]) -> Problem:
        """The problem that `as_json` wrote."""
        return cls(**{**members, "severity": Severity(members["severity"])})
