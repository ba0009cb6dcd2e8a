"""Bodies in XML, by the `xml` keywords of their schema (OpenAPI 3.1.1, XML Object)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.building.field_schemas import items_of, properties_of, resolve_schema
from catalog.building.texts import render_text
from catalog.openapi import JSONObject, JSONValue, Resolver

__all__ = ["render_xml"]

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# XML 1.0, 2.3, NameStartChar and NameChar, without the colon that namespaces use.
NAME_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME_REST = NAME_START + "0-9.\xb7\u0300-\u036f\u203f-\u2040\\-"
NOT_IN_NAMES = re.compile(f"[^{NAME_REST}]")
NOT_A_START = re.compile(f"^(?![{NAME_START}])")
QUALIFIED = re.compile(f"[{NAME_START}][{NAME_REST}]*:[{NAME_START}][{NAME_REST}]*")
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COMPONENT = re.compile(r"^#/components/schemas/([^/]+)$")


def render_xml(value: JSONValue, schema: JSONValue, resolver: Resolver) -> str:
    """Write a value as an XML document, UTF-8.

    The root is called by `xml.name`, else by the component's name, else "root". Null members are
    left out; characters that XML cannot hold are dropped.
    """
    return DECLARATION + _element(_root_name(schema), value, _Facts(schema, resolver))


@dataclass(frozen=True, slots=True)
class _Facts:
    """A schema and what its `xml` keywords say."""

    schema: JSONValue
    resolver: Resolver

    @property
    def xml(self) -> JSONObject:
        xml = resolve_schema(self.schema, self.resolver).get("xml")
        return xml if isinstance(xml, dict) else {}

    @property
    def is_attribute(self) -> bool:
        return self.xml.get("attribute") is True or self.xml.get("nodeType") == "attribute"

    @property
    def is_wrapped(self) -> bool:
        return self.xml.get("wrapped") is True or self.xml.get("nodeType") == "element"

    @property
    def items(self) -> _Facts:
        return _Facts(items_of(self.schema, self.resolver), self.resolver)

    @property
    def properties(self) -> dict[str, _Facts]:
        found = properties_of(self.schema, self.resolver)
        return {name: _Facts(schema, self.resolver) for name, schema in found.items()}

    def name_or(self, name: str) -> str:
        """The name with its prefix, made one that XML allows."""
        given = self.xml.get("name")
        name = given if isinstance(given, str) and given else name
        prefix = self.xml.get("prefix")
        name = f"{prefix}:{name}" if isinstance(prefix, str) and prefix else name
        if QUALIFIED.fullmatch(name):
            return name
        return NOT_A_START.sub("_", NOT_IN_NAMES.sub("_", name))

    @property
    def namespace(self) -> str:
        """The attribute that declares the namespace, with a space before it, else ""."""
        namespace, prefix = self.xml.get("namespace"), self.xml.get("prefix")
        if not isinstance(namespace, str) or not namespace:
            return ""
        suffix = f":{prefix}" if isinstance(prefix, str) and prefix else ""
        return f' xmlns{suffix}="{_escape(namespace)}"'


def _root_name(schema: JSONValue) -> str:
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    match = COMPONENT.match(reference) if isinstance(reference, str) else None
    return match[1] if match else "root"


def _element(name: str, value: JSONValue, facts: _Facts) -> str:
    """One element; `name` holds unless the schema gives another."""
    tag = facts.name_or(name)
    if isinstance(value, dict):
        attributes, children = _members(value, facts)
        return f"<{tag}{facts.namespace}{attributes}>{children}</{tag}>"
    if isinstance(value, list):
        items = "".join(_element(name, item, facts.items) for item in value)
        return f"<{tag}{facts.namespace}>{items}</{tag}>"
    return f"<{tag}{facts.namespace}>{_escape(render_text(value))}</{tag}>"


def _members(value: JSONObject, facts: _Facts) -> tuple[str, str]:
    """The attributes and the children of an object, each as text."""
    attributes, children = "", ""
    properties = facts.properties
    for name, member in value.items():
        if member is None:
            continue
        inner = properties.get(name, _Facts({}, facts.resolver))
        if inner.is_attribute:
            attributes += f' {inner.name_or(name)}="{_escape(render_text(member))}"'
        elif not isinstance(member, list):
            children += _element(name, member, inner)
        elif inner.is_wrapped:
            children += _wrapped(name, member, inner)
        else:
            children += "".join(_element(name, item, inner.items) for item in member)
    return attributes, children


def _wrapped(name: str, items: list[JSONValue], facts: _Facts) -> str:
    """An array with an element around it; unnamed items bear the wrapper's name."""
    tag = facts.name_or(name)
    given = facts.xml.get("name")
    item_name = given if isinstance(given, str) and given else name
    children = "".join(_element(item_name, item, facts.items) for item in items)
    return f"<{tag}{facts.namespace}>{children}</{tag}>"


def _escape(text: str) -> str:
    text = NOT_IN_XML.sub("", text)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    # A parser turns a bare carriage return into a line feed.
    return text.replace("\r", "&#13;")
