"""Portfolios and their members."""

from __future__ import annotations

import json
from typing import Any

import pytest

from examples.sandbox.company_data.portfolios import FIRST_PORTFOLIO_ID
from tests.examples.client import NOW, Answer, Caller

PORTFOLIOS = "/company-data/v1/portfolios"
FIRST = f"{PORTFOLIOS}/{FIRST_PORTFOLIO_ID}"
KEY = {"Idempotency-Key": "6f1c2a90-8f3e-4d55-9a10-3c5e7b2d4f61"}
EMAIL = {"type": "email", "address": "credit@lighthouse.example"}
WEBHOOK = {
    "type": "webhook",
    "url": "https://hooks.lighthouse.example/x",
    "secret": "tall-ships-and-small-harbours",
}


def _create(caller: Caller, name: str, **sent: Any) -> Answer:
    body = {"name": name, "delivery": EMAIL}
    return caller.call("POST", PORTFOLIOS, json={**body, **sent.pop("body", {})}, **sent)


def _names(caller: Caller) -> list[str]:
    return [one["name"] for one in caller.call("GET", PORTFOLIOS).json["items"]]


def test_account_starts_with_the_portfolio_of_the_definition(caller: Caller) -> None:
    page = caller.call("GET", PORTFOLIOS).json

    assert [(one["id"], one["member_count"]) for one in page["items"]] == [
        ("3d0c7b52-5a0e-4f0b-9d35-0c9f7c1f4a10", 3)
    ]


def test_created_portfolio_is_found_at_its_location(caller: Caller) -> None:
    created = _create(caller, "Suppliers", body={"delivery": WEBHOOK, "description": None})

    found = caller.call("GET", created.headers["Location"])
    assert found.json == created.json
    assert found.json | {"id": ""} == {
        "id": "",
        "name": "Suppliers",
        "description": None,
        "delivery": {"type": "webhook", "url": "https://hooks.lighthouse.example/x"},
        "member_count": 0,
        "created_at": "2026-11-23T14:02:40Z",
        "updated_at": "2026-11-23T14:02:40Z",
    }


def test_frequency_of_messages_is_daily_unless_said(caller: Caller) -> None:
    assert _create(caller, "Suppliers").json["delivery"]["frequency"] == "daily"


def test_update_replaces_the_content_and_keeps_the_members(caller: Caller) -> None:
    caller.call("GET", FIRST)
    caller.clock.now = NOW + 60

    body = {"name": "Renamed", "delivery": {**EMAIL, "frequency": "weekly"}}
    answer = caller.call("PUT", FIRST, json=body)

    assert answer.json["name"] == "Renamed"
    assert answer.json["description"] is None
    assert answer.json["member_count"] == 3
    assert answer.json["updated_at"] == "2026-11-23T14:03:40Z"
    assert answer.json["created_at"] == "2026-11-23T14:02:40Z"


def test_update_may_keep_its_own_name(caller: Caller) -> None:
    body = {"name": "Key customers", "delivery": EMAIL}

    assert caller.call("PUT", FIRST, json=body).status == 200


def test_deleted_portfolio_is_gone(caller: Caller) -> None:
    caller.call("DELETE", FIRST)

    assert caller.call("GET", FIRST).status == 404
    assert _names(caller) == []


def test_accounts_see_their_own_portfolios_only() -> None:
    caller = Caller()
    caller.authenticate()
    created = _create(caller, "Suppliers")
    caller.authenticate(username="sandbox-second", password="ropeworks-by-the-sea")

    assert _names(caller) == ["Key customers"]
    assert caller.call("GET", created.headers["Location"]).status == 404


def test_same_key_and_body_give_the_first_answer_again(caller: Caller) -> None:
    first = _create(caller, "Suppliers", headers=KEY)
    again = _create(
        caller, "Suppliers", headers={"Idempotency-Key": KEY["Idempotency-Key"].upper()}
    )

    assert (again.status, again.json) == (201, first.json)
    assert _names(caller) == ["Key customers", "Suppliers"]


def test_same_key_with_another_body_is_a_conflict(caller: Caller) -> None:
    _create(caller, "Suppliers", headers=KEY)

    answer = _create(caller, "Others", headers=KEY)

    assert answer.status == 409
    assert answer.json["type"] == "https://company-data.example/problems/idempotency-key-used"


def test_key_that_failed_can_be_used_again(caller: Caller) -> None:
    _create(caller, "Key customers", headers=KEY)

    assert _create(caller, "Suppliers", headers=KEY).status == 201


def test_only_the_last_hundred_keys_are_remembered(caller: Caller) -> None:
    first = _create(caller, "0", headers={"Idempotency-Key": f"{0:08}-0000-0000-0000-000000000000"})
    caller.call("DELETE", first.headers["Location"])
    for number in range(1, 101):
        key = f"{number:08}-0000-0000-0000-000000000000"
        created = _create(caller, str(number), headers={"Idempotency-Key": key})
        caller.call("DELETE", created.headers["Location"])

    again = _create(caller, "0", headers={"Idempotency-Key": f"{0:08}-0000-0000-0000-000000000000"})

    assert again.json["id"] != first.json["id"]


def test_account_holds_at_most_a_hundred_portfolios(caller: Caller) -> None:
    for number in range(99):
        _create(caller, str(number))

    answer = _create(caller, "one too many")

    assert answer.status == 409
    assert answer.json["detail"] == "An account holds at most 100 portfolios."


