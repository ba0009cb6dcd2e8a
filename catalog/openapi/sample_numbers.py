"""Sample numbers within bounds, exactly: decimals such as 0.1 are reckoned as fractions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from catalog.openapi.json_values import JSONObject, JSONValue

__all__ = ["number_fits", "sample_number"]

USUAL_INTEGER = Fraction(1)
USUAL_NUMBER = Fraction(3, 2)

# What writers of JSON take for an integer, and what a float can hold at all.
LARGEST_INTEGER = 2**63 - 1
LARGEST_NUMBER = 10**308


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a schema asks of a number; `step` is `multipleOf`."""

    low: Fraction | None
    high: Fraction | None
    excluded: frozenset[Fraction]
    step: Fraction | None
    is_integer: bool

    def allow(self, value: Fraction) -> bool:
        """Whether a value keeps all of them."""
        return (
            (self.low is None or value >= self.low)
            and (self.high is None or value <= self.high)
            and value not in self.excluded
            and abs(value) <= LARGEST_NUMBER
            and (self.step is None or (value / self.step).denominator == 1)
            and (not self.is_integer or value.denominator == 1)
        )


def sample_number(keywords: JSONObject, *, is_integer: bool) -> int | float:
    """A number that fits the bounds: 1 or 1.5 where nothing speaks against it.

    When no number fits, or none is found near the bounds, it is 1 or 1.5 as well.
    """
    bounds = _read_bounds(keywords, is_integer=is_integer)
    usual = USUAL_INTEGER if is_integer else USUAL_NUMBER
    chosen = next(filter(bounds.allow, _candidates(bounds, usual)), usual)
    is_whole = chosen.denominator == 1 and abs(chosen) <= LARGEST_INTEGER
    return int(chosen) if is_whole else float(chosen)


def number_fits(value: int | float, keywords: JSONObject) -> bool:
    """Whether a number keeps the schema's bounds and is one of its multiples."""
    exact = _exact(value)
    return exact is not None and _read_bounds(keywords, is_integer=False).allow(exact)


def _read_bounds(keywords: JSONObject, *, is_integer: bool) -> Bounds:
    above, below = _at(keywords, "exclusiveMinimum"), _at(keywords, "exclusiveMaximum")
    lows = [limit for limit in (_at(keywords, "minimum"), above) if limit is not None]
    highs = [limit for limit in (_at(keywords, "maximum"), below) if limit is not None]
    step = _at(keywords, "multipleOf")
    return Bounds(
        low=max(lows, default=None),
        high=min(highs, default=None),
        excluded=frozenset(limit for limit in (above, below) if limit is not None),
        step=step if step is not None and step > 0 else None,
        is_integer=is_integer,
    )


def _at(keywords: JSONObject, keyword: str) -> Fraction | None:
    return _exact(keywords.get(keyword))


def _exact(value: JSONValue) -> Fraction | None:
    """The number as it is written; a float's binary value would not be a multiple of 0.01."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, float):
        return Fraction(repr(value)) if math.isfinite(value) else None
    return Fraction(value)


def _candidates(bounds: Bounds, usual: Fraction) -> Iterator[Fraction]:
    """Values worth trying: the usual one, the bounds, between them, and multiples nearby."""
    points = [usual]
    points += [limit for limit in (bounds.low, bounds.high) if limit is not None]
    if bounds.low is not None and bounds.high is not None:
        points.append((bounds.low + bounds.high) / 2)
    yield from points
    unit = _unit(bounds)
    for point in points:
        multiple = math.floor(point / unit)
        for offset in (0, 1, -1, 2):
            yield (multiple + offset) * unit


def _unit(bounds: Bounds) -> Fraction:
    """The distance of values to try: an integer that is a multiple of 2.5 is one of 5."""
    step = bounds.step or Fraction(1)
    return Fraction(step.numerator) if bounds.is_integer else step
