"""Addresses of the catalog."""

from __future__ import annotations

from django.urls import path

from catalog.views.catalog import show_catalog
from catalog.views.definitions import download_json, download_source, download_yaml
from catalog.views.hooks import take_hook
from catalog.views.manage import (
    approve,
    check_now,
    discard,
    list_versions,
    renew_webhook,
    save_mirror,
    show_mirror,
    show_version,
    stop_mirroring,
    upload_definition,
)
from catalog.views.products import show_getting_started, show_guide, show_product
from catalog.views.reference import (
    redirect_to_default,
    show_operation,
    show_reference,
    show_schema,
)

app_name = "catalog"

PRODUCT = "catalog/<slug:product>/"
VERSION = f"{PRODUCT}<version:version>/"
MANAGED = "manage/<slug:product>/<version:version>/"

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
    path("manage/", list_versions, name="manage"),
    path(MANAGED, show_version, name="manage-version"),
    path(f"{MANAGED}definition/", upload_definition, name="manage-upload"),
    path(f"{MANAGED}mirror/", save_mirror, name="manage-mirror"),
    path(f"{MANAGED}mirror/state/", show_mirror, name="manage-mirror-state"),
    path(f"{MANAGED}mirror/check/", check_now, name="manage-check"),
    path(f"{MANAGED}mirror/stop/", stop_mirroring, name="manage-stop"),
    path(f"{MANAGED}mirror/webhook/", renew_webhook, name="manage-webhook"),
    path(f"{MANAGED}mirror/approve/", approve, name="manage-approve"),
    path(f"{MANAGED}mirror/discard/", discard, name="manage-discard"),
    path("hooks/mirrors/<uuid:mirror>/", take_hook, name="mirror-hook"),
]
