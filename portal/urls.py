"""Addresses of the portal."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from portal.health import livez, readyz

urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("api/v1/", include("catalog.api.urls")),
    path("api/v1/", include("tryit.api.urls")),
    path("", include("tryit.urls")),
    path("", include("catalog.urls")),
]
