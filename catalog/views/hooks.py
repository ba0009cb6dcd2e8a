"""Webhooks: an upstream tells that it changed."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from catalog.mirroring.signatures import has_valid_signature
from catalog.models import MirrorSource
from catalog.tasks import queue_check

__all__ = ["take_hook"]


@csrf_exempt
@require_POST
def take_hook(request: HttpRequest, mirror: UUID) -> HttpResponse:
    """Check a mirror at once, if the signature over the body proves who asks.

    What the body says does not matter: the source is looked at as always.
    """
    found = MirrorSource.objects.filter(id=mirror).first()
    if found is None:
        raise Http404
    signature = request.headers.get("X-Hub-Signature-256", "")
    if not has_valid_signature(signature, request.body, secret=found.webhook_secret or ""):
        return JsonResponse({"result": "refused"}, status=HTTPStatus.FORBIDDEN)
    queue_check(found)
    return JsonResponse({"result": "requested"}, status=HTTPStatus.ACCEPTED)
