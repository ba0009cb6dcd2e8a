"""A definition whose every text is an attack, on every page that shows it."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.models import Version
from tests.catalog.hostile.listeners import Listener
from tests.catalog.hostile.pages import dangers_in, fetch_pages
from tests.factories import make_environment, make_server, make_version

pytestmark = pytest.mark.django_db

MARK = "attack-7c1f"
SCRIPT = f"<script>alert('{MARK}')</script>"
BREAK_OUT = f"\"'><img src=x onerror=alert('{MARK}')></textarea></code></pre><svg onload=alert(1)>"
MARKDOWN = f"""\
{SCRIPT} [a](javascript:alert(1)) [b](JaVaScRiPt&#58;alert(1)) [c](data:text/html,{MARK})
[d]( vbscript:x) <a href=" javascript:alert(1)">e</a> <a href="java&#09;script:alert(1)">f</a>
![g](LISTENER/g.png) ![h](javascript:alert(1)) <img src="LISTENER/i.png" onerror="alert(1)">

# {BREAK_OUT}

<iframe src="LISTENER/frame"></iframe><style>@import url(LISTENER/style)</style>
<form action="LISTENER/form"><input formaction="javascript:alert(1)"></form>
<base href="LISTENER"><meta http-equiv="refresh" content="0;url=LISTENER/meta">
<div style="background:url(LISTENER/css)" onclick="alert(1)">x</div>
<svg><a xlink:href="javascript:alert(1)"><text>y</text></a></svg><math href="javascript:alert(1)">

| a | b |
|---|---|
| {SCRIPT} | <b onmouseover=alert(1)>b</b> |

```html
{SCRIPT}
```
```{BREAK_OUT}
x
```
[ref]

[ref]: javascript:alert(1)
"""
URL = "javascript:alert(1)"


def attack(listener: str) -> dict[str, Any]:
    """A definition that is valid in shape and hostile in every text."""
    prose = MARKDOWN.replace("LISTENER", listener)
    docs = {"url": URL, "description": prose}
    schema = {
        "type": "object",
        "title": BREAK_OUT,
        "description": prose,
        "required": [BREAK_OUT],
        "externalDocs": docs,
        "xml": {"name": SCRIPT, "namespace": URL},
        "properties": {
            BREAK_OUT: {"type": "string", "enum": [SCRIPT, BREAK_OUT], "default": SCRIPT},
            SCRIPT: {"type": "string", "format": SCRIPT, "pattern": BREAK_OUT, "example": SCRIPT},
            "self": {"$ref": f"#/components/schemas/{MARK}"},
            "const": {"const": BREAK_OUT, "x-own": SCRIPT},
            "map": {"additionalProperties": {"type": SCRIPT, "description": prose}},
        },
        "discriminator": {"propertyName": SCRIPT, "mapping": {SCRIPT: URL}},
    }
    content = {
        "application/json": {
            "schema": {"$ref": f"#/components/schemas/{MARK}"},
            "examples": {
                SCRIPT: {"summary": SCRIPT, "description": prose, "value": {SCRIPT: BREAK_OUT}},
                "far": {"externalValue": f"{listener}/example"},
            },
        },
        f"text/{SCRIPT}": {"schema": {"type": "string"}, "example": BREAK_OUT},
    }
    parameters = [
        {
            "name": f"{place}{BREAK_OUT}",
            "in": place,
            "required": place == "path",
            "description": prose,
            "example": SCRIPT,
            "schema": {"type": "string", "enum": [BREAK_OUT, SCRIPT], "default": BREAK_OUT},
        }
        for place in ("path", "query", "header", "cookie")
    ]
    operation = {
        "operationId": BREAK_OUT,
        "summary": SCRIPT,
        "description": prose,
        "tags": [BREAK_OUT],
        "externalDocs": docs,
        "parameters": parameters,
        "requestBody": {"description": prose, "content": content},
        "responses": {
            "200": {
                "description": prose,
                "content": content,
                "headers": {SCRIPT: {"description": prose, "schema": {"type": "string"}}},
                "links": {SCRIPT: {"operationId": URL, "description": prose}},
            },
            SCRIPT: {"description": prose},
        },
        "callbacks": {SCRIPT: {URL: {"post": {"responses": {}}}}},
        "security": [{SCRIPT: []}, {"oauth": [SCRIPT]}],
        "servers": [{"url": URL, "description": prose}],
        "x-codeSamples": [{"lang": SCRIPT, "label": BREAK_OUT, "source": SCRIPT}],
    }
    flow = {
        "authorizationUrl": URL,
        "tokenUrl": f"{listener}/token",
        "refreshUrl": URL,
        "scopes": {SCRIPT: prose},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": BREAK_OUT,
            "summary": SCRIPT,
            "version": SCRIPT,
            "description": prose,
            "termsOfService": URL,
            "contact": {"name": BREAK_OUT, "url": URL, "email": f"{SCRIPT}@example.com"},
            "license": {"name": SCRIPT, "url": "data:text/html,x"},
            "x-logo": {"url": URL, "href": f"{listener}/logo.svg", "altText": BREAK_OUT},
        },
        "servers": [
            {"url": URL, "description": BREAK_OUT},
            {"url": "https://{a}/", "variables": {"a": {"default": SCRIPT, "description": prose}}},
        ],
        "tags": [{"name": BREAK_OUT, "x-displayName": SCRIPT, "description": prose}],
        "externalDocs": docs,
        "paths": {
            f"/{SCRIPT}/{{path{BREAK_OUT}}}": {"post": operation, "get": {"summary": BREAK_OUT}},
            "/undeclared": {"get": {**operation, "operationId": SCRIPT, "tags": [SCRIPT]}},
        },
        "webhooks": {SCRIPT: {"post": {"summary": SCRIPT, "description": prose}}},
        "components": {
            "schemas": {MARK: schema, "b": {"oneOf": [schema, {"title": SCRIPT}]}},
            "securitySchemes": {
                SCRIPT: {"type": "apiKey", "in": "header", "name": BREAK_OUT, "description": prose},
                "oauth": {
                    "type": "oauth2",
                    "description": prose,
                    "flows": {"authorizationCode": flow},
                },
                "odd": {"type": "openIdConnect", "openIdConnectUrl": URL},
                "http": {"type": "http", "scheme": SCRIPT, "bearerFormat": BREAK_OUT},
            },
        },
    }


def attacked_version(listener: str) -> Version:
    version = make_version(attack(listener))
    make_server(version, make_environment(name=BREAK_OUT[:40]))
    return version


def test_nothing_of_a_hostile_definition_runs_or_is_fetched_on_any_page() -> None:
    with Listener() as listener:
        pages = list(fetch_pages(attacked_version(listener.url)))

    statuses = {url: response.status_code for url, response in pages}
    assert set(statuses.values()) == {200}
    assert len(pages) == 4 + 3 * 2 + 2
    assert [(url, dangers_in(response.content)) for url, response in pages] == [
        (url, []) for url in statuses
    ]
    assert listener.connections == 0


def test_hostile_texts_are_still_there_to_be_read() -> None:
    pages = dict(fetch_pages(attacked_version("http://127.0.0.1:9")))

    shown = [url for url, response in pages.items() if MARK in response.content.decode()]
    assert len(shown) == len(pages)


@pytest.mark.parametrize(
    "page",
    [
        b"<p><script>alert(1)</script></p>",
        b"<p><a href=' java\tscript:alert(1)'>a</a></p>",
        b"<p onclick='x'>a</p>",
        b"<p><img src='//example.com/a.png'></p>",
        b"<p style='color: red'>a</p>",
        b"<form action='https://example.com'></form>",
    ],
)
def test_dangers_are_recognized(page: bytes) -> None:
    assert dangers_in(page)
