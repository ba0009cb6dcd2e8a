"""Addresses that forms are sent to and that nobody reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

__all__ = ["forms_only"]

Arguments = ParamSpec("Arguments")
Answering = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def forms_only(page: str) -> Callable[[Answering[Arguments]], Answering[Arguments]]:
    """Let only POST through; whoever opens the address otherwise, as after signing in, gets the
    named page instead.
    """

    def decorate(view: Answering[Arguments]) -> Answering[Arguments]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
        ) -> HttpResponse:
            if request.method != "POST":
                return redirect(page)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
