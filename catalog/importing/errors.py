"""Errors that keep an import from coming to an end.

ImportingError
├── ImportBusy      other imports took too long; trying again can help
└── ImportStopped   the importing process was stopped, or broke
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ImportBusy", "ImportStopped", "ImportingError", "StopReason"]


class ImportingError(Exception):
    """Base of the errors of this package."""


class ImportBusy(ImportingError):
    """Other imports had the machine for longer than one may wait."""

    def __init__(self, waited_seconds: float) -> None:
        super().__init__(f"other imports ran for {waited_seconds:.0f} s")
        self.waited_seconds = waited_seconds


class StopReason(StrEnum):
    """Why an importing process ended before its work was done."""

    MEMORY = "memory"
    TIME = "time"
    CRASHED = "crashed"
    KILLED = "killed"
    FAILED = "failed"


class ImportStopped(ImportingError):
    """The importing process ended early.

    `signal` is the number of the signal that ended it, 0 for none; `details` are the last lines
    it wrote, for the log only.
    """

    def __init__(self, reason: StopReason, *, signal: int = 0, details: str = "") -> None:
        super().__init__(f"the importing process ended: {reason}")
        self.reason = reason
        self.signal = signal
        self.details = details
