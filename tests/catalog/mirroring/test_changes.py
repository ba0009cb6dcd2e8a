"""What a changed definition means."""

from __future__ import annotations

import pytest

from catalog.mirroring.changes import (
    DefinitionOutline,
    find_hold_reasons,
    report_other_servers,
    server_urls,
)
from catalog.openapi import JSONValue


def outline(*paths: str, title: str = "Example") -> DefinitionOutline:
    """An outline with one GET for each path."""
    return DefinitionOutline(title, frozenset(("GET", path) for path in paths))


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        pytest.param(outline("/a", "/b"), outline("/a", "/b"), [], id="same"),
        pytest.param(outline("/a", "/b"), outline("/a", "/b", "/c"), [], id="more"),
        pytest.param(outline("/a", "/b", "/c"), outline("/a", "/b"), [], id="a third gone"),
        pytest.param(outline("/a", "/b"), outline("/a"), ["operations_gone:1/2"], id="half gone"),
        pytest.param(
            outline("/a"), outline("/b"), ["operations_gone:1/1"], id="others in their place"
        ),
        pytest.param(
            outline("/a"), outline("/a", title="Other"), ["other_title:Other"], id="title"
        ),
        pytest.param(outline("/a"), outline("/a", title=" Example "), [], id="white space"),
        pytest.param(outline(), outline("/a"), [], id="there were none"),
    ],
)
def test_reasons_to_hold(
    old: DefinitionOutline, new: DefinitionOutline, reasons: list[str]
) -> None:
    assert find_hold_reasons(old, new) == reasons


def test_servers_named_before_are_no_warning() -> None:
    assert report_other_servers(["https://a", "https://b"], ["https://b"]) == ()


def test_other_servers_are_named_at_most_five() -> None:
    (problem,) = report_other_servers([], [f"https://{letter}" for letter in "abcdef"])

    assert "https://e and others" in problem.message
    assert "https://f" not in problem.message


@pytest.mark.parametrize(
    ("servers", "urls"),
    [
        ([{"url": "https://a"}, {"url": "/b"}], ("https://a", "/b")),
        ([{}, "nonsense", 7], ("",)),
        (None, ()),
        ({"url": "https://a"}, ()),
    ],
    ids=["servers", "items of other types", "none", "no list"],
)
def test_urls_of_servers_are_read_from_anything(servers: JSONValue, urls: tuple[str, ...]) -> None:
    assert server_urls(servers) == urls
