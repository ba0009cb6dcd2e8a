"""The console in a browser: keys, double clicks, focus, waiting and coming back."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from tests.running_portal import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("portal")]

REFERENCE = "/catalog/company-data/1/reference"
LOGIN_BODY = json.dumps({"username": "sandbox-demo", "password": "lantern-works-74"})
TOKEN_FIELD = "security.bearerToken_token"


def open_console(page: Page, operation: str = "company-search") -> Locator:
    """The console of an operation as an overlay."""
    page.goto(f"{REFERENCE}/{operation}/")
    page.get_by_role("link", name="Try it").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def choose_tab(dialog: Locator, name: str) -> None:
    """Show one tab of the request."""
    dialog.get_by_role("tab", name=name).first.click()


def choose_production(dialog: Locator) -> None:
    """Go to Production in the console."""
    dialog.get_by_label("Environment").click()
    dialog.get_by_role("button", name="Production").click()
    expect(dialog.get_by_label("Environment")).to_contain_text("Production")


def is_send(request: Request) -> bool:
    """Whether a request of the page presses Send."""
    return request.method == "POST" and "action=refresh" not in (request.post_data or "")


def hold_sends(page: Page) -> tuple[list[Request], list[Callable[[], None]]]:
    """The presses of Send as they leave the page, and what lets each of them go on."""
    sent: list[Request] = []
    releases: list[Callable[[], None]] = []

    def hold(route: Route) -> None:
        if not is_send(route.request):
            route.continue_()
            return
        sent.append(route.request)
        releases.append(route.continue_)

    page.route("**/try/", hold)
    return sent, releases


def test_enter_in_a_field_sends(page: Page) -> None:
    dialog = open_console(page)
    choose_tab(dialog, "Query")

    dialog.get_by_label("name", exact=True).press("Enter")

    expect(dialog.locator(".response-line .status")).to_contain_text("401")


def test_enter_asks_before_it_changes_production(page: Page) -> None:
    dialog = open_console(page, "authenticate")
    choose_production(dialog)
    choose_tab(dialog, "Security")
    choose_tab(dialog, "Body")

    dialog.locator("textarea[name=body]").press("Control+Enter")

    expect(dialog).to_contain_text("to Production?")


def test_enter_sends_without_javascript(browser: Browser, portal: RunningPortal) -> None:
    context = browser.new_context(base_url=portal.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{REFERENCE}/company-search/try/")

    page.get_by_label("name", exact=True).press("Enter")

    expect(page.locator(".response-line .status")).to_contain_text("401")
    assert page.url.endswith("#console-response")
    expect(page.locator(".response-line")).to_be_in_viewport()
    expect(page.locator(".segments").first).to_be_hidden()
    context.close()


def test_second_press_under_way_is_dropped(page: Page) -> None:
    dialog = open_console(page)
    sent, releases = hold_sends(page)
    send = dialog.locator("#console-send")

    send.dblclick()
    expect(send).to_have_attribute("aria-busy", "true")
    send.click(force=True)
    page.keyboard.press("Control+Enter")
    releases[0]()

    expect(dialog.locator(".response-line .status")).to_contain_text("401")
    expect(send).not_to_have_attribute("aria-busy", "true")
    assert len(sent) == 1


def test_waiting_is_shown_and_counted(page: Page) -> None:
    dialog = open_console(page)
    _sent, releases = hold_sends(page)
    send = dialog.locator("#console-send")
    line = dialog.locator(".response-line")
    width = send.evaluate("button => button.offsetWidth")
    height = line.evaluate("line => line.offsetHeight")

    send.click()

    expect(dialog.get_by_role("button", name="Sending", exact=True)).to_be_visible()
    expect(line).to_contain_text("Sending, 1 s")
    expect(dialog.get_by_text("the answer appears here")).to_be_hidden()
    assert send.evaluate("button => button.offsetWidth") == width
    assert line.evaluate("line => line.offsetHeight") == height
    releases[0]()
    expect(dialog.get_by_role("button", name="Send", exact=True)).to_be_visible()


def test_console_comes_back_as_it_was_after_authenticating(page: Page) -> None:
    dialog = open_console(page)
    choose_tab(dialog, "Query")
    dialog.get_by_label("name", exact=True).fill("Norrvik")
    choose_tab(dialog, "Security")
    dialog.get_by_role("link", name="Authenticate").click()
    choose_tab(dialog, "Body")
    dialog.locator("textarea[name=body]").fill(LOGIN_BODY)
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog).to_contain_text("Token kept for Sandbox")

    page.keyboard.press("Escape")

    expect(dialog.locator("#console-title")).to_contain_text("Search companies")
    expect(dialog.get_by_role("tabpanel", name="Security")).to_contain_text("Valid for")
    choose_tab(dialog, "Query")
    expect(dialog.get_by_label("name", exact=True)).to_have_value("Norrvik")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_url("**/company-search/")


def test_escape_closes_the_menu_and_not_the_console(page: Page) -> None:
    dialog = open_console(page)
    dialog.get_by_label("Environment").click()
    expect(dialog.get_by_role("button", name="Production")).to_be_visible()

    page.keyboard.press("Escape")

    expect(dialog.get_by_role("button", name="Production")).to_be_hidden()
    expect(dialog).to_be_visible()


def test_focus_stays_where_one_works(page: Page) -> None:
    dialog = open_console(page)
    choose_tab(dialog, "Security")
    dialog.locator(f"[name='{TOKEN_FIELD}']").fill("a-token-of-mine-7431")
    dialog.get_by_role("button", name="Keep for Sandbox").click()
    expect(dialog).to_contain_text("Kept for Sandbox.")
    expect(dialog.get_by_role("button", name="Keep for Sandbox")).to_be_focused()

    dialog.get_by_role("button", name="Forget").click()

    expect(dialog).to_contain_text("The token was forgotten.")
    expect(dialog.get_by_role("button", name="Keep for Sandbox")).to_be_focused()


def test_focus_goes_back_to_send_after_the_question(page: Page) -> None:
    dialog = open_console(page, "authenticate")
    choose_production(dialog)
    dialog.get_by_role("button", name="Send", exact=True).click()

    dialog.get_by_role("button", name="Cancel").click()

    expect(dialog.locator("#console-confirm")).to_have_count(0)
    expect(dialog.get_by_role("button", name="Send", exact=True)).to_be_focused()


def test_lost_cookie_costs_one_more_press(page: Page) -> None:
    dialog = open_console(page)
    choose_tab(dialog, "Query")
    dialog.get_by_label("name", exact=True).fill("Norrvik")
    page.context.clear_cookies()
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog.locator("[data-complaint]")).to_contain_text("Send again")
    expect(dialog.get_by_label("name", exact=True)).to_have_value("Norrvik")

    dialog.get_by_role("button", name="Send", exact=True).click()

    expect(dialog.locator(".response-line .status")).to_contain_text("401")
    expect(dialog).to_contain_text("What may be behind this answer")


def test_ended_session_is_said_and_leaves_no_token(page: Page) -> None:
    dialog = open_console(page)
    choose_tab(dialog, "Security")
    dialog.locator(f"[name='{TOKEN_FIELD}']").fill("a-token-of-mine-7431")
    dialog.get_by_role("button", name="Keep for Sandbox").click()
    expect(dialog.get_by_role("button", name="Forget")).to_be_visible()
    page.context.clear_cookies(name="portico_session")

    dialog.get_by_role("button", name="Send", exact=True).click()

    expect(dialog.locator("#console-response")).to_contain_text("Your session ended")
    panel = dialog.get_by_role("tabpanel", name="Security")
    expect(panel.get_by_role("button", name="Forget")).to_have_count(0)
    expect(panel).to_contain_text("no token yet")
    expect(panel).not_to_contain_text("ends in")
