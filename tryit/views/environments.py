"""Choosing the environment, in the top-right corner of every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from catalog.environments import choose_environment
from tryit.forms import EnvironmentForm, safe_next
from tryit.views.forms_only import forms_only

__all__ = ["environment"]


@forms_only("catalog:catalog")
def environment(request: HttpRequest) -> HttpResponse:
    """Keep the choice for the session and go back; an unknown one changes nothing."""
    form = EnvironmentForm(request.POST)
    if form.is_valid():
        choose_environment(request.session, form.cleaned_data["environment"])
    return redirect(safe_next(request, reverse("catalog:catalog")))
