"""How accounts come into being, and what the portal says about signing in."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

__all__ = ["AccountAdapter"]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Opens or closes sign-up by the SIGN_UP setting, and speaks in the portal's words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off."),
        "email_password_mismatch": _("That address and password do not fit together."),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("That is not your current password."),
        "incorrect_password": _("That is not your password."),
        "invalid_login": _("That user name and password do not fit together."),
        "invalid_password_reset": _("This link was used before or is too old."),
        "rate_limited": _("That was tried too often. Wait a minute, then try again."),
        "too_many_login_attempts": _("That failed too often. Wait 5 minutes, then try again."),
        "username_blacklisted": _("This user name is not allowed. Choose another one."),
        "username_password_mismatch": _("That user name and password do not fit together."),
        "username_taken": _("Another account has this user name."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether strangers may make an account."""
        return bool(settings.SIGN_UP)
