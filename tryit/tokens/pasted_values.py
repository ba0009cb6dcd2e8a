"""Tokens as people paste them: with white space, quotes or the word before them."""

from __future__ import annotations

import re

__all__ = ["NotAToken", "clean_token"]

QUOTES = ('"', "'", "`")
SCHEME_WORDS = frozenset({"bearer", "jwt", "token"})
# One word, white space, one token: "JWT eyJ...". A reference may hold white space of its own.
PREFIXED = re.compile(r"[A-Za-z][A-Za-z0-9-]*[ \t]+(?P<token>\{\{.*\}\}|\S+)")
NOT_IN_HEADERS = re.compile(r"[\x00-\x1f\x7f]")
LARGEST_LATIN = 255


class NotAToken(ValueError):
    """A text no header can carry as a token; `reason` is "no_token", "characters" or "spaces"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def clean_token(text: str, *, is_bearer: bool) -> str:
    """The token within a pasted text, "" for an empty one.

    White space and quotes around it are left out; of bearer tokens also a scheme's name before
    them. API keys may well begin with one. Raises NotAToken.
    """
    stripped = text.strip()
    token = _unquoted(stripped)
    if is_bearer:
        if token.lower() in SCHEME_WORDS:
            raise NotAToken("no_token")
        prefixed = PREFIXED.fullmatch(token)
        token = _unquoted(prefixed["token"]) if prefixed else token
    if stripped and not token:
        raise NotAToken("no_token")
    if NOT_IN_HEADERS.search(token) or any(ord(one) > LARGEST_LATIN for one in token):
        raise NotAToken("characters")
    if is_bearer and " " in token and "{{" not in token:
        raise NotAToken("spaces")
    return token


def _unquoted(text: str) -> str:
    """A text without the one pair of quotes around it."""
    is_quoted = len(text) > 1 and text[0] in QUOTES and text[0] == text[-1]
    return text[1:-1].strip() if is_quoted else text
