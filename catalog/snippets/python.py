"""Samples for Python: the requests library."""

from __future__ import annotations

from catalog.openapi import JSONValue
from catalog.snippets.literals import string_literal
from catalog.snippets.samples import BODY_FILE, SampleRequest, find_body_json, find_body_text

__all__ = ["render_python"]

INDENT = "    "


def render_python(request: SampleRequest) -> str:
    """A script that sends the request and prints the answer; JSON stands as Python values."""
    lines = ["import requests", "", "response = requests.request("]
    lines.append(f"{INDENT}{string_literal(request.method)},")
    lines.append(f"{INDENT}{string_literal(request.url)},")
    if request.headers:
        lines.append(f"{INDENT}headers={_literal(_headers(request), 1)},")
    if request.body is not None:
        lines.append(f"{INDENT}{_body(request)},")
    lines.append(f"{INDENT}timeout=60,")
    lines.append(")")
    lines.extend(("", "print(response.status_code)", "print(response.text)"))
    return "\n".join([*_preface(request), *lines])


def _preface(request: SampleRequest) -> list[str]:
    if request.body is None or find_body_text(request) is not None:
        return []
    return [f"# Save the body ({len(request.body)} bytes) as {BODY_FILE} first."]


def _headers(request: SampleRequest) -> dict[str, JSONValue]:
    """The headers as a mapping; values under one name are joined as RFC 9110, 5.3 allows."""
    joined: dict[str, JSONValue] = {}
    for name, value in request.headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _body(request: SampleRequest) -> str:
    value = find_body_json(request)
    if value is not None:
        return f"json={_literal(value, 1)}"
    text = find_body_text(request)
    if text is None:
        return f'data=open({string_literal(BODY_FILE)}, "rb")'
    return f"data={string_literal(text)}.encode()"


def _literal(value: JSONValue, depth: int) -> str:
    """A Python literal, members of arrays and objects on lines of their own."""
    if isinstance(value, str):
        return string_literal(value)
    if isinstance(value, dict) and value:
        members = [
            f"{string_literal(key)}: {_literal(one, depth + 1)}" for key, one in value.items()
        ]
        return _block("{", members, "}", depth=depth)
    if isinstance(value, list) and value:
        return _block("[", [_literal(one, depth + 1) for one in value], "]", depth=depth)
    return repr(value)


def _block(opening: str, members: list[str], closing: str, *, depth: int) -> str:
    inner = INDENT * (depth + 1)
    lines = "".join(f"{inner}{member},\n" for member in members)
    return f"{opening}\n{lines}{INDENT * depth}{closing}"
