"""What a person (or a program) fills in for an operation, before anything is serialized."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal, TypeAlias

from catalog.openapi import JSONValue, Location

__all__ = ["ABSENT", "Absent", "FilePart", "RequestValues"]


class _Marker(Enum):
    ABSENT = "absent"


ABSENT: Final = _Marker.ABSENT
Absent: TypeAlias = Literal[_Marker.ABSENT]


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file to upload under a form field; an empty `content_type` means "by the definition"."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RequestValues:
    """The values of one request, not yet substituted and not yet encoded.

    A parameter absent from `parameters` is not sent, an empty string is sent empty. `body` is JSON
    for JSON and XML media types, an object for forms, a list of values for line-wise JSON, a
    string for text; `bytes` are sent as they are, whatever the media type. `content_type` and
    `accept` are chosen by the definition when None. `security` is the index of the alternative
    among the operation's security requirements, None for "send no credentials".
    `use_placeholders` writes readable placeholders in place of credentials (`placeholders`).
    """

    parameters: Mapping[Location, Mapping[str, JSONValue]] = field(default_factory=dict)
    content_type: str | None = None
    accept: str | None = None
    body: JSONValue | bytes | Absent = ABSENT
    files: Mapping[str, tuple[FilePart, ...]] = field(default_factory=dict)
    security: int | None = 0
    use_placeholders: bool = False

    def given(self, location: Location) -> Mapping[str, JSONValue]:
        """The values of one location by name."""
        return self.parameters.get(location, {})
