"""Addresses of accounts: the pages of allauth that the portal has words and a face for."""

from __future__ import annotations

from allauth.account import views
from django.conf import settings
from django.urls import URLPattern, path, re_path

__all__ = ["account_urls", "urlpatterns"]


def account_urls(*, sign_up: bool, password_reset: bool) -> list[URLPattern]:
    """Signing in, out and changing the password; making an account and resetting when opened.

    What is left out has no address, so that no page links to it.
    """
    patterns = [
        path("login/", views.login, name="account_login"),
        path("logout/", views.logout, name="account_logout"),
        path("inactive/", views.account_inactive, name="account_inactive"),
        path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
        path("password/change/", views.password_change, name="account_change_password"),
        path("password/set/", views.password_set, name="account_set_password"),
    ]
    if sign_up:
        patterns.append(path("signup/", views.signup, name="account_signup"))
    return [*patterns, *_password_reset_urls()] if password_reset else patterns


def _password_reset_urls() -> list[URLPattern]:
    return [
        path("password/reset/", views.password_reset, name="account_reset_password"),
        path(
            "password/reset/done/",
            views.password_reset_done,
            name="account_reset_password_done",
        ),
        path(
            "password/reset/key/done/",
            views.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
        # allauth's own pattern: the key is cut at the first hyphen, which no converter expresses
        re_path(
            r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            views.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
    ]


urlpatterns = account_urls(sign_up=settings.SIGN_UP, password_reset=bool(settings.EMAIL_URL))
