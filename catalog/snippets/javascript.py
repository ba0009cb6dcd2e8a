"""Samples for JavaScript: `fetch`, as browsers and Node.js have it."""

from __future__ import annotations

from catalog.openapi import JSONValue
from catalog.snippets.json_layout import indent_json
from catalog.snippets.literals import indent_rest, string_literal
from catalog.snippets.samples import BODY_FILE, SampleRequest, find_body_json, find_body_text

__all__ = ["render_javascript"]

LARGEST_EXACT_INTEGER = 2**53 - 1


def render_javascript(request: SampleRequest) -> str:
    """A module that sends the request and prints the answer.

    JSON stands as an object literal unless JavaScript would read it differently. A binary body
    comes from a file and needs Node.js.
    """
    lines = [f"const response = await fetch({string_literal(request.url)}, {{"]
    lines.append(f"  method: {string_literal(request.method)},")
    if request.headers:
        lines.append("  headers: [")
        lines.extend(
            f"    [{string_literal(name)}, {string_literal(value)}],"
            for name, value in request.headers
        )
        lines.append("  ],")
    if request.body is not None:
        lines.append(f"  body: {_body(request)},")
    lines.append("});")
    lines.extend(("", "console.log(response.status);", "console.log(await response.text());"))
    return "\n".join([*_preface(request), *lines])


def _preface(request: SampleRequest) -> list[str]:
    """Lines before the call: what the sample needs."""
    if request.body is None:
        return []
    lines = []
    if request.method in ("GET", "HEAD"):
        lines.append(f"// fetch refuses a body with {request.method}: use curl or Python.")
    if find_body_text(request) is None:
        lines.append(f"// Save the body ({len(request.body)} bytes) as {BODY_FILE} first.")
        lines.append('import { readFile } from "node:fs/promises";')
    return [*lines, ""] if lines else []


def _body(request: SampleRequest) -> str:
    text = find_body_text(request)
    if text is None:
        return f"await readFile({string_literal(BODY_FILE)})"
    value = find_body_json(request)
    if value is None or not _reads_alike(value):
        return string_literal(text)
    return f"JSON.stringify({indent_rest(indent_json(text), 2)})"


def _reads_alike(value: JSONValue) -> bool:
    """Whether an object literal means the same as the JSON.

    `__proto__` sets the prototype there, and large integers lose digits.
    """
    if isinstance(value, dict):
        return "__proto__" not in value and all(map(_reads_alike, value.values()))
    if isinstance(value, list):
        return all(map(_reads_alike, value))
    return not isinstance(value, int) or abs(value) <= LARGEST_EXACT_INTEGER
