"""Encrypted model fields, on the console's variables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models.query_utils import DeferredAttribute
from pytest_django import Settings

from catalog.models import Environment
from portal.fields import SealedBytes, SealedJSONField
from tryit.models import TokenJar, Variable

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OLD_KEY = b"b2xkIGtleSBvZiB0aGlydHktdHdvIGJ5dGVzIDAwMDE="
NEW_KEY = b"bmV3IGtleSBvZiB0aGlydHktdHdvIGJ5dGVzIDAwMDI="


def make_variable(value: Any, name: str = "apiKey") -> Variable:
    """A saved variable in a jar of its own."""
    jar = TokenJar.objects.create(session_key="session", expires_at=NOW, last_used_at=NOW)
    environment = Environment.objects.create(slug=f"for-{name}", name=name)
    return Variable.objects.create(jar=jar, environment=environment, name=name, value=value)


def read_column(variable: Variable) -> bytes:
    """The bytes as they lie in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM tryit_variable WHERE name = %s", [variable.name])
        return bytes(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", ["S3CRET", "", 0, False, [], {"a": [1, None, "\u00e9"]}], ids=repr
)
def test_value_is_read_as_it_was_saved(value: Any) -> None:
    variable = make_variable(value)

    assert variable.value == value
    assert Variable.objects.get(pk=variable.pk).value == value


@pytest.mark.django_db
def test_database_holds_nothing_readable() -> None:
    variable = make_variable("S3CRET")

    stored = read_column(variable)

    assert len(stored) > 40
    assert b"S3CRET" not in stored


@pytest.mark.django_db
def test_value_copied_to_another_row_reads_as_none() -> None:
    source = make_variable("S3CRET", "source")
    other = make_variable("mine", "other")
    stored = SealedBytes(read_column(source))

    Variable.objects.filter(pk=other.pk).update(value=stored)

    assert Variable.objects.get(pk=other.pk).value is None


@pytest.mark.django_db
@pytest.mark.parametrize("stored", [b"", b"rubbish"], ids=["empty", "rubbish"])
def test_damaged_value_reads_as_none(stored: bytes) -> None:
    variable = make_variable("S3CRET")

    Variable.objects.filter(pk=variable.pk).update(value=SealedBytes(stored))

    assert Variable.objects.get(pk=variable.pk).value is None


@pytest.mark.django_db
def test_value_does_not_follow_its_row_to_another_name() -> None:
    variable = make_variable("S3CRET")

    Variable.objects.filter(pk=variable.pk).update(name="renamed")

    assert Variable.objects.get(pk=variable.pk).value is None


@pytest.mark.django_db
def test_row_is_saved_without_being_opened() -> None:
    variable = make_variable("S3CRET")
    before = read_column(variable)

    loaded = Variable.objects.get(pk=variable.pk)
    loaded.is_secret = True
    loaded.save()

    assert read_column(variable) == before
    assert Variable.objects.get(pk=variable.pk).value == "S3CRET"


@pytest.mark.django_db
def test_deferred_value_is_opened_when_it_is_read() -> None:
    variable = make_variable("S3CRET")

    loaded = Variable.objects.only("name").get(pk=variable.pk)

    assert loaded.value == "S3CRET"


@pytest.mark.django_db
def test_value_of_an_older_key_is_read_and_one_of_a_lost_key_is_none(
    settings: Settings,
) -> None:
    settings.TOKEN_KEYS = [OLD_KEY]
    variable = make_variable("S3CRET")

    settings.TOKEN_KEYS = [NEW_KEY, OLD_KEY]
    with_both_keys = Variable.objects.get(pk=variable.pk).value
    settings.TOKEN_KEYS = [NEW_KEY]
    with_the_new_key = Variable.objects.get(pk=variable.pk).value

    assert (with_both_keys, with_the_new_key) == ("S3CRET", None)


@pytest.mark.django_db
def test_update_takes_sealed_values() -> None:
    variable = make_variable("before")
    field = Variable._meta.get_field("value")
    assert isinstance(field, SealedJSONField)

    Variable.objects.filter(pk=variable.pk).update(value=field.seal(variable, "after"))

    assert Variable.objects.get(pk=variable.pk).value == "after"


@pytest.mark.django_db
def test_update_takes_no_plain_values() -> None:
    variable = make_variable("before")

    with pytest.raises(TypeError, match="seal"):
        Variable.objects.filter(pk=variable.pk).update(value="plain")


def test_unsaved_row_gives_back_what_was_set() -> None:
    variable = Variable(name="apiKey", value={"a": 1})

    assert variable.value == {"a": 1}


def test_class_gives_the_field_and_no_value() -> None:
    descriptor: object = Variable.value

    assert isinstance(descriptor, DeferredAttribute)


def test_empty_value_stays_empty() -> None:
    field = SealedJSONField(bound_to=("id",), null=True)
    field.set_attributes_from_name("value")

    assert field.from_db_value(None, None, None) is None
    assert field.get_db_prep_value(None, connection) is None
    assert field.pre_save(Variable(value=None), add=True) is None


def test_migrations_make_the_field_again() -> None:
    field = SealedJSONField("value", bound_to=["id", "jar_id"])

    _, path, arguments, options = field.deconstruct()

    assert path == "portal.fields.SealedJSONField"
    assert options == {"verbose_name": "value", "bound_to": ("id", "jar_id")}
    assert not SealedJSONField(*arguments, **options).editable
