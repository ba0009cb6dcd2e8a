"""Model fields of our own: encrypted values, and JSON that keeps the order of its keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from portal.crypto import CannotOpen, Sealer

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
else:
    AnyField = models.Field  # Django's own class takes no type arguments when it runs

__all__ = ["OrderedJSONField", "SealedBytes", "SealedJSONField"]


class OrderedJSONField(AnyField):
    """JSON data as text, with the keys of objects in the order they were given.

    PostgreSQL's jsonb, which Django's own field uses, sorts keys; a definition's order is its
    author's. Such a column cannot be queried into.
    """

    def get_internal_type(self) -> str:
        """The column type: text."""
        return "TextField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The data again."""
        return None if value is None else orjson.loads(value)

    def get_prep_value(self, value: Any) -> Any:
        """The data as text."""
        prepared = super().get_prep_value(value)
        return None if prepared is None else json.dumps(prepared, separators=(",", ":"))


class SealedBytes(bytes):
    """A sealed value as it lies in the database."""


@lru_cache(maxsize=8)
def _sealer(keys: tuple[bytes, ...]) -> Sealer:
    return Sealer(keys)


class _SealedAttribute(DeferredAttribute):
    """Opens the value when it is read, so that a row can be loaded and saved unopened."""

    field: SealedJSONField

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, SealedBytes):
            return value
        return self.field.open(instance, value)

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedJSONField(AnyField):
    """JSON data, encrypted and bound to the row it stands in.

    `bound_to` names the fields (attribute names such as "jar_id") whose values are sealed in: a
    value copied to another row does not open. What cannot be opened reads as None, never as an
    error, since the remedy is always the same: enter it again. The keys are `TOKEN_KEYS`.
    """

    descriptor_class = _SealedAttribute

    def __init__(self, *args: Any, bound_to: Sequence[str], **options: Any) -> None:
        self.bound_to = tuple(bound_to)
        options["editable"] = False
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """What migrations need to make the field again."""
        name, path, arguments, options = super().deconstruct()
        del options["editable"]
        return name, path, arguments, {**options, "bound_to": self.bound_to}

    def get_internal_type(self) -> str:
        """The column type: plain bytes."""
        return "BinaryField"

    def seal(self, instance: models.Model, value: Any) -> SealedBytes:
        """A value sealed for this row, as `QuerySet.update` takes it."""
        plaintext = json.dumps(value, separators=(",", ":")).encode()
        keys = tuple(settings.TOKEN_KEYS)
        return SealedBytes(_sealer(keys).seal(plaintext, context=self._context(instance)))

    def open(self, instance: models.Model, sealed: bytes) -> Any:
        """The value of this row, or None when it does not open here."""
        keys = tuple(settings.TOKEN_KEYS)
        try:
            return json.loads(_sealer(keys).open(sealed, context=self._context(instance)))
        except CannotOpen:
            return None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The sealed value; one that was never opened is written back as it was."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, SealedBytes):
            return value
        return self.seal(model_instance, value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> SealedBytes | None:
        """Mark what comes from the database as sealed."""
        return None if value is None else SealedBytes(value)

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        """The bytes as the database driver takes them; plain values are refused."""
        if value is None:
            return None
        if not isinstance(value, SealedBytes):
            raise TypeError(f"{self.name} takes sealed bytes here; use seal()")
        return memoryview(value)  # what both drivers take as bytes

    def _context(self, instance: models.Model) -> dict[str, str]:
        label = {name: str(getattr(instance, name)) for name in self.bound_to}
        return {"field": f"{self.model._meta.label_lower}.{self.name}", **label}
