"""Dockerfile and docker-compose.yml name what is there."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
IMAGE_DECIDES = {"PORTICO_DATA_DIR", "PORT", "DEBUG"}


def test_everything_copied_into_the_image_exists() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)

    missing = [name for line in copied for name in line.split() if not (ROOT / name).exists()]

    assert copied
    assert missing == []


def test_compose_hands_every_setting_to_the_portal() -> None:
    document = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    settings = set(re.findall(r"^\| `([A-Z_]+)` \|", document, re.MULTILINE))
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))

    handed = set(compose["services"]["web"]["environment"])

    assert settings - IMAGE_DECIDES - handed == set()
