"""Schemas, parameters and headers as the rows that pages show, with all words settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.markdown import render_markdown
from catalog.openapi import JSONValue, SchemaNode, split_pointer
from catalog.phrases import Phrase, show_value
from catalog.wording import describe_rules, describe_type

__all__ = ["SchemaForm", "SchemaRow", "build_row", "build_rows"]

SHOWN_VALUES = 10
OPEN_LEVELS = 2
MOST_SEGMENTS = 4
HEADING_LEVEL = 4


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One member of an `enum`, with what the definition says about it."""

    text: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class SchemaForm:
    """One form of a `oneOf` or `anyOf`."""

    anchor: str
    title: str
    row: SchemaRow


@dataclass(frozen=True, slots=True)
class SchemaRow:
    """One schema in its place, ready to show.

    `anchor` is the id to link to. What the schema holds is in `rows` (its properties) and `forms`;
    `toggle` names it ("3 properties", "Each item: Threshold"), "" where it always stands open.
    `more_url` leads to the page of a schema that is not opened here. `is_object` tells that a body
    of this schema needs no line about its type.
    """

    anchor: str
    name: str
    type_words: str
    schema_name: str = ""
    schema_url: str = ""
    required: bool = False
    deprecated: bool = False
    description: SafeString = SafeString()  # noqa: RUF009  immutable
    rules: Phrase = ()
    values_label: str = ""
    values: tuple[ValueRow, ...] = ()
    more_values: tuple[ValueRow, ...] = ()
    toggle: str = ""
    is_open: bool = False
    rows: tuple[SchemaRow, ...] = ()
    forms: tuple[SchemaForm, ...] = ()
    forms_label: str = ""
    more_url: str = ""
    more_label: str = ""
    is_object: bool = False

    @property
    def has_many_forms(self) -> bool:
        """Whether the forms are chosen from a list instead of beside each other."""
        return len(self.forms) > MOST_SEGMENTS

    @property
    def more_values_label(self) -> str:
        """ "and 12 more"."""
        return _("and %(count)d more") % {"count": len(self.more_values)}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands: its anchor, how deep, and where pages of schemas are."""

    anchor: str
    depth: int
    reference_url: str

    def step(self, name: str) -> _Place:
        """One level deeper."""
        return replace(self, anchor=f"{self.anchor}.{name}", depth=self.depth + 1)


def build_row(node: SchemaNode, *, anchor: str, reference_url: str, depth: int = 0) -> SchemaRow:
    """The row of one schema with all it holds; `reference_url` is that of API Documentation."""
    return _build_row(node, _Place(_as_anchor(anchor), depth, reference_url))


def build_rows(
    nodes: Iterable[SchemaNode], *, anchor: str, reference_url: str
) -> tuple[SchemaRow, ...]:
    """The rows of schemas that stand side by side, such as parameters."""
    place = _Place(_as_anchor(anchor), 0, reference_url)
    return tuple(_build_row(node, place.step(_as_anchor(node.name))) for node in nodes)


def _build_row(node: SchemaNode, place: _Place) -> SchemaRow:
    inner = _innermost_item(node)
    values, label = _values(node, inner)
    row = SchemaRow(
        anchor=place.anchor,
        name=node.name,
        type_words=describe_type(node),
        schema_name=node.schema_name,
        schema_url=_schema_url(node, place),
        required=node.required,
        deprecated=node.deprecated,
        description=render_markdown(node.description, heading_level=HEADING_LEVEL),
        rules=_rules(node, inner),
        values_label=label,
        values=values[:SHOWN_VALUES],
        more_values=values[SHOWN_VALUES:],
        is_object=node.types == ("object",) and not node.variants and not node.nullable,
    )
    return _add_content(row, node, inner, place)


def _add_content(row: SchemaRow, node: SchemaNode, inner: SchemaNode, place: _Place) -> SchemaRow:
    """What the schema holds, or the way to the page that shows it."""
    if inner.is_cut or inner.is_recursive:
        row = _add_link(row, inner, place)
    rows = _property_rows(inner, place)
    forms = _forms(inner, place)
    return replace(
        row,
        rows=rows,
        forms=forms,
        forms_label=_("Form of %(name)s") % {"name": node.name or inner.schema_name or _("value")},
        toggle=_toggle(node, inner) if rows or forms else "",
        is_open=place.depth <= OPEN_LEVELS,
    )


def _add_link(row: SchemaRow, inner: SchemaNode, place: _Place) -> SchemaRow:
    name = inner.schema_name or _component_name(inner.pointer)
    if not name:
        return row
    label = _("Same as %(name)s above") if inner.is_recursive else _("All of %(name)s")
    return replace(row, more_url=_page_of(name, place), more_label=label % {"name": name})


def _component_name(pointer: str) -> str:
    """The schema a pointer leads into: "Company" of "/components/schemas/Company/items"."""
    match split_pointer(pointer):
        case ["components", "schemas", name, *_rest]:
            return str(name)
        case _:
            return ""


def _innermost_item(node: SchemaNode) -> SchemaNode:
    """What arrays of arrays hold in the end; the schema itself when it is no array."""
    while node.items is not None and not (node.properties or node.variants or node.prefix_items):
        node = node.items
    return node


def _rules(node: SchemaNode, inner: SchemaNode) -> Phrase:
    own = describe_rules(node)
    of_items = describe_rules(replace(inner, examples=())) if inner is not node else ()
    if not of_items:
        return own
    label = (_("Each item: "), *of_items)
    return (*own, ". ", *label) if own else label


def _values(node: SchemaNode, inner: SchemaNode) -> tuple[tuple[ValueRow, ...], str]:
    source = node if node.enum else inner
    rows = tuple(_value_row(source, value) for value in source.enum)
    return rows, _("One of") if source is node else _("Each item one of")


def _value_row(node: SchemaNode, value: JSONValue) -> ValueRow:
    text = show_value(value)
    return ValueRow(text, node.enum_descriptions.get(str(value), ""))


def _property_rows(node: SchemaNode, place: _Place) -> tuple[SchemaRow, ...]:
    named = [*node.properties, *(replace(one, name=f"/{one.name}/") for one in node.patterns)]
    named += [
        replace(one, name=_("item %(position)d") % {"position": position})
        for position, one in enumerate(node.prefix_items, start=1)
    ]
    rows = [_build_row(one, place.step(_as_anchor(one.name))) for one in named]
    if node.additional is not None:
        other = replace(node.additional, name=_("any other name") if named else _("any name"))
        rows.append(_build_row(other, place.step("*")))
    return tuple(rows)


def _forms(node: SchemaNode, place: _Place) -> tuple[SchemaForm, ...]:
    titles = [
        one.title or one.name or one.schema_name or describe_type(one) for one in node.variants
    ]
    return tuple(
        SchemaForm(
            anchor=f"{place.anchor}~{position}",
            title=title if titles.count(title) == 1 else f"{title} {position}",
            row=_build_row(one, replace(place, anchor=f"{place.anchor}~{position}")),
        )
        for position, (one, title) in enumerate(zip(node.variants, titles, strict=True), start=1)
    )


def _toggle(node: SchemaNode, inner: SchemaNode) -> str:
    """What opens the rows; forms alone stand open."""
    if inner is not node:
        name = inner.schema_name or inner.title
        return _("Each item: %(name)s") % {"name": name} if name else _("Each item")
    count = len(node.properties) + len(node.patterns) + len(node.prefix_items)
    if count:
        return ngettext("%(count)d property", "%(count)d properties", count) % {"count": count}
    return _("Properties of any name") if node.additional is not None else ""


def _schema_url(node: SchemaNode, place: _Place) -> str:
    return _page_of(node.schema_name, place) if node.schema_name else ""


def _page_of(schema_name: str, place: _Place) -> str:
    return f"{place.reference_url}schemas/{quote(schema_name, safe='')}/"


def _as_anchor(name: str) -> str:
    """A name as part of an id, which must not hold white space."""
    return "_".join(name.split())
