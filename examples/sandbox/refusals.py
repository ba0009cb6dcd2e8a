"""What an operation refuses; each product writes it down in its own form of error."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fault", "Refusal"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that is missing or not allowed.

    Either `parameter` names it or `pointer` (RFC 6901) says where it stands in the body.
    """

    detail: str
    parameter: str | None = None
    pointer: str | None = None


class Refusal(Exception):
    """A request that is answered with an error.

    `kind` tells refusals apart and never changes, such as "not-found". `detail` is a sentence.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        headers: tuple[tuple[str, str], ...] = (),
        faults: tuple[Fault, ...] = (),
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.headers = headers
        self.faults = faults
