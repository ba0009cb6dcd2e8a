"""Choosing the environment, in the top-right corner of every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from catalog.environments import choose_environment
from tryit.forms import EnvironmentForm, safe_next

__all__ = ["environment"]


@require_POST
def environment(request: HttpRequest) -> HttpResponse:
    """Keep the choice for the session and go back; an unknown one changes nothing."""
    form = EnvironmentForm(request.POST)
    if form.is_valid():
        choose_environment(request.session, form.cleaned_data["environment"])
    return redirect(safe_next(request, reverse("catalog:catalog")))
