"""Showing, forgetting and renewing the tokens of a session."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from portal.egress import CannotConnect
from tests.factories import make_environment, make_server
from tests.tryit.token_factories import (
    NOW,
    PACE,
    TOKEN,
    FakeSend,
    keep_login,
    make_company_data,
    make_jar,
    make_login_source,
    make_response,
    make_scene,
    no_jitter,
)
from tryit.models import SessionToken, TokenState
from tryit.services.tokens import (
    NotRenewable,
    Pace,
    TokenNotFound,
    ensure_fresh,
    find_token_view,
    forget_token,
    list_tokens,
    renew_now,
)
from tryit.services.variables import set_variable

pytestmark = pytest.mark.django_db

NEXT = "second-token-of-jo"


def renewing_send() -> FakeSend:
    return FakeSend([make_response(200, {"token": NEXT, "expires_in": 3600})])


def token_now() -> str:
    return str(SessionToken.objects.get().secrets["access_token"])


def test_a_token_is_shown_without_itself() -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)

    (view,) = list_tokens(jar)

    assert TOKEN not in repr(view)
    assert (view.id, view.ends_in) == (row.id, "f-jo")
    assert (view.environment_slug, view.environment_name) == ("sandbox", "Sandbox")
    assert (view.source, view.scheme) == ("company-data.bearerToken", "bearerToken")
    assert view.account == "jo@example.com"
    assert (view.obtained_at, view.expires_at) == (NOW, NOW + timedelta(hours=1))
    assert view.origin.label == "Obtained at"
    assert view.refresh_at == NOW + timedelta(minutes=54)
    assert (view.is_renewable, view.state, view.last_error) == (True, TokenState.ACTIVE, "")
    assert view.sent_only_to == ("https://company-data.example.com",)


def test_without_consent_nothing_is_renewable() -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment, stay_signed_in=False)

    (view,) = list_tokens(jar)

    assert (view.is_renewable, view.refresh_at) == (False, None)


def test_the_scheme_of_a_declared_source_is_one_that_uses_it() -> None:
    jar, version, environment = make_scene()
    make_login_source(version)
    keep_login(jar, version, environment)

    (view,) = list_tokens(jar)

    assert (view.source, view.scheme) == ("company-login", "bearerToken")


def test_a_source_nobody_uses_any_more_has_no_scheme() -> None:
    jar, version, environment = make_scene()
    make_login_source(version)
    keep_login(jar, version, environment)
    version.bindings.all().delete()

    assert [view.scheme for view in list_tokens(jar)] == [""]


def test_the_list_has_this_sessions_tokens_only(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)
    keep_login(jar, make_company_data(environment, product="other"), environment)
    keep_login(make_jar(), version, environment)

    with django_assert_num_queries(2):
        sources = [view.source for view in list_tokens(jar)]

    assert sources == ["company-data.bearerToken", "other.bearerToken"]
    assert list_tokens(None) == []


def test_a_token_that_does_not_open_asks_for_a_new_sign_in() -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)
    thief = make_jar()
    SessionToken.objects.update(jar=thief)

    (view,) = list_tokens(thief)

    assert (view.state, view.is_renewable, view.ends_in) == (TokenState.NEEDS_SIGN_IN, False, "")
    assert view.last_error == "The stored token cannot be opened any more. Authenticate again."


def test_the_token_behind_a_scheme_is_found() -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)

    view = find_token_view(jar=jar, version=version, environment=environment, scheme="bearerToken")

    assert view is not None
    assert (view.id, view.scheme) == (row.id, "bearerToken")


def test_there_is_no_token_behind_another_scheme_environment_product_or_session() -> None:
    jar, version, environment = make_scene()
    other = make_company_data(environment, product="other")
    keep_login(jar, version, environment)
    production = make_environment("production")

    found = [
        find_token_view(jar=jar, version=version, environment=environment, scheme="apiKey"),
        find_token_view(jar=jar, version=version, environment=production, scheme="bearerToken"),
        find_token_view(jar=jar, version=other, environment=environment, scheme="bearerToken"),
        find_token_view(
            jar=make_jar(), version=version, environment=environment, scheme="bearerToken"
        ),
        find_token_view(jar=None, version=version, environment=environment, scheme="bearerToken"),
    ]

    assert found == [None, None, None, None, None]


def test_a_forgotten_token_is_gone() -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)

    forget_token(jar=jar, token_id=row.id)

    assert SessionToken.objects.count() == 0
    with pytest.raises(TokenNotFound):
        forget_token(jar=jar, token_id=row.id)


def test_nobody_touches_another_sessions_token() -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)
    send = renewing_send()

    for stranger in (make_jar(), None):
        with pytest.raises(TokenNotFound):
            forget_token(jar=stranger, token_id=row.id)
        with pytest.raises(TokenNotFound):
            renew_now(jar=stranger, token_id=row.id, now=NOW, send=send, pace=PACE)

    assert send.requests == []
    assert token_now() == TOKEN


def test_a_token_is_renewed_on_request() -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)
    later = NOW + timedelta(minutes=5)

    view = renew_now(jar=jar, token_id=row.id, now=later, send=renewing_send(), pace=PACE)

    assert token_now() == NEXT
    assert (view.obtained_at, view.expires_at) == (later, later + timedelta(hours=1))
    assert view.origin.label == "Last renewed"


def test_a_refused_renewal_says_so_and_is_the_only_one() -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)
    send = FakeSend([make_response(401)])

    view = renew_now(jar=jar, token_id=row.id, now=NOW, send=send, pace=PACE)

    assert len(send.requests) == 1
    assert (view.state, view.refresh_at) == (TokenState.NEEDS_SIGN_IN, None)
    assert view.last_error == (
        "The login was refused with 401. Authenticate again; the portal will not repeat it."
    )


def test_a_user_may_ask_again_after_a_refusal() -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)
    SessionToken.objects.update(state=TokenState.NEEDS_SIGN_IN, refresh_at=None)

    view = renew_now(jar=jar, token_id=row.id, now=NOW, send=renewing_send(), pace=PACE)

    assert (view.state, view.last_error) == (TokenState.ACTIVE, "")


def test_a_failure_of_the_network_does_not_wake_a_refused_token() -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)
    SessionToken.objects.update(state=TokenState.NEEDS_SIGN_IN, refresh_at=None)
    send = FakeSend([CannotConnect("refused")])

    view = renew_now(jar=jar, token_id=row.id, now=NOW, send=send, pace=PACE)

    assert (view.state, view.refresh_at) == (TokenState.NEEDS_SIGN_IN, None)


def test_a_pasted_token_cannot_be_renewed() -> None:
    jar, version, environment = make_scene()
    set_variable(
        jar=jar,
        version=version,
        environment=environment,
        name="bearerToken_token",
        value="pasted-token",
        is_secret=True,
        now=NOW,
    )

    with pytest.raises(NotRenewable):
        renew_now(
            jar=jar,
            token_id=SessionToken.objects.get().id,
            now=NOW,
            send=renewing_send(),
            pace=PACE,
        )


def test_an_unknown_token_cannot_be_renewed() -> None:
    with pytest.raises(TokenNotFound):
        renew_now(jar=make_jar(), token_id=uuid4(), now=NOW, send=renewing_send(), pace=PACE)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(3000, TOKEN), (3539, TOKEN), (3541, NEXT), (3600, NEXT), (5000, NEXT)],
)
def test_a_token_about_to_end_is_renewed_before_sending(seconds: int, expected: str) -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)

    ensure_fresh(
        jar=jar,
        version=version,
        environment=environment,
        now=NOW + timedelta(seconds=seconds),
        send=renewing_send(),
        pace=PACE,
    )

    assert token_now() == expected


@pytest.mark.parametrize(
    "values",
    [
        {"state": TokenState.NEEDS_SIGN_IN},
        {"refresh_at": None},
        {"expires_at": None},
        {"attempts": 1, "refresh_at": NOW + timedelta(hours=2)},
    ],
    ids=["refused", "not-renewable", "without-an-end", "waiting-for-its-next-attempt"],
)
def test_what_must_not_be_renewed_is_left_alone(values: dict[str, object]) -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)
    SessionToken.objects.update(**values)
    send = renewing_send()

    ensure_fresh(
        jar=jar,
        version=version,
        environment=environment,
        now=NOW + timedelta(hours=1),
        send=send,
        pace=PACE,
    )

    assert send.requests == []


def test_only_the_versions_tokens_of_this_environment_are_renewed() -> None:
    jar, version, environment = make_scene()
    other, production = make_company_data(environment, product="other"), make_environment("live")
    make_server(version, production, "https://live.example.com/v1")
    keep_login(jar, version, environment)
    send = renewing_send()
    later = NOW + timedelta(hours=1)

    ensure_fresh(jar=jar, version=other, environment=environment, now=later, send=send, pace=PACE)
    ensure_fresh(jar=jar, version=version, environment=production, now=later, send=send, pace=PACE)
    ensure_fresh(
        jar=make_jar(), version=version, environment=environment, now=later, send=send, pace=PACE
    )
    ensure_fresh(
        jar=None, version=version, environment=environment, now=later, send=send, pace=PACE
    )

    assert send.requests == []


def test_a_renewal_under_way_is_waited_for() -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)
    later = NOW + timedelta(hours=1)
    SessionToken.objects.update(lease_until=later + timedelta(seconds=30))
    waits: list[float] = []

    def finish_after_three(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            SessionToken.objects.filter(id=row.id).update(lease_until=None)

    send = renewing_send()
    ensure_fresh(
        jar=jar,
        version=version,
        environment=environment,
        now=later,
        send=send,
        pace=Pace(jitter=no_jitter, wait=finish_after_three),
    )

    assert waits == [0.1, 0.1, 0.1]
    assert send.requests == []


def test_waiting_for_a_renewal_ends_after_5_seconds() -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)
    later = NOW + timedelta(hours=1)
    SessionToken.objects.update(lease_until=later + timedelta(seconds=30))
    waits: list[float] = []

    ensure_fresh(
        jar=jar,
        version=version,
        environment=environment,
        now=later,
        send=renewing_send(),
        pace=Pace(jitter=no_jitter, wait=waits.append),
    )

    assert len(waits) == 50
