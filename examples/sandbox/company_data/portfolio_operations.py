"""The operations of the tag Portfolios."""

from __future__ import annotations

import re
from typing import Any

from examples.sandbox.body_reading import BodyReader
from examples.sandbox.company_data.portfolios import WATCHED, PortfolioContent, PortfolioStore
from examples.sandbox.company_data.registry import Registry, id_of, summarize
from examples.sandbox.messages import Request, Response, build_json_response, parse_json_body
from examples.sandbox.paging import read_paging
from examples.sandbox.query_reading import QueryReader
from examples.sandbox.refusals import Fault, Refusal
from examples.sandbox.routing import Operation
from examples.sandbox.value_checks import FaultList, build_refusal

__all__ = ["PortfolioOperations"]

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"


class PortfolioOperations:
    """Answers with what the store holds for the caller's account. `base_path` is for links."""

    def __init__(self, registry: Registry, store: PortfolioStore, *, base_path: str) -> None:
        self._registry = registry
        self._store = store
        self._base_path = base_path

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All of them, by method and path."""
        one = "/portfolios/{portfolio_id}"
        member = f"{one}/members/{{company_id}}"
        return (
            Operation("GET", "/portfolios", self.list_portfolios),
            Operation("POST", "/portfolios", self.create_portfolio),
            Operation("GET", one, self.get_portfolio),
            Operation("PUT", one, self.update_portfolio),
            Operation("DELETE", one, self.delete_portfolio),
            Operation("GET", f"{one}/members", self.list_members),
            Operation("PUT", member, self.put_member),
            Operation("DELETE", member, self.remove_member),
        )

    def list_portfolios(self, request: Request) -> Response:
        """listPortfolios."""
        return _page(request, self._store.list_portfolios(request.account, now=request.now))

    def create_portfolio(self, request: Request) -> Response:
        """createPortfolio; once per Idempotency-Key."""
        content = _read_content(request)
        key = request.headers.get("idempotency-key", "")
        if key:
            _check_key(key)
            created = self._store.create_once(
                request.account, content, key=key.lower(), body=request.body, now=request.now
            )
        else:
            created = self._store.create(request.account, content, now=request.now)
        location = f"{self._base_path}/portfolios/{created['id']}"
        return build_json_response(201, created, headers=(("Location", location),))

    def get_portfolio(self, request: Request) -> Response:
        """getPortfolio."""
        portfolio_id = request.path_values["portfolio_id"]
        return build_json_response(
            200, self._store.get(request.account, portfolio_id, now=request.now)
        )

    def update_portfolio(self, request: Request) -> Response:
        """updatePortfolio."""
        portfolio_id = request.path_values["portfolio_id"]
        self._store.get(request.account, portfolio_id, now=request.now)
        content = _read_content(request)
        return build_json_response(
            200, self._store.update(request.account, portfolio_id, content, now=request.now)
        )

    def delete_portfolio(self, request: Request) -> Response:
        """deletePortfolio."""
        portfolio_id = request.path_values["portfolio_id"]
        self._store.delete(request.account, portfolio_id, now=request.now)
        return Response(204)

    def list_members(self, request: Request) -> Response:
        """listPortfolioMembers."""
        portfolio_id = request.path_values["portfolio_id"]
        members = self._store.list_members(request.account, portfolio_id, now=request.now)
        return _page(request, members)

    def put_member(self, request: Request) -> Response:
        """addPortfolioMember: 201 for a new member, 200 for a known one."""
        portfolio_id = request.path_values["portfolio_id"]
        self._store.get(request.account, portfolio_id, now=request.now)
        company = self._registry.get(request.path_values["company_id"])
        settings = _read_member_settings(request)
        if company["status"] != "active":
            detail = f"{id_of(company)} is not active and cannot be followed."
            raise Refusal(409, "company-not-active", detail)
        member, is_new = self._store.put_member(
            request.account,
            portfolio_id,
            {"company": summarize(company), **settings},
            now=request.now,
        )
        return build_json_response(201 if is_new else 200, member)

    def remove_member(self, request: Request) -> Response:
        """removePortfolioMember."""
        portfolio_id = request.path_values["portfolio_id"]
        company_id = request.path_values["company_id"]
        self._store.remove_member(request.account, portfolio_id, company_id, now=request.now)
        return Response(204)


def _page(request: Request, items: list[dict[str, Any]]) -> Response:
    faults = FaultList()
    paging = read_paging(QueryReader(request.query, faults), faults)
    faults.finish()
    return build_json_response(200, paging.cut(items))


def _check_key(key: str) -> None:
    if not UUID.fullmatch(key):
        raise build_refusal(Fault("A UUID is expected.", parameter="Idempotency-Key"))


def _read_content(request: Request) -> PortfolioContent:
    faults = FaultList()
    body = BodyReader(parse_json_body(request), faults)
    content = PortfolioContent(
        name=body.text("name", lengths=(1, 80)),
        description=body.optional_text("description", lengths=(0, 400)),
        delivery=_read_delivery(body.member("delivery")),
    )
    faults.finish()
    return content


def _read_delivery(delivery: BodyReader) -> dict[str, Any]:
    """One of the two forms of delivery; `type` decides which."""
    match delivery.choice("type", ("email", "webhook")):
        case "email":
            return {
                "type": "email",
                "address": delivery.text("address", lengths=(3, 254), pattern=EMAIL),
                "frequency": delivery.choice("frequency", ("daily", "weekly"), default="daily"),
            }
        case "webhook":
            return {
                "type": "webhook",
                "url": delivery.text("url", lengths=(9, 2048), pattern=r"https://\S+"),
                "secret": delivery.optional_text("secret", lengths=(16, 64)),
            }
        case _:
            return {}


def _read_member_settings(request: Request) -> dict[str, Any]:
    faults = FaultList()
    body = BodyReader(parse_json_body(request), faults)
    settings = {
        "reference": body.optional_text("reference", lengths=(0, 40)),
        "watch": body.choices("watch", WATCHED),
    }
    faults.finish()
    return settings
