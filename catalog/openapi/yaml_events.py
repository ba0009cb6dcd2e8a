"""The events of a YAML text, with the parser's errors told in our words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from yaml import MarkedYAMLError
from yaml._yaml import CParser, Mark
from yaml.events import Event
from yaml.reader import ReaderError

from catalog.openapi.errors import UnreadableDefinition, unreadable

__all__ = ["iter_events", "position_of"]

_STRAY_CHARACTER = "found character that cannot start any token"


def iter_events(text: str) -> Iterator[Event]:
    """Yield the events of a YAML text; neither recursion nor Python objects besides.

    Raises UnreadableDefinition with line and column where the text is no YAML.
    """
    parser = CParser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    except MarkedYAMLError as error:
        raise _refusal(text, error) from error
    except ReaderError as error:
        raise _bad_character(text, error) from error
    finally:
        parser.dispose()


def position_of(event: Event) -> tuple[int, int]:
    """Line and column of an event's start, counting from 1."""
    mark = cast("Mark", event.start_mark)  # always there in events of the C parser
    return mark.line + 1, mark.column + 1


def _refusal(text: str, error: MarkedYAMLError) -> UnreadableDefinition:
    mark = cast("Mark", error.problem_mark)  # always there in errors of the C parser
    what = error.problem
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    if what == _STRAY_CHARACTER and line[mark.column : mark.column + 1] == "\t":
        what = "a tab indents this line, where YAML takes spaces only"
    message = f"The YAML cannot be read: {what}."
    return unreadable("syntax", message, line=mark.line + 1, column=mark.column + 1)


def _bad_character(text: str, error: ReaderError) -> UnreadableDefinition:
    offset = text.find(chr(error.character)) if isinstance(error.character, int) else -1
    before = text[: max(offset, 0)]
    return unreadable(
        "syntax",
        f"The YAML cannot be read: the character U+{ord(text[len(before)]):04X} is not allowed.",
        line=before.count("\n") + 1,
        column=len(before) - before.rfind("\n"),
    )
