"""Forms whose token is missing or of another session: nothing is done, nothing typed is lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache

__all__ = ["stale_form"]

NAMESPACE = "tryit"
CSRF_FIELD = "csrfmiddlewaretoken"


@never_cache
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form, and let one of the console be sent again by a press of its sender.

    A form from another site is only refused: it must not come back with a token.
    """
    match = request.resolver_match
    if match is None or match.namespace != NAMESPACE or not _is_from_here(request):
        return csrf_failure(request, reason=reason)
    if "HX-Request" in request.headers:
        return render(request, "tryit/_stale_form.html", status=403)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != CSRF_FIELD
    ]
    return render(request, "tryit/stale_form.html", {"fields": fields}, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this portal sent the form."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == own
