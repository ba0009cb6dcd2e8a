"""Forms of the admin site that check what commands check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, Server
from catalog.services.servers import ServerError, check_server_url

__all__ = ["ProductForm", "ServerForm"]

if TYPE_CHECKING:
    ProductFormBase: TypeAlias = forms.ModelForm[Product]
    ServerFormBase: TypeAlias = forms.ModelForm[Server]
else:
    ProductFormBase = ServerFormBase = forms.ModelForm


class ProductForm(ProductFormBase):
    """A product; its facets are written as JSON."""

    facets = forms.JSONField(
        required=False, help_text=_('Names with lists of values: {"Region": ["Nordics"]}')
    )

    def clean_facets(self) -> dict[str, list[str]]:
        """The facets; anything but names with lists of texts is refused."""
        facets: Any = self.cleaned_data["facets"] or {}
        lists = facets.values() if isinstance(facets, dict) else [None]
        if not all(isinstance(values, list) and _are_texts(values) for values in lists):
            raise ValidationError(_("Facets are an object whose members are lists of texts."))
        checked: dict[str, list[str]] = facets
        return checked


class ServerForm(ServerFormBase):
    """The base URL of a version in an environment."""

    def clean_url(self) -> str:
        """The URL without its trailing slash."""
        try:
            return check_server_url(self.cleaned_data["url"])
        except ServerError as error:
            raise ValidationError(str(error)) from error


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
