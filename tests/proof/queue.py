"""Twenty definitions are published at once; meanwhile somebody reads pages."""

from __future__ import annotations

import itertools
import json
import statistics
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import requests

from tests.portal_client import PortalClient
from tests.running_portal import RunningPortal

__all__ = ["run"]

DEFINITIONS = 20
OPERATIONS = 800
LIMIT_MS = 250
IMPORT_SECONDS = 600
READ_PRODUCT = "read"
PAGES = (
    "/catalog/",
    f"/catalog/{READ_PRODUCT}/v1/reference/",
    f"/catalog/{READ_PRODUCT}/v1/reference/thing7/",
    f"/catalog/{READ_PRODUCT}/v1/openapi.json",
)


def run() -> list[str]:
    """The figures; raises AssertionError when pages become slow or a definition is left out."""
    with RunningPortal(environment={"DEMONSTRATION": "off"}) as portal:
        admin = PortalClient(portal.url)
        admin.sign_in("admin", portal.admin_password)
        _publish(admin, READ_PRODUCT, _definition("read", 20))
        alone = [_read(portal, page) for page in PAGES * 25]
        started = time.monotonic()
        with ThreadPoolExecutor(max_workers=DEFINITIONS) as publishing:
            waiting = [
                publishing.submit(_publish, admin, f"queued-{number}", body)
                for number, body in enumerate(_definitions())
            ]
            meanwhile = _read_until_done(portal, waiting)
            for publication in waiting:
                publication.result()
        seconds = time.monotonic() - started
    size = len(_definition("size", OPERATIONS)) / 1e6
    slowest = _percentile(meanwhile)
    assert slowest < LIMIT_MS, f"p95 of pages was {slowest:.0f} ms while definitions were imported"
    return [
        f"{DEFINITIONS} definitions of {size:.1f} MB and {OPERATIONS} operations each, sent over"
        f" REST at once: all published after {seconds:.0f} s, one after the other.",
        f"Pages meanwhile ({len(meanwhile)}): median {statistics.median(meanwhile):.0f} ms,"
        f" p95 {slowest:.0f} ms; before: median {statistics.median(alone):.0f} ms,"
        f" p95 {_percentile(alone):.0f} ms.",
    ]


def _definitions() -> list[bytes]:
    return [_definition(f"queued {number}", OPERATIONS) for number in range(DEFINITIONS)]


def _definition(title: str, operations: int) -> bytes:
    properties = {f"member{number}": {"type": "string"} for number in range(30)}
    schema = {"type": "object", "description": "A thing. " * 40, "properties": properties}
    operation: dict[str, Any] = {"tags": ["things"], "responses": {"200": {"description": "OK"}}}
    definition = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            f"/things/{number}": {"get": {"operationId": f"thing{number}", **operation}}
            for number in range(operations)
        },
        "components": {"schemas": {f"Thing{number}": schema for number in range(operations)}},
    }
    return json.dumps(definition).encode()


def _publish(admin: PortalClient, product: str, body: bytes) -> None:
    """Publish to the end, also when the portal answers that it goes on by itself."""
    response = admin.put_bytes(f"/api/v1/products/{product}/versions/v1/definition", body)
    assert response.status_code in (201, 202), response.text
    deadline = time.monotonic() + IMPORT_SECONDS
    while response.status_code != 201 and time.monotonic() < deadline:
        time.sleep(1)
        found = admin.get(f"/catalog/{product}/v1/openapi.json")
        if found.status_code == 200:
            return
    assert response.status_code == 201, f"{product} was not published"


def _read_until_done(portal: RunningPortal, waiting: list[Future[None]]) -> list[float]:
    pages = itertools.cycle(PAGES)
    taken = []
    while not all(publication.done() for publication in waiting):
        taken.append(_read(portal, next(pages)))
    return taken


def _read(portal: RunningPortal, path: str) -> float:
    """Milliseconds until a page is there, whole."""
    started = time.perf_counter()
    response = requests.get(f"{portal.url}{path}", timeout=30)
    assert response.status_code == 200, f"{path} answered {response.status_code}"
    return (time.perf_counter() - started) * 1000


def _percentile(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]
