"""What the console's form means."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from catalog.building import ABSENT
from catalog.models import Environment
from catalog.openapi import Location
from tests.tryit.console_factories import call, make_api
from tryit.console.inputs import ConsoleInput, draft_of, read_console_input
from tryit.drafts import Draft


def read(*pairs: tuple[str, str]) -> ConsoleInput:
    """A posted form."""
    return read_console_input(QueryDict(urlencode(pairs)))


def draft(operation: str, *pairs: tuple[str, str]) -> Draft:
    """The request a posted form stands for."""
    make_api()
    return draft_of(read(*pairs), call(operation), Environment.objects.get())


def test_empty_fields_are_not_there() -> None:
    given = read(("query.country", "NO"), ("query.name", ""), ("path.a.b", "1"))

    assert given.texts == {
        (Location.QUERY, "country"): ("NO",),
        (Location.PATH, "a.b"): ("1",),
    }


def test_empty_value_is_sent_on_purpose_only() -> None:
    given = read(("query.name", ""), ("send.query.name", "on"), ("send.nowhere.x", "on"))

    assert given.sent_empty == frozenset({(Location.QUERY, "name")})


@pytest.mark.parametrize(
    ("text", "index"),
    [("0", 0), ("2", 2), ("none", None), ("-1", 0), ("x", 0), ("9999", 0)],
)
def test_alternative_of_security_is_an_index(text: str, index: int | None) -> None:
    assert read(("security", text)).security == index


def test_credential_that_is_its_variable_is_not_typed() -> None:
    given = read(
        ("security.bearerToken_token", "{{bearerToken_token}}"),
        ("security.apiKey", " typed "),
        ("security.other", ""),
    )

    assert given.own_variables() == {"apiKey": "typed", "other": ""}


def test_lines_of_the_body_end_as_in_files() -> None:
    assert read(("body", "a\r\nb")).body == "a\nb"


@pytest.mark.django_db
def test_texts_become_values_by_their_schema() -> None:
    made = draft("company-search", ("query.country", "NO"), ("query.limit", "10"))

    assert made.values.parameters == {Location.QUERY: {"country": "NO", "limit": 10}}


@pytest.mark.django_db
def test_json_body_becomes_a_value() -> None:
    made = draft("authenticate", ("body", '{"username": "{{me}}"}'))

    assert made.values.body == {"username": "{{me}}"}
    assert made.raw_body is None
    assert made.values.content_type == "application/json"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["{not JSON", '{"a": NaN}', "[" * 100_000], ids=["faulty", "NaN", "too deep"]
)
def test_body_that_is_not_json_is_kept_as_written(text: str) -> None:
    made = draft("authenticate", ("body", text))

    assert made.values.body is ABSENT
    assert made.raw_body == text


@pytest.mark.django_db
def test_operation_without_body_sends_none() -> None:
    made = draft("company-search", ("body", "{}"))

    assert (made.values.body, made.raw_body) == (ABSENT, None)


@pytest.mark.django_db
def test_blank_body_is_absent() -> None:
    made = draft("authenticate", ("body", " \n "))

    assert (made.values.body, made.raw_body) == (ABSENT, None)


@pytest.mark.django_db
def test_form_of_the_answer_is_asked_for() -> None:
    assert draft("company-search", ("accept", "application/pdf")).values.accept == "application/pdf"
