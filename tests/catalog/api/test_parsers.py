"""JSON bodies of the REST API."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client, RequestFactory
from rest_framework.exceptions import ParseError

from catalog.api.errors import BodyTooLarge
from catalog.api.parsers import LIMIT_BYTES, StrictJSONParser


def parse(content: bytes) -> Any:
    return StrictJSONParser().parse(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "value"),
    [
        pytest.param(b'{"a": [1, null, true]}', {"a": [1, None, True]}, id="object"),
        pytest.param(b"\xef\xbb\xbf1", 1, id="byte-order-mark"),
        pytest.param(b"123456789012345678901234567890", 123456789012345678901234567890, id="long"),
        pytest.param(rb'"\ud83d\ude00"', "\U0001f600", id="surrogate-pair"),
        pytest.param(rb'"\u0000"', "\0", id="nul"),
        pytest.param(b"[" * 100 + b"]" * 100, None, id="a-hundred-levels"),
    ],
)
def test_json_is_read(content: bytes, value: Any) -> None:
    parsed = parse(content)

    assert value is None or parsed == value


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"{", "not JSON", id="cut"),
        pytest.param(b"NaN", "NaN is no JSON value", id="nan"),
        pytest.param(b"[-Infinity]", "-Infinity is no JSON value", id="infinity"),
        pytest.param(b'"\xff"', "not JSON", id="no-utf-8"),
        pytest.param(rb'{"\ud800": 1}', "surrogate", id="half-a-pair-as-name"),
        pytest.param(rb'["\udc00"]', "surrogate", id="half-a-pair"),
        pytest.param(b"[" * 101 + b"]" * 101, "100 levels", id="too-deep"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, "100 levels", id="far-too-deep"),
        pytest.param(b'{"a":' * 101 + b"1" + b"}" * 101, "100 levels", id="deep-objects"),
        pytest.param(b"1" * 5000, "not JSON", id="endless-number"),
    ],
)
def test_what_is_no_json_to_everybody_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse(content)


def test_large_body_is_refused_before_it_is_read() -> None:
    request = RequestFactory().post("/", b"{}", content_type="application/json")
    request.META["CONTENT_LENGTH"] = str(LIMIT_BYTES + 1)

    with pytest.raises(BodyTooLarge):
        StrictJSONParser().parse(request)


@pytest.mark.django_db
def test_refusal_is_a_problem(client: Client) -> None:
    url = "/api/v1/products/a/versions/v1/environments/sandbox/variables/x"

    response = client.put(url, b"{", content_type="application/json")

    assert response.status_code in (400, 404)
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b'{"environment": "sandbox", "environment": "production"}', id="outermost"),
        pytest.param(b'{"a": [{"environment": 1, "\\u0065nvironment": 1}]}', id="escaped"),
    ],
)
def test_member_that_stands_twice_is_named(source: bytes) -> None:
    with pytest.raises(ParseError, match="“environment” stands twice"):
        StrictJSONParser().parse(io.BytesIO(source))
