"""`manage.py publish`: its flags, what it prints, and how it exits."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Product, Revision, Version
from tests.factories import make_definition

pytestmark = pytest.mark.django_db


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    """A definition in a file."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(make_definition()), encoding="utf-8")
    return path


def _publish(*arguments: str) -> str:
    output = io.StringIO()
    call_command("publish", *arguments, stdout=output, stderr=io.StringIO())
    return output.getvalue()


def test_file_is_published(definition: Path) -> None:
    output = _publish(str(definition), "--product", "example", "--name", "An example")

    assert output == "example v1 is published: revision 1, OpenAPI 3.1.0, 1 operations.\n"
    assert Product.objects.get().name == "An example"


def test_json_output_is_one_object(definition: Path) -> None:
    output = _publish(str(definition), "--product", "example", "--version", "2026-01", "--json")

    assert json.loads(output) == {
        "result": "created",
        "product": "example",
        "version": "2026-01",
        "revision": 1,
        "openapi": "3.1.0",
        "operations": 1,
        "problems": [],
    }


def test_same_file_again_is_unchanged(definition: Path) -> None:
    _publish(str(definition), "--product", "example")

    assert _publish(str(definition), "--product", "example") == (
        "example v1 is unchanged: revision 1.\n"
    )


def test_dry_run_says_what_would_happen(definition: Path) -> None:
    output = _publish(str(definition), "--product", "example", "--dry-run")

    assert "would be published" in output
    assert not Revision.objects.exists()


def test_definition_is_read_from_standard_input(
    definition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(definition.read_bytes())))

    assert "is published" in _publish("-", "--product", "example")


def test_folder_with_one_definition_needs_no_root(definition: Path) -> None:
    (definition.parent / "notes.json").write_text("{}", encoding="utf-8")

    assert "is published" in _publish(str(definition.parent), "--product", "example")


def test_folder_with_two_definitions_asks_for_the_root(definition: Path) -> None:
    (definition.parent / "other.json").write_text(json.dumps(make_definition()), encoding="utf-8")

    with pytest.raises(CommandError, match="--root"):
        _publish(str(definition.parent), "--product", "example")


def test_root_names_the_definition_in_an_archive(definition: Path, tmp_path: Path) -> None:
    archive = tmp_path / "api.zip"
    with zipfile.ZipFile(archive, "w") as files:
        files.write(definition, "api/openapi.json")
        files.write(definition, "api/other.json")

    output = _publish(str(archive), "--product", "example", "--root", "api/openapi.json")

    assert "is published" in output


def test_servers_are_set_and_environments_made(definition: Path) -> None:
    _publish(
        *(str(definition), "--product", "example", "--allow-private"),
        *("--server", "Sandbox=http://127.0.0.1:9/v1"),
        *("--server", "Production=https://api.example.com/v1"),
    )

    servers = Version.objects.get().servers.values_list("environment__slug", "allow_private")
    assert list(servers) == [("sandbox", True), ("production", True)]


def test_rejected_definition_exits_with_1_and_names_the_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("openapi: 3.1.0\ninfo: [\n", encoding="utf-8")

    with pytest.raises(SystemExit) as exit_info:
        call_command("publish", str(path), "--product", "example")

    assert exit_info.value.code == 1
    errors = capsys.readouterr().err
    assert "error: " in errors
    assert "(line " in errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["nothing.yaml", "--product", "example"], "nothing.yaml", id="no such file"),
        pytest.param(["x.yaml", "--product", "a b"], "is no slug", id="product"),
        pytest.param(
            ["x.yaml", "--product", "a", "--version", "guides"], "cannot name", id="reserved"
        ),
        pytest.param(
            ["x.yaml", "--product", "a", "--version", "-x y"], "cannot name", id="version"
        ),
        pytest.param(
            ["x.yaml", "--product", "a", "--server", "Sandbox"], "is not of the form", id="server"
        ),
        pytest.param(
            ["x.yaml", "--product", "a", "--server", "Sandbox=/v1"], "absolute", id="server URL"
        ),
    ],
)
def test_wrong_arguments_are_told(arguments: list[Any], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        _publish(*arguments)
