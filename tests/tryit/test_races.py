"""Several writers at once, on the real database. `make proof` repeats them hundreds of times."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import connection

from catalog.models import Environment, Version
from tests.tryit.token_factories import (
    NOW,
    PACE,
    FakeSend,
    keep_login,
    make_jar,
    make_response,
    make_scene,
    make_session,
    no_jitter,
)
from tryit.models import SessionToken, TokenJar
from tryit.services.jars import find_jar, open_jar
from tryit.services.tokens import ensure_fresh
from tryit.services.variables import delete_variable, set_variable
from tryit.sessions import SessionStore
from tryit.tokens.renewal import ClaimedToken, claim_due_tokens, renew_claimed

pytestmark = pytest.mark.django_db(transaction=True)

DUE = NOW + timedelta(minutes=54)
NEXT = "second-token-of-jo"
ROUNDS = 5


@pytest.fixture(autouse=True)
def _database_in_a_file() -> None:
    """SQLite in memory locks whole tables between threads and never waits."""
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("needs a test database in a file")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Start all acts at the same moment, each in a thread of its own; their results in order."""
    barrier = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(position: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=10)
            results[position] = act()
        except SessionInterrupted as error:
            results[position] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def renewing_send(**options: Any) -> FakeSend:
    return FakeSend([make_response(200, {"token": NEXT, "expires_in": 3600})], **options)


def paste(jar: TokenJar, version: Version, environment: Environment) -> None:
    set_variable(
        jar=jar,
        version=version,
        environment=environment,
        name="bearerToken_token",
        value="pasted-by-the-user",
        is_secret=True,
        now=DUE,
    )


def renew(claim: ClaimedToken, send: FakeSend) -> bool:
    return renew_claimed(claim, now=DUE, send=send, jitter=no_jitter)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_due_token_is_claimed_once(_round: int) -> None:
    keep_login(*make_scene())

    claims = at_once(*(lambda: claim_due_tokens(now=DUE) for _ in range(4)))

    assert sorted(len(claimed) for claimed in claims) == [0, 0, 0, 1]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_many_tabs_renew_a_token_once(_round: int) -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)
    send = renewing_send()

    def tab() -> None:
        ensure_fresh(
            jar=jar,
            version=version,
            environment=environment,
            now=NOW + timedelta(hours=1),
            send=send,
            pace=PACE,
        )

    at_once(tab, tab, tab, tab)

    assert len(send.requests) == 1
    assert SessionToken.objects.get().secrets["access_token"] == NEXT


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_logout_during_a_renewal_leaves_nothing(_round: int) -> None:
    session = make_session()
    _jar, version, environment = make_scene()
    keep_login(make_jar(session), version, environment)
    (claim,) = claim_due_tokens(now=DUE)

    at_once(session.flush, lambda: renew(claim, renewing_send()))

    assert SessionToken.objects.count() == 0


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_what_the_user_writes_during_a_renewal_stays(_round: int) -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)
    (claim,) = claim_due_tokens(now=DUE)

    at_once(lambda: paste(jar, version, environment), lambda: renew(claim, renewing_send()))

    assert SessionToken.objects.get().secrets == {"access_token": "pasted-by-the-user"}


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_what_the_user_deletes_during_a_renewal_stays_deleted(_round: int) -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)
    (claim,) = claim_due_tokens(now=DUE)

    at_once(
        lambda: delete_variable(
            jar=jar, version=version, environment=environment, name="bearerToken_token"
        ),
        lambda: renew(claim, renewing_send()),
    )

    secrets = [row.secrets for row in SessionToken.objects.all()]
    assert all("access_token" not in kept for kept in secrets)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_key_change_during_a_renewal_loses_nothing(_round: int) -> None:
    session = make_session()
    _jar, version, environment = make_scene()
    jar = make_jar(session)
    keep_login(jar, version, environment)
    (claim,) = claim_due_tokens(now=DUE)

    at_once(session.cycle_key, lambda: renew(claim, renewing_send()))

    assert find_jar(session) == jar
    assert SessionToken.objects.count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_first_writes_in_many_tabs_share_one_jar(_round: int) -> None:
    key = make_session().session_key

    jars = at_once(
        *(lambda: open_jar(SessionStore(key), user=AnonymousUser(), now=NOW) for _ in range(4))
    )

    assert len({jar.id for jar in jars}) == TokenJar.objects.count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_tokens_pasted_in_many_tabs_make_one_row(_round: int) -> None:
    jar, version, environment = make_scene()

    at_once(*(lambda: paste(jar, version, environment) for _ in range(4)))

    assert SessionToken.objects.get().secrets == {"access_token": "pasted-by-the-user"}


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_logout_while_the_user_writes_leaves_nothing(_round: int) -> None:
    session = make_session()
    _jar, version, environment = make_scene()
    jar = make_jar(session)

    at_once(session.flush, lambda: paste(jar, version, environment))

    assert SessionToken.objects.count() == 0
