"""Files of a definition, on disk and in memory, and which of them is the root."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.openapi.errors import UnreadableDefinition
from catalog.openapi.external_names import clean_name, resolve_name
from catalog.openapi.limits import Limits
from catalog.openapi.roots import find_root
from catalog.openapi.sources import open_folder, single_file, unpacked_files


@pytest.mark.parametrize(
    ("base", "reference", "name"),
    [
        ("a.yaml", "b.yaml", "b.yaml"),
        ("x/a.yaml", "../b.yaml", "b.yaml"),
        ("x/a.yaml", "./y//b.yaml", "x/y/b.yaml"),
        ("a.yaml", "%7Bid%7D@v1.yaml", "{id}@v1.yaml"),
        ("a.yaml", "...yaml", "...yaml"),
        ("x/a.yaml", "../../b.yaml", None),
        ("a.yaml", "..", None),
        ("a.yaml", "/b.yaml", None),
        ("a.yaml", "C:/b.yaml", None),
        ("a.yaml", "file:b.yaml", None),
        ("a.yaml", "\\\\host\\b.yaml", None),
    ],
)
def test_reference_names_a_file_of_the_folder_or_nothing(
    base: str, reference: str, name: str | None
) -> None:
    assert resolve_name(base, reference) == name


def test_empty_name_is_no_file() -> None:
    assert clean_name("") is None


def test_folder_is_read_by_relative_names(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.yaml").write_text("")
    (tmp_path / "openapi.yaml").write_text("root")
    (tmp_path / "parts" / "a.yaml").write_text("part")

    files = open_folder(tmp_path, root="", limit_bytes=100)

    assert files.names == ("openapi.yaml", "parts/a.yaml")
    assert (files.read("openapi.yaml"), files.read("parts/../parts/a.yaml")) == (b"root", b"part")
    assert (files.read("missing.yaml"), files.read("parts"), files.read("../x")) == (None,) * 3


def test_folder_is_not_listed_when_the_root_is_named(tmp_path: Path) -> None:
    assert open_folder(tmp_path, root="openapi.yaml", limit_bytes=100).names == ()


def test_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "secret")
    (folder / "up").symlink_to(tmp_path)

    files = open_folder(folder, root="link.yaml", limit_bytes=100)

    assert (files.read("link.yaml"), files.read("up/secret")) == (None, None)


def test_file_is_read_one_byte_beyond_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("12345")

    assert open_folder(tmp_path, root="a", limit_bytes=3).read("a") == b"1234"


def test_single_file_refers_to_no_other() -> None:
    files = single_file(b"content")

    assert (files.read(files.root), files.read("other")) == (b"content", None)


DEFINITION = b"info: {}\nopenapi: 3.1.0\n"


@pytest.mark.parametrize(
    ("files", "root"),
    [
        ({"a.yaml": b"openapi: 3.1.0"}, "a.yaml"),
        ({"x/a.yml": DEFINITION, "b.yaml": b"type: object", "openapi.md": DEFINITION}, "x/a.yml"),
        ({"A.JSON": b'{"info":{},"swagger":"2.0"}', "b.json": b'{"x":{"openapi":1}}'}, "A.JSON"),
        ({"a.yaml": DEFINITION, "b.yaml": b"openapi: ["}, "a.yaml"),
    ],
    ids=["one", "among-others", "json", "beside-a-broken-one"],
)
def test_only_definition_is_the_root(files: dict[str, bytes], root: str) -> None:
    assert find_root(unpacked_files(files, root=""), limits=Limits()) == root


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.yaml": b"a: 1"}, "None of the files is an OpenAPI definition."),
        (
            {"a.yaml": DEFINITION, "b.yaml": DEFINITION},
            "Several files are definitions; name one: a.yaml, b.yaml.",
        ),
        (
            {f"{n}.yaml": DEFINITION for n in range(6)},
            "Several files are definitions; name one: 0.yaml, 1.yaml, 2.yaml, 3.yaml, 4.yaml….",
        ),
    ],
    ids=["none", "two", "many"],
)
def test_root_that_is_not_clear_has_to_be_named(files: dict[str, bytes], message: str) -> None:
    with pytest.raises(UnreadableDefinition) as raised:
        find_root(unpacked_files(files, root=""), limits=Limits())

    assert raised.value.problem.message == message
