"""The console as a page and as the parts of the overlay."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from lxml.html import HtmlElement, tostring
from pytest_django import DjangoAssertNumQueries, Settings

from catalog.models import Environment, Server, Version
from tests.factories import make_environment, make_server, make_version
from tests.tryit.console_factories import make_api
from tests.tryit.target_api import DEFINITION, TargetAPI
from tests.tryit.views.elements import find_all, parse_page, text_of
from tryit.services.jars import open_jar
from tryit.services.tokens import list_tokens
from tryit.services.variables import set_variable

pytestmark = pytest.mark.django_db

REFERENCE = "/catalog/example/v1/reference"
SEARCH = f"{REFERENCE}/company-search/try/"
AUTHENTICATE = f"{REFERENCE}/authenticate/try/"
DELETE = f"{REFERENCE}/delete-company/try/"
HTMX = {"HX-Request": "true"}


def get(client: Client, url: str, **headers: str) -> HtmlElement:
    """A page as its elements."""
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return parse_page(response.content.decode())


def post(client: Client, url: str, **fields: Any) -> HtmlElement:
    """The page after a button was pressed in Sandbox."""
    headers = fields.pop("headers", {})
    data = {"environment": "sandbox", **fields}
    response = client.post(url, data, headers=headers)
    assert response.status_code == 200
    return parse_page(response.content.decode())


def keep_token(client: Client, version: Version, token: str) -> None:
    """Put a token into the client's session for Sandbox."""
    session = client.session
    session.save()
    set_variable(
        jar=open_jar(session, user=AnonymousUser(), now=timezone.now()),
        version=version,
        environment=Environment.objects.get(slug="sandbox"),
        name="bearerToken_token",
        value=token,
        is_secret=True,
        now=timezone.now(),
    )


def test_tabs_stand_in_their_fixed_order(client: Client) -> None:
    make_api()

    page = get(client, SEARCH)

    tabs = find_all(page, '[aria-label="Parts of the request"] .tab')
    assert [tab.text.strip() for tab in tabs] == ["Security", "Body", "Query", "Headers", "Cookies"]


def test_tab_with_a_missing_value_says_so(client: Client) -> None:
    make_api()

    page = get(client, SEARCH)

    assert "a required value is missing" in text_of(page, "#console-mark-query")
    assert find_all(page, "#console-mark-headers .tab-missing") == []


def test_fresh_form_does_not_complain_about_empty_fields(client: Client) -> None:
    make_api()

    page = get(client, SEARCH)

    assert "".join(error.text_content() for error in find_all(page, ".field-error")).strip() == ""


def test_security_names_scheme_and_variable(client: Client) -> None:
    make_api()

    page = get(client, SEARCH)

    assert text_of(page, "#console-security .token-head strong") == "Authorization: JWT"
    field = find_all(page, '[name="security.bearerToken_token"]')[0]
    assert field.get("value") == "{{bearerToken_token}}"


def test_without_token_the_way_to_one_is_shown(client: Client) -> None:
    make_api()

    page = get(client, SEARCH)

    assert find_all(page, ".token-facts a")[0].get("href") == AUTHENTICATE


def test_operation_without_security_says_so_and_starts_with_the_body(client: Client) -> None:
    make_api()

    page = get(client, AUTHENTICATE)

    assert "takes no credentials" in text_of(page, "#console-security")
    assert find_all(page, "a[data-first]")[0].get("href") == "#console-body"


def test_body_is_prefilled_from_the_definition(client: Client) -> None:
    make_api()

    page = get(client, AUTHENTICATE)

    assert '"username": "demo"' in find_all(page, "#console-body-text")[0].text


def test_inputs_follow_the_schema(client: Client) -> None:
    make_api()

    page = get(client, SEARCH)

    options = find_all(page, 'select[name="query.country"] option')
    assert [option.get("value") for option in options] == ["", "NO", "SE"]
    limit = find_all(page, '[name="query.limit"]')[0]
    assert (limit.get("type"), limit.get("inputmode")) == ("text", "decimal")
    assert "From 1 to 50" in text_of(page, f"#{limit.get('id')}-hint")


def test_form_of_the_answer_can_be_chosen(client: Client) -> None:
    make_api()

    page = get(client, SEARCH)

    options = find_all(page, 'select[name="accept"] option')
    assert [option.get("value") for option in options] == ["application/json", "application/pdf"]


def test_overlay_is_a_dialog_of_the_same(client: Client) -> None:
    make_api()

    page = get(client, SEARCH, **HTMX)

    assert find_all(page, "dialog form#console-form")


