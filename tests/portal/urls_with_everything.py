"""The portal's addresses as they are with SIGN_UP and EMAIL_URL set."""

from __future__ import annotations

from django.urls import include, path

from portal.accounts.urls import account_urls
from portal.urls import urlpatterns as portal_patterns

urlpatterns = [
    path("accounts/", include(account_urls(sign_up=True, password_reset=True))),
    *portal_patterns,
]
