"""Definitions for tests of pages."""

from __future__ import annotations

from typing import Any

from tests.factories import make_definition

__all__ = ["company_definition"]

COMPANY = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "name": {"type": "string", "maxLength": 40, "description": "Registered **name**."},
        "id": {"type": "string", "format": "uuid", "readOnly": True},
        "parent": {"$ref": "#/components/schemas/Company"},
    },
}
SEARCH = {
    "operationId": "companySearch",
    "summary": "Search companies",
    "description": "Finds companies by `name`.",
    "tags": ["Companies"],
    "parameters": [
        {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 20}},
        {
            "name": "country",
            "in": "query",
            "required": True,
            "schema": {"type": "string", "enum": ["NO", "SE"]},
        },
    ],
    "responses": {
        "200": {
            "description": "The companies found",
            "headers": {"RateLimit-Limit": {"schema": {"type": "integer"}}},
            "content": {
                "application/json": {
                    "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Company"}}
                }
            },
        },
        "401": {"description": "The token is missing"},
    },
}
CREATE = {
    "operationId": "createCompany",
    "summary": "Create a company",
    "tags": ["Companies"],
    "deprecated": True,
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Company"}}},
    },
    "responses": {"201": {"description": "Created"}},
}
AUTHENTICATE = {
    "operationId": "authenticate",
    "summary": "Authenticate",
    "tags": ["Authentication"],
    "security": [],
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["username", "password"],
                    "properties": {
                        "username": {"type": "string"},
                        "password": {"type": "string", "format": "password"},
                    },
                }
            }
        }
    },
    "responses": {"200": {"description": "The token"}},
}


def company_definition(**members: Any) -> dict[str, Any]:
    """Three operations under two tags, one JWT scheme, one schema that contains itself."""
    return make_definition(
        info={"title": "Companies", "version": "1.2.0", "description": "# About\n\nAll of them."},
        tags=[
            {"name": "Authentication", "description": "Get a token."},
            {"name": "Companies", "x-displayName": "All companies"},
        ],
        security=[{"bearerToken": []}],
        paths={
            "/authenticate": {"post": AUTHENTICATE},
            "/companies": {"get": SEARCH, "post": CREATE},
        },
        components={
            "schemas": {"Company": COMPANY},
            "securitySchemes": {
                "bearerToken": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
        **members,
    )
