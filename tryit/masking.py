"""Hiding of secrets in a request before anybody sees it: pages, REST answers, problems.

The secret values of a request are collected once and replaced in every text, however the place
has them written (percent-encoded in a URL, escaped in JSON).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

__all__ = ["HIDDEN", "Masking", "mask_value", "mask_values"]

HIDDEN = "••••"
SHOWN_CHARACTERS = 4
# Four characters of anything shorter would tell too much of it.
SHORTEST_WITH_END = 16
# Shorter secrets are replaced only where they stand alone: "1" is part of most texts.
SHORTEST_ANYWHERE = 4

CREDENTIAL_HEADERS = frozenset({"authorization"})


def mask_value(secret: str) -> str:
    """A secret as pages name it, such as "••••x8Qk"; the end is left out of short ones."""
    if len(secret) < SHORTEST_WITH_END:
        return HIDDEN
    return HIDDEN + secret[-SHOWN_CHARACTERS:]


@dataclass(frozen=True, slots=True)
class Masking:
    """What to hide: a secret value -> what stands in its place."""

    masks: Mapping[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """The text with every secret replaced, in whatever form it stands there."""
        forms = {form: mask for secret, mask in self.masks.items() for form in _forms(secret)}
        if not forms:
            return text
        longest_first = sorted(forms, key=len, reverse=True)
        pattern = "|".join(_pattern(form) for form in longest_first)
        return re.sub(pattern, lambda match: forms[match.group()], text)

    def header(self, name: str, value: str) -> str:
        """A header's value; of credentials only the scheme and the end of a token remain."""
        if name.lower() not in CREDENTIAL_HEADERS:
            return self.text(value)
        scheme, space, credentials = value.strip().partition(" ")
        if not space:
            return mask_value(scheme)
        # The end of a Basic value is the end of the password.
        is_basic = scheme.lower() == "basic"
        return f"{scheme} {HIDDEN if is_basic else mask_value(credentials.strip())}"

    def headers(self, headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """All headers, in order, masked."""
        return tuple((name, self.header(name, value)) for name, value in headers)

    def body(self, body: bytes) -> bytes:
        """A body with its secrets replaced; bytes that are no text stay as they are."""
        text = body.decode("utf-8", "surrogateescape")
        return self.text(text).encode("utf-8", "surrogateescape")


def mask_values(*, tokens: Iterable[str], passwords: Iterable[str]) -> Masking:
    """A masking that shows the end of long tokens and nothing of a password."""
    masks = {token: mask_value(token) for token in tokens if token}
    return Masking({**masks, **{password: HIDDEN for password in passwords if password}})


def _forms(secret: str) -> set[str]:
    """The ways a value is written in URLs, forms and JSON."""
    escaped = json.dumps(secret)[1:-1]
    unicode_kept = json.dumps(secret, ensure_ascii=False)[1:-1]
    encoded = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    return {secret, escaped, unicode_kept, *encoded}


def _pattern(form: str) -> str:
    """A pattern for one form; short ones must not touch a letter or digit."""
    escaped = re.escape(form)
    if len(form) >= SHORTEST_ANYWHERE:
        return escaped
    return rf"(?<![^\W_]){escaped}(?![^\W_])"
