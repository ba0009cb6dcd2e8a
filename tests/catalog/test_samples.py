from __future__ import annotations

import html
import re
from typing import Any

from catalog.openapi import JSONObject, Operation, Resolver, read_operation
from catalog.samples import build_sample_request, build_samples

NOTHING = Resolver({})
BASE_URL = "https://api.example.com/v1"


def _operation(method: str, path: str, **document: Any) -> Operation:
    schemes: JSONObject = {
        "bearerToken": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    }
    return read_operation(
        document, method=method, path=path, resolver=NOTHING, security_schemes=schemes
    )


def _plain(code: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", code))


def test_request_holds_required_parameters_only() -> None:
    operation = _operation(
        "GET",
        "/companies/{id}",
        parameters=[
            {"name": "id", "in": "path", "required": True, "schema": {"example": "NO-1"}},
            {"name": "country", "in": "query", "required": True, "example": "SE"},
            {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 20}},
        ],
    )

    request = build_sample_request(operation, NOTHING, base_url=BASE_URL)

    assert request is not None
    assert request.url == "https://api.example.com/v1/companies/NO-1?country=SE"


def test_path_parameter_without_a_sample_is_named() -> None:
    parameters = [{"name": "id", "in": "path", "required": True, "schema": {"const": ""}}]
    operation = _operation("GET", "/companies/{id}", parameters=parameters)

    request = build_sample_request(operation, NOTHING, base_url=BASE_URL)

    assert request is not None
    assert request.url == "https://api.example.com/v1/companies/%3Cid%3E"


def test_parameter_described_by_content_is_sampled_from_it() -> None:
    content = {"application/json": {"example": {"a": 1}}}
    parameters = [{"name": "filter", "in": "query", "required": True, "content": content}]

    request = build_sample_request(
        _operation("GET", "/a", parameters=parameters), NOTHING, base_url=BASE_URL
    )

    assert request is not None
    assert request.url == "https://api.example.com/v1/a?filter=%7B%22a%22%3A1%7D"


def test_body_is_of_the_json_media_type() -> None:
    content = {
        "text/csv": {"example": "a,b"},
        "application/problem+json; charset=utf-8": {"example": {"name": "A"}},
    }

    request = build_sample_request(
        _operation("POST", "/a", requestBody={"content": content}), NOTHING, base_url=BASE_URL
    )

    assert request is not None
    assert request.body == b'{"name":"A"}'


def test_credentials_are_placeholders_in_every_language() -> None:
    operation = _operation("GET", "/companies", security=[{"bearerToken": []}])

    requests = build_samples(operation, NOTHING, base_url=BASE_URL).requests

    assert [sample.title for sample in requests] == ["curl", "JavaScript", "Python"]
    assert all("Bearer <YOUR_JWT_HERE>" in _plain(sample.code) for sample in requests)


def test_operation_that_cannot_be_called_has_no_request() -> None:
    operation = _operation(
        "GET",
        "/a",
        parameters=[{"name": "x\ny", "in": "header", "required": True, "example": "v"}],
    )

    assert build_sample_request(operation, NOTHING, base_url=BASE_URL) is None
    assert build_samples(operation, NOTHING, base_url=BASE_URL).requests == ()


def test_responses_begin_with_successes_and_leave_out_what_is_no_json() -> None:
    def content(name: str, example: Any) -> dict[str, Any]:
        return {"description": "x", "content": {name: {"example": example}}}

    operation = _operation(
        "GET",
        "/a",
        responses={
            "401": content("application/json", {"detail": "é"}),
            "406": content("application/pdf", "x"),
            "200": content("*/*", [1]),
        },
    )

    responses = build_samples(operation, NOTHING, base_url=BASE_URL).responses

    assert [sample.title for sample in responses] == ["200", "401"]
    assert _plain(responses[1].code) == '{\n  "detail": "é"\n}'
