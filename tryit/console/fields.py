"""The fields of the console: one per parameter, typed by its schema."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from catalog.markdown import render_markdown
from catalog.openapi import (
    Direction,
    JSONValue,
    Location,
    Parameter,
    Resolver,
    SchemaNode,
    describe_schema,
)
from catalog.phrases import Phrase
from catalog.wording import describe_rules, describe_type
from tryit.console.inputs import ConsoleInput
from tryit.selectors import CalledOperation

__all__ = ["FieldView", "Option", "build_accept", "build_field", "initial_texts"]

MOST_CHECKBOXES = 12
WITH_OPTIONS = ("select", "suggestions", "choices")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a closed set."""

    value: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """One parameter as a row of the form.

    `control` is "text", "select", "suggestions" (text with values offered), "choices", "lines",
    "json", "date" or "password". `texts` is
    what stands in it. `error` is the reason why its value is doubtful; it never blocks Send.
    """

    name: str
    field_name: str
    id: str
    control: str
    texts: tuple[str, ...]
    type: str
    description: SafeString
    rules: Phrase
    required: bool
    deprecated: bool
    options: tuple[Option, ...] = ()
    is_numeric: bool = False
    can_send_empty: bool = False
    is_sent_empty: bool = False
    missing: bool = False
    error: str = ""

    @property
    def text(self) -> str:
        """The value of a control with one text."""
        return "\n".join(self.texts)


def build_field(
    parameter: Parameter, given: ConsoleInput, resolver: Resolver, *, error: str, number: int
) -> FieldView:
    """The row of one parameter; `number` tells apart names that differ only in odd characters."""
    key = (parameter.location, parameter.name)
    node = _node(parameter, resolver)
    texts = given.texts.get(key, ())
    control = _control(parameter, node, texts)
    location = parameter.location.value
    return FieldView(
        name=parameter.name,
        field_name=f"{location}.{parameter.name}",
        id=f"{location}-{number}",
        control=control,
        texts=texts,
        type=describe_type(node),
        description=_first_paragraph(parameter.description or node.description),
        rules=describe_rules(node),
        required=parameter.required,
        deprecated=parameter.deprecated,
        options=_options(node, texts) if control in WITH_OPTIONS else (),
        is_numeric=bool(node.types) and set(node.types) <= {"integer", "number"},
        can_send_empty=_can_send_empty(parameter, node),
        is_sent_empty=key in given.sent_empty,
        missing=_is_missing(parameter, given),
        error=error,
    )


def initial_texts(parameter: Parameter, resolver: Resolver) -> tuple[str, ...]:
    """What a required field starts with: an example, a default, the only value; else nothing."""
    if not parameter.required:
        return ()
    node = _node(parameter, resolver)
    candidates: list[JSONValue] = [example.value for example in parameter.examples]
    candidates += [node.default] if node.has_default else []
    candidates += [node.const] if node.has_const else []
    candidates += node.enum if len(node.enum) == 1 else ()
    candidates += node.examples
    first = next((value for value in candidates if value not in (None, "")), None)
    if isinstance(first, list):
        return tuple(_text(item) for item in first)
    return (_text(first),) if first is not None else ()


def build_accept(given: ConsoleInput, called: CalledOperation) -> tuple[Option, ...]:
    """The media types the answer can be asked for in; none when there is no choice."""
    names = dict.fromkeys(
        media_type.name
        for response in called.operation.responses
        if response.status_code.startswith("2")
        for media_type in response.content
    )
    if len(names) < 2 and given.accept in ("", *names):
        return ()
    chosen = given.accept or next(iter(names))
    return tuple(Option(name, name == chosen) for name in dict.fromkeys([*names, chosen]))


def _is_missing(parameter: Parameter, given: ConsoleInput) -> bool:
    """Whether a value that the definition requires is not there."""
    key = (parameter.location, parameter.name)
    return parameter.required and key not in given.texts and key not in given.sent_empty


def _node(parameter: Parameter, resolver: Resolver) -> SchemaNode:
    schema = parameter.content.schema if parameter.content is not None else parameter.schema
    return describe_schema(schema, resolver, direction=Direction.REQUEST, depth=1)


def _control(parameter: Parameter, node: SchemaNode, texts: Iterable[str]) -> str:
    if parameter.content is not None or node.types == ("object",):
        return "json"
    if node.types == ("array",):
        closed = node.items is not None and 0 < len(node.items.enum) <= MOST_CHECKBOXES
        return "choices" if closed else "lines"
    if node.enum or node.types == ("boolean",):
        return "select" if _is_closed(parameter, node, texts) else "suggestions"
    if node.format == "password" or node.write_only:
        return "password"
    if node.format == "date" and all(_is_date(text) for text in texts):
        return "date"
    return "text"


def _is_closed(parameter: Parameter, node: SchemaNode, texts: Iterable[str]) -> bool:
    """Whether the listed values are all anyone enters.

    Not so where the definition's own example is none of them ("GB,FR" for a list of countries), or
    somebody typed another, such as a variable.
    """
    known = {option.value for option in _options(node, ())}
    shown = [_text(example.value) for example in parameter.examples]
    return all(text in known for text in [*texts, *shown])


def _options(node: SchemaNode, texts: Iterable[str]) -> tuple[Option, ...]:
    """The values to choose from, and whatever else was typed, such as a variable."""
    values: tuple[JSONValue, ...] = node.items.enum if node.items is not None else node.enum
    known = [_text(value) for value in values if value is not None]
    if not known and node.types == ("boolean",):
        known = ["true", "false"]
    chosen = set(texts)
    every = dict.fromkeys([*known, *texts])
    return tuple(Option(value, value in chosen) for value in every if value)


def _can_send_empty(parameter: Parameter, node: SchemaNode) -> bool:
    """Whether "empty" is a value of its own here, apart from "not sent"."""
    if parameter.location is Location.PATH or parameter.required:
        return False
    if parameter.allow_empty_value:
        return True
    constrained = {one.keyword for one in node.constraints} & {"minLength", "pattern"}
    is_free_text = node.types == ("string",) and not node.format and not node.enum
    return is_free_text and not constrained


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _first_paragraph(text: str) -> SafeString:
    """What the field is for; the rest is read on the operation's page."""
    return render_markdown(text.strip().partition("\n\n")[0])


def _text(value: JSONValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
