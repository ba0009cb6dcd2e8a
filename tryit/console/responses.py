"""The response as its pane shows it: status, timings, body, headers, cookies, wire request."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousFileOperation
from django.utils.safestring import SafeString
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.highlighting import highlight
from portal.egress import Response, Timing
from tryit.exchanges import (
    INLINE_BYTES,
    Exchange,
    ExchangeProblem,
    SentRequest,
    body_text,
    content_type_of,
)

__all__ = ["BodyPart", "ResponseView", "TimingPart", "build_response_view"]

TONES = {1: "blue", 2: "green", 3: "blue", 4: "amber", 5: "red"}
TIMING_STEPS = (
    ("dns", gettext_lazy("DNS")),
    ("connect", gettext_lazy("Connect")),
    ("tls", gettext_lazy("TLS")),
    ("first_byte", gettext_lazy("First byte")),
)
BAR_WIDTH = 1000
FILE_NAME = re.compile(r'filename="?([^";]+)"?', re.I)
BYTES_A_STEP = 1000


@dataclass(frozen=True, slots=True)
class TimingPart:
    """One step of the timing bar; `x` and `width` are thousandths of the bar."""

    name: str
    label: str
    text: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class BodyPart:
    """What is shown of the body: highlighted text, or a file to download.

    `download_url` is a data URL, so that the file needs no place on the server. `is_cut` tells
    that the body is longer than what is shown.
    """

    content_type: str
    html: SafeString | None
    is_empty: bool
    is_cut: bool
    download_url: str
    file_name: str


@dataclass(frozen=True, slots=True)
class ResponseView:
    """All tabs of the response pane.

    `failure` says why no response came; `warnings` are problems of the request that may be behind
    an answer that refuses it.
    """

    tone: str
    status: str
    time: str
    size: str
    timing: tuple[TimingPart, ...]
    body: BodyPart | None
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    sent: str
    failure: ExchangeProblem | None
    problems: tuple[ExchangeProblem, ...]
    warnings: tuple[ExchangeProblem, ...] = ()


def build_response_view(exchange: Exchange) -> ResponseView:
    """Lay an exchange out for the response pane."""
    response = exchange.response
    failure = None
    if response is None:
        failure = exchange.problems[-1] if exchange.problems else None
    problems = tuple(problem for problem in exchange.problems if problem is not failure)
    is_refused = response is not None and response.status >= HTTPStatus.BAD_REQUEST
    return ResponseView(
        tone=TONES.get(response.status // 100, "red") if response is not None else "red",
        status=_status(exchange),
        time=_milliseconds(exchange.timing.total_ms if exchange.timing else None),
        size=_size(len(response.body)) if response is not None else "",
        timing=_timing_parts(exchange.timing),
        body=_body_part(response, exchange) if response is not None else None,
        headers=response.headers if response is not None else (),
        cookies=_cookies(response),
        sent=_wire_text(exchange.request) if exchange.request is not None else "",
        failure=failure,
        problems=problems,
        warnings=problems if is_refused else (),
    )


def _status(exchange: Exchange) -> str:
    if exchange.response is not None:
        return f"{exchange.response.status} {exchange.response.reason}".strip()
    return _("Not sent") if exchange.timing is None else _("No answer")


def _timing_parts(timing: Timing | None) -> tuple[TimingPart, ...]:
    if timing is None or not timing.total_ms:
        return ()
    steps = [
        (name, str(label), getattr(timing, f"{name}_ms"))
        for name, label in TIMING_STEPS
        if getattr(timing, f"{name}_ms") is not None
    ]
    if timing.first_byte_ms is not None:
        rest = timing.total_ms - sum(taken for _name, _label, taken in steps)
        steps.append(("download", _("Download"), max(0.0, rest)))
    parts, x = [], 0
    for name, label, taken in steps:
        width = round(min(taken / timing.total_ms, 1) * BAR_WIDTH)
        parts.append(TimingPart(name.replace("_", "-"), label, _milliseconds(taken), x, width))
        x += width
    return tuple(parts)


def _body_part(response: Response, exchange: Exchange) -> BodyPart:
    content_type = content_type_of(response)
    shown = response.body[:INLINE_BYTES]
    is_cut = response.truncated or len(response.body) > INLINE_BYTES
    text = body_text(shown, content_type, is_cut=is_cut)
    code, language = _pretty(text or "", content_type)
    return BodyPart(
        content_type=content_type,
        html=highlight(code, language) if text is not None else None,
        is_empty=not response.body,
        is_cut=is_cut,
        download_url="" if is_cut else _data_url(response.body),
        file_name=_file_name(response, exchange, content_type),
    )


def _pretty(text: str, content_type: str) -> tuple[str, str]:
    """Text as it is read, and the language it is highlighted in. JSON is laid out in lines."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type.endswith(("json", "+json")) or (not media_type and text.startswith(("{", "["))):
        try:
            return json.dumps(json.loads(text), ensure_ascii=False, indent=2), "json"
        except (ValueError, RecursionError):
            return text, "text"
    return text, "xml" if media_type.endswith("xml") else "text"


def _data_url(body: bytes) -> str:
    """The body as a file; always of a type that no browser shows by itself."""
    return f"data:application/octet-stream;base64,{base64.b64encode(body).decode()}"


def _file_name(response: Response, exchange: Exchange, content_type: str) -> str:
    """The name the target proposes, made harmless, else one of the path and the type."""
    headers = {name.lower(): value for name, value in response.headers}
    proposed = FILE_NAME.search(headers.get("content-disposition", ""))
    path = urlsplit(exchange.request.url).path if exchange.request is not None else ""
    name = proposed.group(1) if proposed else path.rstrip("/").rpartition("/")[2]
    try:
        harmless = get_valid_filename(name.rpartition("/")[2].rpartition("\\")[2])
    except SuspiciousFileOperation:
        harmless = "response"
    if "." in harmless:
        return harmless
    suffix = content_type.partition(";")[0].rpartition("/")[2].rpartition("+")[2]
    return f"{harmless}.{suffix}" if suffix.isalnum() else harmless


def _cookies(response: Response | None) -> tuple[str, ...]:
    headers = response.headers if response is not None else ()
    return tuple(value for name, value in headers if name.lower() == "set-cookie")


def _wire_text(request: SentRequest) -> str:
    """The request as it went over the wire, secrets masked."""
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = list(request.headers)
    if not any(name.lower() == "host" for name, _value in headers):
        headers.insert(0, ("Host", parts.netloc))
    lines = [f"{request.method} {target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers]
    body = request.body.decode("utf-8", "replace") if request.body else ""
    return "\n".join(lines) + (f"\n\n{body}" if body else "")


def _milliseconds(taken: float | None) -> str:
    if taken is None:
        return ""
    if taken >= BYTES_A_STEP:
        return _("%(seconds).1f s") % {"seconds": taken / 1000}
    shown = round(taken) if taken >= 1 else round(taken, 1)
    return _("%(milliseconds)s ms") % {"milliseconds": shown}


def _size(count: int) -> str:
    if count < BYTES_A_STEP:
        return _("%(count)s B") % {"count": count}
    if count < BYTES_A_STEP**2:
        return _("%(count).1f kB") % {"count": count / BYTES_A_STEP}
    return _("%(count).1f MB") % {"count": count / BYTES_A_STEP**2}
