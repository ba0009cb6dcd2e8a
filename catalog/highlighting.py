"""Code as HTML in the five colours of the design."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from pygments.lexer import Lexer
from pygments.lexers import BashLexer, get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, String, Text, _TokenType
from pygments.util import ClassNotFound

__all__ = ["CLASSES", "highlight"]

# The first that fits is taken; everything else keeps the colour of text.
TONES = (
    (Comment, "c1"),
    (Name.Tag, "nt"),
    (Name.Attribute, "nt"),
    (String, "s2"),
    (Number, "mi"),
    (Keyword, "kc"),
    (Name.Builtin, "nb"),
)
CLASSES = frozenset(name for _token, name in TONES)
LONGEST_COLOURED = 60_000


def highlight(code: str, language: str) -> SafeString:
    """Escape code and mark its parts with `span`s of `CLASSES`.

    `language` is a name Pygments knows; for others, and for very long code, it is only escaped.
    """
    lexer = _find_lexer(language) if len(code) <= LONGEST_COLOURED else None
    if lexer is None:
        return escape(code)
    return format_html_join("", "{}", ((part,) for part in _iter_parts(lexer, code)))


class _ShellLexer(BashLexer):  # type: ignore[misc]  # Pygments has no types for it
    """Commands of a shell: curl has a colour, a backslash at the end of a line has none."""

    tokens = {
        **BashLexer.tokens,
        "basic": [(r"\\\n", Text), (r"\bcurl\b", Name.Builtin), *BashLexer.tokens["basic"]],
    }


@lru_cache(maxsize=64)
def _find_lexer(language: str) -> Lexer | None:
    if language in _ShellLexer.aliases:
        return _ShellLexer(stripnl=False, ensurenl=False)
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _iter_parts(lexer: Lexer, code: str) -> Iterator[SafeString]:
    """Neighbours of the same tone share one span, which keeps pages small."""
    tone, text = "", ""
    for token, part in lexer.get_tokens(code):
        found = _tone_of(token)
        if found != tone:
            yield _mark(text, tone)
            tone, text = found, ""
        text += part
    yield _mark(text, tone)


def _tone_of(token: _TokenType) -> str:
    return next((name for kind, name in TONES if kind in token.split()), "")


def _mark(text: str, tone: str) -> SafeString:
    return format_html('<span class="{}">{}</span>', tone, text) if tone else escape(text)
