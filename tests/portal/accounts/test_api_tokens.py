"""API tokens: what is kept of them, their sessions, their end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.test import Client

from portal.accounts.api_tokens import (
    find_api_token,
    issue_api_token,
    note_use,
    open_session,
    revoke_api_token,
)
from portal.accounts.models import APIToken, Scope, User
from tryit.models import TokenJar
from tryit.services.jars import find_jar, open_jar

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def issue(user: User, *scopes: Scope) -> tuple[APIToken, str]:
    return issue_api_token(user, scopes=scopes, lifetime=timedelta(days=30), now=NOW)


def test_only_a_hash_of_the_token_is_kept(ada: User) -> None:
    row, token = issue(ada, Scope.READ)

    kept = APIToken.objects.values().get(pk=row.pk)
    assert token.startswith("portico_")
    assert len(token) == len("portico_") + 43
    assert not any(token in str(value) for value in kept.values())
    assert kept["ends_in"] == token[-4:]
    assert kept["expires_at"] == datetime(2026, 12, 23, 12, 0, tzinfo=UTC)


def test_token_is_found_by_itself_alone(ada: User) -> None:
    row, token = issue(ada)

    assert find_api_token(token) == row
    assert find_api_token(token[:-1]) is None
    assert find_api_token(row.sha256) is None
    assert find_api_token("\udcff") is None


@pytest.mark.parametrize(
    ("held", "asked", "expected"),
    [
        pytest.param([], Scope.READ, True, id="every-token-reads"),
        pytest.param(["read"], Scope.SEND, False, id="read-sends-nothing"),
        pytest.param(["send"], Scope.SEND, True, id="send"),
        pytest.param(["send"], Scope.PUBLISH, False, id="send-publishes-nothing"),
        pytest.param(["publish"], Scope.SEND, False, id="publish-sends-nothing"),
        pytest.param(["publish"], Scope.ADMIN, False, id="publish-is-not-admin"),
        pytest.param(["admin"], Scope.PUBLISH, True, id="admin-is-everything"),
    ],
)
def test_scopes_allow_what_they_name(held: list[str], asked: Scope, expected: bool) -> None:
    assert APIToken(scopes=held).allows(asked) is expected


def test_use_is_written_once_a_minute(ada: User) -> None:
    row, _token = issue(ada)
    note_use(row, now=NOW)

    note_use(row, now=NOW + timedelta(seconds=59))
    assert APIToken.objects.get().last_used_at == NOW

    note_use(row, now=NOW + timedelta(seconds=60))
    assert APIToken.objects.get().last_used_at == NOW + timedelta(seconds=60)


def test_session_is_the_same_at_every_use(ada: User) -> None:
    row, _token = issue(ada)

    first = open_session(row)
    second = open_session(APIToken.objects.get())

    assert first.session_key == second.session_key
    assert Session.objects.get().expire_date == row.expires_at


def test_session_that_was_lost_is_made_again(ada: User) -> None:
    row, _token = issue(ada)
    lost = open_session(row).session_key
    Session.objects.all().delete()

    session = open_session(APIToken.objects.get())

    assert session.session_key not in (None, lost)
    assert APIToken.objects.get().session_key == session.session_key


def test_two_first_uses_end_in_one_session(ada: User) -> None:
    row, _token = issue(ada)
    other = APIToken.objects.get()

    first, second = open_session(row), open_session(other)

    assert first.session_key == second.session_key
    assert Session.objects.count() == 1


def test_session_of_a_token_signs_nobody_in(ada: User, client: Client) -> None:
    row, _token = issue(ada, Scope.ADMIN)
    client.cookies["portico_session"] = open_session(row).session_key or ""

    response = client.get("/catalog/")

    assert isinstance(response.wsgi_request.user, AnonymousUser)


def test_jar_of_a_token_is_found_again_and_ends_with_it(ada: User) -> None:
    row, _token = issue(ada)
    jar = open_jar(open_session(row), user=ada, now=NOW)
    assert find_jar(open_session(APIToken.objects.get())) == jar

    revoke_api_token(row, now=NOW)

    assert not TokenJar.objects.exists()
    assert not Session.objects.exists()
    assert not APIToken.objects.get().is_valid(NOW)


def test_revoking_twice_keeps_the_first_date(ada: User) -> None:
    row, _token = issue(ada)

    revoke_api_token(row, now=NOW)
    revoke_api_token(row, now=NOW + timedelta(days=1))

    assert APIToken.objects.get().revoked_at == NOW


def test_revoked_token_gets_no_session_any_more(ada: User) -> None:
    row, _token = issue(ada)
    late = APIToken.objects.get()
    revoke_api_token(row, now=NOW)

    open_session(late)

    assert not Session.objects.exists()


def test_token_is_called_by_its_name_or_its_end() -> None:
    assert str(APIToken(name="build", ends_in="abcd")) == "build"
    assert str(APIToken(ends_in="abcd")) == "…abcd"
