"""Callers of the writing part of the REST API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from portal.accounts.api_tokens import issue_api_token
from portal.accounts.models import Scope, User

__all__ = ["Caller", "make_caller"]


@dataclass(frozen=True, slots=True)
class Caller:
    """A program with an API token."""

    client: Client
    token: str
    user: User

    def call(
        self,
        method: str,
        url: str,
        body: bytes | str = b"",
        *,
        content_type: str = "application/json",
        **headers: str,
    ) -> Any:
        """The response to one call."""
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        return self.client.generic(method, url, body, content_type=content_type, headers=sent)


def make_caller(*scopes: Scope, name: str = "ada", is_staff: bool = False) -> Caller:
    """A token with these scopes, of a user who is no editor unless told otherwise."""
    user = User.objects.create_user(name, password="a long password", is_staff=is_staff)
    token = issue_api_token(user, scopes=scopes, lifetime=timedelta(days=1), now=timezone.now())[1]
    return Caller(Client(enforce_csrf_checks=True), token, user)
