"""Renewing tokens before they expire."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from pytest_django import Settings

from catalog.models import Server, TokenSource, Version
from portal.egress import CannotConnect, RefusedByPolicy
from tests.tryit.token_factories import (
    BODY,
    NOW,
    TOKEN,
    FakeSend,
    keep_login,
    make_jar,
    make_login_source,
    make_response,
    make_scene,
    no_jitter,
)
from tryit.models import Heartbeat, SessionToken, TokenJar, TokenState
from tryit.services.tokens import forget_token
from tryit.services.variables import set_variable
from tryit.tokens.renewal import (
    ClaimedToken,
    claim_due_tokens,
    claim_token,
    login_limits,
    record_heartbeat,
    renew_claimed,
)

pytestmark = pytest.mark.django_db

DUE = NOW + timedelta(minutes=54)
NEXT = "second-token-of-jo"


def renewing_send(**options: Any) -> FakeSend:
    return FakeSend([make_response(200, {"token": NEXT, "expires_in": 1800})], **options)


def keep_due_login() -> SessionToken:
    return keep_login(*make_scene())


def renew(send: FakeSend, row: SessionToken, *, now: Any = DUE) -> bool:
    claim = claim_token(row, now=now)
    assert claim is not None
    return renew_claimed(claim, now=now, send=send, jitter=no_jitter)


def test_a_token_is_claimed_when_its_time_has_come() -> None:
    row = keep_due_login()

    early = claim_due_tokens(now=DUE - timedelta(seconds=1))
    due = claim_due_tokens(now=DUE)

    assert early == []
    assert due == [ClaimedToken(row.id, row.version + 1)]


def test_a_claimed_token_is_left_alone_until_its_lease_runs_out() -> None:
    row = keep_due_login()
    claim_due_tokens(now=DUE)

    again = claim_due_tokens(now=DUE + timedelta(seconds=44))
    after = claim_due_tokens(now=DUE + timedelta(seconds=45))

    assert again == []
    assert after == [ClaimedToken(row.id, row.version + 2)]


def test_the_most_urgent_tokens_go_first() -> None:
    _jar, version, environment = make_scene()
    rows = [keep_login(make_jar(), version, environment) for _ in range(3)]
    for row, minutes in zip(rows, (3, 1, 2), strict=True):
        SessionToken.objects.filter(id=row.id).update(refresh_at=DUE - timedelta(minutes=minutes))

    claims = claim_due_tokens(now=DUE, limit=2)

    assert [claim.id for claim in claims] == [rows[0].id, rows[2].id]


@pytest.mark.parametrize(
    "values",
    [{"state": TokenState.NEEDS_SIGN_IN}, {"refresh_at": None}],
    ids=["needs-sign-in", "not-renewable"],
)
def test_tokens_nobody_may_renew_are_not_claimed(values: dict[str, Any]) -> None:
    keep_due_login()
    SessionToken.objects.update(**values)

    assert claim_due_tokens(now=DUE) == []


@pytest.mark.parametrize(
    "end",
    [
        lambda: Session.objects.all().delete(),
        lambda: Session.objects.update(expire_date=DUE),
        lambda: TokenJar.objects.update(expires_at=DUE),
        lambda: TokenJar.objects.update(last_used_at=DUE - timedelta(hours=8)),
    ],
    ids=["session-gone", "session-over", "jar-over", "idle"],
)
def test_tokens_of_a_session_that_is_over_are_not_renewed(end: Any) -> None:
    row = keep_due_login()
    claim = claim_token(row, now=DUE)
    SessionToken.objects.update(lease_until=None)
    end()
    send = renewing_send()

    assert claim_due_tokens(now=DUE) == []
    assert claim is not None
    assert renew_claimed(claim, now=DUE, send=send, jitter=no_jitter) is False
    assert send.requests == []


def test_how_long_a_session_may_lie_idle_is_settable(settings: Settings) -> None:
    settings.TOKEN_IDLE_SECONDS = 60
    keep_due_login()

    assert claim_due_tokens(now=DUE) == []


def test_a_token_is_renewed_by_the_login_the_user_agreed_to() -> None:
    row = keep_due_login()
    send = renewing_send()

    renewed = renew(send, row)

    (request,) = send.requests
    assert renewed is True
    assert (request.method, request.url) == (
        "POST",
        "https://company-data.example.com/v1/authenticate",
    )
    assert json.loads(request.body or b"") == BODY
    assert request.headers == (("Content-Type", "application/json"), ("X-Tenant", "7"))


def test_the_new_token_takes_the_place_of_the_old_one() -> None:
    row = keep_due_login()

    renew(renewing_send(), row)

    renewed = SessionToken.objects.get()
    assert renewed.secrets == {**row.secrets, "access_token": NEXT, "is_renewed": True}
    assert (renewed.obtained_at, renewed.expires_at) == (DUE, DUE + timedelta(minutes=30))
    assert renewed.refresh_at == DUE + timedelta(minutes=25)
    assert (renewed.lease_until, renewed.attempts, renewed.last_error) == (None, 0, "")
    assert renewed.allowed_origins == row.allowed_origins
    assert renewed.version == row.version + 2


def test_a_renewed_token_is_found_where_its_source_declares_it() -> None:
    jar, version, environment = make_scene()
    make_login_source(version, token={"in": "body", "at": "/data/key"}, lifetime=7200)
    row = keep_login(jar, version, environment, data={"key": TOKEN})
    answer = make_response(200, {"token": "not-this-one", "data": {"key": NEXT}})

    renew(FakeSend([answer]), row)

    renewed = SessionToken.objects.get()
    assert renewed.secrets["access_token"] == NEXT
    assert renewed.expires_at == DUE + timedelta(hours=2)


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_refusal_ends_the_renewals_until_the_user_signs_in(status: int) -> None:
    row = keep_due_login()
    send = FakeSend([make_response(status)])

    renewed = renew(send, row)

    refused = SessionToken.objects.get()
    assert renewed is False
    assert len(send.requests) == 1
    assert (refused.state, refused.refresh_at) == (TokenState.NEEDS_SIGN_IN, None)
    assert refused.last_error == f"refused:{status}"
    assert refused.secrets["access_token"] == TOKEN
    assert claim_due_tokens(now=DUE + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (make_response(500), "server_error:500"),
        (make_response(200, {"maintenance": True}), "no_token"),
        (CannotConnect("refused"), "unreachable:connect"),
    ],
    ids=["server-error", "garbage", "unreachable"],
)
def test_what_may_pass_is_tried_again(answer: Any, error: str) -> None:
    row = keep_due_login()

    renew(FakeSend([answer]), row)

    failed = SessionToken.objects.get()
    assert (failed.state, failed.attempts, failed.last_error) == (TokenState.ACTIVE, 1, error)
    assert failed.refresh_at == DUE + timedelta(seconds=2)
    assert failed.lease_until is None
    assert failed.secrets["access_token"] == TOKEN


def test_attempts_come_later_each_time_and_end_with_a_success() -> None:
    row = keep_due_login()
    failing = FakeSend([make_response(503)])
    renew(failing, row)
    renew(failing, SessionToken.objects.get())

    failed = SessionToken.objects.get()
    renew(renewing_send(), failed)

    assert (failed.attempts, failed.refresh_at) == (2, DUE + timedelta(seconds=4))
    assert SessionToken.objects.get().attempts == 0


def test_retry_after_is_honoured() -> None:
    row = keep_due_login()

    renew(FakeSend([make_response(429, headers=(("Retry-After", "90"),))]), row)

    assert SessionToken.objects.get().refresh_at == DUE + timedelta(seconds=92)


def test_after_an_hour_without_a_token_the_user_is_asked() -> None:
    row = keep_due_login()
    long_after = NOW + timedelta(hours=2)

    renew(FakeSend([CannotConnect("refused")]), row, now=long_after)

    assert SessionToken.objects.get().state == TokenState.NEEDS_SIGN_IN


def test_a_place_the_portal_may_not_reach_is_not_tried_again() -> None:
    row = keep_due_login()

    renew(FakeSend([RefusedByPolicy("loopback")]), row)

    refused = SessionToken.objects.get()
    assert refused.state == TokenState.NEEDS_SIGN_IN
    assert refused.last_error == "not_allowed:refused_by_policy"


def _move_server() -> None:
    Server.objects.update(url="https://moved.example.com/v1")


def _name_another_login() -> None:
    TokenSource.objects.update(
        kind="login", settings={"login": {"url": "https://evil.example.com/login"}}
    )


def _unlink() -> None:
    Version.objects.get().bindings.all().delete()


@pytest.mark.parametrize(
    "change", [_move_server, _name_another_login, _unlink], ids=["server", "login", "link"]
)
def test_after_a_change_of_origins_nothing_is_sent(change: Any) -> None:
    row = keep_due_login()
    change()
    send = renewing_send()

    renew(send, row)

    assert send.requests == []
    moved = SessionToken.objects.get()
    assert (moved.state, moved.last_error) == (TokenState.NEEDS_SIGN_IN, "moved")


def test_a_row_of_another_jar_is_not_opened() -> None:
    row = keep_due_login()
    SessionToken.objects.update(jar=make_jar())
    send = renewing_send()

    renew(send, row)

    assert send.requests == []
    assert SessionToken.objects.get().last_error == "cannot_open"


def test_a_second_task_for_the_same_claim_does_nothing() -> None:
    row = keep_due_login()
    claim = claim_token(row, now=DUE)
    assert claim is not None
    send = renewing_send()

    first = renew_claimed(claim, now=DUE, send=send, jitter=no_jitter)
    second = renew_claimed(claim, now=DUE, send=send, jitter=no_jitter)

    assert (first, second) == (True, False)
    assert len(send.requests) == 1


def test_of_two_claims_one_wins() -> None:
    row = keep_due_login()

    claims = [claim_token(row, now=DUE), claim_token(row, now=DUE)]

    assert claims == [ClaimedToken(row.id, row.version + 1), None]


def test_a_task_starts_a_lease_of_its_own() -> None:
    row = keep_due_login()
    claim = claim_token(row, now=DUE)
    assert claim is not None
    later = DUE + timedelta(seconds=40)
    claimed_meanwhile: list[Any] = []
    send = renewing_send(
        during=lambda: claimed_meanwhile.append(claim_due_tokens(now=later + timedelta(seconds=20)))
    )

    renew_claimed(claim, now=later, send=send, jitter=no_jitter)

    assert claimed_meanwhile == [[]]
    assert SessionToken.objects.get().secrets["access_token"] == NEXT


def test_a_result_that_comes_after_logout_is_dropped() -> None:
    row = keep_due_login()

    renewed = renew(renewing_send(during=lambda: TokenJar.objects.all().delete()), row)

    assert renewed is False
    assert SessionToken.objects.count() == 0


def test_a_result_that_comes_after_forgetting_is_dropped() -> None:
    row = keep_due_login()

    renew(renewing_send(during=lambda: forget_token(jar=row.jar, token_id=row.id)), row)

    assert SessionToken.objects.count() == 0


@pytest.mark.parametrize("status", [200, 401, 500])
def test_a_result_that_comes_after_the_user_wrote_is_dropped(status: int) -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)

    def paste() -> None:
        set_variable(
            jar=jar,
            version=version,
            environment=environment,
            name="bearerToken_token",
            value="pasted-meanwhile",
            is_secret=True,
            now=DUE,
        )

    answer = make_response(status, {"token": NEXT})
    renew(FakeSend([answer], during=paste), row)

    kept = SessionToken.objects.get()
    assert kept.secrets == {"access_token": "pasted-meanwhile"}
    assert (kept.state, kept.last_error) == (TokenState.ACTIVE, "")


def test_a_key_change_at_sign_in_does_not_stop_a_renewal() -> None:
    row = keep_due_login()

    def cycle_key() -> None:
        new_key = "k" * 32
        Session.objects.update(session_key=new_key)
        TokenJar.objects.update(session_key=new_key)

    renewed = renew(renewing_send(during=cycle_key), row)

    assert renewed is True


def test_another_sessions_token_stays_as_it_is() -> None:
    _jar, version, environment = make_scene()
    mine, other = (keep_login(make_jar(), version, environment) for _ in range(2))

    renew(renewing_send(), mine)

    assert SessionToken.objects.get(id=other.id).secrets["access_token"] == TOKEN


def test_a_login_may_take_half_a_minute(settings: Settings) -> None:
    settings.EGRESS_TOTAL_SECONDS = 60
    settings.EGRESS_FIRST_BYTE_SECONDS = 10

    limits = login_limits()

    assert (limits.total_seconds, limits.first_byte_seconds) == (30, 10)


def test_the_renewer_leaves_a_sign_of_life() -> None:
    record_heartbeat(now=NOW)
    record_heartbeat(now=DUE)

    assert Heartbeat.objects.get(name="renewal").beat_at == DUE
