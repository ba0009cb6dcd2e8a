"""The API of examples/exchange-rates/openapi.json."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from examples.sandbox.data_files import read_data_file
from examples.sandbox.exchange_rates.rates import (
    FIRST_DAY,
    RateTable,
    is_business_day,
    latest_day,
)
from examples.sandbox.messages import Request, Response, build_json_response
from examples.sandbox.query_reading import QueryReader
from examples.sandbox.refusals import Fault, Refusal
from examples.sandbox.routing import Operation
from examples.sandbox.signing_in import SignIn
from examples.sandbox.value_checks import REQUIRED, FaultList, build_refusal, find_date

__all__ = ["ExchangeRates"]

LARGEST_AMOUNT = 1_000_000_000_000
OWN_STATUSES = (400, 401, 404, 405, 429)


class ExchangeRates:
    """Exchange Rates in one environment."""

    name = "exchange-rates"
    base_path = "/exchange-rates/v2"

    def __init__(self, sign_in: SignIn) -> None:
        self._sign_in = sign_in
        self._currencies = read_data_file("currencies")
        self._table = RateTable(self._currencies)
        self.operations: tuple[Operation, ...] = (
            Operation("POST", "/sessions", self.create_session, needs_token=False),
            Operation("GET", "/currencies", self.list_currencies),
            Operation("GET", "/rates/latest", self.get_latest_rates),
            Operation("GET", "/rates/{date}", self.get_rates_of_date),
            Operation("GET", "/conversions", self.convert_amount),
        )

    def render_refusal(self, refusal: Refusal, request: Request) -> Response:
        """A code and one sentence; what is wrong with the request itself is always a 400."""
        status = refusal.status if refusal.status in OWN_STATUSES else 400
        error = {"code": refusal.kind.replace("-", "_"), "message": _message(refusal)}
        return build_json_response(status, {"error": error}, headers=refusal.headers)

    def create_session(self, request: Request) -> Response:
        """createSession: credentials in, token out, two levels down."""
        issued = self._sign_in.issue_token(request, product=self.name)
        session = {
            "accessToken": issued.token,
            "tokenType": "Bearer",
            "expiresInMs": issued.expires_in * 1000,
        }
        return build_json_response(
            201,
            {"session": session, "account": {"name": issued.username}},
            headers=(("Cache-Control", "no-store"),),
        )

    def list_currencies(self, request: Request) -> Response:
        """listCurrencies."""
        shown = ("code", "name", "symbol")
        currencies = [{name: one[name] for name in shown} for one in self._currencies]
        return build_json_response(200, {"currencies": currencies})

    def get_latest_rates(self, request: Request) -> Response:
        """getLatestRates."""
        return self._rates(request, latest_day(request.now))

    def get_rates_of_date(self, request: Request) -> Response:
        """getRatesOfDate; 404 on days without rates."""
        day = _read_day(request.path_values["date"])
        if not FIRST_DAY <= day <= latest_day(request.now) or not is_business_day(day):
            raise Refusal(404, "not-found", f"There are no rates of {day}, a {day:%A}.")
        return self._rates(request, day)

    def convert_amount(self, request: Request) -> Response:
        """convertAmount, at the latest rate."""
        faults = FaultList()
        query = QueryReader(request.query, faults)
        base = query.required_choice("from", self._table.codes)
        code = query.required_choice("to", self._table.codes)
        amount = _read_amount(request, faults)
        faults.finish()
        day = latest_day(request.now)
        rate = self._table.rate(base, code, day)
        conversion = {
            "from": base,
            "to": code,
            "amount": amount,
            "rate": rate,
            "result": round(amount * rate, 2),
            "date": day.isoformat(),
        }
        return build_json_response(200, conversion)

    def _rates(self, request: Request, day: date) -> Response:
        faults = FaultList()
        query = QueryReader(request.query, faults)
        base = query.choice("base", self._table.codes) or "EUR"
        codes = query.listed_choices("symbols", self._table.codes) or self._table.codes
        faults.finish()
        rates: dict[str, Any] = self._table.rates(base, codes, day)
        return build_json_response(200, {"base": base, "date": day.isoformat(), "rates": rates})


def _read_day(text: str) -> date:
    day = find_date(text)
    if day is None:
        raise build_refusal(Fault("A day such as 2026-11-20.", parameter="date"))
    return day


def _read_amount(request: Request, faults: FaultList) -> float:
    text = next(iter(request.query.get("amount", [])), None)
    if text is None:
        faults.add(Fault(REQUIRED, parameter="amount"))
        return 0.0
    try:
        amount = float(text)
    except ValueError:
        amount = math.nan
    if not 0 < amount <= LARGEST_AMOUNT:
        faults.add(Fault(f"More than 0, at most {LARGEST_AMOUNT}.", parameter="amount"))
    return amount


def _message(refusal: Refusal) -> str:
    if not refusal.faults:
        return refusal.detail
    fault = refusal.faults[0]
    return f"{fault.parameter or fault.pointer}: {fault.detail}"
