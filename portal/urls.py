"""Addresses of the portal."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from portal.api import show_definition_as_json, show_definition_as_yaml
from portal.health import livez, readyz
from portal.static import open_favicon

urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("favicon.ico", open_favicon, name="favicon"),
    path("admin/", admin.site.urls),
    path("accounts/", include("portal.accounts.urls")),
    path("api/v1/openapi.json", show_definition_as_json, name="api-definition-json"),
    path("api/v1/openapi.yaml", show_definition_as_yaml, name="api-definition-yaml"),
    path("api/v1/", include("catalog.api.urls")),
    path("api/v1/", include("tryit.api.urls")),
    path("", include("tryit.urls")),
    path("", include("catalog.urls")),
]

handler400 = "portal.error_pages.answer_bad_request"
handler403 = "portal.error_pages.answer_forbidden"
handler404 = "portal.error_pages.answer_not_found"
handler500 = "portal.error_pages.answer_fault"
