"""What a start finds is not made again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from portal import installation


@pytest.fixture
def stylesheet(settings: Settings, tmp_path: Path) -> Path:
    """The only static file of an installation that has collected it."""
    source = tmp_path / "static"
    source.mkdir()
    path = source / "page.css"
    path.write_text("a {}", encoding="utf-8")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    installation.collect_static_files()
    return path


def test_static_files_with_other_times_are_not_collected_again(
    stylesheet: Path, settings: Settings
) -> None:
    collected = Path(settings.STATIC_ROOT) / "page.css"
    collected.unlink()
    os.utime(stylesheet, (1, 1))  # what an image layer may do to them

    installation.collect_static_files()

    assert not collected.exists()


def test_changed_static_file_is_collected_again(stylesheet: Path, settings: Settings) -> None:
    stylesheet.write_text("b {}", encoding="utf-8")

    installation.collect_static_files()

    assert (Path(settings.STATIC_ROOT) / "page.css").read_text(encoding="utf-8") == "b {}"
