"""Credit reports as JSON and as PDF."""

from __future__ import annotations

import re

import pytest

from examples.sandbox.company_data.printing import Line, write_page
from examples.sandbox.company_data.reports import LANGUAGES
from examples.sandbox.data_files import read_data_file
from examples.sandbox.negotiation import choose_media_type
from tests.examples.client import Answer, Caller

OFFERED = ("application/json", "application/pdf")


def _report(caller: Caller, company_id: str, *, accept: str = "", language: str = "en") -> Answer:
    return caller.call(
        "GET",
        f"/company-data/v1/companies/{company_id}/credit-report",
        query={"language": language},
        headers={"Accept": accept} if accept else {},
    )


def test_report_is_made_at_the_time_of_the_request(caller: Caller) -> None:
    report = _report(caller, "NO-912345678").json

    assert report["generated_at"] == "2026-11-23T14:02:40Z"
    assert report["valid_until"] == "2026-11-24T14:02:40Z"
    assert report["limit"] == {"amount": 850000, "currency": "NOK"}
    assert (report["grade"], report["score"]) == ("B", 74)
    assert (len(report["owners"]), len(report["payment_remarks"])) == (2, 1)


def test_company_that_is_not_active_is_not_rated(caller: Caller) -> None:
    report = _report(caller, "DK-35503768").json

    assert [report[name] for name in ("grade", "score", "limit")] == [None, None, None]
    assert report["reasons"][0]["code"] == "not_active"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Equity is high in relation to revenue."),
        ("fi", "Oma pääoma on suuri suhteessa liikevaihtoon."),
        ("no", "Egenkapitalen er høy i forhold til omsetningen."),
        ("sv", "Det egna kapitalet är högt i förhållande till omsättningen."),
    ],
)
def test_reasons_come_in_the_language_asked_for(language: str, text: str, caller: Caller) -> None:
    answer = _report(caller, "NO-912345678", language=language)

    assert answer.headers["Content-Language"] == language
    assert answer.json["reasons"][0] == {"code": "strong_equity", "effect": "better", "text": text}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text(language: str) -> None:
    texts = read_data_file("texts")

    assert texts[language]["labels"].keys() == texts["en"]["labels"].keys()
    assert texts[language]["reasons"].keys() == texts["en"]["reasons"].keys()


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/pdf", "application/pdf"),
        ("application/PDF;q=0.5", "application/pdf"),
        ("application/json;q=0.1, application/pdf", "application/pdf"),
        ("application/*;q=0.2, application/json;q=0", "application/pdf"),
        ("text/html, */*;q=0.1", "application/json"),
        ("application/pdf;q=high", "application/pdf"),
        ("text/html", None),
        ("application/json;q=0", None),
    ],
)
def test_accept_chooses_the_format(accept: str, chosen: str | None) -> None:
    assert choose_media_type(accept, OFFERED) == chosen


def test_pdf_shows_what_the_report_says(caller: Caller) -> None:
    pdf = _report(caller, "NO-912345678", accept="application/pdf", language="no").body

    assert b"(Norrvik Lantern Works AS)" in pdf
    assert "(Kredittgrense: 850 000 NOK)".encode("cp1252") in pdf
    assert "(Årsregnskap: omsetning, resultat, egenkapital)".encode("cp1252") in pdf
    assert b"(2026-02-18: 18 450 NOK, betalt)" in pdf


def test_pdf_says_when_there_is_no_rating(caller: Caller) -> None:
    pdf = _report(caller, "DK-35503768", accept="application/pdf").body

    assert b"(Grade: not rated)" in pdf
    assert b"(Score: not rated)" in pdf
    assert b"(Credit limit: not rated)" in pdf
    assert b"(None)" in pdf


def test_pdf_table_points_to_each_object() -> None:
    pdf = write_page([Line("One")])

    table_at = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", pdf)[1])  # type: ignore[index]
    offsets = [int(found) for found in re.findall(rb"(\d{10}) 00000 n \n", pdf[table_at:])]

    assert pdf.startswith(b"%PDF-1.4\n")
    assert pdf[table_at:].startswith(b"xref\n0 6\n")
    assert [pdf[offset : offset + 7] for offset in offsets] == [
        b"1 0 obj",
        b"2 0 obj",
        b"3 0 obj",
        b"4 0 obj",
        b"5 0 obj",
    ]


def test_pdf_stream_has_the_length_it_announces() -> None:
    pdf = write_page([Line("One"), Line("Two")])

    length, rest = re.search(rb"/Length (\d+) >>\nstream\n(.*)", pdf, re.S).groups()  # type: ignore[union-attr]
    assert rest[int(length) :].startswith(b"\nendstream\nendobj")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a (b) c\\d", rb"(a \(b\) c\\d)"),
        ("Blåtind €", b"(Bl\xe5tind \x80)"),
        ("Vėjo Žaibo", b"(Vejo \x8eaibo)"),
        ("漢", b"(?)"),
    ],
    ids=["escapes", "windows-letters", "accents-lost", "unknown"],
)
def test_pdf_writes_texts_in_its_own_encoding(text: str, written: bytes) -> None:
    assert written in write_page([Line(text)])
