"""Duplicate members and long integers of JSON."""

from __future__ import annotations

import pytest

from catalog.openapi.errors import UnreadableDefinition
from catalog.openapi.json_reading import read_json
from catalog.openapi.json_values import JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.problems import Problem, Severity


def test_duplicate_member_is_a_warning_with_both_lines_and_the_last_counts() -> None:
    source = b'{\n "a": [\n  {"b/c": 1,\n   "b/c" : 2}\n ]\n}'

    value, problems = read_json(source, Limits())

    assert value == {"a": [{"b/c": 2}]}
    assert problems == (
        Problem(
            Severity.WARNING,
            "duplicate-key",
            "“b/c” is given twice, in lines 3 and 4; the last one counts.",
            "/a/0/b~1c",
            4,
            4,
        ),
    )


def test_duplicate_is_found_beside_an_escaped_colon() -> None:
    _, problems = read_json(rb'{"a": "\u003A", "a": "x"}', Limits())

    assert [problem.pointer for problem in problems] == ["/a"]


def test_two_duplicates_of_one_object_are_both_told() -> None:
    _, problems = read_json(b'{"a":1,"b":2,"a":3,"b":4,"c":5}', Limits())

    assert sorted(problem.pointer for problem in problems) == ["/a", "/b"]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        pytest.param(b"18446744073709551615", 18446744073709551615, id="64-bits"),
        pytest.param(b"123456789012345678901", 123456789012345678901, id="more"),
        pytest.param(b"[-9223372036854776000]", [-9223372036854776000], id="negative"),
        pytest.param(
            b'["1234567890123456789", 7, -1e-5]', ["1234567890123456789", 7, -1e-5], id="text"
        ),
        pytest.param(
            b"[1234567890123456789,12345678901234567890123]",
            [1234567890123456789, 12345678901234567890123],
            id="second",
        ),
        pytest.param(b"1.5", 1.5, id="float"),
    ],
)
def test_no_number_is_rounded(source: bytes, value: JSONValue) -> None:
    assert read_json(source, Limits()) == (value, ())


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        pytest.param(b"NaN", "syntax", id="nan"),
        pytest.param(b"1e999", "syntax", id="infinity"),
        pytest.param(b"1" * 5000, "syntax", id="endless-integer"),
        pytest.param(rb'"\ud800"', "syntax", id="lone-surrogate"),
    ],
)
def test_what_json_cannot_carry_on_is_refused(source: bytes, rule: str) -> None:
    with pytest.raises(UnreadableDefinition) as raised:
        read_json(source, Limits())

    assert raised.value.problem.rule == rule


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        pytest.param(b'{"a": 1,\n "[{": [[], [\n[1]]]}', 3, 1, id="beyond-the-limit"),
        pytest.param(b"[[[[" * 1_000, 1, 4, id="beyond-all-limits"),
        pytest.param('{"\u00e9\\"[": [[[]]]}'.encode(), 1, 12, id="behind-a-text"),
    ],
)
def test_deep_nesting_is_told_where_it_begins(source: bytes, line: int, column: int) -> None:
    with pytest.raises(UnreadableDefinition) as raised:
        read_json(source, Limits(nesting=3))

    problem = raised.value.problem
    assert (problem.rule, problem.line, problem.column) == ("too-deep", line, column)


def test_too_many_values_have_no_place() -> None:
    with pytest.raises(UnreadableDefinition) as raised:
        read_json(b"[1, 2, 3]", Limits(nodes=3))

    assert (raised.value.problem.rule, raised.value.problem.line) == ("too-many-values", None)
