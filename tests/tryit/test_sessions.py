"""Sessions take their token jar along."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from portal.accounts.models import User
from tests.factories import make_environment
from tests.tryit.token_factories import NOW, keep_login, make_company_data, make_jar, make_session
from tryit.models import SessionToken, TokenJar, Variable
from tryit.services.jars import find_jar
from tryit.sessions import SessionStore

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


def request_with(session: SessionStore) -> HttpRequest:
    request = HttpRequest()
    request.session = session
    request.user = User()
    return request


def test_the_portal_uses_this_backend() -> None:
    assert import_module(settings.SESSION_ENGINE).SessionStore is SessionStore


def test_logout_deletes_the_jar_with_all_that_is_in_it() -> None:
    session = make_session()
    jar, environment = make_jar(session), make_environment()
    keep_login(jar, make_company_data(environment), environment)
    Variable.objects.create(jar=jar, environment=environment, name="a", value="b")

    logout(request_with(session))

    assert (TokenJar.objects.count(), SessionToken.objects.count()) == (0, 0)
    assert Variable.objects.count() == 0


def test_logout_leaves_other_sessions_alone() -> None:
    session, other = make_session(), make_session()
    make_jar(session)
    kept = make_jar(other)

    logout(request_with(session))

    assert TokenJar.objects.get() == kept
    assert find_jar(other) == kept


def test_a_new_key_keeps_the_jar_and_the_content() -> None:
    session = make_session(environment="sandbox")
    jar = make_jar(session)
    old_key = session.session_key

    session.cycle_key()

    assert session.session_key != old_key
    assert session["environment"] == "sandbox"
    assert find_jar(session) == jar
    assert not Session.objects.filter(session_key=old_key).exists()


def test_a_session_without_a_key_gets_one() -> None:
    session = SessionStore()

    session.cycle_key()

    assert session.session_key is not None


def test_signing_in_keeps_the_jar_of_the_anonymous_session() -> None:
    session = make_session()
    jar = make_jar(session)
    user = User.objects.create(username="jo")

    login(request_with(session), user, backend=BACKEND)

    assert find_jar(session) == jar


def test_signing_in_as_another_user_deletes_the_jar() -> None:
    session = make_session()
    make_jar(session)
    first, second = User.objects.create(username="jo"), User.objects.create(username="kim")
    login(request_with(session), first, backend=BACKEND)

    login(request_with(session), second, backend=BACKEND)

    assert TokenJar.objects.count() == 0


@pytest.mark.parametrize("how", ["flush", "delete"])
def test_ending_a_session_twice_does_nothing(how: str) -> None:
    session: Any = make_session()

    getattr(session, how)()
    getattr(session, how)()

    assert Session.objects.count() == 0


def test_deleting_another_session_by_key_takes_that_ones_jar() -> None:
    session, other = make_session(), make_session()
    jar = make_jar(session)
    make_jar(other)

    session.delete(other.session_key)

    assert TokenJar.objects.get() == jar
    assert jar.last_used_at == NOW
