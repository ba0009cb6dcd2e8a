"""The languages of code samples, in the order they are offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from catalog.snippets.curl import render_curl
from catalog.snippets.javascript import render_javascript
from catalog.snippets.python import render_python
from catalog.snippets.samples import SampleRequest

__all__ = ["LANGUAGES", "Language", "render_snippet"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language: `lexer` is the name Pygments knows it by."""

    slug: str
    label: str
    lexer: str
    render: Callable[[SampleRequest], str]


LANGUAGES: tuple[Language, ...] = (
    Language("curl", "curl", "bash", render_curl),
    Language("javascript", "JavaScript", "javascript", render_javascript),
    Language("python", "Python", "python", render_python),
)
RENDERERS = {language.slug: language.render for language in LANGUAGES}


def render_snippet(language: str, request: SampleRequest) -> str:
    """Code that sends the request, by the slug of its language; raises KeyError for others."""
    return RENDERERS[language](request)
