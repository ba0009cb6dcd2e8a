"""Applying a catalog file: the catalog becomes what the file declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone

from catalog.catalog_file import (
    CatalogFile,
    DeclaredProduct,
    DeclaredTokenSource,
    DeclaredVersion,
)
from catalog.models import (
    Environment,
    Product,
    SecurityBinding,
    TokenSource,
    TokenSourceKind,
    Version,
)
from catalog.openapi import Limits, Problem
from catalog.services.catalog_files import load_catalog_file, open_sources
from catalog.services.guides import apply_guides
from catalog.services.mirror_declarations import apply_mirror
from catalog.services.mirror_settings import remove_mirror
from catalog.services.publishing import PublicationOrder, publish_revision
from catalog.services.security_bindings import bind_schemes, declare_binding
from catalog.services.servers import find_unreachable_servers, set_server
from catalog.services.sources import OpenedSource

__all__ = ["Application", "apply_catalog"]

M = TypeVar("M", bound=models.Model)

logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Application:
    """What applying a file did: sentences for the person at the terminal, in order.

    `rejected` maps "<product> <version> (<definition>)" to what is wrong with the definition;
    `warnings` are servers that can never be reached.
    """

    changes: list[str] = field(default_factory=list)
    rejected: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)

    def note(self, what: str, changed: object) -> None:
        """Remember a change, if it was one."""
        if changed:
            self.changes.append(what)


def apply_catalog(path: Path, *, environ: Mapping[str, str], prune: bool = False) -> Application:
    """Make the catalog what a catalog.yaml declares; applying it twice changes nothing more.

    Raises CatalogFileError before anything is written when the file itself is wrong. A definition
    that is rejected leaves its version as it was and is reported in `rejected`. With `prune`,
    products, environments and token sources the file does not name are deleted.
    """
    file = load_catalog_file(path, environ)
    opened = open_sources(file, path)
    application = Application()
    environments = _apply_environments(file, application)
    sources = {
        source.slug: _apply_token_source(source, application) for source in file.token_sources
    }
    for order, declared in enumerate(file.products):
        product = _apply_product(declared, order, application)
        for version in declared.versions:
            source = opened.get((product.slug, version.name))
            published = (
                _publish(product, version, source, application)
                if source is not None
                else _mirror(product, version, application)
            )
            if published is not None:
                _apply_servers(published, version, environments, application)
                _apply_default(published, version, application)
                _apply_security(published, version, sources, application)
        application.note(
            f"guides of {product.slug} written", apply_guides(product, path.parent, declared.guides)
        )
    if prune:
        _prune(file, application)
    logger.info("catalog_applied", changes=len(application.changes))
    return application


def _apply_environments(file: CatalogFile, application: Application) -> dict[str, Environment]:
    for order, declared in enumerate(file.environments):
        _made, changed = _update_or_create(
            Environment.objects,
            {"slug": declared.slug},
            {"name": declared.name, "order": order, "confirm_writes": declared.confirm_writes},
        )
        application.note(f"environment {declared.slug} written", changed)
    return {environment.slug: environment for environment in Environment.objects.all()}


def _apply_token_source(declared: DeclaredTokenSource, application: Application) -> TokenSource:
    login = declared.settings.get("login")
    operation = login.get("operation", "") if isinstance(login, dict) else ""
    source, changed = _update_or_create(
        TokenSource.objects,
        {"slug": declared.slug},
        {
            "kind": TokenSourceKind(declared.kind),
            "settings": declared.settings,
            "login_operation": str(operation),
        },
    )
    application.note(f"token source {declared.slug} written", changed)
    return source


def _apply_product(declared: DeclaredProduct, order: int, application: Application) -> Product:
    product, changed = _update_or_create(
        Product.objects,
        {"slug": declared.slug},
        {
            "name": declared.name,
            "summary": declared.summary,
            "description": declared.description,
            "owner": declared.owner,
            "contact": declared.contact,
            "facets": dict(declared.facets),
            "lifecycle": declared.lifecycle,
            "visibility": declared.visibility,
            "order": order,
        },
    )
    groups = {Group.objects.get_or_create(name=name)[0] for name in declared.groups}
    if set(product.groups.all()) != groups:
        product.groups.set(groups)
        changed = True
    application.note(f"product {declared.slug} written", changed)
    return product


def _publish(
    product: Product, declared: DeclaredVersion, source: OpenedSource, application: Application
) -> Version | None:
    """The version with its new revision, or None when the definition was rejected."""
    what = f"{product.slug} {declared.name}"
    order = PublicationOrder(source=source, product=product.slug, version=declared.name)
    limits = Limits(source_bytes=settings.DEFINITION_MAX_BYTES)
    publication = publish_revision(order, limits=limits)
    if publication.result == "rejected":
        application.rejected[f"{what} ({declared.definition})"] = publication.problems
        return None
    created = publication.result == "created"
    application.note(f"{what} published, revision {publication.revision}", created)
    version = product.versions.select_related("current_revision", "product").get(name=declared.name)
    application.note(f"mirror of {what} removed", remove_mirror(version))
    return version


def _mirror(product: Product, declared: DeclaredVersion, application: Application) -> Version:
    """The version, which follows its source; a new or changed source is looked at at once."""
    what = f"{product.slug} {declared.name}"
    applied = apply_mirror(product, declared, now=timezone.now())
    application.note(f"mirror of {what} written", applied.changed)
    application.note(f"{what} published, revision {applied.published}", applied.published)
    if applied.problems:
        application.rejected[what] = applied.problems
    return product.versions.select_related("current_revision", "product").get(name=declared.name)


def _apply_servers(
    version: Version,
    declared: DeclaredVersion,
    environments: Mapping[str, Environment],
    application: Application,
) -> None:
    what = f"{version.product.slug} {version.name}"
    for slug, server in declared.servers.items():
        changed = set_server(
            version, environments[slug], server.url, allow_private=server.allow_private
        )
        application.note(f"server of {what} in {slug} set", changed)
    gone = version.servers.exclude(environment__slug__in=declared.servers)
    application.note(f"servers of {what} removed", gone.delete()[0])
    application.warnings += [
        replace(problem, message=f"{what}: {problem.message}")
        for problem in find_unreachable_servers(version)
    ]


def _apply_default(version: Version, declared: DeclaredVersion, application: Application) -> None:
    if not declared.is_default or version.is_default:
        return
    version.product.versions.filter(is_default=True).update(is_default=False)
    version.is_default = True
    version.save(update_fields=["is_default"])
    application.note(f"{version.name} is the default version of {version.product.slug}", True)


def _apply_security(
    version: Version,
    declared: DeclaredVersion,
    sources: Mapping[str, TokenSource],
    application: Application,
) -> None:
    what = f"{version.product.slug} {version.name}"
    released = SecurityBinding.objects.filter(version=version).exclude(
        models.Q(scheme__in=declared.security)
        | models.Q(token_source__kind=TokenSourceKind.IMPLICIT)
    )
    application.note(f"security of {what} released", released.delete()[0])
    for scheme, slug in declared.security.items():
        changed = declare_binding(version, scheme, sources[slug])
        application.note(f"{scheme} of {what} uses {slug}", changed)
    if version.current_revision is not None:
        bind_schemes(version, version.current_revision.overview)


def _prune(file: CatalogFile, application: Application) -> None:
    named = [product.slug for product in file.products]
    holders = Product.objects.holders().values("pk")  # of imports that go on meanwhile
    products = Product.objects.exclude(slug__in=named).exclude(pk__in=holders)
    environments = Environment.objects.exclude(
        slug__in=[environment.slug for environment in file.environments]
    )
    sources = TokenSource.objects.exclude(kind=TokenSourceKind.IMPLICIT).exclude(
        slug__in=[source.slug for source in file.token_sources]
    )
    for name, gone in (
        ("product", products),
        ("environment", environments),
        ("token source", sources),
    ):
        for slug in gone.values_list("slug", flat=True):
            application.note(f"{name} {slug} deleted", True)
        gone.delete()


def _update_or_create(
    manager: models.Manager[M], lookup: Mapping[str, str], values: Mapping[str, Any]
) -> tuple[M, bool]:
    """Like Django's, but writes only what differs, and says whether anything did."""
    instance = manager.filter(**lookup).first()
    if instance is None:
        return manager.create(**lookup, **values), True
    differing = [name for name, value in values.items() if getattr(instance, name) != value]
    for name in differing:
        setattr(instance, name, values[name])
    if differing:
        instance.save(update_fields=differing)
    return instance, bool(differing)
