"""Variables of a session, and the security variables that are views of its tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from catalog.models import Environment, Server, Version
from tests.factories import make_environment, make_product, make_server, make_version
from tests.tryit.token_factories import (
    DEFINITION,
    NOW,
    TOKEN,
    keep_login,
    make_company_data,
    make_jar,
    make_login_source,
    make_scene,
)
from tests.tryit.tokens.jwt import make_jwt
from tryit.models import SessionToken, TokenJar, TokenState, Variable
from tryit.services.variables import (
    ResolvedVariables,
    UnknownVariable,
    VariableView,
    WrongVariable,
    delete_variable,
    get_variable,
    list_variables,
    resolve_variables,
    set_variable,
)

pytestmark = pytest.mark.django_db

ORIGIN = "https://company-data.example.com"
PASTED = "a-token-the-user-pasted"
SCHEMES = {
    "basicAuth": {"type": "http", "scheme": "basic"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
    "oauth": {"type": "oauth2", "flows": {}},
    "certificate": {"type": "mutualTLS"},
}


def put(
    jar: TokenJar,
    version: Version,
    environment: Environment,
    name: str,
    value: str,
    *,
    is_secret: bool = False,
) -> VariableView:
    return set_variable(
        jar=jar,
        version=version,
        environment=environment,
        name=name,
        value=value,
        is_secret=is_secret,
        now=NOW,
    )


def resolve(
    jar: TokenJar | None, version: Version, environment: Environment, origin: str = ORIGIN
) -> ResolvedVariables:
    return resolve_variables(jar=jar, version=version, environment=environment, origin=origin)


def test_built_in_variables_exist_before_anything_was_kept() -> None:
    environment = make_environment()
    version = make_version({**DEFINITION, "components": {"securitySchemes": SCHEMES}})

    views = list_variables(jar=None, version=version, environment=environment)

    assert {(view.name, view.scheme, view.is_secret) for view in views} == {
        ("basicAuth_username", "basicAuth", False),
        ("basicAuth_password", "basicAuth", True),
        ("apiKey", "apiKey", True),
        ("oauth_token", "oauth", True),
        ("oauth_client_id", "oauth", False),
        ("oauth_client_secret", "oauth", True),
    }
    assert {(view.is_built_in, view.is_set) for view in views} == {(True, False)}


def test_own_variables_follow_the_built_in_ones() -> None:
    jar, version, environment = make_scene()
    put(jar, version, environment, "country", "NO")

    views = list_variables(jar=jar, version=version, environment=environment)

    assert views == [
        VariableView("bearerToken_token", is_secret=True, is_built_in=True, scheme="bearerToken"),
        VariableView("country", value="NO", is_set=True),
    ]


def test_a_version_without_schemes_has_no_built_in_variables() -> None:
    environment = make_environment()
    unpublished = Version.objects.create(product=make_product("unpublished"), name="v1")

    assert list_variables(jar=None, version=make_version(), environment=environment) == []
    assert list_variables(jar=None, version=unpublished, environment=environment) == []


def test_the_number_of_queries_does_not_grow(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    jar, version, environment = make_scene()
    for number in range(5):
        put(jar, version, environment, f"variable-{number}", "x")

    with django_assert_num_queries(3):
        list_variables(jar=jar, version=version, environment=environment)
    with django_assert_num_queries(3):
        resolve(jar, version, environment)


def test_a_plain_variable_is_shown_with_its_value() -> None:
    jar, version, environment = make_scene()

    view = put(jar, version, environment, "company.id_1-a", "GB001")

    assert view == VariableView("company.id_1-a", value="GB001", is_set=True)
    assert view == get_variable(
        jar=jar, version=version, environment=environment, name="company.id_1-a"
    )


def test_a_secret_shows_its_end_at_most() -> None:
    jar, version, environment = make_scene()

    view = put(jar, version, environment, "key", "a-long-secret-value-x8Qk", is_secret=True)

    assert (view.value, view.masked, view.is_secret) == ("", "••••x8Qk", True)


def test_setting_again_replaces_the_value() -> None:
    jar, version, environment = make_scene()
    put(jar, version, environment, "country", "NO", is_secret=True)

    put(jar, version, environment, "country", "SE")

    assert resolve(jar, version, environment).values == {"country": "SE"}
    assert Variable.objects.get().is_secret is False


@pytest.mark.parametrize("name", ["", "two words", "a{b}", "é", "x" * 201])
def test_a_name_that_cannot_be_used_is_refused(name: str) -> None:
    jar, version, environment = make_scene()

    with pytest.raises(WrongVariable) as caught:
        put(jar, version, environment, name, "x")

    assert caught.value.reason == "name"


def test_a_value_that_is_too_long_is_refused() -> None:
    jar, version, environment = make_scene()

    with pytest.raises(WrongVariable) as caught:
        put(jar, version, environment, "name", "x" * 64_001)

    assert caught.value.reason == "length"


def test_an_unknown_variable_is_an_error() -> None:
    jar, version, environment = make_scene()
    names: dict[str, Any] = {"version": version, "environment": environment, "name": "nobody"}

    with pytest.raises(UnknownVariable):
        get_variable(jar=jar, **names)
    with pytest.raises(UnknownVariable):
        delete_variable(jar=jar, **names)
    with pytest.raises(UnknownVariable):
        delete_variable(jar=None, **names)


def test_a_deleted_variable_is_gone() -> None:
    jar, version, environment = make_scene()
    put(jar, version, environment, "country", "NO")

    delete_variable(jar=jar, version=version, environment=environment, name="country")

    assert resolve(jar, version, environment).values == {}


def test_a_pasted_token_is_kept_trimmed_and_not_renewed() -> None:
    jar, version, environment = make_scene()
    token = make_jwt(exp=(NOW + timedelta(hours=1)).timestamp())

    view = put(jar, version, environment, "bearerToken_token", f" {token}\n")

    row = SessionToken.objects.get()
    assert row.secrets == {"access_token": token}
    assert (row.expires_at, row.refresh_at) == (NOW + timedelta(hours=1), None)
    assert (row.allowed_origins, row.state) == ([ORIGIN], TokenState.ACTIVE)
    assert (view.value, view.is_set, view.expires_at) == ("", True, NOW + timedelta(hours=1))


def test_a_pasted_token_takes_the_place_of_a_kept_login() -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)

    put(jar, version, environment, "bearerToken_token", PASTED)

    row = SessionToken.objects.get()
    assert row.secrets == {"access_token": PASTED}
    assert (row.refresh_at, row.expires_at, row.account) == (None, None, "")


def test_pasting_goes_before_a_renewal_under_way() -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)

    put(jar, version, environment, "bearerToken_token", PASTED)

    assert SessionToken.objects.get().version == row.version + 1


def test_deleting_a_security_variable_empties_it() -> None:
    jar, version, environment = make_scene()
    names: dict[str, Any] = {"version": version, "environment": environment}
    put(jar, version, environment, "bearerToken_token", PASTED)

    delete_variable(jar=jar, name="bearerToken_token", **names)
    delete_variable(jar=jar, name="bearerToken_token", **names)
    delete_variable(jar=None, name="bearerToken_token", **names)

    assert get_variable(jar=jar, name="bearerToken_token", **names).is_set is False
    assert SessionToken.objects.count() == 0


def test_deleting_a_token_deletes_the_login_that_could_bring_it_back() -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)

    delete_variable(jar=jar, version=version, environment=environment, name="bearerToken_token")

    assert SessionToken.objects.count() == 0


def test_deleting_a_token_leaves_the_client_id() -> None:
    environment, jar = make_environment(), make_jar()
    version = make_version({**DEFINITION, "components": {"securitySchemes": SCHEMES}})
    put(jar, version, environment, "oauth_client_id", "portal")
    put(jar, version, environment, "oauth_token", make_jwt(exp=NOW.timestamp() + 60))

    delete_variable(jar=jar, version=version, environment=environment, name="oauth_token")

    row = SessionToken.objects.get()
    assert (row.secrets, row.expires_at) == ({"client_id": "portal"}, None)


def test_setting_a_security_variable_to_nothing_empties_it() -> None:
    jar, version, environment = make_scene()
    put(jar, version, environment, "bearerToken_token", PASTED)

    assert put(jar, version, environment, "bearerToken_token", " ").is_set is False
    assert SessionToken.objects.count() == 0


def test_user_name_and_password_lie_in_one_row() -> None:
    environment, jar = make_environment(), make_jar()
    version = make_version({**DEFINITION, "components": {"securitySchemes": SCHEMES}})
    put(jar, version, environment, "basicAuth_username", "jo")
    put(jar, version, environment, "basicAuth_password", "secret-of-jo")

    delete_variable(jar=jar, version=version, environment=environment, name="basicAuth_password")

    row = SessionToken.objects.get()
    assert (row.secrets, row.account) == ({"username": "jo"}, "jo")


def test_user_names_are_shown_and_passwords_are_not() -> None:
    environment, jar = make_environment(), make_jar()
    version = make_version({**DEFINITION, "components": {"securitySchemes": SCHEMES}})

    user_name = put(jar, version, environment, "basicAuth_username", "jo")
    password = put(jar, version, environment, "basicAuth_password", "secret")

    assert (user_name.value, user_name.masked) == ("jo", "")
    assert (password.value, password.masked) == ("", "••••")


def test_after_a_change_of_servers_older_credentials_do_not_travel() -> None:
    environment, jar = make_environment(), make_jar()
    version = make_version({**DEFINITION, "components": {"securitySchemes": SCHEMES}})
    server = make_server(version, environment, "https://old.example.com")
    put(jar, version, environment, "basicAuth_password", "secret")
    Server.objects.filter(pk=server.pk).update(url="https://new.example.com")

    put(jar, version, environment, "basicAuth_username", "jo")

    assert SessionToken.objects.get().secrets == {"username": "jo"}


def test_values_are_resolved_for_the_servers_origin() -> None:
    jar, version, environment = make_scene()
    put(jar, version, environment, "country", "NO")
    put(jar, version, environment, "key", "secret-key", is_secret=True)
    keep_login(jar, version, environment)

    resolved = resolve(jar, version, environment)

    assert resolved.values == {"country": "NO", "key": "secret-key", "bearerToken_token": TOKEN}
    assert resolved.secret_values == {"secret-key", TOKEN}
    assert resolved.refused == {}


def test_of_user_name_and_password_only_the_password_is_hidden() -> None:
    environment, jar = make_environment(), make_jar()
    version = make_version({**DEFINITION, "components": {"securitySchemes": SCHEMES}})
    make_server(version, environment, ORIGIN)
    put(jar, version, environment, "basicAuth_username", "jo")
    put(jar, version, environment, "basicAuth_password", "secret-of-jo")

    resolved = resolve(jar, version, environment)

    assert resolved.values == {"basicAuth_username": "jo", "basicAuth_password": "secret-of-jo"}
    assert resolved.secret_values == {"secret-of-jo"}


def test_without_a_jar_nothing_is_resolved() -> None:
    _jar, version, environment = make_scene()

    assert resolve(None, version, environment) == ResolvedVariables()


def test_secrets_and_tokens_stay_away_from_other_origins() -> None:
    jar, version, environment = make_scene()
    put(jar, version, environment, "country", "NO")
    put(jar, version, environment, "key", "secret-key", is_secret=True)
    put(jar, version, environment, "bearerToken_token", PASTED)

    resolved = resolve(jar, version, environment, "https://elsewhere.example.com")

    assert resolved.values == {"country": "NO"}
    assert resolved.secret_values == frozenset()
    assert resolved.refused == {
        "key": (
            "This secret was set for https://company-data.example.com and is not sent to "
            "https://elsewhere.example.com. Set it again to use it there."
        ),
        "bearerToken_token": (
            "This token was obtained for https://company-data.example.com and is not sent to "
            "https://elsewhere.example.com. Authenticate again to use it there."
        ),
    }


def test_another_environment_has_its_own_values() -> None:
    jar, version, environment = make_scene()
    production = make_environment("production")
    make_server(version, production, "https://live.example.com")
    put(jar, version, environment, "country", "NO")
    keep_login(jar, version, environment)

    resolved = resolve(jar, version, production, "https://live.example.com")

    assert resolved == ResolvedVariables()


def test_another_session_has_its_own_values() -> None:
    jar, version, environment = make_scene()
    put(jar, version, environment, "country", "NO")
    keep_login(jar, version, environment)

    assert resolve(make_jar(), version, environment) == ResolvedVariables()


def test_products_that_only_share_a_name_do_not_share_a_token() -> None:
    jar, version, environment = make_scene()
    other = make_company_data(environment, product="other")
    keep_login(jar, version, environment)

    resolved = resolve(jar, other, environment, "https://other.example.com")

    assert resolved == ResolvedVariables()


def test_products_that_share_a_source_share_its_token() -> None:
    jar, version, environment = make_scene()
    other = make_company_data(environment, product="other")
    make_login_source(version, other)
    keep_login(jar, version, environment)

    resolved = resolve(jar, other, environment, "https://other.example.com")

    assert resolved.values == {"bearerToken_token": TOKEN}


def test_a_product_linked_later_does_not_get_the_token() -> None:
    jar, version, environment = make_scene()
    source = make_login_source(version)
    keep_login(jar, version, environment)
    late = make_company_data(environment, product="late")
    late.bindings.update(token_source=source)

    resolved = resolve(jar, late, environment, "https://late.example.com")

    assert resolved.values == {}
    assert list(resolved.refused) == ["bearerToken_token"]


def test_a_moved_server_does_not_get_the_token() -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)
    Server.objects.update(url="https://moved.example.com/v1")

    resolved = resolve(jar, version, environment, "https://moved.example.com")

    assert resolved.values == {}


def test_an_own_variable_does_not_pose_as_a_security_variable() -> None:
    jar, version, environment = make_scene()
    plain = make_version(product="plain")
    put(jar, plain, environment, "bearerToken_token", "typed-for-another-product", is_secret=True)

    resolved = resolve(jar, version, environment)
    names = [
        view.name for view in list_variables(jar=jar, version=version, environment=environment)
    ]

    assert resolved == ResolvedVariables()
    assert names == ["bearerToken_token"]


def test_a_secret_stays_hidden_whatever_else_has_its_value() -> None:
    jar, version, environment = make_scene()
    plain = make_version(product="plain")
    put(jar, plain, environment, "bearerToken_token", "the-same-value", is_secret=True)
    put(jar, version, environment, "key", "the-same-value", is_secret=True)

    assert resolve(jar, version, environment).secret_values == {"the-same-value"}


def test_a_scheme_may_have_a_name_of_its_own_kind() -> None:
    environment, jar = make_environment(), make_jar()
    schemes = {"API key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}
    version = make_version({**DEFINITION, "components": {"securitySchemes": schemes}})

    assert put(jar, version, environment, "API key", PASTED).is_set is True


def test_nothing_is_stored_in_plain() -> None:
    jar, version, environment = make_scene()
    put(jar, version, environment, "country", "plain-value")
    put(jar, version, environment, "bearerToken_token", PASTED)

    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM tryit_variable")
        (value,) = cursor.fetchone()
        cursor.execute("SELECT secrets FROM tryit_sessiontoken")
        (secrets,) = cursor.fetchone()

    assert b"plain-value" not in bytes(value)
    assert PASTED.encode() not in bytes(secrets)


def test_a_row_copied_to_another_jar_does_not_open() -> None:
    jar, version, environment = make_scene()
    thief = make_jar()
    put(jar, version, environment, "country", "NO")
    put(jar, version, environment, "bearerToken_token", PASTED)

    Variable.objects.update(jar=thief)
    SessionToken.objects.update(jar=thief)

    assert resolve(thief, version, environment) == ResolvedVariables()
    assert list_variables(jar=thief, version=version, environment=environment) == [
        VariableView("bearerToken_token", is_secret=True, is_built_in=True, scheme="bearerToken"),
        VariableView("country"),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["country", "bearerToken_token"])
def test_nothing_is_kept_for_a_session_that_is_over(name: str) -> None:
    jar, version, environment = make_scene()
    TokenJar.objects.all().delete()

    with pytest.raises(SessionInterrupted):
        put(jar, version, environment, name, "too-late-for-this")

    assert (Variable.objects.count(), SessionToken.objects.count()) == (0, 0)
