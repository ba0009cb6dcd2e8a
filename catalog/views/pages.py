"""What all pages of the catalog have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

__all__ = ["page"]

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer", bound=HttpResponseBase)


def page(
    view: Callable[Concatenate[HttpRequest, Arguments], Answer],
) -> Callable[Concatenate[HttpRequest, Arguments], Answer]:
    """A view that only reads; what it does not find answers 404.

    Its answer is of this reader alone, and asked for again each time.
    """

    @require_safe
    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Answer:
        try:
            response = view(request, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404(str(error)) from error
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return answer
