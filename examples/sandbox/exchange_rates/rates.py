"""Invented exchange rates that follow from the date alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

__all__ = ["FIRST_DAY", "RateTable", "is_business_day", "latest_day"]

FIRST_DAY = date(2020, 1, 1)
FRIDAY = 4
# A rate stays within this share of the one in the data file.
SWING = 0.02
SIGNIFICANT_DIGITS = 6


class RateTable:
    """What each currency costs on each day. `currencies` is the content of the data file."""

    def __init__(self, currencies: list[dict[str, Any]]) -> None:
        self._per_euro = {currency["code"]: currency["per_euro"] for currency in currencies}
        self.codes = tuple(self._per_euro)

    def rate(self, base: str, code: str, day: date) -> float:
        """What one unit of `base` costs in the other currency, to six significant digits."""
        rate = self._price(code, day) / self._price(base, day)
        return float(f"{rate:.{SIGNIFICANT_DIGITS}g}")

    def rates(self, base: str, codes: Iterable[str], day: date) -> dict[str, float]:
        """The rates of several currencies, without that of the base itself."""
        return {code: self.rate(base, code, day) for code in codes if code != base}

    def _price(self, code: str, day: date) -> float:
        """What a euro costs in this currency."""
        if code == "EUR":
            return 1.0
        digest = hashlib.sha256(f"{code} {day.isoformat()}".encode()).digest()
        swing = (int.from_bytes(digest[:2]) / 0xFFFF * 2 - 1) * SWING
        return float(self._per_euro[code]) * (1 + swing)


def latest_day(now: float) -> date:
    """Today, or the Friday before on a Saturday or Sunday; `now` in seconds since 1970."""
    today = datetime.fromtimestamp(now, UTC).date()
    return today - timedelta(days=max(today.weekday() - FRIDAY, 0))


def is_business_day(day: date) -> bool:
    """Whether rates are set on this day."""
    return day.weekday() <= FRIDAY
