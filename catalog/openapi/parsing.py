"""Bytes into a JSON value: JSON or YAML, told by the content and never by a file's name."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace

from catalog.openapi.errors import UnreadableDefinition, unreadable
from catalog.openapi.json_reading import read_json
from catalog.openapi.json_values import JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.positions import SourceFormat
from catalog.openapi.problems import Problem, Severity
from catalog.openapi.yaml_reading import read_yaml

__all__ = ["ParsedDocument", "decode_source", "parse_document"]

# The longer marks first: UTF-32's little-endian one begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One parsed file. `value` may hold an object at several places, so it is not to be altered.

    `text` is the source without its byte order mark, which positions are looked up in.
    """

    value: JSONValue
    format: SourceFormat
    text: str
    problems: tuple[Problem, ...] = ()


def parse_document(source: bytes, limits: Limits) -> ParsedDocument:
    """Parse a JSON or YAML file, within the limits.

    Problems are warnings, with line and column: duplicate members, further YAML documents.
    Raises UnreadableDefinition for what is neither, for numbers that JSON has no form for, and
    when a limit is passed.
    """
    if len(source) > limits.source_bytes:
        message = f"The file is larger than {limits.source_bytes:,} bytes."
        raise unreadable("too-large", message)
    text = decode_source(source)
    if not text.lstrip(" \t\r\n").startswith(("{", "[")):
        return _as_yaml(text, limits)
    mark, encoding = _encoding_of(source)
    # Encoding the text of a large file once more takes as long as parsing it.
    json_source = source.removeprefix(mark) if encoding == "utf-8" else text.encode()
    try:
        value, problems = read_json(json_source, limits)
        return ParsedDocument(value, "json", text, problems)
    except UnreadableDefinition as json_error:
        if json_error.problem.rule != "syntax":
            raise
        return _as_yaml_after_all(text, limits, json_error)


def decode_source(source: bytes) -> str:
    """Decode a file by its byte order mark, UTF-8 without one; the mark is left out.

    Raises UnreadableDefinition with line and column of the first byte that is no text.
    """
    mark, encoding = _encoding_of(source)
    try:
        return source[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        before = source[len(mark) :][: error.start].decode(encoding, "ignore")
        raise unreadable(
            "encoding",
            f"The file is not valid {encoding.upper()} text.",
            line=before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
        ) from error


def _encoding_of(source: bytes) -> tuple[bytes, str]:
    """The byte order mark, and the encoding that it means."""
    return next(((mark, name) for mark, name in _MARKS if source.startswith(mark)), (b"", "utf-8"))


def _as_yaml(text: str, limits: Limits) -> ParsedDocument:
    value, problems = read_yaml(text, limits)
    return ParsedDocument(value, "yaml", text, problems)


def _as_yaml_after_all(
    text: str, limits: Limits, json_error: UnreadableDefinition
) -> ParsedDocument:
    """Read braces that are no JSON as YAML, or tell the fault of the JSON they resemble."""
    try:
        parsed = _as_yaml(text, limits)
    except UnreadableDefinition as yaml_error:
        if yaml_error.problem.rule == "syntax":
            raise json_error from yaml_error
        raise
    message = f"{json_error.problem.message} It was read as YAML."
    not_json = replace(
        json_error.problem, severity=Severity.WARNING, rule="json-syntax", message=message
    )
    return replace(parsed, problems=(not_json, *parsed.problems))
