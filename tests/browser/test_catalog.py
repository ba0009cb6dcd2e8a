"""Filtering the catalog."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.running_portal import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("portal")]


def test_ticking_a_filter_narrows_the_list_without_a_button(page: Page) -> None:
    page.goto("/catalog/")
    box = page.get_by_role("checkbox", name="Companies")

    box.check()

    expect(page.get_by_role("link", name="Exchange Rates")).to_have_count(0)
    expect(page.get_by_role("link", name="Company Data", exact=True)).to_be_visible()
    expect(page).to_have_url("/catalog/?filter=facet%3ADomain%3ACompanies")
    expect(box).to_be_focused()
    expect(page.get_by_role("button", name="Apply filters")).to_have_count(0)

    box.uncheck()

    expect(page.get_by_role("link", name="Exchange Rates")).to_be_visible()
    expect(page).to_have_url("/catalog/")


def test_without_script_filters_are_applied_by_a_button(
    browser: Browser, portal: RunningPortal
) -> None:
    context = browser.new_context(base_url=portal.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/catalog/")

    page.get_by_role("checkbox", name="Companies").check()
    page.get_by_role("button", name="Apply filters").click()

    expect(page.get_by_role("link", name="Company Data", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Exchange Rates")).to_have_count(0)
    context.close()
