"""Settings come from the environment, and a wrong one is told in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.configuration import (
    KNOWN,
    read_choice,
    read_flag,
    read_integer,
    read_list,
    read_text,
)

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_text_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOUR", " pine ")

    assert read_text("COLOUR", "blue") == "pine"


def test_text_is_read_from_the_file_that_a_variable_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("COLOUR_FILE", str(tmp_path / "key"))

    assert read_text("COLOUR") == "from the file"


def test_missing_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COLOUR_FILE", str(tmp_path / "none"))

    with pytest.raises(ImproperlyConfigured, match=r"COLOUR_FILE names .*none: No such file"):
        read_text("COLOUR")


@pytest.mark.parametrize(
    ("text", "expected"), [("on", True), ("1", True), ("Off", False), ("no", False)]
)
def test_flag_takes_the_usual_spellings(
    monkeypatch: pytest.MonkeyPatch, text: str, expected: bool
) -> None:
    monkeypatch.setenv("SWITCH", text)

    assert read_flag("SWITCH", not expected) is expected


def test_wrong_flag_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", "perhaps")

    with pytest.raises(ImproperlyConfigured, match='SWITCH is "perhaps"; it takes on or off'):
        read_flag("SWITCH", default=True)


@pytest.mark.parametrize("text", ["many", "0", "11"])
def test_wrong_number_is_told_with_its_bounds(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("COUNT", text)

    with pytest.raises(ImproperlyConfigured, match=f'COUNT is "{text}".* 1 and at most 10'):
        read_integer("COUNT", 5, minimum=1, maximum=10)


def test_number_within_its_bounds_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNT", "10")

    assert read_integer("COUNT", 5, minimum=1, maximum=10) == 10


def test_wrong_choice_is_told_with_the_words_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVEL", "loud")

    with pytest.raises(ImproperlyConfigured, match='LEVEL is "loud"; it takes one of low, high'):
        read_choice("LEVEL", "low", ("low", "high"))


def test_list_leaves_out_empty_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", "a, ,b,")

    assert read_list("HOSTS") == ["a", "b"]


def test_every_setting_is_documented_and_every_documented_one_exists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.M))

    of_the_tests = {"COLOUR", "SWITCH", "COUNT", "LEVEL", "HOSTS"}

    assert documented == KNOWN - of_the_tests
