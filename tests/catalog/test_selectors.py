from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from pytest_django import DjangoAssertNumQueries

from catalog.models import Component, Guide, Operation, Product, Revision, Version, Visibility
from catalog.selectors import (
    find_default_version,
    get_default_version,
    get_guide,
    get_operation,
    get_product,
    get_revision,
    get_schema,
    get_version,
    list_guides,
    list_products_with_versions,
    list_schema_names,
    list_servers,
    list_versions,
    load_components,
    read_operation_row,
)
from portal.accounts.models import User
from tests.catalog.documents import company_definition
from tests.factories import make_environment, make_product, make_server, make_version

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


def test_public_product_is_found_by_everyone() -> None:
    make_product("open")

    assert get_product("open", NOBODY).slug == "open"


def test_product_for_signed_in_people_is_not_there_for_others() -> None:
    make_product("inner", visibility=Visibility.SIGNED_IN)

    with pytest.raises(Product.DoesNotExist):
        get_product("inner", NOBODY)


def test_product_of_a_group_is_found_by_its_members_only() -> None:
    partners = Group.objects.create(name="partners")
    make_product("deals", visibility=Visibility.GROUPS).groups.add(partners)
    member, other = User.objects.create(username="m"), User.objects.create(username="o")
    member.groups.add(partners)

    assert get_product("deals", member).slug == "deals"
    with pytest.raises(Product.DoesNotExist):
        get_product("deals", other)


def test_version_comes_with_product_and_revision(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_version(product="companies", name="v1")

    with django_assert_num_queries(1):
        version = get_version("companies", "v1", NOBODY)
        assert version.product.slug == "companies"
        assert get_revision(version).number == 1


def test_version_of_a_hidden_product_is_not_there() -> None:
    version = make_version(product="inner")
    Product.objects.filter(pk=version.product.pk).update(visibility=Visibility.SIGNED_IN)

    with pytest.raises(Version.DoesNotExist):
        get_version("inner", "v1", NOBODY)


def test_version_without_a_published_revision_is_not_there() -> None:
    version = Version.objects.create(product=make_product("empty"), name="v1")

    with pytest.raises(Version.DoesNotExist):
        get_version("empty", "v1", NOBODY)
    with pytest.raises(Revision.DoesNotExist):
        get_revision(version)


def test_default_version_stands_first() -> None:
    second = make_version(product="companies", name="v2")
    make_version(product="companies", name="v1")

    assert [one.name for one in list_versions(second.product)] == ["v2", "v1"]
    assert get_default_version("companies", NOBODY).name == "v2"


def test_product_without_versions_has_no_default() -> None:
    product = make_product("empty")

    assert find_default_version(product) is None
    with pytest.raises(Version.DoesNotExist):
        get_default_version("empty", NOBODY)


def test_operation_is_read_with_what_it_reaches(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    version = make_version(company_definition(), product="companies")

    with django_assert_num_queries(2):
        row = get_operation(version, "company-search")
        facts, _resolver = read_operation_row(row, load_components(row))

    assert [parameter.name for parameter in facts.parameters] == ["limit", "country"]
    assert facts.security[0].uses[0].scheme.bearer_format == "JWT"


def test_operation_of_an_older_revision_is_not_there() -> None:
    make_version(company_definition(), product="companies")
    version = make_version(product="companies")

    with pytest.raises(Operation.DoesNotExist):
        get_operation(version, "company-search")


def test_schema_is_read_with_what_it_refers_to() -> None:
    schemas = {
        "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}}},
        "B": {"items": [{"$ref": "#/components/schemas/C"}], "x": {"$ref": "#/elsewhere"}},
        "C": {"type": "string"},
    }
    version = make_version({**company_definition(), "components": {"schemas": schemas}})

    schema, resolver = get_schema(version, "A")

    assert schema == schemas["A"]
    assert resolver.resolve({"$ref": "#/components/schemas/C"}) == {"type": "string"}


def test_unknown_schema_is_not_there() -> None:
    with pytest.raises(Component.DoesNotExist):
        get_schema(make_version(company_definition()), "Missing")


def test_schema_names_stand_in_the_order_of_the_definition() -> None:
    schemas: dict[str, object] = {"Zebra": {}, "a/b": {}, "Ant": {}}
    version = make_version({**company_definition(), "components": {"schemas": schemas}})

    assert sorted(list_schema_names(version)) == ["Ant", "Zebra", "a/b"]


def test_servers_stand_in_the_order_of_environments() -> None:
    version = make_version()
    make_server(version, make_environment("production", order=2), "https://live.example.com")
    make_server(version, make_environment("sandbox", order=1), "https://test.example.com")

    assert [server.environment.slug for server in list_servers(version)] == [
        "sandbox",
        "production",
    ]


def test_guides_are_those_of_the_product() -> None:
    product, other = make_product("one"), make_product("two")
    Guide.objects.create(product=product, slug="b", title="B", text="b", order=2)
    Guide.objects.create(product=product, slug="a", title="A", text="a", order=1)
    Guide.objects.create(product=other, slug="c", title="C", text="c")

    assert [guide.slug for guide in list_guides(product)] == ["a", "b"]
    assert get_guide(product, "a").title == "A"
    with pytest.raises(Guide.DoesNotExist):
        get_guide(product, "c")


def test_catalog_costs_two_queries_however_many_products(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for slug in ("one", "two", "three"):
        make_version(company_definition(), product=slug)

    with django_assert_num_queries(2):
        products = list(list_products_with_versions(NOBODY))
        revisions = [get_revision(one.versions.all()[0]) for one in products]

    assert [list(one.overview["security_schemes"]) for one in revisions] == [["bearerToken"]] * 3
