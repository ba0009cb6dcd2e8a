"""One deadline for all steps, shorter ones for some."""

from __future__ import annotations

import pytest

from portal.egress import Limits, Step, TimedOut, Timing
from portal.egress.deadlines import Deadline


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


LIMITS = Limits(dns_seconds=5, connect_seconds=6, first_byte_seconds=30, total_seconds=60)


@pytest.mark.parametrize(
    ("step", "seconds"),
    [
        (Step.DNS, 5),
        (Step.CONNECT, 6),
        (Step.TLS, 6),
        (Step.SENDING, 58),
        (Step.FIRST_BYTE, 30),
        (Step.BODY, 58),
    ],
)
def test_each_step_has_its_limit_and_none_has_more_than_the_total(
    step: Step, seconds: float
) -> None:
    clock = Clock()
    deadline = Deadline(LIMITS, clock)
    clock.now += 2

    deadline.enter(step)

    assert deadline.remaining() == seconds


def test_total_limit_cuts_a_step_short() -> None:
    clock = Clock()
    deadline = Deadline(LIMITS, clock)
    clock.now += 50
    deadline.enter(Step.FIRST_BYTE)

    clock.now += 1

    assert deadline.remaining() == 9


def test_exhausted_step_is_named() -> None:
    clock = Clock()
    deadline = Deadline(LIMITS, clock)
    deadline.enter(Step.TLS)
    clock.now += 6

    with pytest.raises(TimedOut) as timeout:
        deadline.remaining()

    assert timeout.value.detail == "tls"
    assert timeout.value.can_retry


def test_timing_tells_what_each_step_took() -> None:
    clock = Clock()
    deadline = Deadline(LIMITS, clock)
    clock.now += 0.25
    deadline.enter(Step.CONNECT)
    clock.now += 0.5
    deadline.enter(Step.SENDING)
    clock.now += 1
    deadline.enter(Step.FIRST_BYTE)
    clock.now += 0.125

    assert deadline.timing() == Timing(
        dns_ms=250, connect_ms=500, tls_ms=None, first_byte_ms=125, total_ms=1875
    )
