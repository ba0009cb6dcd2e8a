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

    assert output == "example v1 is published: revision 1, OpenAPI 3.1.0, 1 operation.\n"
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
    first, last = capsys.readouterr().err.splitlines()
    assert first.startswith("error: ")
    assert "(line " in first
    assert last == f"{path} was not published: 1 error. Nothing is published yet."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "it is empty", id="empty"),
        pytest.param(" \n\n", "it is empty", id="blank"),
        pytest.param("# later\n", "it is empty", id="comment"),
        pytest.param("[]", "it is no object", id="list"),
    ],
)
def test_input_without_a_definition_is_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SystemExit):
        call_command("publish", str(path), "--product", "example")

    assert message in capsys.readouterr().err


@pytest.mark.parametrize("version", [[], ["--version", "v1"]], ids=["default version", "named"])
def test_rejected_definition_says_what_readers_still_see(
    definition: Path, capsys: pytest.CaptureFixture[str], version: list[str]
) -> None:
    _publish(str(definition), "--product", "example")
    definition.write_text("{}", encoding="utf-8")

    with pytest.raises(SystemExit):
        call_command("publish", str(definition), "--product", "example", *version)

    assert capsys.readouterr().err.endswith("1 error. Readers still see revision 1.\n")


def test_unreadable_source_is_one_json_object_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "none.yaml"

    with pytest.raises(SystemExit) as exit_info:
        call_command("publish", str(path), "--product", "example", "--json")

    summary = json.loads(capsys.readouterr().out)
    assert exit_info.value.code == 1
    assert (summary["result"], summary["product"]) == ("rejected", "example")
    assert [(one["rule"], one["message"]) for one in summary["problems"]] == [
        ("unreadable-source", f"{path} cannot be read: No such file or directory.")
    ]


def test_link_to_a_file_is_followed(definition: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "latest.json"
    link.parent.mkdir()
    link.symlink_to(definition)

    assert "is published" in _publish(str(link), "--product", "example")


def test_link_in_a_folder_leads_nowhere_outside_of_it(definition: Path, tmp_path: Path) -> None:
    folder = tmp_path / "api"
    folder.mkdir()
    (folder / "openapi.json").symlink_to(definition)

    with pytest.raises(CommandError, match="holds no file"):
        _publish(str(folder), "--product", "example", "--root", "openapi.json")


@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]], ids=["published", "dry run"])
@pytest.mark.parametrize(
    ("url", "cause"),
    [
        pytest.param("http://127.0.0.1:9/v1", "it leads to a loopback address", id="loopback"),
        pytest.param("http://169.254.169.254", "a cloud's metadata service", id="metadata"),
        pytest.param("http://127.0.0.1:8000", "it leads to the portal itself", id="the portal"),
    ],
)
def test_server_that_can_never_be_reached_is_a_warning(
    definition: Path, url: str, cause: str, dry_run: list[str]
) -> None:
    arguments = ("--product", "example", "--server", f"Sandbox={url}", "--json", *dry_run)

    summary = json.loads(_publish(str(definition), *arguments))

    assert summary["result"] == "created"
    (problem,) = summary["problems"]
    assert (problem["rule"], problem["severity"]) == ("server-unreachable-by-policy", "warning")
    assert cause in problem["message"]


def test_server_on_loopback_is_no_problem_when_allowed(definition: Path) -> None:
    server = ("--server", "Sandbox=http://127.0.0.1:9/v1", "--allow-private")

    summary = json.loads(_publish(str(definition), "--product", "example", *server, "--json"))

    assert summary["problems"] == []


def test_url_on_loopback_names_the_flag_that_allows_it() -> None:
    with pytest.raises(CommandError, match="it leads to a loopback address; add --allow-private"):
        _publish("http://127.0.0.1:9/openapi.json", "--product", "example")


def test_command_logs_nothing_beside_what_it_prints(
    definition: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _publish(str(definition), "--product", "example")
    definition.write_text("{}", encoding="utf-8")
    with pytest.raises(SystemExit):
        _publish(str(definition), "--product", "example")

    assert capfd.readouterr().err == ""


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
