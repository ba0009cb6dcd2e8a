from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.sample_strings import length_at, sample_string


@pytest.mark.parametrize(
    ("keywords", "sample"),
    [
        ({}, "string"),
        ({"minLength": 8}, "stringst"),
        ({"maxLength": 3}, "str"),
        ({"maxLength": 0}, ""),
        ({"format": "date"}, "2026-01-15"),
        ({"format": "date-time"}, "2026-01-15T09:30:00Z"),
        ({"format": "uuid"}, "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
        ({"format": "email"}, "user@example.com"),
        ({"format": "ipv4"}, "192.0.2.1"),
        ({"format": "uri"}, "https://example.com/"),
        ({"contentEncoding": "base64"}, "c3RyaW5n"),
        ({"format": "own"}, "string"),
        ({"format": "email", "maxLength": 5}, "strin"),
        ({"format": "email", "pattern": "^[a-z]@x$"}, "a@x"),
        ({"format": "email", "pattern": "((("}, "user@example.com"),
        ({"format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}, "2026-01-15"),
        ({"pattern": "^[a-z]*$"}, "a"),
        ({"pattern": "^$"}, ""),
        ({"pattern": "^[a-z]*$", "minLength": 3}, "abc"),
        ({"pattern": "(((", "minLength": 7}, "strings"),
    ],
)
def test_strings_follow_format_pattern_and_length(keywords: JSONObject, sample: str) -> None:
    assert sample_string(keywords) == sample


def test_no_sample_is_longer_than_a_thousand_characters() -> None:
    assert len(sample_string({"minLength": 10**9})) == 1_000


@pytest.mark.parametrize(
    ("value", "length"),
    [(3, 3), (3.0, 3), (3.5, None), (-1, 0), (True, None), ("3", None), (None, None)],
)
def test_a_length_is_a_whole_number(value: JSONValue, length: int | None) -> None:
    assert length_at({"minLength": value}, "minLength") == length
