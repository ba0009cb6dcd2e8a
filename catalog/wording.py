"""Facts of a schema in words: its type, its constraints, its default and example."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.openapi import Constraint, JSONValue, SchemaNode
from catalog.phrases import Phrase, capitalize_phrase, fill_phrase, join_phrases, show_value

__all__ = ["describe_rules", "describe_type"]

PLURALS = {
    "string": gettext_lazy("strings"),
    "integer": gettext_lazy("integers"),
    "number": gettext_lazy("numbers"),
    "boolean": gettext_lazy("booleans"),
    "object": gettext_lazy("objects"),
    "array": gettext_lazy("arrays"),
    "null": gettext_lazy("nulls"),
}
LONGEST_EXAMPLE = 80


def describe_type(node: SchemaNode) -> str:
    """A schema's type: "string, uuid or null", "array of objects", "object, one of 2 forms"."""
    words = [_type_words(node), *_form_words(node)]
    if node.nullable:
        words[-1] = _("%(type)s or null") % {"type": words[-1]}
    if node.read_only:
        words.append(_("read-only"))
    if node.write_only:
        words.append(_("write-only"))
    return ", ".join(word for word in words if word)


def describe_rules(node: SchemaNode) -> Phrase:
    """What values must be like: "From 30 to 730, a multiple of 30. Default 90" with code marked.

    Empty when there is nothing to say. The members of an `enum` are not in it.
    """
    sentences = [_constraints(node), *_constant(node), *_default(node), *_example(node)]
    return join_phrases((sentence for sentence in sentences if sentence), ". ")


def _type_words(node: SchemaNode) -> str:
    types = node.types or _types_of_values(node)
    if types == ("array",) and node.items is not None:
        return _("array of %(items)s") % {"items": _plural_words(node.items)}
    named = _(" or ").join(types)
    if not named and not node.variants:
        named = _("any value")
    return ", ".join(word for word in (named, node.format) if word)


def _plural_words(node: SchemaNode) -> str:
    """The items of an array: "strings, uuid", "arrays of objects", "objects, one of 2 forms"."""
    types = node.types or _types_of_values(node)
    if types == ("array",) and node.items is not None:
        return _("arrays of %(items)s") % {"items": _plural_words(node.items)}
    named = _(" or ").join(str(PLURALS.get(one, one)) for one in types) or _("any values")
    return ", ".join(word for word in (named, node.format, *_form_words(node)) if word)


def _form_words(node: SchemaNode) -> list[str]:
    count = len(node.variants)
    if not count:
        return []
    if node.variant_keyword == "anyOf":
        return [ngettext("%(count)d form", "any of %(count)d forms", count) % {"count": count}]
    return [ngettext("%(count)d form", "one of %(count)d forms", count) % {"count": count}]


def _types_of_values(node: SchemaNode) -> tuple[str, ...]:
    """The types of the allowed values, for schemas that give only these."""
    values = [node.const] if node.has_const else list(node.enum)
    return tuple(dict.fromkeys(_type_of(value) for value in values if value is not None))


def _type_of(value: JSONValue) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _constraints(node: SchemaNode) -> Phrase:
    found = {one.keyword: one.value for one in node.constraints}
    clauses = [
        *_value_range(found),
        *_count(found, "Length", _characters),
        *_count(found, "Items", _items),
        *_count(found, "Properties", _properties),
    ]
    told = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
    told |= {f"{bound}{unit}" for bound in ("min", "max") for unit in UNITS}
    clauses += [_clause(one) for one in node.constraints if one.keyword not in told]
    return capitalize_phrase(join_phrases((clause for clause in clauses if clause), ", "))


def _value_range(found: Mapping[str, JSONValue]) -> list[Phrase]:
    low, high = found.get("minimum"), found.get("maximum")
    above, below = found.get("exclusiveMinimum"), found.get("exclusiveMaximum")
    if low is not None and high is not None and above is None and below is None:
        text = _("from %(low)s to %(high)s")
        return [(text % {"low": show_value(low), "high": show_value(high)},)]
    clauses = (
        (low, _("at least %(value)s")),
        (above, _("more than %(value)s")),
        (high, _("at most %(value)s")),
        (below, _("less than %(value)s")),
    )
    return [(text % {"value": show_value(value)},) for value, text in clauses if value is not None]


def _count(
    found: Mapping[str, JSONValue], unit: str, counted: Callable[[int], str]
) -> list[Phrase]:
    """ "6 to 12 characters", "at most 40 characters", "exactly 1 item"."""
    low, high = _whole(found.get(f"min{unit}")), _whole(found.get(f"max{unit}"))
    if high is None:
        return [(_("at least %(count)s") % {"count": counted(low)},)] if low else []
    if low == high:
        return [(_("exactly %(count)s") % {"count": counted(high)},)]
    if low:
        values = {"low": number_format(low, force_grouping=True), "count": counted(high)}
        return [(_("%(low)s to %(count)s") % values,)]
    return [(_("at most %(count)s") % {"count": counted(high)},)]


def _whole(value: JSONValue) -> int | None:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _characters(count: int) -> str:
    shown = {"count": number_format(count, force_grouping=True)}
    return ngettext("%(count)s character", "%(count)s characters", count) % shown


def _items(count: int) -> str:
    shown = {"count": number_format(count, force_grouping=True)}
    return ngettext("%(count)s item", "%(count)s items", count) % shown


def _properties(count: int) -> str:
    shown = {"count": number_format(count, force_grouping=True)}
    return ngettext("%(count)s property", "%(count)s properties", count) % shown


UNITS = ("Length", "Items", "Properties")


def _clause(constraint: Constraint) -> Phrase:
    """One constraint that stands alone; a keyword without words of its own is shown as code."""
    value = show_value(constraint.value)
    match constraint.keyword:
        case "multipleOf":
            return (_("a multiple of %(value)s") % {"value": value},)
        case "pattern":
            return fill_phrase(_("matches {pattern}"), pattern=value)
        case "uniqueItems":
            return (_("all different"),) if constraint.value is True else ()
        case "additionalProperties" if constraint.value is False:
            return (_("no other properties"),)
        case "contentMediaType":
            return fill_phrase(_("holds {media_type}"), media_type=value)
        case "contentEncoding":
            return fill_phrase(_("encoded as {encoding}"), encoding=value)
        case _:
            return fill_phrase("{keyword}: {value}", keyword=constraint.keyword, value=value)


def _constant(node: SchemaNode) -> list[Phrase]:
    return (
        [fill_phrase(_("Always {value}"), value=show_value(node.const))] if node.has_const else []
    )


def _default(node: SchemaNode) -> list[Phrase]:
    if not node.has_default:
        return []
    return [fill_phrase(_("Default {value}"), value=show_value(node.default))]


def _example(node: SchemaNode) -> list[Phrase]:
    """The first example that is short enough to compare with; an `enum` needs none."""
    plain = [one for one in node.examples if one is not None and not isinstance(one, dict | list)]
    shown = [] if node.enum else [show_value(one) for one in plain]
    short = [text for text in shown if len(text) <= LONGEST_EXAMPLE]
    return [fill_phrase(_("Example: {value}"), value=short[0])] if short else []
