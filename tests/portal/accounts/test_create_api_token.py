"""`manage.py create_api_token`."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.accounts.api_tokens import find_api_token
from portal.accounts.models import APIToken, User


def run(*arguments: str) -> tuple[str, str]:
    """Standard output and standard error."""
    output, errors = io.StringIO(), io.StringIO()
    call_command("create_api_token", *arguments, stdout=output, stderr=errors)
    return output.getvalue(), errors.getvalue()


def test_token_is_all_of_standard_output(ada: User) -> None:
    output, errors = run("ada", "--scope", "publish", "--scope", "send", "--name", "build")

    row = find_api_token(output.strip())
    assert row is not None
    assert (row.user, row.name, row.scopes) == (ada, "build", ["publish", "send"])
    assert output.count("\n") == 1
    assert "publish, send" in errors
    assert output.strip() not in errors


@pytest.mark.usefixtures("ada")
def test_token_reads_for_90_days_when_nothing_is_said() -> None:
    run("ada@example.com")

    row = APIToken.objects.get()
    assert row.scopes == ["read"]
    assert timedelta(days=89) < row.expires_at - timezone.now() < timedelta(days=91)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["grace"], 'There is no active user "grace".', id="unknown"),
        pytest.param(["no@where"], 'There is no active user "no@where".', id="unknown-address"),
        pytest.param(["ada", "--days", "0"], "--days is 0; it takes 1 to 3650.", id="no-days"),
        pytest.param(["ada", "--days", "9999"], "--days is 9999; it", id="too-many-days"),
        pytest.param(["ada", "--name", "n" * 101], "--name is longer than", id="long-name"),
        pytest.param(["ada", "--scope", "root"], "invalid choice: 'root'", id="unknown-scope"),
    ],
)
@pytest.mark.usefixtures("ada")
def test_wrong_wish_makes_no_token(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message.replace("(", r"\(")):
        run(*arguments)

    assert not APIToken.objects.exists()


@pytest.mark.usefixtures("ada")
def test_address_of_several_users_names_nobody() -> None:
    User.objects.create_user("ada2", email="ada@example.com", password="a long password")

    with pytest.raises(CommandError, match="several users"):
        run("ada@example.com")


@pytest.mark.usefixtures("ada")
def test_user_name_may_hold_an_at_sign() -> None:
    User.objects.create_user("bot@build", password="a long password")

    output, _errors = run("bot@build")

    assert find_api_token(output.strip()) is not None
