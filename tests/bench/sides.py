"""Timing two ways of doing a thing in turn, so that a drifting machine cancels out."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

__all__ = ["compare"]

WARM_UP = 5


def compare(ours: Callable[[], object], other: Callable[[], object], rounds: int) -> str:
    """One line: medians and 99th percentiles of both in ms, what ours adds, and the ratio."""
    for _ in range(WARM_UP):
        ours()
        other()
    pairs = [(_milliseconds(ours), _milliseconds(other)) for _ in range(rounds)]
    mine, theirs = ([pair[side] for pair in pairs] for side in (0, 1))
    added = statistics.median(one - two for one, two in pairs)
    ratio = statistics.median(one / two for one, two in pairs)
    return (
        f"ours {_summary(mine)}, other {_summary(theirs)}, "
        f"added {added:.2f} ms (median), ratio {ratio:.2f}"
    )


def _milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _summary(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ms (p99 {statistics.quantiles(values, n=100)[98]:.2f})"
