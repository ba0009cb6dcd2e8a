"""API Documentation as data: what a version's definition says besides its operations."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.safestring import SafeString

from catalog.markdown import render_markdown
from catalog.models import Revision
from catalog.openapi import JSONObject, JSONValue, read_security_scheme
from catalog.outlines import Outline, TagGroup
from catalog.security_views import SchemeView, build_scheme_view

__all__ = ["ReferencePage", "SchemaLink", "TagSection", "build_reference_page"]


@dataclass(frozen=True, slots=True)
class TagSection:
    """A tag as a part of the page."""

    group: TagGroup
    description: SafeString


@dataclass(frozen=True, slots=True)
class SchemaLink:
    """A schema's name and its page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """The page of a version. Links of the definition are empty unless they lead to the web."""

    title: str
    api_version: str
    description: SafeString
    schemes: tuple[SchemeView, ...]
    tags: tuple[TagSection, ...]
    schemas: tuple[SchemaLink, ...]
    terms_url: str
    contact_url: str
    contact_name: str
    license_url: str
    license_name: str
    docs_url: str


def build_reference_page(
    revision: Revision, outline: Outline, schema_names: list[str], *, reference_url: str
) -> ReferencePage:
    """Everything API Documentation shows of a revision."""
    overview: JSONObject = revision.overview
    facts = _object(overview.get("info"))
    contact, licence = _object(facts.get("contact")), _object(facts.get("license"))
    email = _text(contact.get("email"))
    return ReferencePage(
        title=_text(facts.get("title")),
        api_version=_text(facts.get("version")),
        description=render_markdown(_text(facts.get("description"))),
        schemes=tuple(
            build_scheme_view(read_security_scheme(key, raw))
            for key, raw in _object(overview.get("security_schemes")).items()
        ),
        tags=tuple(
            TagSection(group, render_markdown(group.description, heading_level=3))
            for group in outline.groups
        ),
        schemas=tuple(
            SchemaLink(name, f"{reference_url}schemas/{quote(name, safe='')}/")
            for name in schema_names
        ),
        terms_url=_web_address(facts.get("termsOfService")),
        contact_url=_web_address(contact.get("url")) or (f"mailto:{email}" if email else ""),
        contact_name=_text(contact.get("name")) or email or _web_address(contact.get("url")),
        license_url=_web_address(licence.get("url")),
        license_name=_text(licence.get("name")),
        docs_url=_web_address(_object(overview.get("external_docs")).get("url")),
    )


def _object(value: JSONValue) -> JSONObject:
    return value if isinstance(value, dict) else {}


def _text(value: JSONValue) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _web_address(value: JSONValue) -> str:
    address = _text(value)
    return address if address.startswith(("https://", "http://")) else ""
