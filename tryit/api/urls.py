"""Addresses of the console over REST, below /api/v1/."""

from __future__ import annotations

from django.urls import path

from tryit.api.views import SendView, SessionTokensView, VariableResource

VERSION = "products/<slug:product>/versions/<version:version>/"

urlpatterns = [
    path(f"{VERSION}operations/<slug:operation>/send", SendView.as_view(), name="api-send"),
    path(
        f"{VERSION}environments/<slug:environment>/variables/<str:name>",
        VariableResource.as_view(),
        name="api-variable",
    ),
    path("session/tokens/", SessionTokensView.as_view(), name="api-session-tokens"),
]
