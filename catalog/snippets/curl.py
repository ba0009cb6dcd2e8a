"""Samples for curl in a POSIX shell."""

from __future__ import annotations

from catalog.snippets.json_layout import indent_json
from catalog.snippets.samples import BODY_FILE, SampleRequest, find_body_json, find_body_text

__all__ = ["render_curl"]

CONTINUED = " \\\n  "
GLOB_CHARACTERS = frozenset("[]{}")


def render_curl(request: SampleRequest) -> str:
    """A curl command that sends the request; JSON is laid out for reading.

    A body that is no plain text comes from a file, which a comment asks for.
    """
    arguments = [f"curl {_method(request)}{_quote(request.url)}"]
    if GLOB_CHARACTERS & set(request.url):
        arguments.append("--globoff")
    arguments.extend(f"--header {_quote(_header(*header))}" for header in request.headers)
    if request.body is None:
        return CONTINUED.join(arguments)
    if not request.header("Content-Type"):
        # Without this curl claims that the body is a form.
        arguments.append("--header 'Content-Type:'")
    text = find_body_text(request)
    if text is None:
        arguments.append(f"--data-binary '@{BODY_FILE}'")
        note = f"# Save the body ({len(request.body)} bytes) as {BODY_FILE} first.\n"
        return note + CONTINUED.join(arguments)
    shown = text if find_body_json(request) is None else indent_json(text)
    # --data would read a file when the text starts with "@".
    arguments.append(f"--data-raw {_quote(shown)}")
    return CONTINUED.join(arguments)


def _method(request: SampleRequest) -> str:
    """The option for the method, "" for a GET, which needs none."""
    if request.method == "GET" and request.body is None:
        return ""
    if request.method == "HEAD" and request.body is None:
        return "--head "
    return f"--request {request.method} "


def _header(name: str, value: str) -> str:
    """A header as curl takes it: an empty one is asked for by a semicolon."""
    return f"{name}: {value}" if value else f"{name};"


def _quote(text: str) -> str:
    """A text within single quotes, in which a shell reads nothing specially."""
    escaped = text.replace("'", "'\\''")
    return f"'{escaped}'"
