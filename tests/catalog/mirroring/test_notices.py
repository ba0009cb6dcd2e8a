"""What owners are told about their mirrors."""

from __future__ import annotations

import pytest
from django.core import mail

from catalog.models import Product
from tests.catalog.mirroring.conftest import HOUR, MirrorDesk, definition
from tests.servers.upstream import Upstream

PATH = "/openapi.json"


def subjects() -> list[str]:
    """What was sent so far."""
    return [str(message.subject) for message in mail.outbox]


def test_owners_are_told_once_per_streak_and_once_on_recovery(
    mirrored: MirrorDesk, upstream: Upstream
) -> None:
    upstream.answer(500)
    mirrored.check(after=HOUR)
    upstream.answer(404)
    mirrored.check(after=HOUR)
    upstream.recover()
    mirrored.check(after=HOUR)
    mirrored.check(after=HOUR)

    assert subjects() == [
        "example v1: its definition cannot be mirrored",
        "example v1: its definition is mirrored again",
    ]
    assert mail.outbox[0].to == ["owner@example.com"]
    assert "500 Internal Server Error" in mail.outbox[0].body


def test_rejected_definition_is_told_once(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.files[PATH] = b"garbage"
    mirrored.check(after=HOUR)
    mirrored.check(after=HOUR)

    assert subjects() == ["example v1: its definition cannot be mirrored"]
    assert "1 error" in mail.outbox[0].body


def test_held_change_is_told_once(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.files[PATH] = definition("/a", "/b", "/c", "/d", title="Another API")
    mirrored.check(after=HOUR)
    mirrored.check(after=HOUR)

    assert subjects() == ["example v1: a change of its definition waits for you"]


def test_product_without_an_address_has_nobody_to_tell(
    mirrored: MirrorDesk, upstream: Upstream
) -> None:
    Product.objects.update(contact="the data team")
    upstream.answer(500)

    mirrored.check(after=HOUR)

    assert subjects() == []


def test_mail_that_did_not_go_out_is_tried_at_the_next_failure(
    mirrored: MirrorDesk, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    upstream.answer(500)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.get_connection", _refuse)
        mirrored.check(after=HOUR)

    mirrored.check(after=HOUR)

    assert subjects() == ["example v1: its definition cannot be mirrored"]


def _refuse(*_args: object, **_options: object) -> None:
    raise ConnectionRefusedError
