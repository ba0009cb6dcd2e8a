"""Background work of the console."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from kombu.exceptions import OperationalError

from portal import egress
from tests.tryit.token_factories import (
    FakeSend,
    keep_login,
    make_jar,
    make_response,
    make_scene,
)
from tryit import tasks
from tryit.models import Heartbeat, SessionToken, TokenJar

pytestmark = pytest.mark.django_db


@pytest.fixture
def due_token() -> SessionToken:
    """A token that is due by the real clock, which is the tasks' own."""
    row = keep_login(*make_scene())
    now = timezone.now()
    TokenJar.objects.update(last_used_at=now, expires_at=now + timedelta(days=1))
    Session.objects.update(expire_date=now + timedelta(days=1))
    SessionToken.objects.update(refresh_at=now, expires_at=now + timedelta(minutes=5))
    return row


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The arguments of the tasks handed to the broker."""
    arguments: list[tuple[Any, ...]] = []
    monkeypatch.setattr(
        tasks.renew_token, "apply_async", lambda args, **_options: arguments.append(args)
    )
    return arguments


def test_a_tick_hands_out_one_task_for_each_due_token(
    due_token: SessionToken, sent: list[tuple[Any, ...]]
) -> None:
    tasks.renew_due_tokens()
    tasks.renew_due_tokens()

    assert sent == [(str(due_token.id), due_token.version + 1)]


@pytest.mark.usefixtures("sent")
def test_a_tick_leaves_a_sign_of_life() -> None:
    tasks.renew_due_tokens()

    assert timezone.now() - Heartbeat.objects.get(name="renewal").beat_at < timedelta(minutes=1)


@pytest.mark.parametrize("error", [OperationalError, FileNotFoundError], ids=["redis", "files"])
def test_without_a_broker_the_tick_ends_and_the_lease_runs_out(
    error: type[Exception],
    due_token: SessionToken,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(_args: Any, **_options: Any) -> None:
        raise error("no broker")

    monkeypatch.setattr(tasks.renew_token, "apply_async", refuse)

    with caplog.at_level(logging.WARNING):
        tasks.renew_due_tokens()

    row = SessionToken.objects.get(id=due_token.id)
    assert row.lease_until is not None
    assert row.lease_until < timezone.now() + timedelta(minutes=1)
    assert "renewals_not_queued" in caplog.text


def test_a_task_renews_its_token(
    due_token: SessionToken,
    sent: list[tuple[Any, ...]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    send = FakeSend([make_response(200, {"token": "second-token-of-jo"})])
    monkeypatch.setattr(egress, "send", send)
    tasks.renew_due_tokens()

    with caplog.at_level(logging.INFO):
        tasks.renew_token(*sent[0])

    assert SessionToken.objects.get().secrets["access_token"] == "second-token-of-jo"
    assert str(due_token.id) in caplog.text
    assert "second-token-of-jo" not in caplog.text
    assert "correct horse" not in caplog.text


def test_a_task_of_an_older_claim_does_nothing(
    due_token: SessionToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = FakeSend([make_response(200, {"token": "second-token-of-jo"})])
    monkeypatch.setattr(egress, "send", send)

    tasks.renew_token(str(due_token.id), due_token.version + 7)

    assert send.requests == []


def test_jars_of_sessions_that_are_over_are_swept() -> None:
    jar = make_jar()
    Session.objects.filter(session_key=jar.session_key).delete()

    tasks.sweep_token_jars()
    tasks.sweep_token_jars()

    assert TokenJar.objects.count() == 0
