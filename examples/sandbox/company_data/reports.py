"""Credit reports, made from what the data file says about a company."""

from __future__ import annotations

import uuid
from typing import Any

from examples.sandbox.company_data.registry import id_of, summarize
from examples.sandbox.messages import format_time

__all__ = ["LANGUAGES", "build_report"]

LANGUAGES = ("en", "fi", "no", "sv")
VALID_SECONDS = 24 * 60 * 60
GOOD_REASONS = frozenset({"strong_equity", "growing_revenue"})


def build_report(
    company: dict[str, Any], *, language: str, reason_texts: dict[str, str], now: float
) -> dict[str, Any]:
    """The report as CreditReport of the definition; the same second gives the same id."""
    currency = company["currency"]
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{id_of(company)}/{language}/{int(now)}")),
        "company": summarize(company),
        "language": language,
        "generated_at": format_time(now),
        "valid_until": format_time(now + VALID_SECONDS),
        "grade": company["grade"],
        "score": company["score"],
        "limit": None if company["limit"] is None else _money(company["limit"], currency),
        "reasons": [_reason(code, reason_texts) for code in company["reasons"]],
        "payment_remarks": [
            {**remark, "amount": _money(remark["amount"], currency)}
            for remark in company["payment_remarks"]
        ],
        "owners": company["owners"],
        "accounts": [
            {
                name: value if name == "year" else _money(value, currency)
                for name, value in year.items()
            }
            for year in company["accounts"]
        ],
    }


def _money(amount: int, currency: str) -> dict[str, Any]:
    return {"amount": amount, "currency": currency}


def _reason(code: str, texts: dict[str, str]) -> dict[str, str]:
    return {
        "code": code,
        "effect": "better" if code in GOOD_REASONS else "worse",
        "text": texts[code],
    }
