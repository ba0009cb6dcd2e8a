"""Searching and reading companies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.examples.client import Caller

COMPANIES = "/company-data/v1/companies"


def _names(caller: Caller, *query: tuple[str, Any]) -> list[str]:
    answer = caller.call("GET", COMPANIES, query=query)
    return [company["name"] for company in answer.json["items"]]


def test_search_lists_the_companies_of_the_country_by_name(caller: Caller) -> None:
    names = _names(caller, ("country", "FI"))

    assert names == [
        "Aallokon Kala Oyj",
        "Hopealahden Telakka Oy",
        "Koivurannan Lasi Oy",
        "Lumikko Mittaus Oy",
        "Pihlajan Leipomo Oy",
        "Revontuli Ohjelmistot Oy",
        "Tervaharjun Saha Oy",
    ]


@pytest.mark.parametrize(
    ("country", "name", "found"),
    [
        ("NO", "havnesund rope", ["Havnesund Ropeworks AS"]),
        ("NO", "ROPE havne", ["Havnesund Ropeworks AS"]),
        ("NO", "skjaervag", ["Skjærvåg Oppdrett AS"]),
        ("DK", "norrevig", ["Nørrevig Tovværk A/S"]),
        ("LT", "vejo", ["Vėjo kalva AB"]),
        ("NO", "orrvik", []),
        ("SE", "havnesund", []),
    ],
    ids=["beginnings", "order-and-capitals", "letters", "slashed-o", "accents", "inside", "abroad"],
)
def test_search_by_name_finds_beginnings_of_words(
    country: str, name: str, found: list[str], caller: Caller
) -> None:
    assert _names(caller, ("country", country), ("name", name)) == found


def test_search_by_number_finds_one_company(caller: Caller) -> None:
    found = _names(caller, ("country", "NO"), ("registration_number", "912345678"))

    assert found == ["Norrvik Lantern Works AS"]


def test_search_by_status_takes_several(caller: Caller) -> None:
    query = (("country", "DK"), ("status", "bankrupt"), ("status", "dissolved"))

    assert _names(caller, *query) == ["Ravnsø Måleteknik ApS"]


def test_search_by_foundation_includes_the_day_itself(caller: Caller) -> None:
    on_the_day = (("country", "NO"), ("founded_since", "1931-05-04"))
    day_after = (("country", "NO"), ("founded_since", "1931-05-05"))

    assert "Norrvik Lantern Works AS" in _names(caller, *on_the_day)
    assert "Norrvik Lantern Works AS" not in _names(caller, *day_after)


def test_cursor_leads_through_all_pages(caller: Caller) -> None:
    query = {"country": "EE", "limit": 4}

    first = caller.call("GET", COMPANIES, query=query).json
    second = caller.call("GET", COMPANIES, query={**query, "cursor": first["next_cursor"]}).json

    assert (len(first["items"]), len(second["items"])) == (4, 3)
    assert (first["total"], second["total"]) == (7, 7)
    assert second["next_cursor"] is None
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}


def test_page_that_ends_with_the_list_has_no_next_cursor(caller: Caller) -> None:
    page = caller.call("GET", COMPANIES, query={"country": "EE", "limit": 7}).json

    assert (len(page["items"]), page["next_cursor"]) == (7, None)


@pytest.mark.parametrize(
    ("name", "value", "detail"),
    [
        ("country", "DE", "One of DK, EE, FI, LT, NO, SE."),
        ("name", "x", "From 2 to 100 characters."),
        ("name", "x" * 101, "From 2 to 100 characters."),
        ("registration_number", "91234567A", "It must match [0-9]{6,12}."),
        ("registration_number", "12345", "From 6 to 12 characters."),
        ("status", "gone", "Each one of active, in_liquidation, bankrupt, dissolved."),
        ("founded_since", "1931-02-30", "A day such as 2026-11-23."),
        ("founded_since", "19310504", "A day such as 2026-11-23."),
        ("limit", "0", "A whole number from 1 to 100."),
        ("limit", "101", "A whole number from 1 to 100."),
        ("limit", "ten", "A whole number from 1 to 100."),
        ("limit", "9" * 5000, "A whole number from 1 to 100."),
        ("cursor", "nonsense", "A next_cursor of ours. Leave it out to start again."),
        ("cursor", "YWZ0ZXI6LTE", "A next_cursor of ours. Leave it out to start again."),
    ],
)
def test_value_that_is_not_allowed_is_named(
    name: str, value: str, detail: str, caller: Caller
) -> None:
    answer = caller.call("GET", COMPANIES, query={"country": "NO", name: value})

    assert answer.status == 422
    assert answer.json["errors"] == [{"parameter": name, "detail": detail}]


def test_all_faults_are_named_at_once(caller: Caller) -> None:
    query = (("status", "active"), ("status", "active"), ("limit", "0"))

    answer = caller.call("GET", COMPANIES, query=query)

    assert answer.json["detail"] == "3 values are missing or not allowed."
    assert answer.json["errors"] == [
        {"parameter": "country", "detail": "A value is required."},
        {"parameter": "status", "detail": "All different."},
        {"parameter": "limit", "detail": "A whole number from 1 to 100."},
    ]


def test_unknown_parameters_are_ignored(caller: Caller) -> None:
    answer = caller.call("GET", COMPANIES, query={"country": "NO", "colour": "green"})

    assert answer.status == 200


def test_company_is_the_one_of_the_mock(caller: Caller) -> None:
    company = caller.call("GET", f"{COMPANIES}/NO-912345678").json

    assert company["name"] == "Norrvik Lantern Works AS"
    assert company["vat_number"] == "912345678MVA"
    assert company["address"] == {
        "street": "Nordre Sjøgate 7",
        "postal_code": "8491",
        "city": "Norrvik",
    }


def test_unknown_company_is_a_problem_that_names_it(caller: Caller) -> None:
    answer = caller.call("GET", f"{COMPANIES}/NO-Ø")

    assert answer.status == 404
    assert answer.json == {
        "type": "https://company-data.example/problems/not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is no company NO-Ø.",
        "instance": "/company-data/v1/companies/NO-%C3%98",
    }
