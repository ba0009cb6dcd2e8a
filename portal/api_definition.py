"""Settings of the REST API's own definition: what drf-spectacular cannot read from the views."""

from __future__ import annotations

from typing import Any

__all__ = ["SPECTACULAR_SETTINGS"]

DESCRIPTION = """\
Browse the catalog, publish definitions and send requests from programs.

## Authentication
Reading needs none, apart from products that are not shown to everyone. Programs send an API token,
which an administrator makes with `manage.py create_api_token`:

    Authorization: Bearer portico_...

An API token acts for its user within its scopes: `read`, `send` (requests and variables), `publish`
(definitions and servers) and `admin` (all of them, and private addresses). It has a session of its
own, with variables and tokens that end with it. Browser sessions are taken too; their unsafe calls
need the `X-CSRFToken` header with the value of the `csrftoken` cookie.

## Errors
Every refusal is an `application/problem+json` document (RFC 9457) with `title`, `status` and
`detail`; wrong input has `errors` by field. What a caller may not see answers 404.
"""

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Portico API",
    "DESCRIPTION": DESCRIPTION,
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": "/api/v1", "description": "This portal."}],
    "TAGS": [
        {"name": "Catalog", "description": "Products, versions and operations."},
        {"name": "Publishing", "description": "Definitions and servers; for editors."},
        {"name": "Try it", "description": "Requests, variables and tokens of a session."},
    ],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "Lifecycle": "catalog.models.Lifecycle",
        "ImportState": "catalog.models.import_jobs.ImportState",
        "TokenState": "tryit.models.TokenState",
    },
    # Every operation says for itself who may call it.
    "AUTHENTICATION_WHITELIST": [],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "apiToken": {
                "type": "http",
                "scheme": "bearer",
                "description": "An API token, made with `manage.py create_api_token`.",
            },
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": "portico_session",
                "description": (
                    "A browser session. Unsafe calls also need the header `X-CSRFToken`."
                ),
            },
        }
    },
}
