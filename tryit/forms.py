"""Forms around the console; the console's own form follows the definition (`console.inputs`)."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from catalog.models import Environment

__all__ = ["EnvironmentForm", "KeepTokenForm", "safe_next"]


class EnvironmentForm(forms.Form):
    """The choice of an environment."""

    environment = forms.ModelChoiceField(Environment.objects.all(), to_field_name="slug")


class KeepTokenForm(forms.Form):
    """One press on "Use as": the sealed token, and whether the login may be repeated."""

    sealed = forms.CharField()
    stay_signed_in = forms.BooleanField(required=False)


def safe_next(request: HttpRequest, default: str) -> str:
    """Where the form wants to go back to, if that is on this portal."""
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else default
