"""Whether the portal lives, and whether everything its start promised is there."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.models import Product
from tryit.models import Heartbeat

__all__ = ["livez", "readyz"]

LATE_AFTER_TICKS = 3


@never_cache
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    """Answers when the process does."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, static files and promised products are there, 503 with what is missing.

    A late worker is a detail only: the console then renews tokens itself.
    """
    checks = _database_checks()
    ready = all(checks[name] == "ok" for name in ("database", "catalog"))
    status = "ready" if ready else "not ready"
    return JsonResponse({"status": status, **checks}, status=200 if ready else 503)


def _database_checks() -> dict[str, str]:
    try:
        connection.ensure_connection()
        return {
            "database": "ok",
            "catalog": _catalog_check(),
            "worker": _worker_check(),
        }
    except DatabaseError:
        return {"database": "unreachable", "catalog": "unknown", "worker": "unknown"}


def _catalog_check() -> str:
    promised = settings.PROMISED_PRODUCTS
    there = set(
        Product.objects.filter(
            slug__in=promised, versions__current_revision__isnull=False
        ).values_list("slug", flat=True)
    )
    missing = [slug for slug in promised if slug not in there]
    return f"not published yet: {', '.join(missing)}" if missing else "ok"


def _worker_check() -> str:
    beat = Heartbeat.objects.filter(name="renewal").first()
    if beat is None:
        return "no sign of life yet"
    age_seconds = (timezone.now() - beat.beat_at).total_seconds()
    if age_seconds > LATE_AFTER_TICKS * settings.RENEW_TICK_SECONDS:
        return f"last seen {age_seconds:.0f} s ago"
    return "ok"
