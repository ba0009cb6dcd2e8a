"""The demonstration catalog, as `manage.py apply` reads it."""

from __future__ import annotations

import yaml

from catalog.catalog_file import expand_variables, read_catalog_file
from tests.examples.documented import EXAMPLES

GUIDES = sorted((EXAMPLES / "company-data" / "guides").glob("*.md"))


def test_catalog_declares_both_products_on_both_hosts() -> None:
    variables = {
        "SANDBOX_URL": "http://127.0.0.1:8010",
        "SANDBOX_PRODUCTION_URL": "http://127.0.0.1:8011",
    }
    document = yaml.safe_load((EXAMPLES / "catalog.yaml").read_text(encoding="utf-8"))

    catalog = read_catalog_file(expand_variables(document, variables))

    servers = [
        server.url
        for product in catalog.products
        for version in product.versions
        for server in version.servers.values()
    ]
    assert servers == [
        "http://127.0.0.1:8010/company-data/v1",
        "http://127.0.0.1:8011/company-data/v1",
        "http://127.0.0.1:8010/exchange-rates/v2",
        "http://127.0.0.1:8011/exchange-rates/v2",
    ]
    assert [one.confirm_writes for one in catalog.environments] == [False, True]


def test_catalog_names_files_that_are_there() -> None:
    document = yaml.safe_load((EXAMPLES / "catalog.yaml").read_text(encoding="utf-8"))
    named = [
        name
        for product in document["products"]
        for name in (*product.get("guides", []), product["versions"][0]["definition"])
    ]

    assert [name for name in named if not (EXAMPLES / name).is_file()] == []
    assert len([name for name in named if name.endswith(".md")]) == len(GUIDES)
