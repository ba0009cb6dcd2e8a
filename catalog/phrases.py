"""Short texts in which some words are code: translatable, and without any markup yet."""

from __future__ import annotations

import json
import string
from collections.abc import Iterable
from typing import TypeAlias

from catalog.openapi import JSONValue

__all__ = ["Code", "Phrase", "capitalize_phrase", "fill_phrase", "join_phrases", "show_value"]

LONGEST_VALUE = 200


class Code(str):
    """A part of a phrase that is shown as code."""

    __slots__ = ()


Phrase: TypeAlias = tuple[str, ...]


def fill_phrase(template: str, **values: str) -> Phrase:
    """Put values as code into a translated text: "matches {pattern}" -> ("matches ", Code(...))."""
    parts: list[str] = []
    for text, name, _spec, _conversion in string.Formatter().parse(template):
        if text:
            parts.append(text)
        if name:
            parts.append(Code(values[name]))
    return tuple(parts)


def join_phrases(phrases: Iterable[Phrase], separator: str) -> Phrase:
    """One phrase of many, with plain text between them."""
    joined: list[str] = []
    for phrase in phrases:
        if joined:
            joined.append(separator)
        joined.extend(phrase)
    return tuple(joined)


def capitalize_phrase(phrase: Phrase) -> Phrase:
    """Begin with a capital letter, unless the first word is code."""
    if not phrase or isinstance(phrase[0], Code):
        return phrase
    return (phrase[0][:1].upper() + phrase[0][1:], *phrase[1:])


def show_value(value: JSONValue) -> str:
    """A JSON value as a reader compares it: strings without quotes unless empty, long ones cut."""
    is_plain = isinstance(value, str) and value.strip()
    text = str(value) if is_plain else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}..."
