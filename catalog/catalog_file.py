"""Reading catalog.yaml: the whole catalog declared in one file.

Pure: text in, dataclasses or a list of complaints out. The keys are those of the contract in the
design; every complaint names its place, such as `products[0].versions[1].servers.sandbox`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from catalog.catalog_file_reader import CatalogFileError, Complaint, Reader
from catalog.openapi import JSONObject, join_pointer

__all__ = [
    "CatalogFile",
    "CatalogFileError",
    "Complaint",
    "DeclaredEnvironment",
    "DeclaredMirror",
    "DeclaredProduct",
    "DeclaredServer",
    "DeclaredTokenSource",
    "DeclaredVersion",
    "expand_variables",
    "read_catalog_file",
]

SLUG = re.compile(r"[A-Za-z0-9_-]+")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
INTERVAL = re.compile(r"([1-9][0-9]{0,5})([smhd])")
SECONDS_OF_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
GIT_PREFIX = "git+"
LIFECYCLES = ("experimental", "live", "deprecated", "retired")


@dataclass(frozen=True, slots=True)
class DeclaredEnvironment:
    """An entry of `environments`; their order is the order of the selector."""

    slug: str
    name: str
    confirm_writes: bool


@dataclass(frozen=True, slots=True)
class DeclaredTokenSource:
    """An entry of `token_sources`; `settings` are its keys below `slug` and `kind`, as given."""

    slug: str
    kind: str
    settings: JSONObject


@dataclass(frozen=True, slots=True)
class DeclaredServer:
    """The base URL of a version in one environment."""

    url: str
    allow_private: bool


@dataclass(frozen=True, slots=True)
class DeclaredMirror:
    """How a version follows its definition's URL, which may be that of a Git repository."""

    every: timedelta
    is_git: bool
    ref: str
    path: str
    allow_private: bool


@dataclass(frozen=True, slots=True)
class DeclaredVersion:
    """An entry of a product's `versions`. `definition` is a path relative to the file, or a URL."""

    name: str
    is_default: bool
    definition: str
    mirror: DeclaredMirror | None = None
    servers: Mapping[str, DeclaredServer] = field(default_factory=dict)
    security: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeclaredProduct:
    """An entry of `products`. `visibility` is "public", "signed-in" or "groups"."""

    slug: str
    name: str
    summary: str
    description: str
    owner: str
    contact: str
    facets: Mapping[str, list[str]]
    lifecycle: str
    visibility: str
    groups: tuple[str, ...]
    guides: tuple[str, ...]
    versions: tuple[DeclaredVersion, ...]


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """Everything one catalog.yaml declares."""

    environments: tuple[DeclaredEnvironment, ...] = ()
    token_sources: tuple[DeclaredTokenSource, ...] = ()
    products: tuple[DeclaredProduct, ...] = ()


def expand_variables(value: Any, environ: Mapping[str, str], *, pointer: str = "") -> Any:
    """Put environment variables in place of `${NAME}` in every string of what is at `pointer`.

    Raises CatalogFileError naming a variable that is not set.
    """
    match value:
        case str():
            return VARIABLE.sub(lambda found: _variable(found[1], environ, pointer), value)
        case list():
            return [
                expand_variables(item, environ, pointer=join_pointer(pointer, index))
                for index, item in enumerate(value)
            ]
        case dict():
            return {
                key: expand_variables(item, environ, pointer=join_pointer(pointer, key))
                for key, item in value.items()
            }
        case _:
            return value


def read_catalog_file(document: Any) -> CatalogFile:
    """The declarations of a parsed file; raises CatalogFileError with every complaint at once."""
    reader = Reader(document, place="")
    if document is None:
        reader.complain("The file is empty.")
    file = CatalogFile(
        environments=tuple(_environment(item) for item in reader.items("environments")),
        token_sources=tuple(_token_source(item) for item in reader.items("token_sources")),
        products=tuple(_product(item) for item in reader.items("products")),
    )
    reader.refuse_unknown("environments", "token_sources", "products")
    _check_names(reader, file)
    reader.finish()
    return file


def _variable(name: str, environ: Mapping[str, str], pointer: str) -> str:
    if name not in environ:
        sentence = f"${{{name}}} is used, but the variable {name} is not set."
        raise CatalogFileError([Complaint(sentence, pointer)])
    return environ[name]


def _environment(reader: Reader) -> DeclaredEnvironment:
    reader.refuse_unknown("slug", "name", "confirm_writes")
    slug = reader.text("slug", pattern=SLUG)
    return DeclaredEnvironment(
        slug=slug,
        name=reader.text("name", default=slug),
        confirm_writes=reader.flag("confirm_writes"),
    )


