"""Reading settings from environment variables, with one clear line when a value is wrong.

Every read is remembered in `KNOWN`, which a test holds against docs/settings.md.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

__all__ = ["KNOWN", "read_choice", "read_flag", "read_integer", "read_list", "read_text"]

KNOWN: set[str] = set()

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


def read_text(name: str, default: str = "") -> str:
    """The variable's value, or the content of the file that `<name>_FILE` names."""
    KNOWN.add(name)
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return os.environ.get(name, default).strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ImproperlyConfigured(f"{name}_FILE names {path}: {reason}.") from error


def read_integer(name: str, default: int, *, minimum: int = 0, maximum: int | None = None) -> int:
    """A whole number within its bounds."""
    text = read_text(name, str(default))
    try:
        number = int(text)
    except ValueError:
        number = minimum - 1
    if number < minimum or (maximum is not None and number > maximum):
        upper = "" if maximum is None else f" and at most {maximum}"
        raise ImproperlyConfigured(
            f'{name} is "{text}"; it takes a whole number of at least {minimum}{upper}.'
        )
    return number


def read_flag(name: str, default: bool) -> bool:
    """A switch: on or off, in the usual spellings."""
    text = read_text(name, "on" if default else "off").lower()
    if text in TRUE_WORDS:
        return True
    if text in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f'{name} is "{text}"; it takes on or off.')


def read_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """One word of a closed set."""
    text = read_text(name, default).lower()
    if text not in choices:
        raise ImproperlyConfigured(f'{name} is "{text}"; it takes one of {", ".join(choices)}.')
    return text


def read_list(name: str, default: str = "") -> list[str]:
    """Values separated by commas; empty ones do not count."""
    return [part.strip() for part in read_text(name, default).split(",") if part.strip()]
