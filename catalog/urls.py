"""Addresses of the catalog."""

from __future__ import annotations

from django.urls import path, register_converter

from catalog.converters import VersionConverter
from catalog.views.catalog import show_catalog
from catalog.views.definitions import download_json, download_source, download_yaml
from catalog.views.products import show_getting_started, show_guide, show_product
from catalog.views.reference import (
    redirect_to_default,
    show_operation,
    show_reference,
    show_schema,
)

register_converter(VersionConverter, "version")

app_name = "catalog"

PRODUCT = "catalog/<slug:product>/"
VERSION = f"{PRODUCT}<version:version>/"

urlpatterns = [
    path("", show_catalog, name="home"),
    path("catalog/", show_catalog, name="catalog"),
    path(PRODUCT, show_product, name="product"),
    path(f"{PRODUCT}getting-started/", show_getting_started, name="getting-started"),
    path(f"{PRODUCT}guides/<slug:guide>/", show_guide, name="guide"),
    path(f"{PRODUCT}reference/", redirect_to_default, name="reference-default"),
    path(f"{VERSION}reference/", show_reference, name="reference"),
    path(f"{VERSION}reference/<slug:operation>/", show_operation, name="operation"),
    path(f"{VERSION}reference/schemas/<path:name>/", show_schema, name="schema"),
    path(f"{VERSION}openapi.yaml", download_yaml, name="definition-yaml"),
    path(f"{VERSION}openapi.json", download_json, name="definition-json"),
    path(f"{VERSION}source", download_source, name="source"),
]
