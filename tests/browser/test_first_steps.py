"""The three steps of a newcomer: download, authenticate, first request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.running_portal import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("portal")]

USERNAME = "sandbox-demo"
PASSWORD = "lantern-works-74"
LOGIN_BODY = json.dumps({"username": USERNAME, "password": PASSWORD})


def test_definition_is_downloaded_in_both_forms(page: Page, tmp_path: Path) -> None:
    page.goto("/catalog/")
    page.get_by_role("link", name="Company Data", exact=True).click()
    page.get_by_role("link", name="API Documentation").first.click()

    with page.expect_download() as yaml_download:
        page.get_by_role("link", name="Download the definition as YAML").click()
    with page.expect_download() as json_download:
        page.get_by_role("link", name="Download the definition as JSON").click()
    yaml_download.value.save_as(tmp_path / "openapi.yaml")
    json_download.value.save_as(tmp_path / "openapi.json")

    from_yaml = yaml.safe_load((tmp_path / "openapi.yaml").read_bytes())
    from_json = json.loads((tmp_path / "openapi.json").read_bytes())
    assert from_yaml == from_json
    assert from_json["info"]["title"] == "Company Data"


def test_token_is_kept_and_used_by_the_next_request(page: Page) -> None:
    _authenticate(page)
    expect(page.get_by_role("dialog")).to_contain_text("200")
    expect(page.get_by_role("dialog")).to_contain_text("Valid for")
    _close_console(page)

    _open_console(page, "Search companies")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Security").click()
    expect(dialog.get_by_role("tabpanel", name="Security")).to_contain_text("Authorization: JWT")
    expect(dialog.get_by_label("Token")).to_have_value("{{bearerToken_token}}")
    dialog.get_by_role("tab", name="Query").click()
    dialog.get_by_label("country").select_option("NO")
    dialog.get_by_role("button", name="Send", exact=True).click()

    expect(dialog.locator(".response-line")).to_contain_text("200")
    expect(dialog).to_contain_text("Norrvik Lantern Works AS")


def test_production_has_no_token_and_never_sees_the_sandboxs(
    page: Page, portal: RunningPortal
) -> None:
    _authenticate(page)
    _close_console(page)
    _open_console(page, "Search companies")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Environment").click()
    dialog.get_by_role("button", name="Production").click()
    dialog.get_by_role("tab", name="Security").click()
    expect(dialog.get_by_role("tabpanel", name="Security")).to_contain_text("no token yet")
    dialog.get_by_role("tab", name="Query").click()
    dialog.get_by_label("country").select_option("NO")
    dialog.get_by_role("button", name="Send", exact=True).click()

    expect(dialog.locator(".response-line")).to_contain_text("401")
    sent = [
        line
        for line in portal.output().splitlines()
        if "request_answered environment=production" in line
    ]
    assert any("path=/company-data/v1/companies" in line for line in sent)
    assert all("token=none" in line for line in sent)


def test_same_steps_work_without_javascript(browser: Browser, portal: RunningPortal) -> None:
    context = browser.new_context(base_url=portal.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/catalog/company-data/1/reference/authenticate/")
    page.get_by_role("link", name="Try it").first.click()
    page.locator("textarea[name=body]").fill(LOGIN_BODY)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".response-line")).to_contain_text("200")

    page.goto("/catalog/company-data/1/reference/company-search/")
    page.get_by_role("link", name="Try it").first.click()
    expect(page.get_by_label("Token")).to_have_value("{{bearerToken_token}}")
    page.get_by_label("country").select_option("NO")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.locator(".response-line")).to_contain_text("200")
    expect(page.locator("body")).to_contain_text("Norrvik Lantern Works AS")
    context.close()


def _authenticate(page: Page) -> None:
    page.goto("/catalog/company-data/1/reference/")
    _open_console(page, "Authenticate")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Environment")).to_contain_text("Sandbox")
    dialog.get_by_role("tab", name="Body").click()
    dialog.locator("textarea[name=body]").fill(LOGIN_BODY)
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog.locator(".response-line")).to_contain_text("200")


def _close_console(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_url("**/reference/*/")


def _open_console(page: Page, operation: str) -> None:
    page.goto("/catalog/company-data/1/reference/")
    page.get_by_role("main").get_by_role("link", name=operation).first.click()
    page.get_by_role("link", name="Try it").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
