"""Whatever the document, its references and its way of writing: what goes in is what is kept."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.parsing import parse_document
from catalog.openapi.reading import read_definition
from catalog.openapi.references import Resolver
from catalog.openapi.sources import single_file, unpacked_files
from catalog.openapi.writing import render_json, render_yaml
from tests.catalog.openapi.json_strategies import json_values

HEAD: JSONObject = {
    "openapi": "3.1.0",
    "info": {"title": "1.10", "version": "no"},
    "paths": {"/a": {"get": {}}},
}
TRAPS = st.sampled_from(
    [
        *("no", "on", "y", "null", "~", "1.10", "1e3", "0x1F", "017", "1_000", "12:30:45", "="),
        *("2020-01-01", "2020-01-01T00:00:00Z", "<<", "*a", "&a", "!!int 1", "200", "-1", ".inf"),
        *("a: b", "a #b", "a\nb\n", "\ta", "a\r\nb", "\ufeffa", "\x85", "\u2028", "é", "😀", ""),
    ]
)
texts = st.one_of(TRAPS, st.text(max_size=6))
# YAML has no pairs of surrogate escapes, so what is written as JSON into YAML stays below them.
plain_texts = st.one_of(
    TRAPS.filter(lambda text: text <= "\uffff"),
    st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=6),
)


def documents_of(
    texts: st.SearchStrategy[str], leaves: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of any depth with these keys and texts."""
    members = st.recursive(
        st.one_of(texts, leaves),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)
        ),
        max_leaves=12,
    )
    return st.dictionaries(texts, members, max_size=4)


documents = documents_of(texts, json_values)
plain_documents = documents_of(plain_texts, st.one_of(st.none(), st.booleans(), st.integers()))
# Where each of four schemas stands (0 is the root file) and which of them its properties hold.
graphs = st.lists(
    st.tuples(st.integers(0, 2), st.lists(st.integers(0, 3), max_size=3)), min_size=4, max_size=4
)


def text_of(value: JSONValue) -> str:
    """The value with the order of its keys, and with 1 and 1.0 apart."""
    return json.dumps(value)


@settings(deadline=None)
@given(documents)
def test_source_yaml_and_json_hold_the_same(extension: dict[str, Any]) -> None:
    definition: JSONObject = {**HEAD, "x-extension": extension}

    kept = read_definition(single_file(json.dumps(definition).encode()), limits=Limits()).value

    assert text_of(kept) == text_of(definition)
    for written in (render_yaml(kept), render_json(kept)):
        read = read_definition(single_file(written), limits=Limits())
        assert text_of(read.value) == text_of(definition)


@settings(deadline=None)
@given(documents, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_line_ends_and_byte_order_marks_change_nothing(
    extension: dict[str, Any], line_end: str, mark: str
) -> None:
    written = render_yaml({"x": extension}).decode()

    parsed = parse_document((mark + written.replace("\n", line_end)).encode(), Limits())

    assert text_of(parsed.value) == text_of({"x": extension})
    assert parsed.problems == ()


@settings(deadline=None)
@given(plain_documents, plain_documents)
def test_anchors_and_merge_keys_are_what_they_stand_for(
    base: dict[str, Any], own: dict[str, Any]
) -> None:
    # Flow style without a line break, as JSON is, stands anywhere in YAML.
    members = "".join(f"\n  {_key(name)}: {_flow(value)}" for name, value in own.items())
    source = f"base: &base {_flow(base)}\nalias: *base\nmerged:\n  <<: *base{members}\n"

    parsed = parse_document(source.encode(), Limits())

    assert text_of(parsed.value) == text_of(
        {"base": base, "alias": base, "merged": {**base, **own}}
    )


def _flow(value: JSONValue) -> str:
    return json.dumps(value)


def _key(name: str) -> str:
    return f"? {json.dumps(name)}\n  "


@settings(deadline=None)
@given(graphs)
def test_bundled_references_lead_where_those_between_files_led(
    graph: list[tuple[int, list[int]]],
) -> None:
    files = {f"{number}.json": _file(graph, number) for number in (1, 2)}
    root = {**HEAD, **_file(graph, 0)}
    entry: Any = {"$ref": _reference(graph, 0, seen_from=0)}
    root["paths"] = {"/a": {"get": {"responses": {"200": {"content": {"a/b": {"schema": entry}}}}}}}
    contents = {name: json.dumps(value).encode() for name, value in files.items()}
    contents["root.json"] = json.dumps(root).encode()

    read = read_definition(unpacked_files(contents, root="root.json"), limits=Limits())

    bundled: Any = read.value
    schema = bundled["paths"]["/a"]["get"]["responses"]["200"]["content"]["a/b"]["schema"]
    assert not [one for one in read.problems if "reference" in one.rule]
    assert _unfold(schema, Resolver({"": bundled}), 5) == _expected(graph, 0, 5)


def _file(graph: list[tuple[int, list[int]]], number: int) -> JSONObject:
    """The schemas of one file, which refer to one another by relative names."""
    schemas: JSONObject = {}
    for index, (home, targets) in enumerate(graph):
        if home == number:
            references: Any = [{"$ref": _reference(graph, one, seen_from=home)} for one in targets]
            properties = {f"p{position}": one for position, one in enumerate(references)}
            schemas[f"S{index}"] = {"title": f"Title {index}", "properties": properties}
    return {"components": {"schemas": schemas}}


def _reference(graph: list[tuple[int, list[int]]], index: int, *, seen_from: int) -> str:
    home = graph[index][0]
    file = "" if home == seen_from else f"{home}.json" if home else "root.json"
    return f"{file}#/components/schemas/S{index}"


def _unfold(schema: Any, resolver: Resolver, depth: int) -> Any:
    resolved: Any = resolver.resolve(schema)
    below = resolved["properties"].values() if depth else ()
    return resolved["title"], [_unfold(one, resolver, depth - 1) for one in below]


def _expected(graph: list[tuple[int, list[int]]], index: int, depth: int) -> Any:
    below = graph[index][1] if depth else []
    return f"Title {index}", [_expected(graph, one, depth - 1) for one in below]
