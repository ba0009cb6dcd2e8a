"""A published product that the tests of this folder read."""

from __future__ import annotations

import pytest

from catalog.models import Version
from tests.factories import make_definition, make_version

DEFINITION = make_definition(
    paths={
        "/companies/{id}": {
            "get": {
                "operationId": "companyById",
                "summary": "Company by id",
                "description": "One **company**.",
                "tags": ["Companies"],
                "parameters": [
                    {
                        "name": "id",
                        "in": "path",
                        "required": True,
                        "schema": {"$ref": "#/components/schemas/Id"},
                    }
                ],
                "security": [{"bearerToken": []}, {}],
                "responses": {
                    "200": {
                        "description": "Found",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Company"}}
                        },
                    }
                },
            }
        },
        "/companies": {
            "post": {
                "operationId": "createCompany",
                "deprecated": True,
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"type": "object"}}},
                },
                "responses": {"204": {"description": "Done"}},
            }
        },
    },
    components={
        "schemas": {
            "Id": {"type": "string"},
            "Company": {
                "type": "object",
                "properties": {"id": {"$ref": "#/components/schemas/Id"}},
            },
        },
        "securitySchemes": {
            "bearerToken": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
        },
    },
)


@pytest.fixture
def version(db: None) -> Version:
    """Version v1 of the product "company-data" with two operations."""
    return make_version(DEFINITION, product="company-data", name="v1")