def _token_source(reader: Reader) -> DeclaredTokenSource:
    return DeclaredTokenSource(
        slug=reader.text("slug", pattern=SLUG),
        kind=reader.choice("kind", ("login", "oauth2", "refresh")),
        settings={
            key: value for key, value in reader.members.items() if key not in ("slug", "kind")
        },
    )


def _product(reader: Reader) -> DeclaredProduct:
    reader.refuse_unknown(
        *("slug", "name", "summary", "description", "owner", "contact", "facets", "lifecycle"),
        *("visibility", "guides", "versions"),
    )
    slug = reader.text("slug", pattern=SLUG)
    visibility, groups = _visibility(reader)
    return DeclaredProduct(
        slug=slug,
        name=reader.text("name", default=slug),
        summary=reader.text("summary", default=""),
        description=reader.text("description", default=""),
        owner=reader.text("owner", default=""),
        contact=reader.text("contact", default=""),
        facets={name: reader.texts("facets", name) for name in reader.mapping("facets")},
        lifecycle=reader.choice("lifecycle", LIFECYCLES, default="live"),
        visibility=visibility,
        groups=groups,
        guides=tuple(reader.texts("guides")),
        versions=tuple(_version(item) for item in reader.items("versions")),
    )


def _visibility(reader: Reader) -> tuple[str, tuple[str, ...]]:
    value = reader.members.get("visibility", "public")
    if isinstance(value, dict):
        return "groups", tuple(reader.texts("visibility", "groups"))
    return reader.choice("visibility", ("public", "signed-in"), default="public"), ()


def _version(reader: Reader) -> DeclaredVersion:
    reader.refuse_unknown("version", "default", "definition", "mirror", "servers", "security")
    definition = reader.text("definition")
    return DeclaredVersion(
        name=reader.text("version", pattern=VERSION),
        is_default=reader.flag("default"),
        definition=definition.removeprefix(GIT_PREFIX),
        mirror=_mirror(reader, definition) if "mirror" in reader.members else None,
        servers={
            slug: _server(reader.member("servers", slug)) for slug in reader.mapping("servers")
        },
        security={
            scheme: reader.member("security").text(scheme) for scheme in reader.mapping("security")
        },
    )


def _mirror(version: Reader, definition: str) -> DeclaredMirror:
    """A URL that ends with .git or begins with git+, or comes with ref or path, means Git."""
    reader = version.member("mirror")
    reader.refuse_unknown("every", "ref", "path", "allow_private")
    url = definition.removeprefix(GIT_PREFIX)
    if not url.startswith(("http://", "https://")):
        version.complain(
            f'"{definition}" cannot be mirrored; `mirror` goes with the URL of a definition or of '
            "a Git repository."
        )
    ref, path = reader.text("ref", default=""), reader.text("path", default="")
    named = definition.startswith(GIT_PREFIX) or url.rstrip("/").endswith(".git")
    return DeclaredMirror(
        every=_interval(reader),
        is_git=bool(named or ref or path),
        ref=ref,
        path=path.lstrip("/"),
        allow_private=reader.flag("allow_private"),
    )


def _interval(reader: Reader) -> timedelta:
    text = reader.text("every", default="1h")
    match = INTERVAL.fullmatch(text)
    if match is None:
        reader.complain(f'A mirror\'s `every` is "{text}"; it takes a time such as 30m, 1h or 1d.')
        return timedelta(hours=1)
    return timedelta(seconds=int(match[1]) * SECONDS_OF_UNITS[match[2]])


def _server(reader: Reader) -> DeclaredServer:
    reader.refuse_unknown("url", "allow_private")
    return DeclaredServer(url=reader.text("url"), allow_private=reader.flag("allow_private"))


def _check_names(reader: Reader, file: CatalogFile) -> None:
    """Names are unique, and what is referred to by name is declared."""
    slugs = [product.slug for product in file.products]
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        last = max(index for index, one in enumerate(slugs) if one == slug)
        reader.complain(f'products: "{slug}" is declared twice.', "products", last)
    sources = {source.slug for source in file.token_sources}
    for index, product in enumerate(file.products):
        if sum(version.is_default for version in product.versions) > 1:
            reader.complain(
                f'products: "{product.slug}" has more than one default version.', "products", index
            )
        for position, version in enumerate(product.versions):
            for scheme, source in version.security.items():
                if source not in sources:
                    reader.complain(
                        f'products: "{product.slug}" {version.name} names the token source '
                        f'"{source}" for {scheme}, which token_sources does not declare.',
                        *("products", index, "versions", position, "security", scheme),
                    )
