"""Real servers on loopback for tests, most of them badly behaved on purpose."""

from __future__ import annotations

from tests.servers.certificates import Authority
from tests.servers.echo import EchoServer
from tests.servers.raw import RawServer, Script, serve
from tests.servers.scripts import (
    answer,
    answer_slowly,
    answer_without_end,
    bomb,
    never_read,
    reset_after,
    say_nothing,
)

__all__ = [
    "Authority",
    "EchoServer",
    "RawServer",
    "Script",
    "answer",
    "answer_slowly",
    "answer_without_end",
    "bomb",
    "never_read",
    "reset_after",
    "say_nothing",
    "serve",
]
