"""The second product: rates that follow from the date, and its own form of error."""

from __future__ import annotations

from datetime import date

import pytest

from examples.sandbox.data_files import read_data_file
from examples.sandbox.exchange_rates.rates import RateTable, latest_day
from tests.examples.client import CREDENTIALS, NOW, Caller

BASE = "/exchange-rates/v2"
DAY_SECONDS = 86_400


@pytest.fixture
def table() -> RateTable:
    return RateTable(read_data_file("currencies"))


def test_session_holds_the_token_two_levels_down() -> None:
    answer = Caller(token_seconds=90).call("POST", f"{BASE}/sessions", json=CREDENTIALS)

    assert answer.status == 201
    assert answer.json["session"]["expiresInMs"] == 90_000
    assert answer.json["session"]["accessToken"].count(".") == 2
    assert answer.json["account"] == {"name": "sandbox-demo"}


def test_currencies_are_listed_without_their_prices(rates_caller: Caller) -> None:
    currencies = rates_caller.call("GET", f"{BASE}/currencies").json["currencies"]

    assert currencies[0] == {"code": "CHF", "name": "Swiss franc", "symbol": None}
    assert [one["code"] for one in currencies][-1] == "USD"


def test_latest_rates_are_those_of_today(rates_caller: Caller) -> None:
    rates = rates_caller.call("GET", f"{BASE}/rates/latest").json

    assert (rates["base"], rates["date"]) == ("EUR", "2026-11-23")
    assert sorted(rates["rates"]) == ["CHF", "DKK", "GBP", "NOK", "PLN", "SEK", "USD"]


def test_symbols_narrow_the_rates(rates_caller: Caller) -> None:
    query = {"base": "NOK", "symbols": "SEK,DKK"}

    rates = rates_caller.call("GET", f"{BASE}/rates/latest", query=query).json["rates"]

    assert sorted(rates) == ["DKK", "SEK"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "2026-11-23"), (4, "2026-11-27"), (5, "2026-11-27"), (6, "2026-11-27")],
    ids=["monday", "friday", "saturday", "sunday"],
)
def test_weekend_has_the_rates_of_friday(days: int, expected: str) -> None:
    assert latest_day(NOW + days * DAY_SECONDS) == date.fromisoformat(expected)


def test_rate_of_a_day_never_changes(table: RateTable) -> None:
    assert table.rate("EUR", "NOK", date(2026, 11, 20)) == 11.9009


def test_rate_and_its_inverse_agree(table: RateTable) -> None:
    day = date(2026, 11, 20)

    assert table.rate("NOK", "SEK", day) * table.rate("SEK", "NOK", day) == pytest.approx(1, 1e-4)


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2026-11-21", "There are no rates of 2026-11-21, a Saturday."),
        ("2026-11-24", "There are no rates of 2026-11-24, a Tuesday."),
        ("2019-12-31", "There are no rates of 2019-12-31, a Tuesday."),
    ],
    ids=["weekend", "tomorrow", "before-the-first"],
)
def test_day_without_rates_is_not_found(day: str, message: str, rates_caller: Caller) -> None:
    answer = rates_caller.call("GET", f"{BASE}/rates/{day}")

    assert answer.status == 404
    assert answer.json == {"error": {"code": "not_found", "message": message}}


def test_conversion_is_rounded_to_two_decimals(rates_caller: Caller) -> None:
    query = {"from": "EUR", "to": "EUR", "amount": "10.005"}

    conversion = rates_caller.call("GET", f"{BASE}/conversions", query=query).json

    assert conversion["rate"] == 1.0
    assert conversion["amount"] == 10.005
    assert conversion["result"] in (10.0, 10.01)


@pytest.mark.parametrize("amount", ["0", "-1", "nan", "inf", "much", "1e13", ""])
def test_amount_that_is_not_allowed_is_named(amount: str, rates_caller: Caller) -> None:
    query = {"from": "NOK", "to": "EUR", "amount": amount}

    answer = rates_caller.call("GET", f"{BASE}/conversions", query=query)

    assert answer.status == 400
    assert answer.json["error"] == {
        "code": "values_not_allowed",
        "message": "amount: More than 0, at most 1000000000000.",
    }


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"to": "EUR", "amount": "1"}, "from: A value is required."),
        ({"from": "NOK", "to": "EUR"}, "amount: A value is required."),
    ],
    ids=["from", "amount"],
)
def test_missing_value_is_named(query: dict[str, str], message: str, rates_caller: Caller) -> None:
    answer = rates_caller.call("GET", f"{BASE}/conversions", query=query)

    assert answer.json["error"]["message"] == message


def test_unknown_symbol_is_named(rates_caller: Caller) -> None:
    answer = rates_caller.call("GET", f"{BASE}/rates/latest", query={"symbols": "NOK,XXX"})

    assert answer.json["error"]["message"].startswith("symbols: Each one of CHF, DKK,")


def test_missing_member_of_the_body_is_named_by_its_pointer() -> None:
    answer = Caller().call("POST", f"{BASE}/sessions", json={"username": "sandbox-demo"})

    assert answer.json["error"]["message"] == "/password: A value is required."
