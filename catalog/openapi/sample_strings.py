"""Sample strings by format, pattern and length."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import text_at
from catalog.openapi.pattern_samples import sample_pattern

__all__ = ["length_at", "sample_string"]

PLAIN = "string"
# Longer samples help nobody; a schema that asks for more gets one that is too short.
MAX_LENGTH = 1_000

FORMATS = {
    "date": "2026-01-15",
    "date-time": "2026-01-15T09:30:00Z",
    "time": "09:30:00Z",
    "duration": "P1D",
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "email": "user@example.com",
    "idn-email": "user@example.com",
    "hostname": "example.com",
    "idn-hostname": "example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "iri": "https://example.com/",
    "uri-reference": "/path",
    "iri-reference": "/path",
    "uri-template": "https://example.com/{id}",
    "json-pointer": "/name",
    "relative-json-pointer": "0",
    "regex": "^[a-z]+$",
    "byte": "c3RyaW5n",
    "base64": "c3RyaW5n",
    "base64url": "c3RyaW5n",
}
# A pattern beside these only repeats the format, less strictly: any digits are no date.
STRICTER_THAN_PATTERNS = frozenset(("date", "date-time", "time", "uuid", "ipv4", "ipv6"))


def sample_string(keywords: JSONObject) -> str:
    """A string of the schema's format, else one its pattern matches, else "string".

    The lengths are kept, except that nothing over 1,000 characters is written and a pattern or
    format is not broken for a length's sake unless no other way remains.
    """
    low, high = length_at(keywords, "minLength") or 0, length_at(keywords, "maxLength")
    low = min(low, MAX_LENGTH)
    name = text_at(keywords, "format") or text_at(keywords, "contentEncoding")
    by_format = FORMATS.get(name)
    if by_format is not None and not _has_length(by_format, low, high):
        by_format = None
    if by_format is not None and name in STRICTER_THAN_PATTERNS:
        return by_format
    by_pattern = _by_pattern(text_at(keywords, "pattern"), low, high)
    if by_pattern is not None:
        return by_pattern
    return _plain(low, high) if by_format is None else by_format


def length_at(keywords: JSONObject, keyword: str) -> int | None:
    """A count such as `minLength`, None when it is absent or none; 3.0 is taken for 3."""
    value = keywords.get(keyword)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return max(value, 0)


def _by_pattern(pattern: str, low: int, high: int | None) -> str | None:
    """A match, an empty one only if nothing else matches."""
    if not pattern:
        return None
    some = sample_pattern(pattern, min_length=max(low, 1), max_length=high)
    return some if some is not None or low else sample_pattern(pattern, max_length=high)


def _has_length(text: str, low: int, high: int | None) -> bool:
    return low <= len(text) and (high is None or len(text) <= high)


def _plain(low: int, high: int | None) -> str:
    repeated = PLAIN * (low // len(PLAIN) + 1)
    wanted = max(low, len(PLAIN))
    return repeated[: min(wanted, high)] if high is not None else repeated[:wanted]
