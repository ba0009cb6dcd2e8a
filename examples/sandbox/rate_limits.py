"""How many requests a caller may send in a minute."""

from __future__ import annotations

import threading
from dataclasses import dataclass

__all__ = ["RateLimiter", "Window"]

WINDOW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Window:
    """How a caller stands in the current minute."""

    limit: int
    used: int
    seconds_left: int

    @property
    def is_exceeded(self) -> bool:
        """Whether the caller has sent more than the limit."""
        return self.used > self.limit

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The window as response headers."""
        return (
            ("RateLimit-Limit", str(self.limit)),
            ("RateLimit-Remaining", str(max(self.limit - self.used, 0))),
            ("RateLimit-Reset", str(self.seconds_left)),
        )


class RateLimiter:
    """Counts requests per caller; every minute of the clock starts from zero."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._lock = threading.Lock()
        self._minute = 0
        self._counts: dict[str, int] = {}

    def count(self, caller: str, *, now: float) -> Window:
        """Count one request of this caller."""
        minute, second = divmod(int(now), WINDOW_SECONDS)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._counts = {}
            used = self._counts.get(caller, 0) + 1
            self._counts[caller] = used
        return Window(self._per_minute, used, WINDOW_SECONDS - second)
