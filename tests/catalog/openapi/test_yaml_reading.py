"""YAML by the core schema of YAML 1.2."""

from __future__ import annotations

import pytest

from catalog.openapi.errors import UnreadableDefinition
from catalog.openapi.json_values import JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.problems import Problem, Severity
from catalog.openapi.yaml_reading import read_yaml


def value_of(text: str) -> JSONValue:
    value, problems = read_yaml(text, Limits())
    assert problems == ()
    return value


def refusal(text: str, limits: Limits | None = None) -> Problem:
    with pytest.raises(UnreadableDefinition) as raised:
        read_yaml(text, limits or Limits())
    return raised.value.problem


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("y", "y"),
        ("2020-01-01", "2020-01-01"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("=", "="),
        ("<<", "<<"),
        ("0b11", "0b11"),
        ("1.2.3", "1.2.3"),
        ("''", ""),
        ("'1'", "1"),
        ('"true"', "true"),
        ("|-\n 12", "12"),
        ("~", None),
        ("Null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("017", 17),
        ("0o17", 15),
        ("0xfF", 255),
        ("-12", -12),
        ("+1", 1),
        ("1.", 1.0),
        (".5", 0.5),
        ("-1.5E+3", -1500.0),
        ("1e3", 1000.0),
        ("123456789012345678901", 123456789012345678901),
        ("!!str 1", "1"),
        ("!!int '1'", 1),
        ("!!float 2", 2),
        ("!!binary aGk=", "aGk="),
        ("!own text", "text"),
        ("!!timestamp 2001-01-01", "2001-01-01"),
    ],
)
def test_scalar_is_read_by_the_core_schema(text: str, value: JSONValue) -> None:
    read = value_of(f"a: {text}\n")

    assert read == {"a": value}
    assert isinstance(read, dict)
    assert type(read["a"]) is type(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (".inf", "“.inf” cannot be kept as JSON: it is not a finite number."),
        ("-.INF", "“-.INF” cannot be kept as JSON: it is not a finite number."),
        (".NaN", "“.NaN” cannot be kept as JSON: it is not a finite number."),
        ("1e999", "“1e999” cannot be kept as JSON: it is too large a number."),
        ("0x" + "f" * 5000, f"“0x{'f' * 38}” cannot be kept as JSON: it has too many digits."),
        ("1" * 5000, f"“{'1' * 40}” cannot be kept as JSON: it has too many digits."),
    ],
    ids=["inf", "minus-inf", "nan", "overflow", "hex-digits", "digits"],
)
def test_number_that_json_has_no_form_for_is_refused(text: str, message: str) -> None:
    problem = refusal(f"a: {text}")

    assert (problem.rule, problem.message) == ("number", message)
    assert (problem.line, problem.column) == (1, 4)


@pytest.mark.parametrize("key", ["200", "1.10", "true", "null", "~", "0x10", "2020-01-01", "on"])
def test_keys_become_strings_as_they_are_written(key: str) -> None:
    assert value_of(f"{key}: x\n") == {key: "x"}


def test_keys_keep_their_order() -> None:
    read = value_of("b: 1\na: 2\nc: {z: 1, y: 2}\n")

    assert repr(read) == "{'b': 1, 'a': 2, 'c': {'z': 1, 'y': 2}}"


def test_key_given_by_an_alias_is_its_text() -> None:
    assert value_of("a: &k name\n*k : 1\n") == {"a": "name", "name": 1}


@pytest.mark.parametrize("text", ["a: &k [1]\n*k : 1\n", "a: &k 1\n*k : 1\n"])
def test_key_given_by_an_alias_must_be_a_text(text: str) -> None:
    assert refusal(text).message == "A key must be a text."


def test_merge_keys_are_expanded_and_own_members_win() -> None:
    text = """
    base: &base {a: 1, b: 2}
    more: &more {b: 3, c: 4}
    one:
      b: own
      <<: *base
    many:
      <<: [*base, *more]
      d: 5
    """
    read = value_of(text)

    assert isinstance(read, dict)
    assert list(read["one"].items()) == [("a", 1), ("b", "own")]  # type: ignore[union-attr]  # known shape
    assert read["many"] == {"a": 1, "b": 2, "c": 4, "d": 5}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param('"<<": {a: 1}', {"<<": {"a": 1}}, id="quoted"),
        pytest.param("<<: 1", {"<<": 1}, id="scalar"),
        pytest.param("<<: [{a: 1}, 2]", {"<<": [{"a": 1}, 2]}, id="mixed"),
    ],
)
def test_what_merges_nothing_is_an_ordinary_member(text: str, value: JSONValue) -> None:
    assert value_of(text) == value


def test_duplicate_keys_are_warnings_with_both_lines_and_the_last_counts() -> None:
    value, problems = read_yaml("a:\n- b: 1\n  c: 2\n  b: 3\n", Limits())

    assert value == {"a": [{"b": 3, "c": 2}]}
    assert problems == (
        Problem(
            Severity.WARNING,
            "duplicate-key",
            "“b” is given twice, in lines 2 and 4; the last one counts.",
            "/a/0/b",
            4,
            3,
        ),
    )


def test_number_and_text_can_be_the_same_key() -> None:
    _, problems = read_yaml("200: a\n'200': b\n", Limits())

    assert [problem.pointer for problem in problems] == ["/200"]


def test_only_the_first_document_is_read() -> None:
    value, problems = read_yaml("a: 1\n---\na: 2\n", Limits())

    assert value == {"a": 1}
    assert [(problem.rule, problem.line) for problem in problems] == [("several-documents", 2)]


def test_aliases_repeat_what_they_name() -> None:
    assert value_of("a: &x {b: [1]}\nc: *x\nd: *x\n") == {
        "a": {"b": [1]},
        "c": {"b": [1]},
        "d": {"b": [1]},
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x [*x]", "The alias “*x” stands inside what it repeats."),
        ("a: [*x]", "The alias “*x” has no anchor."),
    ],
    ids=["circle", "no-anchor"],
)
def test_alias_without_an_end_or_a_start_is_refused(text: str, message: str) -> None:
    problem = refusal(text)

    assert (problem.rule, problem.message) == ("aliases", message)


def test_alias_bomb_is_refused_within_its_budget() -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]

    problem = refusal("\n".join(lines))

    assert (problem.rule, problem.line) == ("aliases", 6)
    assert problem.message == "Aliases repeat more than 500,000 values."


def test_repeated_values_count_as_values() -> None:
    assert refusal("a: &x [1, 2]\nb: *x\n", Limits(nodes=6)).rule == "too-many-values"
