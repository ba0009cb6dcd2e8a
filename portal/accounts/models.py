"""The portal's users."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser

__all__ = ["User"]


class User(AbstractUser):
    """A person who signs in to the portal; an own model from the first migration on."""
