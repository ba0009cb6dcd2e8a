from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.openapi.slugs import operation_slug


@pytest.mark.parametrize(
    ("operation_id", "slug"),
    [
        ("companySearch", "company-search"),
        ("getURLInfo", "get-url-info"),
        ("repos/list-for-user", "repos-list-for-user"),
        ("List all portfolios", "list-all-portfolios"),
        ("get_v2_users", "get-v2-users"),
        ("director'sSearch", "directors-search"),
        ("sökFöretag", "sok-foretag"),
        ("schemas", "schemas-2"),
        ("", "get-companies-id"),
        ("日本", "get-companies-id"),
    ],
)
def test_slugs_are_kebab_case_of_the_operation_id_or_of_method_and_path(
    operation_id: str, slug: str
) -> None:
    assert operation_slug(operation_id, "GET", "/companies/{id}", taken=()) == slug


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        ({"list"}, "get-a"),
        ({"list", "get-a"}, "get-a-2"),
        ({"list", "get-a", "get-a-2"}, "get-a-3"),
    ],
)
def test_a_repeated_operation_id_gives_way_to_method_and_path(taken: set[str], slug: str) -> None:
    assert operation_slug("list", "GET", "/a", taken=taken) == slug


def test_nothing_nameable_is_called_operation() -> None:
    assert operation_slug("", "", "/", taken=()) == "operation"


@given(st.text(), st.text(max_size=5), st.text())
def test_any_slug_fits_into_a_url(operation_id: str, method: str, path: str) -> None:
    slug = operation_slug(operation_id, method, path, taken={"get", "operation"})

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 160
