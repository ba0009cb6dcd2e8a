from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.sample_numbers import number_fits, sample_number


@pytest.mark.parametrize(
    ("keywords", "integer", "number"),
    [
        ({}, 1, 1.5),
        ({"minimum": 5}, 5, 5),
        ({"exclusiveMinimum": 5}, 6, 6),
        ({"maximum": -3}, -3, -3),
        ({"exclusiveMaximum": -3}, -4, -4),
        ({"exclusiveMinimum": 0, "exclusiveMaximum": 1}, 1, 0.5),
        ({"minimum": 2.5, "maximum": 2.5}, 1, 2.5),
        ({"minimum": 0.015, "multipleOf": 0.01}, 1, 1.5),
        ({"minimum": 100, "multipleOf": 7}, 105, 105),
        ({"minimum": 3, "multipleOf": 2.5}, 5, 5),
        ({"minimum": 0.001, "maximum": 0.004, "multipleOf": 0.003}, 1, 0.003),
        ({"minimum": 10, "maximum": 1}, 1, 1.5),
        ({"multipleOf": 0, "minimum": True, "maximum": "9"}, 1, 1.5),
    ],
)
def test_numbers_keep_their_bounds(keywords: JSONObject, integer: int, number: float) -> None:
    assert sample_number(keywords, is_integer=True) == integer
    assert sample_number(keywords, is_integer=False) == number


def test_numbers_beyond_64_bits_are_written_as_floats() -> None:
    sample = sample_number({"minimum": 10**30}, is_integer=True)

    assert isinstance(sample, float)
    assert sample == 1e30


@pytest.mark.parametrize(
    ("value", "keywords", "fits"),
    [
        (1, {"minimum": 1}, True),
        (1, {"exclusiveMinimum": 1}, False),
        (0.3, {"multipleOf": 0.1}, True),
        (0.35, {"multipleOf": 0.1}, False),
        (2, {"maximum": 1}, False),
        (math.inf, {}, False),
    ],
)
def test_fitting_reckons_with_decimals(value: float, keywords: JSONObject, fits: bool) -> None:
    assert number_fits(value, keywords) is fits


@given(
    st.dictionaries(
        st.sampled_from(
            ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
        ),
        st.one_of(st.integers(), st.floats(), st.none(), st.booleans()),
    ),
    st.booleans(),
)
def test_any_bounds_give_a_finite_number(keywords: dict[str, JSONValue], is_integer: bool) -> None:
    sample = sample_number(keywords, is_integer=is_integer)

    assert math.isfinite(sample)
