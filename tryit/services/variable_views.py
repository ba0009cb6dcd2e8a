"""How variables are shown: what pages and the REST API may know of a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tryit.masking import mask_value
from tryit.models import SessionToken, Variable
from tryit.services.security_variables import SecurityVariable
from tryit.tokens.storage import open_secrets

__all__ = ["VariableView", "read_secret", "view_built_in", "view_own"]


@dataclass(frozen=True, slots=True)
class VariableView:
    """A variable as pages and the REST API show it.

    `value` is "" for secrets, of which `masked` shows the end at most. Built-in variables exist in
    every environment, set or not, and belong to `scheme`.
    """

    name: str
    value: str = ""
    masked: str = ""
    is_secret: bool = False
    is_built_in: bool = False
    is_set: bool = False
    scheme: str = ""
    expires_at: datetime | None = None


def read_secret(row: SessionToken | None, variable: SecurityVariable) -> str:
    """A security variable's value in a token's row; "" when it has none."""
    secrets = open_secrets(row) if row else None
    value = secrets.get(variable.kept_as) if secrets else None
    return value if isinstance(value, str) else ""


def view_built_in(variable: SecurityVariable, row: SessionToken | None) -> VariableView:
    """A security variable as the session has it, or has not."""
    value = read_secret(row, variable)
    is_token = variable.kept_as == "access_token"
    return VariableView(
        name=variable.name,
        value="" if variable.is_secret else value,
        masked=mask_value(value) if value and variable.is_secret else "",
        is_secret=variable.is_secret,
        is_built_in=True,
        is_set=bool(value),
        scheme=variable.scheme,
        expires_at=row.expires_at if row and value and is_token else None,
    )


def view_own(row: Variable) -> VariableView:
    """A variable of the session; one that does not open reads as not set."""
    value = row.value if isinstance(row.value, str) else ""
    return VariableView(
        name=row.name,
        value="" if row.is_secret else value,
        masked=mask_value(value) if row.is_secret else "",
        is_secret=row.is_secret,
        is_set=isinstance(row.value, str),
    )
