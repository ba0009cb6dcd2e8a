"""The jar of a session."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from pytest_django import DjangoAssertNumQueries, Settings

from portal.accounts.models import User
from tests.tryit.token_factories import NOW, make_jar, make_session
from tryit.models import TokenJar
from tryit.services.jars import find_jar, open_jar, sweep_jars, touch_jar
from tryit.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_a_session_that_kept_nothing_has_no_jar() -> None:
    assert find_jar(make_session()) is None
    assert find_jar(SessionStore()) is None


def test_the_first_write_opens_a_jar_and_saves_the_session() -> None:
    session = SessionStore()

    jar = open_jar(session, user=AnonymousUser(), now=NOW)

    assert session["token_jar"] == str(jar.id)
    assert Session.objects.get().session_key == session.session_key == jar.session_key
    assert jar.expires_at == NOW + timedelta(days=14)
    assert find_jar(SessionStore(session.session_key)) == jar


def test_opening_again_gives_the_same_jar() -> None:
    session = make_session()

    first = open_jar(session, user=AnonymousUser(), now=NOW)
    second = open_jar(SessionStore(session.session_key), user=AnonymousUser(), now=NOW)

    assert first == second


def test_two_tabs_that_write_first_share_one_jar() -> None:
    key = make_session().session_key
    tabs = SessionStore(key), SessionStore(key)
    for tab in tabs:
        assert tab.get("token_jar") is None

    jars = {open_jar(tab, user=AnonymousUser(), now=NOW).id for tab in tabs}

    assert len(jars) == 1


def test_a_page_that_saves_an_older_session_does_not_lose_the_jar() -> None:
    key = make_session().session_key
    page = SessionStore(key)
    page["environment"] = "sandbox"
    jar = open_jar(SessionStore(key), user=AnonymousUser(), now=NOW)

    page.save()

    assert find_jar(SessionStore(key)) == jar


def test_finding_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    session = make_session()
    make_jar(session)
    session = SessionStore(session.session_key)
    session.get("anything")

    with django_assert_num_queries(1):
        find_jar(session)


def test_the_jar_of_an_anonymous_session_becomes_the_users() -> None:
    user = User.objects.create(username="jo")
    session = make_session(_auth_user_id=str(user.pk))
    make_jar(session)

    jar = open_jar(session, user=user, now=NOW)

    assert TokenJar.objects.get() == jar
    assert TokenJar.objects.get().user == user


@pytest.mark.parametrize("signed_in", [True, False], ids=["another", "nobody"])
def test_the_jar_of_somebody_else_is_not_found(signed_in: bool) -> None:
    owner, other = User.objects.create(username="jo"), User.objects.create(username="kim")
    session = make_session(**({"_auth_user_id": str(other.pk)} if signed_in else {}))
    make_jar(session, owner)

    assert find_jar(session) is None


def test_opening_over_the_jar_of_somebody_else_deletes_it() -> None:
    owner, other = User.objects.create(username="jo"), User.objects.create(username="kim")
    session = make_session(_auth_user_id=str(other.pk))
    old = make_jar(session, owner)

    jar = open_jar(session, user=other, now=NOW)

    assert jar.id != old.id
    assert TokenJar.objects.get().user == other


def test_a_jar_that_the_session_does_not_name_is_not_its_own() -> None:
    session = make_session(token_jar="00000000-0000-0000-0000-000000000000")
    make_jar(session)

    assert find_jar(session) is None


def test_a_session_ended_in_another_tab_is_not_brought_back() -> None:
    key = make_session().session_key
    tab = SessionStore(key)
    tab["environment"] = "sandbox"
    SessionStore(key).flush()

    with pytest.raises(SessionInterrupted):
        open_jar(tab, user=AnonymousUser(), now=NOW)

    assert (Session.objects.count(), TokenJar.objects.count()) == (0, 0)


@pytest.mark.parametrize(("seconds", "queries"), [(59, 0), (61, 1)])
def test_use_is_noted_at_most_once_a_minute(
    seconds: int, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    jar = make_jar()

    with django_assert_num_queries(queries):
        touch_jar(jar, now=NOW + timedelta(seconds=seconds))


def test_use_keeps_the_jar_alive() -> None:
    jar = make_jar()

    touch_jar(jar, now=NOW + timedelta(days=1))

    jar.refresh_from_db()
    assert jar.last_used_at == NOW + timedelta(days=1)
    assert jar.expires_at == NOW + timedelta(days=15)


def test_a_jar_in_use_is_not_swept() -> None:
    make_jar()

    assert sweep_jars(now=NOW + timedelta(hours=7)) == 0
    assert TokenJar.objects.count() == 1


def test_an_idle_jar_is_swept(settings: Settings) -> None:
    settings.TOKEN_IDLE_SECONDS = 600
    make_jar()

    assert sweep_jars(now=NOW + timedelta(seconds=601)) == 1
    assert TokenJar.objects.count() == 0


def test_an_expired_jar_is_swept() -> None:
    jar = make_jar()
    TokenJar.objects.filter(id=jar.id).update(expires_at=NOW)

    assert sweep_jars(now=NOW) == 1


def test_a_jar_without_its_session_is_swept() -> None:
    jar = make_jar()
    Session.objects.filter(session_key=jar.session_key).delete()

    assert sweep_jars(now=NOW) == 1


def test_a_jar_whose_session_ran_out_is_swept() -> None:
    jar = make_jar()
    Session.objects.filter(session_key=jar.session_key).update(expire_date=NOW)

    assert sweep_jars(now=NOW) == 1
