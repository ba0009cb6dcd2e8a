"""Log lines: an event in the past tense and its facts as key=value, one line each."""

from __future__ import annotations

import json
import logging
import sys
import time

__all__ = ["configure_logging", "format_event"]


def configure_logging(path: str) -> None:
    """Send the sandbox's log to stderr, and to a file as well when a path is given."""
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if path:
        handlers.append(logging.FileHandler(path, encoding="utf-8"))
    formatter = logging.Formatter("%(asctime)s.%(msecs)03dZ %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    logger = logging.getLogger("examples.sandbox")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    for handler in handlers:
        handler.setFormatter(formatter)
        logger.addHandler(handler)


def format_event(event: str, **facts: str | int) -> str:
    """One line; a value that could be mistaken for more than itself is quoted."""
    return " ".join((event, *(f"{name}={_quote(str(value))}" for name, value in facts.items())))


def _quote(value: str) -> str:
    plain = value.isprintable() and not any(character in value for character in ' "=\\')
    return value if plain and value else json.dumps(value)
