"""The request line: the URL as it is written, cut into text and chips."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from catalog.openapi import Location
from tryit.console.fields import FieldView

__all__ = ["ChipKind", "UrlPart", "build_url_parts"]

PATH_PARAMETER = re.compile(r"\{([^{}]+)\}")
VARIABLE = re.compile(r"(\{\{\s*[\w.\-]+\s*\}\})")


class ChipKind(StrEnum):
    """What a part of the URL is; TEXT stands as it is."""

    TEXT = "text"
    SERVER = "server"
    PATH = "path"
    DEFINED = "defined"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class UrlPart:
    """One part of the URL. `field_id` is where a chip's value is changed, `title` its meaning."""

    kind: ChipKind
    text: str
    title: str = ""
    field_id: str = ""


def build_url_parts(
    *,
    base_url: str,
    path: str,
    fields: Mapping[Location, tuple[FieldView, ...]],
    defined: frozenset[str],
    environment: str,
) -> tuple[UrlPart, ...]:
    """The URL in the order it is read: server, path with its parameters, query."""
    variables = _Variables(defined, environment)
    by_name = {field.name: field for field in fields.get(Location.PATH, ())}
    server = _("Server of %(environment)s") % {"environment": environment}
    parts = [UrlPart(ChipKind.SERVER, base_url.rstrip("/"), server)] if base_url else []
    for index, piece in enumerate(PATH_PARAMETER.split(path)):
        if index % 2 == 0:
            parts += [UrlPart(ChipKind.TEXT, piece)] if piece else []
        elif piece in by_name:
            parts += _path_parts(by_name[piece], variables)
        else:
            parts.append(UrlPart(ChipKind.PATH, piece, _("Path parameter")))
    return (*parts, *_query_parts(fields.get(Location.QUERY, ()), variables))


@dataclass(frozen=True, slots=True)
class _Variables:
    """Tells the variables of the environment from others."""

    defined: frozenset[str]
    environment: str

    def cut(self, text: str, field_id: str) -> Iterator[UrlPart]:
        """A value as text and chips of the variables in it."""
        for piece in VARIABLE.split(text):
            if VARIABLE.fullmatch(piece):
                yield self._chip(piece, field_id)
            elif piece:
                yield UrlPart(ChipKind.TEXT, piece)

    def _chip(self, piece: str, field_id: str) -> UrlPart:
        facts = {"environment": self.environment}
        if piece.strip("{} \t") in self.defined:
            title = _("Variable, defined in %(environment)s") % facts
            return UrlPart(ChipKind.DEFINED, piece, title, field_id)
        title = _("Variable, not defined in %(environment)s") % facts
        return UrlPart(ChipKind.UNDEFINED, piece, title, field_id)


def _path_parts(field: FieldView, variables: _Variables) -> Iterator[UrlPart]:
    """A path parameter; one that holds a variable is two chips side by side."""
    title = _("Path parameter")
    if VARIABLE.search(field.text):
        yield UrlPart(ChipKind.PATH, f"{field.name} =", title, field.id)
        yield from variables.cut(field.text, field.id)
    elif field.text:
        yield UrlPart(ChipKind.PATH, f"{field.name} = {field.text}", title, field.id)
    else:
        yield UrlPart(ChipKind.PATH, field.name, title, field.id)


def _query_parts(fields: tuple[FieldView, ...], variables: _Variables) -> Iterator[UrlPart]:
    """The query as it is written: one name and value per text, nothing encoded yet."""
    separator = "?"
    for field in fields:
        for text in field.texts or (("",) if field.is_sent_empty else ()):
            shown = "••••" if field.control == "password" and "{{" not in text else text
            yield UrlPart(ChipKind.TEXT, f"{separator}{field.name}=")
            yield from variables.cut(shown, field.id)
            separator = "&"
