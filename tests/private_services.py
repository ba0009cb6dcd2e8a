"""A database and a Redis number of its own for each running portal."""

from __future__ import annotations

import os
import secrets
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

__all__ = ["PrivateServices"]

REDIS_DATABASES = 16


class PrivateServices:
    """What a running portal gets in place of the database and Redis that all tests share.

    Without DATABASE_URL and REDIS_URL in the environment there is nothing to share, and a portal
    uses SQLite and the file broker in its data directory.
    """

    def __init__(self) -> None:
        self.environment: dict[str, str] = {}
        self._shared_url = os.environ.get("DATABASE_URL", "")
        self._name = f"portico_{secrets.token_hex(6)}"
        if self._shared_url:
            self._execute("CREATE DATABASE {}")
            self.environment["DATABASE_URL"] = (
                urlsplit(self._shared_url)._replace(path=f"/{self._name}").geturl()
            )
        if redis_url := os.environ.get("REDIS_URL", ""):
            number = 1 + secrets.randbelow(REDIS_DATABASES - 1)
            self.environment["REDIS_URL"] = urlsplit(redis_url)._replace(path=f"/{number}").geturl()

    def close(self) -> None:
        """Drop the database; a portal started again makes its tables anew."""
        if self._shared_url:
            self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            self._shared_url = ""

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._shared_url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self._name)))
