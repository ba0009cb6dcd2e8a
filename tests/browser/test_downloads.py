"""Downloads as they go over the wire, from the web server that the portal starts."""

from __future__ import annotations

import http.client
import zlib

import pytest
import requests
import yaml

from tests.running_portal import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("portal")]

PAGE = "/catalog/company-data/1/reference/"
FILE = "/catalog/company-data/1/openapi.yaml"
PART = "/catalog/company-data/1/openapi.json?tag=Companies"
SOURCE = "/catalog/company-data/1/source"


def _ask(portal: RunningPortal, method: str, path: str, **headers: str) -> tuple[int, bytes]:
    """The status and everything the server sent behind the head of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=30)
    connection.request(method, path, headers={"Connection": "close", **headers})
    response = connection.getresponse()
    file = response.fp  # `read()` would not look for a body behind an answer to HEAD
    body = file.read() if file is not None else b""
    connection.close()
    return response.status, body


@pytest.mark.parametrize(
    "path", [PAGE, FILE, PART, SOURCE, "/catalog/none/", "/static/css/base.css"]
)
def test_answer_to_head_has_no_body(portal: RunningPortal, path: str) -> None:
    status, body = _ask(portal, "HEAD", path)

    assert status in (200, 404)
    assert body == b""
    assert "sent body bytes" not in portal.output()  # the web server's complaint


@pytest.mark.parametrize("path", [PAGE, FILE, PART, SOURCE])
def test_head_tells_the_length_of_what_get_gives(portal: RunningPortal, path: str) -> None:
    headers = {"Accept-Encoding": "identity"}
    head = requests.head(portal.url + path, headers=headers, timeout=30)
    got = requests.get(portal.url + path, headers=headers, timeout=30)

    assert int(head.headers["Content-Length"]) == len(got.content)


@pytest.mark.parametrize("path", [FILE, PART])
def test_file_is_compressed_once(portal: RunningPortal, path: str) -> None:
    _status, plain = _ask(portal, "GET", path)
    _status, packed = _ask(portal, "GET", path, **{"Accept-Encoding": "gzip, br"})

    assert zlib.decompress(packed, wbits=31) == plain
    assert len(packed) < len(plain) / 3


@pytest.mark.parametrize("path", [FILE, PART, SOURCE])
def test_file_that_the_client_has_is_not_sent_again(portal: RunningPortal, path: str) -> None:
    etag = requests.head(portal.url + path, timeout=30).headers["ETag"]

    answer = requests.get(portal.url + path, headers={"If-None-Match": etag}, timeout=30)

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_part_holds_the_operations_of_the_tag_alone(portal: RunningPortal) -> None:
    whole = yaml.safe_load(requests.get(portal.url + FILE, timeout=30).content)
    part = requests.get(portal.url + PART, timeout=30).json()

    assert part["tags"] == [tag for tag in whole["tags"] if tag["name"] == "Companies"]
    assert part["paths"].keys() < whole["paths"].keys()
    assert part["info"] == whole["info"]
    assert part["components"]["schemas"].keys() < whole["components"]["schemas"].keys()
