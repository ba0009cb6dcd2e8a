from __future__ import annotations

import pytest

from catalog.phrases import Code
from catalog.templatetags.portico import phrase, size, status_tone, version_words


def test_phrase_marks_code_and_escapes_all_of_it() -> None:
    assert phrase(("matches <", Code("<a>"))) == "matches &lt;<code>&lt;a&gt;</code>"


@pytest.mark.parametrize(
    ("status_code", "tone"),
    [
        ("204", "tone-green"),
        (302, "tone-blue"),
        ("4XX", "tone-amber"),
        (503, "tone-red"),
        ("default", ""),
    ],
)
def test_status_has_the_tone_of_its_class(status_code: str | int, tone: str) -> None:
    assert status_tone(status_code) == tone


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (86_400, "86 kB"),
        (999_400, "999 kB"),
        (2_430_000, "2.4 MB"),
    ],
)
def test_size_is_shown_as_people_compare_it(count: int, shown: str) -> None:
    assert size(count) == shown


@pytest.mark.parametrize(
    ("name", "words"), [("v1", "v1"), ("1", "Version 1"), ("2026-01", "Version 2026-01")]
)
def test_version_is_named_so_that_it_is_known_as_one(name: str, words: str) -> None:
    assert version_words(name) == words
