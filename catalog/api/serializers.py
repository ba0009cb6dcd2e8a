"""What the REST API tells of products, versions, operations, servers and imports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeAlias

from django.urls import reverse

from catalog.models import BackgroundImport, Operation, Product, Server, Version
from catalog.openapi import (
    JSONObject,
    JSONValue,
    MediaType,
    Parameter,
    RequestBody,
    Resolver,
    Response,
    SecurityUse,
)
from catalog.openapi import Operation as OperationFacts

__all__ = [
    "AbsoluteURL",
    "represent_import",
    "represent_operation",
    "represent_operation_summary",
    "represent_product",
    "represent_server",
    "represent_version",
]

# Makes a path of the portal an absolute URL on the host that was asked.
AbsoluteURL: TypeAlias = Callable[[str], str]


def represent_product(product: Product, absolute: AbsoluteURL) -> JSONObject:
    """A product with its published versions; needs those prefetched with their revisions."""
    return {
        "slug": product.slug,
        "name": product.name,
        "summary": product.summary,
        "description": product.description,
        "owner": product.owner,
        "contact": product.contact,
        "facets": product.facets,
        "lifecycle": product.lifecycle,
        "url": absolute(product.get_absolute_url()),
        "versions": [
            _represent_version_summary(version, absolute) for version in product.versions.all()
        ],
    }


def represent_version(
    version: Version, servers: Iterable[Server], absolute: AbsoluteURL
) -> JSONObject:
    """A version with its current revision, servers and where to download its definition."""
    revision = version.current_revision
    arguments = [version.product.slug, version.name]
    return {
        "product": version.product.slug,
        **_represent_version_summary(version, absolute),
        "title": revision.title if revision else "",
        "revision": revision.number if revision else None,
        "imported_at": revision.imported_at.isoformat() if revision else None,
        "servers": [represent_server(server) for server in servers],
        "definition": {
            "yaml": absolute(reverse("catalog:definition-yaml", args=arguments)),
            "json": absolute(reverse("catalog:definition-json", args=arguments)),
        },
    }


def represent_operation_summary(operation: Operation, absolute: AbsoluteURL) -> JSONObject:
    """An operation in a list; needs its revision, version and product at hand."""
    return {
        "slug": operation.slug,
        "method": operation.method,
        "path": operation.path,
        "operation_id": operation.operation_id,
        "summary": operation.summary,
        "tags": operation.tags,
        "deprecated": operation.deprecated,
        "url": absolute(operation.get_absolute_url()),
    }


def represent_operation(
    operation: Operation, facts: OperationFacts, *, resolver: Resolver, absolute: AbsoluteURL
) -> JSONObject:
    """All that is needed to call an operation.

    Of a schema the outermost reference is followed; those inside it stay references.
    """
    return {
        **represent_operation_summary(operation, absolute),
        "description": facts.description,
        "parameters": [_represent_parameter(one, resolver) for one in facts.parameters],
        "request_body": _represent_request_body(facts.request_body, resolver),
        "responses": [_represent_response(one, resolver) for one in facts.responses],
        "security": [
            [_represent_security_use(use) for use in requirement.uses]
            for requirement in facts.security
        ],
    }


def represent_server(server: Server) -> JSONObject:
    """A server of a version; needs its environment at hand."""
    return {
        "environment": server.environment.slug,
        "name": server.environment.name,
        "url": server.url,
        "confirm_writes": server.environment.confirm_writes,
    }


def represent_import(job: BackgroundImport, now: datetime) -> JSONObject:
    """An import that went on in the background, and what came of it."""
    return {
        "id": str(job.id),
        "state": job.state_at(now).value,
        "product": job.product,
        "version": job.version,
        "dry_run": job.is_dry_run,
        "started_at": job.started_at.isoformat(),
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
        "publication": job.publication,
        "detail": job.detail,
    }


def _represent_version_summary(version: Version, absolute: AbsoluteURL) -> JSONObject:
    revision = version.current_revision
    return {
        "version": version.name,
        "lifecycle": version.lifecycle,
        "sunset_on": version.sunset_on.isoformat() if version.sunset_on else None,
        "is_default": version.is_default,
        "openapi": revision.openapi_version if revision else "",
        "operations": revision.operation_count if revision else 0,
        "url": absolute(version.get_absolute_url()),
    }


def _represent_parameter(parameter: Parameter, resolver: Resolver) -> JSONObject:
    """A parameter with its effective style; `content` is null unless it replaces the schema."""
    content = parameter.content
    return {
        "name": parameter.name,
        "in": parameter.location,
        "required": parameter.required,
        "description": parameter.description,
        "deprecated": parameter.deprecated,
        "style": parameter.style,
        "explode": parameter.explode,
        "allow_reserved": parameter.allow_reserved,
        "allow_empty_value": parameter.allow_empty_value,
        "schema": resolver.resolve(parameter.schema),
        "content": _represent_media_type(content, resolver) if content else None,
    }


def _represent_request_body(body: RequestBody | None, resolver: Resolver) -> JSONValue:
    if body is None:
        return None
    return {
        "required": body.required,
        "description": body.description,
        "content": [_represent_media_type(one, resolver) for one in body.content],
    }


def _represent_response(response: Response, resolver: Resolver) -> JSONObject:
    return {
        "status_code": response.status_code,
        "description": response.description,
        "content": [_represent_media_type(one, resolver) for one in response.content],
    }


def _represent_media_type(media_type: MediaType, resolver: Resolver) -> JSONObject:
    return {"media_type": media_type.name, "schema": resolver.resolve(media_type.schema)}


def _represent_security_use(use: SecurityUse) -> JSONObject:
    """A scheme by its key, with the variables its credential is read from."""
    scheme = use.scheme
    return {
        "scheme": scheme.key,
        "type": scheme.type,
        "title": scheme.title,
        "variables": list(scheme.variable_names),
        "scopes": list(use.scopes),
    }
