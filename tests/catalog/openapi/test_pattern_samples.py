from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.openapi.pattern_samples import sample_pattern


@pytest.mark.parametrize(
    ("pattern", "sample"),
    [
        ("^abc$", "abc"),
        (r"^\d{6}$", "123456"),
        (r"^\d{6}(-\d{4})?$", "123456"),
        ("^[A-Z]{2}[0-9]+$", "AB0"),
        ("[a-c]{5}", "abcab"),
        ("[-a]{2}", "-a"),
        ("[a-]{2}", "a-"),
        (r"[\d-x]{3}", "123"),
        (r"^[\w.+-]+@[\w-]+\.com$", "a@a.com"),
        (r"[^a-z]", "A"),
        (r"\u0041\x42\u{43}", "ABC"),
        (r"\p{Lu}\p{L}", "Aa"),
        (r"\/\t\.", "/\t."),
        (r"[\b]", "\b"),
        (r"\bword\b", "word"),
        ("(?:a|b)(?<name>c)", "ac"),
        ("^(?!00)[0-9]x(?<!y)$", "0x"),
        ("a*?b+?", "b"),
        ("a{2,}", "aa"),
        (r"\D\W\S\s", "a-a "),
        ("", ""),
        ("x|y", "x"),
    ],
)
def test_a_sample_is_the_shortest_match(pattern: str, sample: str) -> None:
    assert sample_pattern(pattern) == sample


@pytest.mark.parametrize(
    ("pattern", "low", "high", "sample"),
    [
        ("^[a-z]*$", 3, None, "abc"),
        ("^a{1,4}b?$", 4, 5, "aaaa"),
        ("^(ab)+$", 3, 4, "abab"),
        ("^$|^x+$", 2, 2, "xx"),
        ("^a{3}$", 4, None, None),
        ("^aaa$", 0, 2, None),
    ],
)
def test_lengths_are_kept(pattern: str, low: int, high: int | None, sample: str | None) -> None:
    assert sample_pattern(pattern, min_length=low, max_length=high) == sample


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", ")", "[", "[]", "a{", "a{x}", "a{3,1}", "a{1", "*a", "(?=a)b", "(?<=a)b", "(?i)a"),
        *(r"\1", r"\P{L}", r"\p{Greek}", r"\pL", r"\p{L", r"\x4", r"\xzz", r"\u{110000}", "\\"),
        *(r"\ud800", r"\u{}", "(?<a", "a{9999999}", "a{100000}", "((a{1000}){1000}){1000}"),
        *("(" * 50 + ")" * 50, "a" * 3_000, r"[^\w\W\s]"),
    ],
)
def test_what_is_beyond_the_parser_has_no_sample(pattern: str) -> None:
    assert sample_pattern(pattern) is None


def test_a_pattern_that_hangs_a_backtracking_engine_takes_no_time() -> None:
    assert sample_pattern("^(a+)+$" * 20, min_length=30) is not None


@given(st.text(alphabet=r"abAZ09\dwsDWSpLuxN{}[]()|*+?^$.-,:<>=! ", max_size=30))
def test_no_pattern_makes_it_raise(pattern: str) -> None:
    sample = sample_pattern(pattern)

    assert sample is None or isinstance(sample, str)


@given(
    st.lists(
        st.sampled_from(["a", "[a-z]", r"\d", "(b|c)", "x?", "[^0-9]", r"\w{2,4}", "(?:de)+"]),
        min_size=1,
        max_size=6,
    ),
    st.integers(min_value=0, max_value=8),
)
def test_samples_match_their_patterns(pieces: list[str], low: int) -> None:
    pattern = "".join(pieces)

    sample = sample_pattern(pattern, min_length=low)

    assert sample is None or re.fullmatch(pattern, sample)
