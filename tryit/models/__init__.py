"""Tables of the console."""

from __future__ import annotations

from tryit.models.heartbeats import Heartbeat
from tryit.models.jars import TokenJar
from tryit.models.tokens import SessionToken, TokenState
from tryit.models.variables import Variable

__all__ = ["Heartbeat", "SessionToken", "TokenJar", "TokenState", "Variable"]
