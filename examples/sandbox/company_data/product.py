"""The API of examples/company-data/openapi.yaml."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from examples.sandbox.company_data.portfolio_operations import PortfolioOperations
from examples.sandbox.company_data.portfolios import PortfolioStore
from examples.sandbox.company_data.printing import print_report
from examples.sandbox.company_data.registry import (
    COUNTRIES,
    STATUSES,
    Criteria,
    Registry,
    describe,
    summarize,
)
from examples.sandbox.company_data.reports import LANGUAGES, build_report
from examples.sandbox.data_files import read_data_file
from examples.sandbox.messages import Request, Response, build_json_response, format_time
from examples.sandbox.negotiation import choose_media_type
from examples.sandbox.paging import read_paging
from examples.sandbox.query_reading import QueryReader
from examples.sandbox.refusals import Fault, Refusal
from examples.sandbox.routing import Operation
from examples.sandbox.signing_in import SignIn
from examples.sandbox.value_checks import FaultList

__all__ = ["CompanyData"]

PROBLEM_TYPES = "https://company-data.example/problems"
REPORT_MEDIA_TYPES = ("application/json", "application/pdf")
FIRST_MEMBERS = ("NO-912345678", "SE-5568529858", "FI-27637915")


class CompanyData:
    """Company Data in one environment."""

    name = "company-data"
    base_path = "/company-data/v1"

    def __init__(self, sign_in: SignIn) -> None:
        self._sign_in = sign_in
        self._registry = Registry(read_data_file("companies"))
        self._texts = read_data_file("texts")
        first = [summarize(self._registry.get(company_id)) for company_id in FIRST_MEMBERS]
        portfolios = PortfolioOperations(
            self._registry, PortfolioStore(first), base_path=self.base_path
        )
        report_path = "/companies/{company_id}/credit-report"
        self.operations: tuple[Operation, ...] = (
            Operation("POST", "/authenticate", self.authenticate, needs_token=False),
            Operation("GET", "/companies", self.search_companies),
            Operation("GET", "/companies/{company_id}", self.get_company),
            Operation("GET", report_path, self.get_credit_report),
            *portfolios.operations,
        )

    def render_refusal(self, refusal: Refusal, request: Request) -> Response:
        """A problem document (RFC 9457); faults become `errors`."""
        problem: dict[str, Any] = {
            "type": f"{PROBLEM_TYPES}/{refusal.kind}",
            "title": refusal.kind.replace("-", " ").capitalize().replace("json", "JSON"),
            "status": refusal.status,
            "detail": refusal.detail,
            "instance": quote(request.path),
        }
        if refusal.faults:
            problem["errors"] = [_error(fault) for fault in refusal.faults]
        return build_json_response(
            refusal.status,
            problem,
            content_type="application/problem+json",
            headers=refusal.headers,
        )

    def authenticate(self, request: Request) -> Response:
        """authenticate: credentials in, token out."""
        issued = self._sign_in.issue_token(request, product=self.name)
        token = {
            "token": issued.token,
            "token_type": "Bearer",
            "expires_in": issued.expires_in,
            "issued_at": format_time(issued.issued_at),
        }
        return build_json_response(200, token, headers=(("Cache-Control", "no-store"),))

    def search_companies(self, request: Request) -> Response:
        """companySearch: one page of the companies of a country."""
        faults = FaultList()
        query = QueryReader(request.query, faults)
        criteria = Criteria(
            country=query.required_choice("country", COUNTRIES),
            name=query.text("name", lengths=(2, 100)) or "",
            registration_number=query.text(
                "registration_number", lengths=(6, 12), pattern="[0-9]{6,12}"
            )
            or "",
            statuses=query.choices("status", STATUSES),
            founded_since=query.day("founded_since"),
        )
        paging = read_paging(query, faults)
        faults.finish()
        found = [summarize(company) for company in self._registry.search(criteria)]
        return build_json_response(200, paging.cut(found))

    def get_company(self, request: Request) -> Response:
        """getCompany: what the register says."""
        company = self._registry.get(request.path_values["company_id"])
        return build_json_response(200, describe(company))

    def get_credit_report(self, request: Request) -> Response:
        """getCreditReport: as JSON or as PDF, whichever Accept prefers."""
        company = self._registry.get(request.path_values["company_id"])
        language = _read_language(request)
        media_type = choose_media_type(request.headers.get("accept", ""), REPORT_MEDIA_TYPES)
        if media_type is None:
            offered = " and ".join(REPORT_MEDIA_TYPES)
            detail = f"A credit report is available as {offered}."
            raise Refusal(406, "not-acceptable", detail)
        texts = self._texts[language]
        report = build_report(
            company, language=language, reason_texts=texts["reasons"], now=request.now
        )
        headers = (("Content-Language", language), ("Vary", "Accept"))
        if media_type == "application/json":
            return build_json_response(200, report, headers=headers)
        return Response(200, print_report(report, texts["labels"]), media_type, headers)


def _read_language(request: Request) -> str:
    faults = FaultList()
    language = QueryReader(request.query, faults).choice("language", LANGUAGES)
    faults.finish()
    return language or "en"


def _error(fault: Fault) -> dict[str, str]:
    if fault.parameter is not None:
        return {"parameter": fault.parameter, "detail": fault.detail}
    return {"pointer": fault.pointer or "", "detail": fault.detail}
