"""Addresses of the catalog's REST API, below /api/v1/."""

from __future__ import annotations

from django.urls import path

from catalog.api.definitions import DefinitionView, ImportView
from catalog.api.servers import ServerView
from catalog.api.views import (
    OperationListView,
    OperationView,
    ProductListView,
    ProductView,
    VersionView,
)

app_name = "catalog-api"

PRODUCT = "products/<slug:product>/"
VERSION = f"{PRODUCT}versions/<version:version>/"

urlpatterns = [
    path("products/", ProductListView.as_view(), name="products"),
    path(PRODUCT, ProductView.as_view(), name="product"),
    path(VERSION, VersionView.as_view(), name="version"),
    path(f"{VERSION}operations/", OperationListView.as_view(), name="operations"),
    path(f"{VERSION}operations/<slug:operation>/", OperationView.as_view(), name="operation"),
    path(
        f"{PRODUCT}versions/<str:version>/definition", DefinitionView.as_view(), name="definition"
    ),
    path(f"{VERSION}servers/<slug:environment>", ServerView.as_view(), name="server"),
    path("imports/<uuid:import_id>/", ImportView.as_view(), name="import"),
]
