"""Which media type an Accept header prefers (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["choose_media_type"]


def choose_media_type(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type with the highest quality, the first of equals; None when none will do.

    An absent header accepts everything. The most specific range decides about a type.
    """
    ranges = _parse_accept(accept or "*/*")
    qualities = [_quality(media_type, ranges) for media_type in offered]
    best = max(qualities)
    return offered[qualities.index(best)] if best > 0 else None


def _parse_accept(accept: str) -> dict[str, float]:
    """Media ranges with their qualities; other parameters of a range are ignored."""
    ranges = {}
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        ranges[media_range] = _parse_quality(parameters)
    return ranges


def _parse_quality(parameters: Sequence[str]) -> float:
    text = next((one[2:] for one in parameters if one.startswith("q=")), "1")
    try:
        return float(text)
    except ValueError:
        return 1.0


def _quality(media_type: str, ranges: dict[str, float]) -> float:
    whole_type = f"{media_type.partition('/')[0]}/*"
    for media_range in (media_type, whole_type, "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0
