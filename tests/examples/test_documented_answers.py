"""The sandbox answers as its definitions say, operation by operation and error by error."""

from __future__ import annotations

from typing import Any

import pytest

from examples.sandbox.company_data.portfolios import FIRST_PORTFOLIO_ID
from tests.examples.client import CREDENTIALS, Caller
from tests.examples.documented import find_differences, iter_operations

DATA = "/company-data/v1"
RATES = "/exchange-rates/v2"
FIRST = f"{DATA}/portfolios/{FIRST_PORTFOLIO_ID}"
GONE = f"{DATA}/portfolios/00000000-0000-0000-0000-000000000000"
NEW = {"name": "New", "delivery": {"type": "email", "address": "a@lighthouse.example"}}
SAME_NAME = {**NEW, "name": "Key customers"}

# operationId, status, method, path, and what is sent with it.
COMPANY_DATA: tuple[tuple[str, int, str, str, dict[str, Any]], ...] = (
    ("authenticate", 200, "POST", f"{DATA}/authenticate", {"json": CREDENTIALS}),
    ("authenticate", 400, "POST", f"{DATA}/authenticate", {"json": b"{"}),
    (
        "authenticate",
        401,
        "POST",
        f"{DATA}/authenticate",
        {"json": {"username": "sandbox-demo", "password": "wrong"}},
    ),
    (
        "authenticate",
        415,
        "POST",
        f"{DATA}/authenticate",
        {"json": b"x", "headers": {"Content-Type": "text/plain"}},
    ),
    ("authenticate", 422, "POST", f"{DATA}/authenticate", {"json": {}}),
    ("companySearch", 200, "GET", f"{DATA}/companies", {"query": {"country": "FI"}}),
    ("companySearch", 422, "GET", f"{DATA}/companies", {}),
    ("getCompany", 200, "GET", f"{DATA}/companies/NO-912345678", {}),
    ("getCompany", 404, "GET", f"{DATA}/companies/NO-900000000", {}),
    ("getCreditReport", 200, "GET", f"{DATA}/companies/DK-35503768/credit-report", {}),
    (
        "getCreditReport",
        200,
        "GET",
        f"{DATA}/companies/NO-912345678/credit-report",
        {"headers": {"Accept": "application/pdf"}},
    ),
    ("getCreditReport", 404, "GET", f"{DATA}/companies/NO-900000000/credit-report", {}),
    (
        "getCreditReport",
        406,
        "GET",
        f"{DATA}/companies/NO-912345678/credit-report",
        {"headers": {"Accept": "text/html"}},
    ),
    (
        "getCreditReport",
        422,
        "GET",
        f"{DATA}/companies/NO-912345678/credit-report",
        {"query": {"language": "de"}},
    ),
    ("listPortfolios", 200, "GET", f"{DATA}/portfolios", {}),
    ("listPortfolios", 422, "GET", f"{DATA}/portfolios", {"query": {"limit": 0}}),
    ("createPortfolio", 201, "POST", f"{DATA}/portfolios", {"json": NEW}),
    ("createPortfolio", 400, "POST", f"{DATA}/portfolios", {"json": b"[1,"}),
    ("createPortfolio", 409, "POST", f"{DATA}/portfolios", {"json": SAME_NAME}),
    (
        "createPortfolio",
        415,
        "POST",
        f"{DATA}/portfolios",
        {"json": b"x", "headers": {"Content-Type": "application/xml"}},
    ),
    ("createPortfolio", 422, "POST", f"{DATA}/portfolios", {"json": []}),
    ("getPortfolio", 200, "GET", FIRST, {}),
    ("getPortfolio", 404, "GET", GONE, {}),
    ("updatePortfolio", 200, "PUT", FIRST, {"json": NEW}),
    ("updatePortfolio", 400, "PUT", FIRST, {"json": b"\xff"}),
    ("updatePortfolio", 404, "PUT", GONE, {"json": NEW}),
    ("updatePortfolio", 415, "PUT", FIRST, {"json": b"", "headers": {"Content-Type": "a/b"}}),
    ("updatePortfolio", 422, "PUT", FIRST, {"json": {"name": ""}}),
    ("deletePortfolio", 204, "DELETE", FIRST, {}),
    ("deletePortfolio", 404, "DELETE", GONE, {}),
    ("listPortfolioMembers", 200, "GET", f"{FIRST}/members", {}),
    ("listPortfolioMembers", 404, "GET", f"{GONE}/members", {}),
    ("listPortfolioMembers", 422, "GET", f"{FIRST}/members", {"query": {"cursor": "?"}}),
    ("addPortfolioMember", 200, "PUT", f"{FIRST}/members/NO-912345678", {"json": {}}),
    ("addPortfolioMember", 201, "PUT", f"{FIRST}/members/EE-10855466", {"json": {}}),
    ("addPortfolioMember", 400, "PUT", f"{FIRST}/members/EE-10855466", {"json": b"no"}),
    ("addPortfolioMember", 404, "PUT", f"{FIRST}/members/EE-00000000", {"json": {}}),
    ("addPortfolioMember", 409, "PUT", f"{FIRST}/members/DK-35503768", {"json": {}}),
    ("addPortfolioMember", 415, "PUT", f"{FIRST}/members/EE-10855466", {}),
    ("addPortfolioMember", 422, "PUT", f"{FIRST}/members/EE-10855466", {"json": {"watch": []}}),
    ("removePortfolioMember", 204, "DELETE", f"{FIRST}/members/NO-912345678", {}),
    ("removePortfolioMember", 404, "DELETE", f"{FIRST}/members/EE-10855466", {}),
)
EXCHANGE_RATES: tuple[tuple[str, int, str, str, dict[str, Any]], ...] = (
    ("createSession", 201, "POST", f"{RATES}/sessions", {"json": CREDENTIALS}),
    ("createSession", 400, "POST", f"{RATES}/sessions", {"json": {}}),
    ("createSession", 401, "POST", f"{RATES}/sessions", {"json": {**CREDENTIALS, "password": "x"}}),
    ("listCurrencies", 200, "GET", f"{RATES}/currencies", {}),
    ("getLatestRates", 200, "GET", f"{RATES}/rates/latest", {"query": {"base": "NOK"}}),
    ("getLatestRates", 400, "GET", f"{RATES}/rates/latest", {"query": {"base": "XXX"}}),
    ("getRatesOfDate", 200, "GET", f"{RATES}/rates/2026-11-20", {}),
    ("getRatesOfDate", 400, "GET", f"{RATES}/rates/yesterday", {}),
    ("getRatesOfDate", 404, "GET", f"{RATES}/rates/2026-11-21", {}),
    (
        "convertAmount",
        200,
        "GET",
        f"{RATES}/conversions",
        {"query": {"from": "NOK", "to": "EUR", "amount": "850000"}},
    ),
    ("convertAmount", 400, "GET", f"{RATES}/conversions", {}),
)
# Answers that need no request of their own: they come from the token and the rate limit.
EVERYWHERE = {"401", "429"}
LOGINS = ("authenticate", "createSession")
ALL_OPERATIONS = [
    (product, operation["operationId"], method, prefix + path)
    for product, prefix in (("company-data", DATA), ("exchange-rates", RATES))
    for method, path, operation in iter_operations(product)
]


