from __future__ import annotations

import pytest

from catalog.openapi import JSONValue
from catalog.phrases import (
    Code,
    Phrase,
    capitalize_phrase,
    fill_phrase,
    join_phrases,
    show_value,
)


def test_filled_values_become_code_between_the_words() -> None:
    phrase = fill_phrase("matches {pattern} always", pattern="^a$")

    assert phrase == ("matches ", "^a$", " always")
    assert [isinstance(part, Code) for part in phrase] == [False, True, False]


def test_template_without_values_stays_one_part() -> None:
    assert fill_phrase("all different") == ("all different",)


def test_value_with_braces_is_not_read_as_a_template() -> None:
    assert fill_phrase("matches {pattern}", pattern="a{2}") == ("matches ", "a{2}")


def test_joined_phrases_stand_apart_by_the_separator() -> None:
    assert join_phrases([("a",), ("b", "c")], ", ") == ("a", ", ", "b", "c")


def test_nothing_joined_is_nothing() -> None:
    assert join_phrases([], ", ") == ()


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        pytest.param(("at most 4",), ("At most 4",), id="text"),
        pytest.param((Code("name"), ": 1"), ("name", ": 1"), id="code first"),
        pytest.param((), (), id="empty"),
    ],
)
def test_phrase_begins_with_a_capital_unless_it_begins_with_code(
    phrase: Phrase, expected: Phrase
) -> None:
    assert capitalize_phrase(phrase) == expected


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("NO", "NO", id="text"),
        pytest.param("", '""', id="empty text"),
        pytest.param("  ", '"  "', id="white space"),
        pytest.param(None, "null", id="null"),
        pytest.param(True, "true", id="boolean"),
        pytest.param(1.5, "1.5", id="number"),
        pytest.param({"é": [1]}, '{"é": [1]}', id="object"),
    ],
)
def test_value_is_shown_as_a_reader_compares_it(value: JSONValue, shown: str) -> None:
    assert show_value(value) == shown


def test_long_value_is_cut() -> None:
    assert show_value("x" * 201) == "x" * 200 + "..."
