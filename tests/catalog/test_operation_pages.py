from __future__ import annotations

from typing import Any

import pytest

from catalog.openapi import Resolver, read_operation
from catalog.operation_pages import OperationPage, PathPart, build_operation_page, split_path


def _page(document: dict[str, Any], **schemes: Any) -> OperationPage:
    resolver = Resolver({})
    facts = read_operation(
        document, method="POST", path="/a", resolver=resolver, security_schemes=schemes
    )
    return build_operation_page(facts, resolver, reference_url="/r/")


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        pytest.param("/companies/{id}/reports", ["/companies", "/{id}", "/reports"], id="usual"),
        pytest.param("/", ["/"], id="root"),
        pytest.param("companies", ["/companies"], id="without a slash"),
        pytest.param("/a/", ["/a", "/"], id="slash at the end"),
    ],
)
def test_path_breaks_before_slashes(path: str, texts: list[str]) -> None:
    assert ["".join(part.text for part in segment) for segment in split_path(path)] == texts


def test_parameters_of_a_path_are_told_apart() -> None:
    assert split_path("/report-{id}.{format}") == (
        (
            PathPart("/report-", False),
            PathPart("{id}", True),
            PathPart(".", False),
            PathPart("{format}", True),
        ),
    )


def test_parameters_stand_by_location_required_first_deprecated_last() -> None:
    page = _page(
        {
            "parameters": [
                {"name": "old", "in": "query", "deprecated": True, "required": True},
                {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                {"name": "country", "in": "query", "required": True},
                {"name": "X-Trace", "in": "header"},
                {"name": "id", "in": "path", "required": True},
            ]
        }
    )

    shown = [(group.title, [row.name for row in group.rows]) for group in page.parameters]
    assert shown == [
        ("Path parameters", ["id"]),
        ("Query parameters", ["country", "limit", "old"]),
        ("Header parameters", ["X-Trace"]),
    ]


def test_parameter_has_its_own_description_and_example() -> None:
    page = _page(
        {
            "parameters": [
                {
                    "name": "limit",
                    "in": "query",
                    "description": "How many.",
                    "example": 5,
                    "schema": {"type": "integer", "description": "A number.", "example": 1},
                }
            ]
        }
    )

    row = page.parameters[0].rows[0]
    assert row.description == "<p>How many.</p>"
    assert "".join(row.rules) == "Example: 5"


def test_parameter_described_by_content_names_its_media_type() -> None:
    content = {"application/json": {"schema": {"type": "object"}}}
    page = _page({"parameters": [{"name": "filter", "in": "query", "content": content}]})

    assert "".join(page.parameters[0].rows[0].rules) == "Holds application/json"


def test_body_shows_each_media_type() -> None:
    content: dict[str, Any] = {"application/json": {"schema": {"type": "string"}}, "text/csv": {}}
    page = _page({"requestBody": {"required": True, "content": content}})

    assert page.body is not None
    assert page.body.required
    shown = [(one.anchor, one.media_type, one.root is None) for one in page.body.contents]
    assert shown == [("body-1", "application/json", False), ("body-2", "text/csv", True)]


def test_operation_without_body_has_none() -> None:
    assert _page({}).body is None


def test_first_success_stands_open() -> None:
    page = _page(
        {"responses": {"401": {"description": "No"}, "201": {"description": "Made"}, "200": {}}}
    )

    assert [(one.status_code, one.is_open) for one in page.responses] == [
        ("401", False),
        ("201", True),
        ("200", False),
    ]


def test_only_response_stands_open_whatever_it_is() -> None:
    assert _page({"responses": {"default": {"description": "x"}}}).responses[0].is_open


def test_response_is_told_by_the_first_line_of_its_description() -> None:
    page = _page({"responses": {"200": {"description": "**Found** it.\n\nMore about it."}}})

    response = page.responses[0]
    assert response.summary == "Found it."
    assert response.description == "<p><strong>Found</strong> it.</p>\n<p>More about it.</p>"


def test_description_is_not_repeated_below_its_summary() -> None:
    response = _page({"responses": {"200": {"description": "The report & more"}}}).responses[0]

    assert (response.summary, response.description) == ("The report & more", "")


def test_response_without_description_is_told_by_its_status() -> None:
    summaries = [one.summary for one in _page({"responses": {"404": {}, "4XX": {}}}).responses]

    assert summaries == ["Not Found", ""]


def test_response_names_its_schema_or_type_and_headers() -> None:
    content = {"application/json": {"schema": {"type": "array", "items": {"type": "string"}}}}
    headers = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    page = _page(
        {"responses": {"429": {"description": "x", "content": content, "headers": headers}}}
    )

    response = page.responses[0]
    assert response.schema_name == "array of strings"
    assert [row.anchor for row in response.headers] == ["response-429-headers.Retry-After"]


def test_security_is_told_in_words() -> None:
    page = _page(
        {"security": [{"bearerToken": []}, {"key": [], "oauth": ["read"]}, {}]},
        bearerToken={"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        key={"type": "apiKey", "in": "header", "name": "X-Key"},
        oauth={"type": "oauth2", "flows": {}},
    )

    shown = [[(use.label, use.value, use.scopes) for use in one.uses] for one in page.security]
    assert shown == [
        [("Authorization", "JWT", ())],
        [("API key", "X-Key", ()), ("Authorization", "OAuth 2.0", ("read",))],
        [],
    ]


@pytest.mark.parametrize(
    ("url", "link"),
    [
        pytest.param("https://docs.example.com/a", "https://docs.example.com/a", id="web"),
        pytest.param("javascript:alert(1)", "", id="script"),
        pytest.param(None, "", id="none"),
    ],
)
def test_link_to_more_leads_to_the_web_only(url: str | None, link: str) -> None:
    assert _page({"externalDocs": {"url": url}}).docs_url == link
