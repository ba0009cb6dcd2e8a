"""The invented world hangs together, and the texts name what is in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from examples.sandbox.data_files import read_data_file
from tests.examples.documented import EXAMPLES

COMPANIES: list[dict[str, Any]] = read_data_file("companies")
GUIDES = sorted((EXAMPLES / "company-data" / "guides").glob("*.md"))


def _ids() -> set[str]:
    return {f"{one['country']}-{one['registration_number']}" for one in COMPANIES}


def test_no_two_companies_are_the_same() -> None:
    assert (len(COMPANIES), len(_ids()), len({one["name"] for one in COMPANIES})) == (42, 42, 42)


@pytest.mark.parametrize("company", COMPANIES, ids=lambda one: one["name"])
def test_rating_agrees_with_the_status(company: dict[str, Any]) -> None:
    is_rated = [company[name] is not None for name in ("grade", "score", "limit")]

    assert is_rated == [company["status"] == "active"] * 3
    assert ("payment_remarks" in company["reasons"]) == bool(company["payment_remarks"])


@pytest.mark.parametrize("company", COMPANIES, ids=lambda one: one["name"])
def test_shares_of_the_owners_are_the_whole(company: dict[str, Any]) -> None:
    assert sum(owner["share_percent"] for owner in company["owners"]) == 100


@pytest.mark.parametrize(
    "path",
    [EXAMPLES / "company-data" / "openapi.yaml", EXAMPLES / "catalog.yaml", *GUIDES],
    ids=lambda path: path.name,
)
def test_companies_that_texts_name_exist(path: Path) -> None:
    named = set(re.findall(r"\b(?:DK|EE|FI|LT|NO|SE)-\d{6,12}\b", path.read_text("utf-8")))

    assert named - _ids() <= {"NO-900000000"}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_guide_starts_with_its_title(guide: Path) -> None:
    assert re.match(r"# [A-Z][a-z ]+\n\n", guide.read_text(encoding="utf-8"))


def test_accounts_of_the_two_environments_are_apart() -> None:
    accounts = read_data_file("accounts")

    assert sorted(accounts) == ["production", "sandbox"]
    assert not accounts["production"].keys() & accounts["sandbox"].keys()