@pytest.mark.parametrize(
    ("operation_id", "status", "method", "path", "sent"),
    COMPANY_DATA,
    ids=[f"{case[0]}-{case[1]}-{index}" for index, case in enumerate(COMPANY_DATA)],
)
def test_company_data_answers_as_documented(
    operation_id: str, status: int, method: str, path: str, sent: dict[str, Any], caller: Caller
) -> None:
    answer = caller.call(method, path, **sent)

    assert answer.status == status
    assert find_differences("company-data", operation_id, answer) == []


@pytest.mark.parametrize(
    ("operation_id", "status", "method", "path", "sent"),
    EXCHANGE_RATES,
    ids=[f"{case[0]}-{case[1]}" for case in EXCHANGE_RATES],
)
def test_exchange_rates_answers_as_documented(
    operation_id: str,
    status: int,
    method: str,
    path: str,
    sent: dict[str, Any],
    rates_caller: Caller,
) -> None:
    answer = rates_caller.call(method, path, **sent)

    assert answer.status == status
    assert find_differences("exchange-rates", operation_id, answer) == []


@pytest.mark.parametrize(
    ("product", "cases"),
    [("company-data", COMPANY_DATA), ("exchange-rates", EXCHANGE_RATES)],
    ids=["company-data", "exchange-rates"],
)
def test_every_documented_answer_is_tried(product: str, cases: Any) -> None:
    documented = {
        (operation["operationId"], status)
        for _, _, operation in iter_operations(product)
        for status in operation["responses"]
        if status not in EVERYWHERE
    }

    tried = {(case[0], str(case[1])) for case in cases} | {("updatePortfolio", "409")}

    assert documented - tried == set()


@pytest.mark.parametrize(
    ("product", "operation_id", "method", "path"),
    [case for case in ALL_OPERATIONS if case[1] not in LOGINS],
    ids=[case[1] for case in ALL_OPERATIONS if case[1] not in LOGINS],
)
def test_operation_without_a_token_answers_401_as_documented(
    product: str, operation_id: str, method: str, path: str
) -> None:
    answer = Caller().call(method, path)

    assert answer.status == 401
    assert find_differences(product, operation_id, answer) == []


@pytest.mark.parametrize(
    ("product", "operation_id", "method", "path"),
    ALL_OPERATIONS,
    ids=[case[1] for case in ALL_OPERATIONS],
)
def test_operation_beyond_the_rate_limit_answers_429_as_documented(
    product: str, operation_id: str, method: str, path: str
) -> None:
    caller = Caller(rate_per_minute=1)
    caller.call(method, path)

    answer = caller.call(method, path)

    assert answer.status == 429
    assert find_differences(product, operation_id, answer) == []


def test_updating_to_a_name_that_is_taken_answers_409_as_documented(caller: Caller) -> None:
    caller.call("POST", f"{DATA}/portfolios", json=NEW)

    answer = caller.call("PUT", FIRST, json=NEW)

    assert answer.status == 409
    assert answer.json["type"] == "https://company-data.example/problems/name-taken"
    assert find_differences("company-data", "updatePortfolio", answer) == []
