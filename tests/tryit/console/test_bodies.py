"""The Body tab."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_definition, make_environment, make_server, make_version
from tests.tryit.console_factories import call
from tryit.console.bodies import BodyView, build_body, initial_body
from tryit.console.inputs import ConsoleInput
from tryit.selectors import CalledOperation

pytestmark = pytest.mark.django_db


def make_call(content: dict[str, Any]) -> CalledOperation:
    """An operation whose body has this content."""
    body = {"required": True, "content": content}
    operation = {"operationId": "send", "requestBody": body, "responses": {}}
    version = make_version(make_definition(paths={"/send": {"post": operation}}))
    make_server(version, make_environment())
    return call("send")


def body_of(text: str, content_type: str = "application/json") -> BodyView:
    """The editor holding a text."""
    view = build_body(ConsoleInput(body=text), make_call({content_type: {}}))
    assert view is not None
    return view


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(
            {"application/json": {"example": {"a": "å"}}}, '{\n  "a": "å"\n}', id="JSON in lines"
        ),
        pytest.param({"text/plain": {"example": "plain"}}, "plain", id="text as it is"),
        pytest.param({"application/json": {"example": "plain"}}, '"plain"', id="text as JSON"),
    ],
)
def test_body_starts_with_the_example(content: dict[str, Any], text: str) -> None:
    assert initial_body(make_call(content)) == text


@pytest.mark.parametrize(
    ("text", "content_type", "count", "faulty_line"),
    [
        pytest.param(" ", "application/json", 0, None, id="empty"),
        pytest.param('{"a": 1, "b": 2}', "application/json", 2, None, id="an object's members"),
        pytest.param("7", "application/json", 1, None, id="a value"),
        pytest.param('{\n  "a": nothing\n}', "application/json", 1, 2, id="not JSON"),
        pytest.param("<a/>", "application/xml", 1, None, id="XML"),
        pytest.param("{", "text/plain", 1, None, id="text need not be JSON"),
        pytest.param("[" * 100_000, "application/json", 1, None, id="too deep to look at"),
    ],
)
def test_body_is_counted_and_looked_at(
    text: str, content_type: str, count: int, faulty_line: int | None
) -> None:
    view = body_of(text, content_type)

    assert (view.count, view.faulty_line) == (count, faulty_line)


@pytest.mark.parametrize(("text", "missing"), [("", True), ("{}", False)], ids=["empty", "there"])
def test_required_body_is_missing_when_empty(text: str, missing: bool) -> None:
    assert body_of(text).missing is missing


def test_form_says_that_its_members_are_fields() -> None:
    assert body_of("{}", "application/x-www-form-urlencoded").is_form is True


@pytest.mark.parametrize(("lines", "shown"), [(1, 6), (12, 13), (200, 24)], ids=str)
def test_editor_grows_with_its_text_up_to_a_limit(lines: int, shown: int) -> None:
    assert body_of("\n" * (lines - 1) + "x", "text/plain").lines == shown
