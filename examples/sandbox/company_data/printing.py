"""A credit report as a PDF of one page, written byte by byte (ISO 32000-1, 7.5)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Line", "print_report", "write_page"]

TITLE_SIZE = 22
HEADING_SIZE = 13
TEXT_SIZE = 10
LEFT = 56
TOP = 786
# cp1252 is what PDF calls WinAnsiEncoding; the letters it lacks lose their accent.
ENCODING = "cp1252"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page; `space_above` and the size are in points."""

    text: str
    size: int = TEXT_SIZE
    space_above: int = 0


def print_report(report: dict[str, Any], labels: dict[str, str]) -> bytes:
    """The PDF of a report as `build_report` makes it, with headings in the same language."""
    return write_page(_report_lines(report, labels))


def write_page(lines: Iterable[Line]) -> bytes:
    """A PDF whose only page, an A4, shows these lines from top to bottom."""
    content = _draw(lines)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    document = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(document))
        document += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    return bytes(document) + _trailer(offsets, table_at=len(document))


def _trailer(offsets: list[int], *, table_at: int) -> bytes:
    """The cross-reference table, whose entries are 20 bytes each, and where to find it."""
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(offsets) + 1
    return b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\n" % (
        size,
        entries,
        size,
    ) + (b"startxref\n%d\n%%%%EOF\n" % table_at)


def _draw(lines: Iterable[Line]) -> bytes:
    parts = []
    height = TOP
    for line in lines:
        height -= line.space_above + line.size * 3 // 2
        text = _encode(line.text)
        parts.append(b"BT /F1 %d Tf %d %d Td (%b) Tj ET" % (line.size, LEFT, height, text))
    return b"\n".join(parts)


def _encode(text: str) -> bytes:
    """A text as a literal string: encoded, its parentheses and backslashes escaped."""
    encoded = "".join(_known_letter(letter) for letter in text).encode(ENCODING, "replace")
    for special in (b"\\", b"(", b")"):
        encoded = encoded.replace(special, b"\\" + special)
    return encoded


def _known_letter(letter: str) -> str:
    try:
        letter.encode(ENCODING)
    except UnicodeEncodeError:
        return unicodedata.normalize("NFD", letter)[0]
    return letter


def _report_lines(report: dict[str, Any], labels: dict[str, str]) -> Iterator[Line]:
    company = report["company"]
    not_rated = labels["not_rated"]
    limit = not_rated if report["limit"] is None else _amount(report["limit"])
    yield Line(labels["title"], size=HEADING_SIZE)
    yield Line(company["name"], size=TITLE_SIZE)
    yield Line(f"{company['id']}, {company['city']}")
    yield Line(f"{labels['grade']}: {report['grade'] or not_rated}", HEADING_SIZE, space_above=18)
    yield Line(f"{labels['score']}: {not_rated if report['score'] is None else report['score']}")
    yield Line(f"{labels['limit']}: {limit}")
    yield from _section(labels["reasons"], [one["text"] for one in report["reasons"]], labels)
    remarks = [_remark(remark, labels) for remark in report["payment_remarks"]]
    yield from _section(labels["payment_remarks"], remarks, labels)
    owners = [f"{owner['name']}, {owner['share_percent']} %" for owner in report["owners"]]
    yield from _section(labels["owners"], owners, labels)
    years = [_year(accounts) for accounts in report["accounts"]]
    yield from _section(labels["accounts"], years, labels)
    yield Line(f"{labels['generated_at']}: {report['generated_at']}", space_above=24)
    yield Line(f"{labels['valid_until']}: {report['valid_until']}")
    yield Line(report["id"])


def _section(title: str, texts: list[str], labels: dict[str, str]) -> Iterator[Line]:
    yield Line(title, size=HEADING_SIZE, space_above=14)
    for text in texts or [labels["none"]]:
        yield Line(text)


def _remark(remark: dict[str, Any], labels: dict[str, str]) -> str:
    state = labels["settled"] if remark["settled"] else labels["open"]
    return f"{remark['registered_on']}: {_amount(remark['amount'])}, {state}"


def _year(accounts: dict[str, Any]) -> str:
    figures = (accounts[name] for name in ("revenue", "result", "equity"))
    return f"{accounts['year']}: {', '.join(_amount(figure) for figure in figures)}"


def _amount(money: dict[str, Any]) -> str:
    return f"{money['amount']:,} {money['currency']}".replace(",", " ")
