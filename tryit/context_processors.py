"""What every page's frame needs from the console: the environments and the chosen one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from catalog.environments import find_chosen_environment
from catalog.models import Environment

__all__ = ["frame"]


def frame(request: HttpRequest) -> dict[str, Any]:
    """`environments` and `chosen_environment`, read only when a template asks for them."""
    environments = SimpleLazyObject(lambda: list(Environment.objects.all()))
    return {
        "environments": environments,
        "chosen_environment": SimpleLazyObject(
            lambda: find_chosen_environment(request.session, environments)
        ),
    }
