from __future__ import annotations

import tomllib

from django.conf import settings


def test_release_is_that_of_the_project() -> None:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))

    assert project["project"]["version"] == settings.RELEASE
