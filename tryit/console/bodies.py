"""The Body tab: one editor for the chosen media type, prefilled from the definition."""

from __future__ import annotations

import json
from dataclasses import dataclass

from catalog.openapi import Direction, MediaType, sample_media_type
from tryit.console.inputs import ConsoleInput, default_content_type, is_structured
from tryit.selectors import CalledOperation

__all__ = ["BodyView", "build_body", "initial_body"]

FEWEST_LINES = 6
MOST_LINES = 24
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class BodyView:
    """The body as it is being written. `count` is the members of an object, else 1 or 0.

    `faulty_line` is where the text stops being JSON, None when it is JSON or need not be.
    """

    content_types: tuple[str, ...]
    content_type: str
    text: str
    description: str
    required: bool
    lines: int
    count: int
    is_form: bool
    faulty_line: int | None = None

    @property
    def missing(self) -> bool:
        """Whether a required body is empty."""
        return self.required and not self.text.strip()


def build_body(given: ConsoleInput, called: CalledOperation) -> BodyView | None:
    """The body's editor; None for an operation that takes none."""
    request_body = called.operation.request_body
    if request_body is None:
        return None
    content_type = given.content_type or default_content_type(called)
    count, faulty_line = _measure(given.body, content_type)
    return BodyView(
        content_types=tuple(one.name for one in request_body.content),
        content_type=content_type,
        text=given.body,
        description=request_body.description,
        required=request_body.required,
        lines=max(FEWEST_LINES, min(MOST_LINES, given.body.count("\n") + 2)),
        count=count,
        is_form=content_type.partition(";")[0].strip().lower() in FORM_TYPES,
        faulty_line=faulty_line,
    )


def initial_body(called: CalledOperation, content_type: str = "") -> str:
    """What the definition says the body looks like: its example, else a sample of its schema."""
    request_body = called.operation.request_body
    content = request_body.content if request_body is not None else ()
    wanted = content_type or default_content_type(called)
    media_type = next((one for one in content if one.name == wanted), None)
    return _sample(media_type, called) if media_type is not None else ""


def _sample(media_type: MediaType, called: CalledOperation) -> str:
    sample = sample_media_type(media_type, called.resolver, direction=Direction.REQUEST)
    if sample is None:
        return ""
    if isinstance(sample, str) and not is_structured(media_type.name):
        return sample
    return json.dumps(sample, ensure_ascii=False, indent=2)


def _measure(text: str, content_type: str) -> tuple[int, int | None]:
    """How many values the body holds, and the line where it stops being JSON."""
    if not text.strip():
        return 0, None
    if not is_structured(content_type):
        return 1, None
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        is_xml = text.lstrip().startswith("<")
        return 1, None if is_xml else error.lineno
    except RecursionError:
        return 1, None
    return (len(value) if isinstance(value, dict | list) else 1), None
