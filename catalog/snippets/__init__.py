"""Requests as source code, one module per language; pure."""

from __future__ import annotations

from catalog.snippets.languages import LANGUAGES, Language, render_snippet
from catalog.snippets.samples import SampleRequest

__all__ = ["LANGUAGES", "Language", "SampleRequest", "render_snippet"]
