"""Headers: which parameters stand for none, and what may stand in one."""

from __future__ import annotations

import re

from catalog.building.errors import CannotBuild
from catalog.building.problems import ProblemKind, RequestProblem

__all__ = ["IGNORED_PARAMETERS", "checked_header"]

NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
NOT_IN_VALUES = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# OpenAPI 3.2.0, Parameter Object, `name`: definitions of these are ignored.
IGNORED_PARAMETERS = frozenset({"accept", "authorization", "content-type"})


def checked_header(name: str, value: str) -> tuple[str, str]:
    """A header ready for the wire, without white space around its value.

    Raises CannotBuild for a name that is no token, control characters and text outside latin-1.
    Source: RFC 9110, 5.1 and 5.5.
    """
    stripped = value.strip(" \t")
    if not NAME.fullmatch(name) or NOT_IN_VALUES.search(stripped) or not _is_latin(stripped):
        raise CannotBuild(RequestProblem(ProblemKind.INVALID_HEADER, "header", name))
    return name, stripped


def _is_latin(text: str) -> bool:
    return all(ord(character) < 256 for character in text)
