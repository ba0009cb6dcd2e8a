"""YAML that YAML 1.1 and 1.2 readers take for the same value."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ryaml import loads as ryaml_loads  # type: ignore[attr-defined]  # left out of its __all__

from catalog.openapi.json_values import JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.parsing import parse_document
from catalog.openapi.writing import render_json, render_yaml

TRAPS = [
    *("", " ", "y", "Y", "n", "N", "yes", "No", "ON", "off", "true", "False", "null", "Null", "~"),
    *("2020-01-01", "2001-12-14t21:59:43.10-05:00", "12:30:45", "1_000", "0o17", "017", "0x1F"),
    *("0b11", "1.10", "1e3", "1.5e-07", ".5", "1.", "+1", "-1", ".inf", "-.INF", ".NaN", "1,000"),
    *(
        "=",
        "<<",
        "-",
        "- a",
        "?",
        "? a",
        ":",
        ": a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "a:b",
        "a#b",
        "!a",
    ),
    *(
        "&a",
        "*a",
        "@a",
        "`a",
        "%a",
        "|",
        ">",
        "{a}",
        "[a]",
        "{",
        "}",
        "]",
        ",",
        "'a'",
        '"a"',
        "a'b",
    ),
    *(
        "---",
        "--- a",
        "...",
        "%YAML 1.1",
        "a ",
        " a",
        "a\tb",
        "\ta",
        "a\t",
        "\\",
        "\\n",
        "/",
        "$ref",
    ),
    *("a\nb", "a\n", "a\n\n", "\na", "\n", "\n\n", " a\nb", "a\n b", "a\n\tb", "a\n \nb", "a \nb"),
    *(
        "a\n\n\nb",
        "a\n  \n",
        "a\r\nb",
        "a\rb",
        "a\n# b",
        "a\n--- b\n...\n",
        "a: b\nc: d",
        "- a\n- b",
    ),
    *(
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x80",
        "\x85",
        "a\x85b",
        "\xa0",
        "a\xa0",
        "\u2028",
        "a\u2029b",
    ),
    *(
        "\ufeff",
        "a\ufeff",
        "\ufffe",
        "\uffff",
        "\ud7ff",
        "\ue000",
        "😀",
        "é",
        "日本語",
        "٣",
        "_1",
        "é: ü",
    ),
    *(
        "$",
        "/users/{id}",
        "https://example.com/?a=b#c",
        "a" * 2000,
        "a b" * 900,
        "\U0010ffff",
        "e3",
    ),
]

texts = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.text(" \t\n\r:#-?ab'\"\\|>&*!%@`{}[],=~<0.1_e\x85\u2028\ufeff", max_size=10),
    st.lists(st.sampled_from(TRAPS), max_size=4).map("\n".join),
)
numbers = st.one_of(
    st.integers(-(2**63), 2**64 - 1), st.floats(allow_nan=False, allow_infinity=False)
)
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)


def readings(value: JSONValue) -> dict[str, str]:
    """What each reader makes of our YAML, as JSON text: key order and types count."""
    written = render_yaml(value).decode()
    read = {
        "YAML 1.1": yaml.load(written, yaml.CSafeLoader),
        "YAML 1.2": ryaml_loads(written),
        "our own": parse_document(written.encode(), Limits()).value,
    }
    return {reader: json.dumps(result) for reader, result in read.items()}


def all_alike(value: JSONValue) -> dict[str, str]:
    return dict.fromkeys(("YAML 1.1", "YAML 1.2", "our own"), json.dumps(value))


@pytest.mark.parametrize("text", TRAPS, ids=ascii)
def test_text_stays_itself_as_value_key_item_and_document(text: str) -> None:
    value: JSONValue = {"a": text, text: {text: [text, [text, {text: text}]]}}

    assert readings(value) == all_alike(value)
    assert readings(text) == all_alike(text)


@pytest.mark.parametrize("text", ["E1234567", "e3", "e-7", "E+1_000"])
def test_exponent_alone_is_quoted_for_readers_that_take_it_for_a_number(text: str) -> None:
    assert render_yaml({"id": text}) == f'id: "{text}"\n'.encode()
    assert render_yaml({"id": f"{text}a"}) == f"id: {text}a\n".encode()


@given(values)
def test_every_reader_gives_the_value_back(value: JSONValue) -> None:
    assert readings(value) == all_alike(value)


@given(values)
def test_json_gives_the_value_back(value: JSONValue) -> None:
    assert json.dumps(json.loads(render_json(value))) == json.dumps(value)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1e16, "1.0e+16"),
        (1.5e-07, "1.5e-07"),
        (1e-07, "1.0e-07"),
        (-0.0, "-0.0"),
        (2.0, "2.0"),
        (18446744073709551615, "18446744073709551615"),
        (123456789012345678901, "123456789012345678901"),
    ],
)
def test_number_is_written_so_that_all_readers_see_one(number: float, text: str) -> None:
    assert render_yaml({"a": number}) == f"a: {text}\n".encode()
    assert yaml.safe_load(render_yaml({"a": number})) == {"a": number}


def test_document_is_written_the_way_people_write_it() -> None:
    value: JSONValue = {
        "openapi": "3.1.0",
        "info": {"title": "Pets & more", "version": "1.10", "description": "One.\n\n* two\n"},
        "paths": {
            "/pets/{id}": {"get": {"tags": ["pets"], "responses": {"200": {"description": "OK"}}}}
        },
        "x-empty": [{}, [], "", None, True],
        "x-nested": [[1, 2], [{"a": 1, "b": [2]}], {"no": "no"}],
        "x-text": "no end\nhere",
        "x-more": "two ends\n\n",
    }

    assert render_yaml(value).decode() == (
        'openapi: "3.1.0"\n'
        "info:\n"
        "  title: Pets & more\n"
        '  version: "1.10"\n'
        "  description: |\n"
        "    One.\n"
        "\n"
        "    * two\n"
        "paths:\n"
        "  /pets/{id}:\n"
        "    get:\n"
        "      tags:\n"
        "        - pets\n"
        "      responses:\n"
        '        "200":\n'
        "          description: OK\n"
        "x-empty:\n"
        "  - {}\n"
        "  - []\n"
        '  - ""\n'
        "  - null\n"
        "  - true\n"
        "x-nested:\n"
        "  - - 1\n"
        "    - 2\n"
        "  - - a: 1\n"
        "      b:\n"
        "        - 2\n"
        '  - "no": "no"\n'
        "x-text: |-\n"
        "  no end\n"
        "  here\n"
        "x-more: |+\n"
        "  two ends\n"
        "\n"
    )


def test_json_is_written_with_two_spaces_and_a_line_end() -> None:
    assert render_json({"b": [1], "a": "ø"}) == '{\n  "b": [\n    1\n  ],\n  "a": "ø"\n}\n'.encode()


def test_json_keeps_integers_beyond_64_bits() -> None:
    assert render_json([2**70]) == b"[\n  1180591620717411303424\n]\n"