def test_new_member_is_added_at_the_end(caller: Caller) -> None:
    body = {"reference": "case-2291", "watch": ["grade", "status"]}

    added = caller.call("PUT", f"{FIRST}/members/EE-10855466", json=body)

    assert added.status == 201
    assert added.json["reference"] == "case-2291"
    assert added.json["watch"] == ["grade", "status"]
    members = caller.call("GET", f"{FIRST}/members").json["items"]
    assert [member["company"]["id"] for member in members] == [
        "NO-912345678",
        "SE-5568529858",
        "FI-27637915",
        "EE-10855466",
    ]


def test_known_member_is_changed_in_its_place(caller: Caller) -> None:
    caller.call("GET", FIRST)
    caller.clock.now = NOW + 60

    changed = caller.call("PUT", f"{FIRST}/members/NO-912345678", json={"reference": "x"})

    assert (changed.status, changed.json["reference"]) == (200, "x")
    assert changed.json["added_at"] == "2026-11-23T14:02:40Z"
    assert changed.json["watch"] == ["grade", "status", "address", "officers", "accounts"]
    first = caller.call("GET", f"{FIRST}/members").json["items"][0]
    assert first == changed.json


def test_removed_member_is_gone(caller: Caller) -> None:
    caller.call("DELETE", f"{FIRST}/members/NO-912345678")

    assert caller.call("GET", FIRST).json["member_count"] == 2
    assert caller.call("DELETE", f"{FIRST}/members/NO-912345678").status == 404


def test_members_are_paged(caller: Caller) -> None:
    page = caller.call("GET", f"{FIRST}/members", query={"limit": 2}).json

    assert (len(page["items"]), page["total"]) == (2, 3)
    assert page["next_cursor"]


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ("text", [("", "An object is expected."), ("/name", "A value is required.")]),
        ({"name": 7, "delivery": EMAIL}, [("/name", "A text is expected.")]),
        ({"name": "\ud800", "delivery": EMAIL}, [("/name", "A text is expected.")]),
        ({"name": "x" * 81, "delivery": EMAIL}, [("/name", "From 1 to 80 characters.")]),
        (
            {"name": "x", "description": "x" * 401, "delivery": EMAIL},
            [("/description", "From 0 to 400 characters.")],
        ),
        ({"name": "x", "delivery": "email"}, [("/delivery", "An object is expected.")]),
        (
            {"name": "x", "delivery": {"type": "fax"}},
            [("/delivery/type", "One of email, webhook.")],
        ),
        (
            {"name": "x", "delivery": {**EMAIL, "frequency": ["daily"]}},
            [("/delivery/frequency", "One of daily, weekly.")],
        ),
        (
            {"name": "x", "delivery": {**WEBHOOK, "secret": "short"}},
            [("/delivery/secret", "From 16 to 64 characters.")],
        ),
        (
            {"name": "x", "delivery": {**WEBHOOK, "url": "http://insecure.example"}},
            [("/delivery/url", r"It must match https://\S+.")],
        ),
    ],
    ids=[
        "no-object",
        "no-text",
        "half-a-character",
        "too-long",
        "description",
        "delivery",
        "type",
        "frequency",
        "secret",
        "url",
    ],
)
def test_fault_of_the_body_is_named_by_its_pointer(
    body: Any, errors: list[tuple[str, str]], caller: Caller
) -> None:
    answer = caller.call("POST", PORTFOLIOS, json=body)

    assert answer.status == 422
    found = [(error["pointer"], error["detail"]) for error in answer.json["errors"]]
    assert found[: len(errors)] == errors


@pytest.mark.parametrize(
    ("watch", "detail"),
    [
        ([], "A list of at least one is expected."),
        ("grade", "A list of at least one is expected."),
        (
            ["grade", {"no": "text"}],
            "Each one of grade, status, address, officers, accounts.",
        ),
        (["grade", "grade"], "All different."),
    ],
    ids=["empty", "no-list", "unknown", "twice"],
)
def test_fault_of_what_is_watched_is_named(watch: Any, detail: str, caller: Caller) -> None:
    answer = caller.call("PUT", f"{FIRST}/members/EE-10855466", json={"watch": watch})

    assert answer.json["errors"] == [{"pointer": "/watch", "detail": detail}]


def test_key_that_is_no_uuid_is_a_fault_of_the_header(caller: Caller) -> None:
    answer = _create(caller, "Suppliers", headers={"Idempotency-Key": "again"})

    assert answer.status == 422
    assert answer.json["errors"] == [
        {"parameter": "Idempotency-Key", "detail": "A UUID is expected."}
    ]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"name": "\xff"}', b"[" * 100_000, b'{"name": ' + b"9" * 5000 + b"}"],
    ids=["empty", "half", "no-utf-8", "too-deep", "number-too-long"],
)
def test_body_that_is_not_json_is_a_400(body: bytes, caller: Caller) -> None:
    answer = caller.call("POST", PORTFOLIOS, json=body)

    assert answer.status == 400
    assert answer.json["title"] == "Not JSON"


def test_malformed_json_is_located(caller: Caller) -> None:
    answer = caller.call("POST", PORTFOLIOS, json=b'{\n  "name": }')

    assert answer.json["detail"] == "The body is not JSON: line 2, column 11."


def test_body_with_parameters_of_its_content_type_is_read(caller: Caller) -> None:
    body = json.dumps({"name": "x", "delivery": EMAIL}).encode()
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}

    assert caller.call("POST", PORTFOLIOS, json=body, headers=headers).status == 201
