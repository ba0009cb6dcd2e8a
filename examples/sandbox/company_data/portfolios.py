"""Portfolios, kept in memory for each account."""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from examples.sandbox.messages import format_time
from examples.sandbox.refusals import Refusal

__all__ = ["FIRST_PORTFOLIO_ID", "WATCHED", "PortfolioContent", "PortfolioStore"]

FIRST_PORTFOLIO_ID = "3d0c7b52-5a0e-4f0b-9d35-0c9f7c1f4a10"
WATCHED = ("grade", "status", "address", "officers", "accounts")
MOST_PORTFOLIOS = 100
MOST_KEYS = 100


@dataclass(frozen=True, slots=True)
class PortfolioContent:
    """What a caller decides about a portfolio."""

    name: str
    description: str | None
    delivery: dict[str, Any]


FIRST_CONTENT = PortfolioContent(
    name="Key customers",
    description="Reviewed every Monday",
    delivery={"type": "email", "address": "credit@lighthouse.example", "frequency": "daily"},
)


@dataclass(slots=True)
class _Portfolio:
    content: PortfolioContent
    created_at: float
    updated_at: float
    members: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class _Account:
    portfolios: dict[str, _Portfolio]
    # Idempotency key -> digest of the body it came with, and the answer it got.
    answers: dict[str, tuple[bytes, dict[str, Any]]] = field(default_factory=dict)


class PortfolioStore:
    """The portfolios of all accounts; an account sees its own only.

    Every account starts with one portfolio of the companies given. Answers are dictionaries as the
    definition describes them. Every method may be called from several threads.
    """

    def __init__(self, first_members: Sequence[dict[str, Any]]) -> None:
        self._first_members = first_members
        self._accounts: dict[str, _Account] = {}
        self._lock = threading.RLock()

    def list_portfolios(self, account: str, *, now: float) -> list[dict[str, Any]]:
        """All portfolios of an account, oldest first."""
        with self._lock:
            portfolios = self._open(account, now).portfolios
            return [_describe(key, portfolio) for key, portfolio in portfolios.items()]

    def get(self, account: str, portfolio_id: str, *, now: float) -> dict[str, Any]:
        """One portfolio; raises Refusal 404."""
        with self._lock:
            return _describe(portfolio_id, self._find(account, portfolio_id, now))

    def create(self, account: str, content: PortfolioContent, *, now: float) -> dict[str, Any]:
        """A new portfolio; raises Refusal 409 when the name is taken or there are too many."""
        with self._lock:
            portfolios = self._open(account, now).portfolios
            _refuse_taken_name(portfolios, content.name, own_id="")
            if len(portfolios) >= MOST_PORTFOLIOS:
                detail = f"An account holds at most {MOST_PORTFOLIOS} portfolios."
                raise Refusal(409, "too-many-portfolios", detail)
            portfolio_id = str(uuid.uuid4())
            portfolios[portfolio_id] = _Portfolio(content, now, now)
            return _describe(portfolio_id, portfolios[portfolio_id])

    def create_once(
        self, account: str, content: PortfolioContent, *, key: str, body: bytes, now: float
    ) -> dict[str, Any]:
        """As `create`, but a key that was used with the same body gives the first answer again.

        Raises Refusal 409 also when the key was used with another body.
        """
        digest = hashlib.sha256(body).digest()
        with self._lock:
            answers = self._open(account, now).answers
            if key not in answers:
                answers[key] = digest, self.create(account, content, now=now)
                while len(answers) > MOST_KEYS:
                    del answers[next(iter(answers))]
            first_digest, answer = answers[key]
            if first_digest != digest:
                detail = "This Idempotency-Key was used with another body."
                raise Refusal(409, "idempotency-key-used", detail)
            return answer

    def update(
        self, account: str, portfolio_id: str, content: PortfolioContent, *, now: float
    ) -> dict[str, Any]:
        """Replace the content; raises Refusal 404, and 409 when the name is taken."""
        with self._lock:
            portfolio = self._find(account, portfolio_id, now)
            portfolios = self._open(account, now).portfolios
            _refuse_taken_name(portfolios, content.name, own_id=portfolio_id)
            portfolio.content = content
            portfolio.updated_at = now
            return _describe(portfolio_id, portfolio)

    def delete(self, account: str, portfolio_id: str, *, now: float) -> None:
        """Forget a portfolio; raises Refusal 404."""
        with self._lock:
            self._find(account, portfolio_id, now)
            del self._open(account, now).portfolios[portfolio_id]

    def list_members(self, account: str, portfolio_id: str, *, now: float) -> list[dict[str, Any]]:
        """The members in the order they were added; raises Refusal 404."""
        with self._lock:
            return list(self._find(account, portfolio_id, now).members.values())

    def put_member(
        self, account: str, portfolio_id: str, member: dict[str, Any], *, now: float
    ) -> tuple[dict[str, Any], bool]:
        """Add or change a member given without `added_at`; the member, and whether it is new."""
        with self._lock:
            members = self._find(account, portfolio_id, now).members
            company_id = member["company"]["id"]
            known = members.get(company_id)
            added_at = known["added_at"] if known else format_time(now)
            members[company_id] = {**member, "added_at": added_at}
            return members[company_id], known is None

    def remove_member(
        self, account: str, portfolio_id: str, company_id: str, *, now: float
    ) -> None:
        """Take a company out; raises Refusal 404 when it was no member."""
        with self._lock:
            members = self._find(account, portfolio_id, now).members
            if members.pop(company_id, None) is None:
                raise Refusal(404, "not-found", f"{company_id} is not a member.")

    def _open(self, account: str, now: float) -> _Account:
        if account not in self._accounts:
            members = {
                company["id"]: _first_member(company, now) for company in self._first_members
            }
            first = _Portfolio(FIRST_CONTENT, now, now, members)
            self._accounts[account] = _Account({FIRST_PORTFOLIO_ID: first})
        return self._accounts[account]

    def _find(self, account: str, portfolio_id: str, now: float) -> _Portfolio:
        portfolio = self._open(account, now).portfolios.get(portfolio_id)
        if portfolio is None:
            raise Refusal(404, "not-found", f"There is no portfolio {portfolio_id}.")
        return portfolio


def _first_member(company: dict[str, Any], now: float) -> dict[str, Any]:
    added_at = format_time(now)
    return {"company": company, "reference": None, "watch": list(WATCHED), "added_at": added_at}


def _describe(portfolio_id: str, portfolio: _Portfolio) -> dict[str, Any]:
    """The portfolio as the definition describes it; what is write-only stays here."""
    content = portfolio.content
    shown = {name: value for name, value in content.delivery.items() if name != "secret"}
    return {
        "id": portfolio_id,
        "name": content.name,
        "description": content.description,
        "delivery": shown,
        "member_count": len(portfolio.members),
        "created_at": format_time(portfolio.created_at),
        "updated_at": format_time(portfolio.updated_at),
    }


def _refuse_taken_name(portfolios: dict[str, _Portfolio], name: str, *, own_id: str) -> None:
    others = (one for key, one in portfolios.items() if key != own_id)
    if any(one.content.name == name for one in others):
        raise Refusal(409, "name-taken", "You already have a portfolio with this name.")
