"""`manage.py apply`: what it prints and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_definition

pytestmark = pytest.mark.django_db

CATALOG = """
environments: [{slug: sandbox, name: Sandbox}]
products:
  - slug: example
    versions:
      - version: v1
        definition: openapi.json
        servers: {sandbox: {url: "http://127.0.0.1:9"}}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog file beside its definition."""
    (tmp_path / "openapi.json").write_text(json.dumps(make_definition()), encoding="utf-8")
    path = tmp_path / "catalog.yaml"
    path.write_text(CATALOG, encoding="utf-8")
    return path


def test_changes_are_printed_and_warnings_told(
    catalog: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    call_command("apply", str(catalog))

    printed = capfd.readouterr()
    assert "example v1 published, revision 1\n" in printed.out
    (warning,) = printed.err.splitlines()
    assert warning.startswith("warning: example v1: Requests to the server of Sandbox")


def test_second_time_there_is_nothing_to_change(
    catalog: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    call_command("apply", str(catalog))
    capfd.readouterr()

    call_command("apply", str(catalog))

    assert capfd.readouterr().out == "Nothing to change.\n"


def test_rejected_definition_exits_with_1_and_is_named(
    catalog: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (catalog.parent / "openapi.json").write_text("[]", encoding="utf-8")

    with pytest.raises(SystemExit) as exit_info:
        call_command("apply", str(catalog))

    assert exit_info.value.code == 1
    assert capfd.readouterr().err.splitlines() == [
        "example v1 (openapi.json) was not published: 1 error.",
        "  error: This is not an OpenAPI definition: it is no object.",
    ]


def test_wrong_file_is_told_with_name_and_line(catalog: Path) -> None:
    catalog.write_text(CATALOG.replace("servers:", "sevrers:"), encoding="utf-8")

    with pytest.raises(CommandError, match=r"^catalog\.yaml: line 8: .*sevrers is not a key"):
        call_command("apply", str(catalog))
