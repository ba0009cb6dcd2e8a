"""Addresses of the console and of what a session keeps."""

from __future__ import annotations

from django.urls import path

from tryit.views.console import console
from tryit.views.environments import environment
from tryit.views.tokens import forget, keep, renew, tokens

app_name = "tryit"

urlpatterns = [
    path(
        "catalog/<slug:product>/<str:version>/reference/<str:operation>/try/",
        console,
        name="console",
    ),
    path("try-it/environment/", environment, name="environment"),
    path("try-it/tokens/", tokens, name="tokens"),
    path("try-it/tokens/keep/", keep, name="keep-token"),
    path("try-it/tokens/<uuid:token_id>/renew/", renew, name="token-renew"),
    path("try-it/tokens/<uuid:token_id>/forget/", forget, name="token-forget"),
]
