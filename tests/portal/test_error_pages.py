"""Answers to requests that no view answered."""

from __future__ import annotations

import io

import pytest
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from portal.error_pages import answer_bad_request, answer_fault, answer_forbidden

PROBLEM = "application/problem+json"


def _request(path: str) -> HttpRequest:
    request = HttpRequest()
    request.path = path
    return request


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/nothing", "/api/v1/products/a/nothing/", "/api/v2/products/"]
)
def test_unknown_address_of_the_api_is_a_problem(client: Client, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)
    assert response.json() == {
        "title": "Not Found",
        "status": 404,
        "detail": f"There is nothing at {path}.",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/api/v1/products/a/versions/%00/", PROBLEM),
        ("/api/v1/products/a/versions/v1/operations/a%00b/", PROBLEM),
        ("/catalog/a/%00/reference/", "text/html; charset=utf-8"),
    ],
)
def test_nul_in_a_path_is_not_looked_up(client: Client, path: str, content_type: str) -> None:
    response = client.get(path)

    assert (response.status_code, response["Content-Type"]) == (404, content_type)


@pytest.mark.django_db
def test_unknown_page_is_a_page(client: Client) -> None:
    assert "There is no such page" in client.get("/nothing/").content.decode()


def test_host_that_is_not_served_is_a_problem_to_the_api(client: Client) -> None:
    response = client.get("/api/v1/products/", headers={"host": "other.example.com"})

    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)


def test_faults_of_the_api_are_problems() -> None:
    response = answer_fault(_request("/api/v1/products/"))

    assert (response.status_code, response["Content-Type"]) == (500, PROBLEM)
    assert b"was logged" in response.content


def test_forbidden_addresses_of_the_api_are_problems() -> None:
    response = answer_forbidden(_request("/api/v1/products/"), PermissionError())

    assert (response.status_code, response["Content-Type"]) == (403, PROBLEM)


def test_pages_keep_their_own_words() -> None:
    answers = [
        answer_fault(_request("/catalog/")),
        answer_forbidden(_request("/catalog/"), PermissionError()),
        answer_bad_request(_request("/catalog/"), ValueError()),
    ]

    assert [answer.status_code for answer in answers] == [500, 403, 400]
    assert all(answer["Content-Type"].startswith("text/html") for answer in answers)


@pytest.mark.django_db
def test_body_of_three_megabytes_is_read(client: Client) -> None:
    body = b'{"a": "' + b"x" * 3_000_000 + b'"}'

    path = "/api/v1/products/a/versions/v1/operations/b/send"
    response = client.post(path, body, content_type="application/json")

    assert response.status_code == 404


@pytest.mark.django_db
def test_form_over_the_limit_is_answered_by_a_page(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = client.post("/accounts/login/", {"login": "x" * 2000})

    assert response.status_code == 413
    assert "at most 0.1 MB" in response.content.decode()
    assert [record.exc_info for record in caplog.records if record.exc_info] == []


@pytest.mark.django_db
def test_form_with_too_many_fields_is_answered_by_a_page(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    response = client.post("/accounts/login/", {"a": "1", "b": "2", "c": "3"})

    assert response.status_code == 413
    assert "more than 2 fields" in response.content.decode()
    assert [record.exc_info for record in caplog.records if record.exc_info] == []


@pytest.mark.django_db
def test_form_with_too_many_files_is_answered_by_a_page(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    files = {"a": io.BytesIO(b"1"), "b": io.BytesIO(b"2")}

    response = client.post("/accounts/login/", files)

    assert response.status_code == 413
    assert "more than 1 files" in response.content.decode()