def test_console_is_never_cached_and_varies_by_its_frame(client: Client) -> None:
    make_api()

    response = client.get(SEARCH)

    assert "no-store" in response["Cache-Control"]
    assert "HX-Request" in response["Vary"]


def test_send_shows_the_answer(client: Client, target: TargetAPI) -> None:
    make_api(target.url)

    page = post(client, SEARCH, **{"query.country": "NO"})

    assert target.last.path == "/v1/companies?country=NO"
    assert text_of(page, ".response-line .status") == "200 OK"
    assert "Norrvik Lantern Works" in text_of(page, "#console-answer")


def test_what_was_typed_stands_there_again(client: Client, target: TargetAPI) -> None:
    make_api(target.url)

    page = post(client, SEARCH, **{"query.country": "SE", "query.name": "{{who}}"})

    assert find_all(page, '[name="query.country"] option[selected]')[0].get("value") == "SE"
    assert find_all(page, '[name="query.name"]')[0].get("value") == "{{who}}"


def test_undefined_variable_is_marked_and_sent_as_it_stands(
    client: Client, target: TargetAPI
) -> None:
    make_api(target.url)

    page = post(client, SEARCH, **{"query.country": "NO", "query.name": "{{who}}"})

    assert target.last.path == "/v1/companies?country=NO&name=%7B%7Bwho%7D%7D"
    assert find_all(page, ".chip-undefined")[0].text_content() == "{{who}}"
    assert "who is not defined in Sandbox" in text_of(page, "#console-query .field-error span")


def test_missing_value_is_marked_and_does_not_keep_from_sending(
    client: Client, target: TargetAPI
) -> None:
    make_api(target.url)

    page = post(client, SEARCH)

    assert target.last.path == "/v1/companies"
    assert "You can still send without it" in text_of(page, "#console-query .field-error span")


def test_missing_part_of_the_path_sends_nothing(client: Client, target: TargetAPI) -> None:
    make_api(target.url)

    page = post(client, f"{REFERENCE}/get-company/try/")

    assert target.seen == []
    assert text_of(page, ".response-line .status") == "Not sent"
    assert "is part of the path" in text_of(page, ".console-note")


def test_target_out_of_reach_is_explained(client: Client) -> None:
    make_api("http://127.0.0.1:9/v1")

    page = post(client, SEARCH, **{"query.country": "NO", "query.name": "Norrvik"})

    assert "127.0.0.1 does not take connections on port 9" in text_of(page, ".callout-title")
    assert find_all(page, '[name="query.name"]')[0].get("value") == "Norrvik"


def test_token_is_sent_and_masked_on_the_page(client: Client, target: TargetAPI) -> None:
    keep_token(client, make_api(target.url), target.token)

    page = post(client, SEARCH, **{"query.country": "NO"})

    assert target.last.headers["authorization"] == f"Bearer {target.token}"
    assert f"Authorization: Bearer ••••{target.token[-4:]}" in text_of(page, "#console-sent")
    assert target.token not in tostring(page).decode()


def test_token_is_shown_with_its_end(client: Client, target: TargetAPI) -> None:
    keep_token(client, make_api(target.url), target.token)

    page = get(client, SEARCH)

    assert find_all(page, "portico-countdown [role=timer]")[0].text.startswith("Valid for 59 min")
    assert "127.0.0.1" in text_of(page, ".token-facts")


