"""The companies of the register, and finding them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from examples.sandbox.refusals import Refusal

__all__ = ["COUNTRIES", "STATUSES", "Criteria", "Registry", "describe", "id_of", "summarize"]

COUNTRIES = ("DK", "EE", "FI", "LT", "NO", "SE")
STATUSES = ("active", "in_liquidation", "bankrupt", "dissolved")
DESCRIBED = (
    "legal_form",
    "vat_number",
    "founded_on",
    "address",
    "industry",
    "employees",
    "website",
    "officers",
)
# Letters that do not fall apart into a plain letter and an accent.
PLAIN_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a search asks for; empty and None mean anything."""

    country: str
    name: str = ""
    registration_number: str = ""
    statuses: Sequence[str] = ()
    founded_since: date | None = None


class Registry:
    """All companies, as the data file holds them, by id."""

    def __init__(self, companies: Iterable[dict[str, Any]]) -> None:
        self._companies = {id_of(company): company for company in companies}

    def get(self, company_id: str) -> dict[str, Any]:
        """One company; raises Refusal 404 when there is none with this id."""
        company = self._companies.get(company_id)
        if company is None:
            raise Refusal(404, "not-found", f"There is no company {company_id}.")
        return company

    def search(self, criteria: Criteria) -> list[dict[str, Any]]:
        """The companies that meet all criteria, ordered by name."""
        found = (one for one in self._companies.values() if _meets(one, criteria))
        return sorted(found, key=lambda company: _fold(company["name"]))


def id_of(company: dict[str, Any]) -> str:
    """Country and registration number, such as NO-912345678."""
    return f"{company['country']}-{company['registration_number']}"


def summarize(company: dict[str, Any]) -> dict[str, Any]:
    """The company as CompanySummary of the definition."""
    return {
        "id": id_of(company),
        "country": company["country"],
        "registration_number": company["registration_number"],
        "name": company["name"],
        "status": company["status"],
        "city": company["address"]["city"],
    }


def describe(company: dict[str, Any]) -> dict[str, Any]:
    """The company as Company of the definition."""
    return {**summarize(company), **{name: company[name] for name in DESCRIBED}}


def _meets(company: dict[str, Any], criteria: Criteria) -> bool:
    since = criteria.founded_since
    return (
        company["country"] == criteria.country
        and (
            not criteria.registration_number
            or company["registration_number"] == criteria.registration_number
        )
        and (not criteria.statuses or company["status"] in criteria.statuses)
        and (since is None or date.fromisoformat(company["founded_on"]) >= since)
        and _has_words(company["name"], criteria.name)
    )


def _has_words(name: str, wanted: str) -> bool:
    words = _fold(name).split()
    return all(any(word.startswith(start) for word in words) for start in _fold(wanted).split())


def _fold(text: str) -> str:
    """The text without capitals and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN_LETTERS))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
