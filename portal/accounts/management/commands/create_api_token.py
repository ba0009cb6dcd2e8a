"""The command that makes an API token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.accounts.api_tokens import issue_api_token
from portal.accounts.models import Scope, User

DEFAULT_DAYS = 90
MOST_DAYS = 3650
LONGEST_NAME = 100


class Command(BaseCommand):
    """Prints a new API token, once, as the only line of standard output."""

    help = "Make an API token for a user; it is shown once and kept only as a hash."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose it is, what it may do, and for how long."""
        parser.add_argument("user", metavar="USER", help="user name or e-mail address")
        parser.add_argument(
            "--scope",
            action="append",
            choices=Scope.values,
            help="may be repeated; read when left out; admin includes all others",
        )
        parser.add_argument("--days", type=int, default=DEFAULT_DAYS, help="until it expires")
        parser.add_argument("--name", default="", help="what lists call it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and print it; what it may do goes to standard error."""
        if not 1 <= options["days"] <= MOST_DAYS:
            raise CommandError(f"--days is {options['days']}; it takes 1 to {MOST_DAYS}.")
        if len(options["name"]) > LONGEST_NAME:
            raise CommandError(f"--name is longer than {LONGEST_NAME} characters.")
        row, token = issue_api_token(
            _find_user(options["user"]),
            scopes=[Scope(scope) for scope in options["scope"] or [Scope.READ]],
            lifetime=timedelta(days=options["days"]),
            name=options["name"],
            now=timezone.now(),
        )
        self.stdout.write(token)
        self.stderr.write(
            f"For {row.user.username}, scopes {', '.join(row.scopes)}, "
            f"until {row.expires_at:%Y-%m-%d}. It is not shown again."
        )


def _find_user(text: str) -> User:
    field = "email" if "@" in text else "username"
    users = list(User.objects.filter(**{field: text}, is_active=True)[:2])
    if not users and field == "email":
        users = list(User.objects.filter(username=text, is_active=True))
    if len(users) != 1:
        reason = "There is no active user" if not users else "There are several users"
        raise CommandError(f'{reason} "{text}".')
    return users[0]
