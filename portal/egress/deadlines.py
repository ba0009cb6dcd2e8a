"""One deadline for the whole of an exchange, and a shorter one for some of its steps."""

from __future__ import annotations

from collections.abc import Callable

from portal.egress.errors import TimedOut
from portal.egress.limits import Limits
from portal.egress.timings import Step, Timing

__all__ = ["Deadline"]


class Deadline:
    """Knows which step an exchange is in, how long each took and how long it may still take."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._started = clock()
        self._seconds = {
            Step.DNS: limits.dns_seconds,
            Step.CONNECT: limits.connect_seconds,
            Step.TLS: limits.connect_seconds,
            Step.FIRST_BYTE: limits.first_byte_seconds,
        }
        self._end = self._started + limits.total_seconds
        self._spent: dict[Step, float] = {}
        self.step = Step.DNS
        self._step_started = self._started

    def enter(self, step: Step) -> None:
        """End the present step and begin another."""
        now = self._clock()
        self._spent[self.step] = now - self._step_started
        self.step = step
        self._step_started = now

    def remaining(self) -> float:
        """Seconds left in this step, more than none; raises TimedOut naming the step."""
        end = self._end
        if self.step in self._seconds:
            end = min(end, self._step_started + self._seconds[self.step])
        left = end - self._clock()
        if left <= 0:
            raise TimedOut(self.step)
        return left

    def timing(self) -> Timing:
        """What was spent until now; the present step counts as far as it went."""
        now = self._clock()
        spent = {**self._spent, self.step: now - self._step_started}
        return Timing(
            dns_ms=_milliseconds(spent.get(Step.DNS)),
            connect_ms=_milliseconds(spent.get(Step.CONNECT)),
            tls_ms=_milliseconds(spent.get(Step.TLS)),
            first_byte_ms=_milliseconds(spent.get(Step.FIRST_BYTE)),
            total_ms=_milliseconds(now - self._started),
        )


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 3)
