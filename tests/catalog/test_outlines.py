from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from catalog.models import Operation, Version
from catalog.outlines import Outline, load_outline
from catalog.sidebar import build_sidebar
from tests.catalog.documents import company_definition
from tests.factories import make_definition, make_product, make_version

pytestmark = pytest.mark.django_db


def _operations(count: int, *, tags: list[str]) -> dict[str, object]:
    return {
        f"/{number}": {"get": {"operationId": f"get{number}", "tags": tags, "responses": {}}}
        for number in range(count)
    }


def test_operations_stand_under_their_tags_in_order(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    version = make_version(company_definition(), product="companies")

    with django_assert_num_queries(1):
        groups = load_outline(version).groups

    assert [(group.title, len(group.operations)) for group in groups] == [
        ("Authentication", 1),
        ("All companies", 2),
    ]
    link = groups[1].operations[0]
    assert (link.method, link.path, link.title) == ("GET", "/companies", "Search companies")
    assert link.url == "/catalog/companies/v1/reference/company-search/"


def test_operation_without_summary_is_called_by_its_path() -> None:
    version = make_version()
    Operation.objects.update(summary="")

    link = load_outline(version).groups[0].operations[0]

    assert (link.title, link.label, link.summary) == ("GET /ping", "/ping", "")


@pytest.mark.parametrize(
    ("tags", "title"),
    [
        pytest.param([], "Operations", id="alone"),
        pytest.param([{"name": "Empty"}], "Other operations", id="beside tags"),
    ],
)
def test_operations_without_tag_have_a_group(tags: list[object], title: str) -> None:
    groups = load_outline(make_version(make_definition(tags=tags))).groups

    assert groups[-1].title == title


def test_version_without_revision_has_an_empty_outline() -> None:
    version = Version.objects.create(product=make_product("empty"), name="v1")

    assert load_outline(version) == Outline(())


def test_neighbours_cross_the_borders_of_tags() -> None:
    outline = load_outline(make_version(company_definition()))

    before, after = outline.neighbours("company-search")

    assert before is not None
    assert after is not None
    assert (before.slug, after.slug) == ("authenticate", "create-company")


@pytest.mark.parametrize(
    ("slug", "missing"),
    [
        pytest.param("authenticate", 0, id="first"),
        pytest.param("create-company", 1, id="last"),
    ],
)
def test_outermost_operations_have_one_neighbour(slug: str, missing: int) -> None:
    neighbours = load_outline(make_version(company_definition())).neighbours(slug)

    assert neighbours[missing] is None
    assert neighbours[1 - missing] is not None


def test_unknown_operation_has_no_neighbours() -> None:
    assert load_outline(make_version()).neighbours("no-such") == (None, None)


def test_operation_with_two_tags_is_passed_once_on_the_way() -> None:
    paths = _operations(2, tags=["a", "b"])
    outline = load_outline(make_version(make_definition(paths=paths)))

    assert outline.neighbours("get1")[1] is None


def test_sidebar_opens_the_tag_of_the_current_operation() -> None:
    version = make_version(company_definition())

    sidebar = build_sidebar(version, load_outline(version), current="company-search")

    assert [(group.title, group.is_open) for group in sidebar.groups] == [
        ("Authentication", False),
        ("All companies", True),
    ]


def test_sidebar_leaves_out_tags_without_operations() -> None:
    version = make_version(make_definition(tags=[{"name": "Prose only"}]))

    assert [one.title for one in build_sidebar(version, load_outline(version)).groups] == [
        "Other operations"
    ]


def test_sidebar_of_a_large_version_lists_the_current_tag_only() -> None:
    paths = _operations(100, tags=["many"]) | {"/x": {"get": {"tags": ["few"], "responses": {}}}}
    version = make_version(make_definition(paths=paths), product="large")

    groups = build_sidebar(version, load_outline(version), current="get-x").groups

    assert [(group.title, len(group.operations)) for group in groups] == [("many", 0), ("few", 1)]
    assert groups[0].url == "/catalog/large/v1/reference/#tag-0"
