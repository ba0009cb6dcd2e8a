from __future__ import annotations

import io

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from portal.middleware import HeadMiddleware


def _answer(method: str, response: HttpResponseBase) -> HttpResponseBase:
    request = RequestFactory().generic(method, "/catalog/")
    return HeadMiddleware(lambda _: response)(request)


def test_answer_to_head_has_no_body_but_its_length() -> None:
    response = _answer("HEAD", HttpResponse("four", headers={"X-Kept": "yes"}))

    assert isinstance(response, HttpResponse)
    assert response.content == b""
    assert (response["Content-Length"], response["X-Kept"]) == ("4", "yes")


def test_length_that_was_given_stays() -> None:
    response = _answer("HEAD", HttpResponse("", headers={"Content-Length": "12"}))

    assert response["Content-Length"] == "12"


@pytest.mark.django_db  # closing a response looks after database connections
def test_file_is_not_read_for_head_and_closed_afterwards() -> None:
    file = io.BytesIO(b"content")
    response = _answer("HEAD", FileResponse(file, filename="a.txt"))

    assert isinstance(response, StreamingHttpResponse)
    assert response.getvalue() == b""
    assert getattr(response, "file_to_stream", None) is None
    assert response["Content-Length"] == "7"
    response.close()
    assert file.closed


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_methods_keep_their_body(method: str) -> None:
    response = _answer(method, HttpResponse("four"))

    assert isinstance(response, HttpResponse)
    assert response.content == b"four"
