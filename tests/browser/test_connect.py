"""A large public definition, from its publication to a first company search."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.portal_client import PortalClient
from tests.running_portal import ROOT, RunningPortal
from tests.servers.connect import COMPANY, CREDENTIALS, ConnectServer

DEFINITION = ROOT.parent / "shared" / "definitions" / "creditsafe" / "cs_connectv1-15.json"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("portal"),
    pytest.mark.skipif(not DEFINITION.exists(), reason="the shared definitions are not here"),
]


@pytest.fixture(scope="module")
def connect(portal: RunningPortal) -> Iterator[ConnectServer]:
    """The API's stand-in, and its definition published against it."""
    with ConnectServer() as server:
        _publish(portal, DEFINITION, server.url)
        yield server


def _publish(portal: RunningPortal, definition: Path, url: str) -> None:
    subprocess.run(
        [
            *(sys.executable, "manage.py", "publish", str(definition)),
            *("--product", "connect", "--server", f"Sandbox={url}", "--allow-private"),
        ],
        cwd=ROOT,
        env=portal.environment,
        check=True,
        capture_output=True,
    )


def test_authenticate_and_search_work_by_rest(
    portal: RunningPortal, connect: ConnectServer
) -> None:
    client = PortalClient(portal.url)
    version = "/api/v1/products/connect/versions/v1"

    login = client.call(
        "POST",
        f"{version}/operations/authenticate/send",
        {"environment": "sandbox", "body": CREDENTIALS},
    ).json()
    token = json.loads(login["response"]["body"]["text"])["token"]
    client.call(
        "PUT", f"{version}/environments/sandbox/variables/bearerToken_token", {"value": token}
    )
    search = client.call(
        "POST",
        f"{version}/operations/company-search/send",
        {"environment": "sandbox", "parameters": {"query": {"countries": "GB"}}},
    ).json()

    assert login["response"]["status"] == 200
    assert search["response"]["status"] == 200
    assert COMPANY["name"] in search["response"]["body"]["text"]


@pytest.mark.parametrize(
    ("operation", "body", "status", "text"),
    [
        pytest.param("authenticate", {"body": {"username": "x", "password": "y"}}, 401, "Check"),
        pytest.param("company-search", {}, 401, "No valid token"),
    ],
    ids=["wrong password", "no token"],
)
def test_the_targets_errors_are_passed_on(
    portal: RunningPortal,
    connect: ConnectServer,
    operation: str,
    body: dict[str, object],
    status: int,
    text: str,
) -> None:
    path = f"/api/v1/products/connect/versions/v1/operations/{operation}/send"

    exchange = PortalClient(portal.url).call("POST", path, {"environment": "sandbox", **body})

    assert exchange.json()["response"]["status"] == status
    assert text in exchange.json()["response"]["body"]["text"]


def test_authenticate_and_search_work_in_the_console(page: Page, connect: ConnectServer) -> None:
    page.goto("/catalog/connect/v1/reference/authenticate/")
    page.get_by_role("link", name="Try it").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Body").click()
    dialog.locator("textarea[name=body]").fill(json.dumps(CREDENTIALS))
    dialog.get_by_role("button", name="Send", exact=True).click()
    dialog.get_by_role("button", name="Use as bearerToken_token in Sandbox").click()
    expect(page.locator("body")).to_contain_text("Valid for")

    page.goto("/catalog/connect/v1/reference/company-search/")
    page.get_by_role("link", name="Try it").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Query").click()
    dialog.get_by_label("countries", exact=True).fill("GB")
    dialog.get_by_role("button", name="Send", exact=True).click()

    expect(dialog.locator(".response-line")).to_contain_text("200")
    expect(dialog).to_contain_text("HARBOUR ROPES LTD")
