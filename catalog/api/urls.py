"""Addresses of the reading part of the REST API, below /api/v1/."""

from __future__ import annotations

from django.urls import path

from catalog.api.views import (
    OperationListView,
    OperationView,
    ProductListView,
    ProductView,
    VersionView,
)

app_name = "catalog-api"

PRODUCT = "products/<slug:product>/"
VERSION = f"{PRODUCT}versions/<str:version>/"

urlpatterns = [
    path("products/", ProductListView.as_view(), name="products"),
    path(PRODUCT, ProductView.as_view(), name="product"),
    path(VERSION, VersionView.as_view(), name="version"),
    path(f"{VERSION}operations/", OperationListView.as_view(), name="operations"),
    path(f"{VERSION}operations/<str:operation>/", OperationView.as_view(), name="operation"),
]