def test_login_offers_its_token(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    body = '{"username": "demo", "password": "correct-horse"}'

    page = post(client, AUTHENTICATE, body=body)

    button = find_all(page, 'form[action="/try-it/tokens/keep/"] button')[0]
    assert button.text_content().strip() == "Use as bearerToken_token in Sandbox"
    sealed = find_all(page, '[name="sealed"]')[0].get("value")
    client.post("/try-it/tokens/keep/", {"sealed": sealed, "next": SEARCH})
    post(client, SEARCH, **{"query.country": "NO"})
    assert target.last.headers["authorization"] == f"Bearer {target.token}"


def test_wrong_password_is_the_answer_of_the_api(client: Client, target: TargetAPI) -> None:
    make_api(target.url)

    page = post(client, AUTHENTICATE, body='{"username": "demo", "password": "wrong"}')

    assert text_of(page, ".response-line .status").startswith("401")
    assert find_all(page, '[name="sealed"]') == []
    assert '"username": "demo"' in find_all(page, "#console-body-text")[0].text


def test_pasted_token_is_kept(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    fields = {"security.bearerToken_token": f"Bearer {target.token}", "action": "keep"}

    page = post(client, SEARCH, **fields)

    assert target.seen == []
    field = find_all(page, '[name="security.bearerToken_token"]')[0]
    assert field.get("value") == "{{bearerToken_token}}"
    assert text_of(page, "#console-security [role=status]") == "Kept for Sandbox."


def test_nothing_is_kept_when_nothing_was_typed(client: Client) -> None:
    make_api()
    fields = {"security.bearerToken_token": "{{bearerToken_token}}", "action": "keep"}

    page = post(client, SEARCH, **fields)

    assert "Type or paste the value" in text_of(page, "#console-security [role=status]")


def test_value_too_long_to_keep_is_refused(client: Client) -> None:
    make_api()
    fields = {"security.bearerToken_token": "x" * 64_001, "action": "keep"}

    page = post(client, SEARCH, **fields)

    assert "longer than 64,000" in text_of(page, "#console-security [role=status]")


def test_token_is_forgotten(client: Client, target: TargetAPI) -> None:
    keep_token(client, make_api(target.url), target.token)
    button = find_all(get(client, SEARCH), "button.button-danger")[0]

    page = post(client, SEARCH, action=button.get("value"))

    assert text_of(page, "#console-security [role=status]") == "The token was forgotten."
    assert find_all(page, "portico-countdown") == []


@pytest.mark.parametrize(
    "action",
    ["renew:nonsense", "forget:00000000-0000-0000-0000-000000000000"],
    ids=["no id", "another session's"],
)
def test_unknown_token_is_said_to_be_gone(client: Client, action: str) -> None:
    make_api()

    page = post(client, SEARCH, action=action)

    assert text_of(page, "#console-security [role=status]") == "This token is not here any more."


def test_pasted_token_cannot_be_renewed(client: Client, target: TargetAPI) -> None:
    keep_token(client, make_api(target.url), target.token)
    token = list_tokens(open_jar(client.session, user=AnonymousUser(), now=timezone.now()))[0]

    page = post(client, SEARCH, action=f"renew:{token.id}")

    assert "cannot renew" in text_of(page, "#console-security [role=status]")


def test_environments_of_the_version_are_offered(client: Client) -> None:
    version = make_api()
    make_server(version, make_environment("production", confirm_writes=True, order=1))
    make_environment("staging", order=2)

    page = get(client, SEARCH)

    offered = find_all(page, 'button[name="switch"]')
    assert [button.get("value") for button in offered] == ["sandbox", "production"]
    assert "Live data" in offered[1].text_content()


def test_changing_the_environment_keeps_what_was_typed(client: Client) -> None:
    version = make_api()
    make_server(version, make_environment("production", order=1), "https://live.example.com/v1")

    page = post(client, SEARCH, switch="production", **{"query.name": "Norrvik"})

    assert find_all(page, '[name="environment"]')[0].get("value") == "production"
    assert find_all(page, '[name="query.name"]')[0].get("value") == "Norrvik"
    assert "https://live.example.com/v1" in text_of(page, "#console-url-edit")
    assert client.session["environment"] == "production"


def test_form_is_sent_to_the_environment_it_was_filled_in_for(
    client: Client, target: TargetAPI
) -> None:
    version = make_api(target.url)
    make_server(version, make_environment("production", order=1))
    client.post("/try-it/environment/", {"environment": "production"})

    post(client, SEARCH, **{"query.country": "NO"})

    assert target.last.path == "/v1/companies?country=NO"


def test_form_of_an_environment_that_is_gone_sends_nothing(
    client: Client, target: TargetAPI
) -> None:
    make_api(target.url)

    page = post(client, SEARCH, environment="gone", **{"query.name": "Norrvik"})

    assert target.seen == []
    assert "There is no server in gone" in text_of(page, ".callout-title")
    assert find_all(page, '[name="query.name"]')[0].get("value") == "Norrvik"


def test_live_data_is_asked_about_before_it_is_changed(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    Environment.objects.update(confirm_writes=True, name="Production")

    page = post(client, DELETE, **{"path.id": "7"})

    assert target.seen == []
    assert "Send this DELETE to Production?" in text_of(page, "#console-response")
    assert f"{target.url}/companies/7" in text_of(page, "#console-response")
    confirmed = find_all(page, '[name="confirmed"]')[0].get("value")
    post(client, DELETE, confirmed=confirmed, **{"path.id": "7"})
    assert target.last.method == "DELETE"


def test_confirmation_of_one_request_is_none_of_another(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    Environment.objects.update(confirm_writes=True)
    page = post(client, DELETE, **{"path.id": "7"})
    confirmed = find_all(page, '[name="confirmed"]')[0].get("value")

    post(client, DELETE, confirmed=confirmed, **{"path.id": "8"})

    assert target.seen == []


def test_cancelled_request_is_not_sent(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    Environment.objects.update(confirm_writes=True)

    page = post(client, DELETE, action="cancel", **{"path.id": "7"})

    assert target.seen == []
    assert find_all(page, '[name="path.id"]')[0].get("value") == "7"


def test_visitor_who_may_not_send_is_asked_to_sign_in(
    client: Client, target: TargetAPI, settings: Settings
) -> None:
    settings.TRY_IT_ANONYMOUS = "off"
    make_api(target.url)

    page = post(client, SEARCH, **{"query.name": "Norrvik"})

    assert target.seen == []
    link = find_all(page, "#console-response .callout a")[0]
    assert link.get("href") == f"/accounts/login/?next={SEARCH}"
    assert find_all(page, '[name="query.name"]')[0].get("value") == "Norrvik"


@pytest.mark.parametrize(
    ("fields", "target_header", "swap"),
    [
        pytest.param({"action": "refresh"}, None, "none", id="marks only"),
        pytest.param({"action": "keep"}, "#console-security", "innerHTML", id="security"),
        pytest.param({"switch": "sandbox"}, "#console", "innerHTML", id="environment"),
        pytest.param({}, None, None, id="response"),
    ],
)
def test_overlay_gets_the_part_that_changed(
    client: Client,
    target: TargetAPI,
    fields: dict[str, str],
    target_header: str | None,
    swap: str | None,
) -> None:
    make_api(target.url)

    response = client.post(SEARCH, {"environment": "sandbox", **fields}, headers=HTMX)

    assert response.get("HX-Retarget") == target_header
    assert response.get("HX-Reswap") == swap
    assert "<html" not in response.content.decode()


def test_overlay_stays_an_overlay(client: Client) -> None:
    make_api()
    fields = {"environment": "sandbox", "switch": "sandbox", "frame": "dialog"}

    response = client.post(SEARCH, fields, headers=HTMX)

    assert "data-console-close" in response.content.decode()


def test_version_without_servers_has_no_form(client: Client) -> None:
    make_version(DEFINITION)

    page = get(client, SEARCH)

    assert "There is no server to send to" in page.text_content()
    assert find_all(page, "#console-form") == []


@pytest.mark.parametrize(
    "url",
    [
        "/catalog/nothing/v1/reference/company-search/try/",
        "/catalog/example/v9/reference/company-search/try/",
        f"{REFERENCE}/nothing/try/",
    ],
    ids=["product", "version", "operation"],
)
def test_unknown_address_is_not_found(client: Client, url: str) -> None:
    make_api()

    assert client.get(url).status_code == 404


def test_product_one_may_not_see_is_not_found(client: Client) -> None:
    version = make_api()
    version.product.visibility = "signed-in"
    version.product.save()

    assert client.get(SEARCH).status_code == 404
    assert client.post(SEARCH, {"environment": "sandbox"}).status_code == 404


def test_form_without_its_token_is_refused_with_a_page(target: TargetAPI) -> None:
    make_api(target.url)
    client = Client(enforce_csrf_checks=True)
    client.get(SEARCH)

    response = client.post(SEARCH, {"environment": "sandbox"})

    assert response.status_code == 403
    assert target.seen == []
    assert "what you typed is still there" in response.content.decode()
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_old_form_of_this_portal_can_be_sent_again_with_all_that_was_typed(
    target: TargetAPI,
) -> None:
    make_api(target.url)
    client = Client(enforce_csrf_checks=True)
    typed = '<b>"Norrvik"'
    fields = {"environment": "sandbox", "query.country": "NO", "query.name": typed}

    response = client.post(SEARCH, fields, headers={"Origin": "http://testserver"})
    page = parse_page(response.content.decode())
    again = {field.get("name"): field.text or "" for field in find_all(page, "form textarea")}
    token = find_all(page, '[name="csrfmiddlewaretoken"]')[0].get("value")
    again = {name: text.lstrip() for name, text in again.items()}
    client.post(SEARCH, {**again, "csrfmiddlewaretoken": token})

    assert response.status_code == 403
    assert again["query.name"] == typed
    assert target.last.path == "/v1/companies?country=NO&name=%3Cb%3E%22Norrvik%22"


def test_overlay_gets_a_new_token_for_its_old_form(target: TargetAPI) -> None:
    make_api(target.url)
    client = Client(enforce_csrf_checks=True)
    headers = {**HTMX, "Origin": "http://testserver"}

    response = client.post(SEARCH, {"environment": "sandbox"}, headers=headers)

    page = parse_page(response.content.decode())
    assert response.status_code == 403
    assert len(find_all(page, '[name="csrfmiddlewaretoken"]')[0].get("value")) == 64
    assert find_all(page, "html body") == []


def test_enter_presses_send_and_no_other_button(client: Client) -> None:
    make_api()

    page = get(client, SEARCH)

    first = page.xpath('//button[@form="console-form" or ancestor::form[@id="console-form"]]')[0]
    assert (first.get("name"), first.text) == (None, "Send")


def test_form_leads_to_its_answer_without_script(client: Client) -> None:
    make_api()

    page = get(client, SEARCH)

    assert find_all(page, "#console-form")[0].get("action") == f"{SEARCH}#console-response"
    switch = find_all(page, 'button[name="switch"]')[0]
    assert switch.get("formaction") == SEARCH


def test_kept_token_can_be_replaced_by_pasting_another(client: Client, target: TargetAPI) -> None:
    keep_token(client, make_api(target.url), target.token)
    fields = {"security.bearerToken_token": "another-token-of-mine", "action": "keep"}
    labels = [one.text_content().strip() for one in find_all(get(client, SEARCH), ".token button")]

    post(client, SEARCH, **fields)
    post(client, SEARCH, **{"query.country": "NO"})

    assert labels == ["Keep for Sandbox", "Forget"]
    assert target.last.headers["authorization"] == "Bearer another-token-of-mine"


@pytest.mark.parametrize(
    ("value", "words"),
    [("Bearer", "no token in this value"), ("my own token", "no spaces")],
    ids=["the word alone", "a sentence"],
)
def test_what_cannot_be_a_token_is_not_kept(client: Client, value: str, words: str) -> None:
    make_api()
    fields = {"security.bearerToken_token": value, "action": "keep"}

    page = post(client, SEARCH, **fields)

    assert words in text_of(page, "#console-security [role=status]")
    assert find_all(page, '[name="security.bearerToken_token"]')[0].get("value") == value


def test_pasted_token_is_said_to_be_pasted(client: Client, target: TargetAPI) -> None:
    keep_token(client, make_api(target.url), target.token)

    page = get(client, SEARCH)

    assert text_of(page, ".token-facts").startswith("Pasted at")


def test_ended_session_is_said_before_anything_is_sent(client: Client, target: TargetAPI) -> None:
    keep_token(client, make_api(target.url), target.token)
    kept = find_all(get(client, SEARCH), '[name="has_session"]')[0].get("value")
    client.session.flush()

    page = post(client, SEARCH, has_session=kept, **{"query.country": "NO"})

    assert target.seen == []
    assert text_of(page, "#console-response .callout-title") == (
        "Your session ended; its tokens and variables are gone."
    )
    assert find_all(page, '[name="has_session"]')[0].get("value") == ""
    post(client, SEARCH, has_session="", **{"query.country": "NO"})
    assert target.last.path == "/v1/companies?country=NO"


def test_ended_session_leaves_no_trace_under_security(client: Client, target: TargetAPI) -> None:
    keep_token(client, make_api(target.url), target.token)
    client.session.flush()

    page = post(client, SEARCH, has_session="1", headers=HTMX)

    updated = {one.get("id") for one in find_all(page, "[hx-swap-oob]")}
    assert {
        "console-security-notice",
        "console-session",
        "scheme-bearerToken-head",
        "scheme-bearerToken-actions",
        "scheme-bearerToken-facts",
        "security-bearerToken_token-end",
    } <= updated
    assert find_all(page, ".button-danger") == []


def test_form_without_an_environment_says_so(client: Client, target: TargetAPI) -> None:
    make_api(target.url)

    page = post(client, SEARCH, environment="")

    assert target.seen == []
    assert text_of(page, ".callout-title") == "The request names no environment."


def test_sentence_of_waiting_is_no_text_of_the_page(client: Client) -> None:
    make_api()

    page = get(client, SEARCH)

    assert "{seconds}" not in page.text_content()
    assert "stops at 60 s" in find_all(page, "portico-request")[0].get("stopping")


def test_number_of_queries_does_not_grow_with_the_environments(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = make_api()
    client.get(SEARCH)
    few = 9
    with django_assert_num_queries(few):
        client.get(SEARCH)
    for number in range(5):
        make_server(version, make_environment(f"more-{number}", order=number + 1))

    with django_assert_num_queries(few):
        client.get(SEARCH)

    assert Server.objects.count() == 6
