"""Mirroring from a Git repository over smart HTTP."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest
from pytest_django import Settings

from catalog.definition_files import FileKind, path_of
from catalog.models import MirrorKind, MirrorResult
from tests.catalog.mirroring.conftest import GOOD, HOUR, MirrorDesk, definition
from tests.servers.git import GitServer
from tests.servers.upstream import Upstream

Follow = Callable[..., MirrorDesk]
CHANGED = definition("/a", "/b", "/c", "/d", "/e")


@pytest.fixture
def mirrored(repository: GitServer, follow: Follow) -> MirrorDesk:
    """A mirror of the repository's default branch, published once."""
    repository.push({"openapi.json": GOOD, "README.md": b"Read me"})
    desk = follow(repository.url, kind=MirrorKind.GIT)
    desk.check()
    return desk


def test_definition_of_the_default_branch_is_published(mirrored: MirrorDesk) -> None:
    revision = mirrored.version.current_revision

    assert revision is not None
    assert path_of(revision, FileKind.SOURCE).read_bytes() == GOOD
    assert (revision.source_name, mirrored.mirror.last_result) == ("openapi.json", "published")


def test_push_is_published(mirrored: MirrorDesk, repository: GitServer) -> None:
    commit = repository.push({"openapi.json": CHANGED})

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.PUBLISHED, 2)
    assert mirror.etag == commit


def test_same_commit_is_not_fetched_again(mirrored: MirrorDesk, repository: GitServer) -> None:
    fetches = repository.fetches

    mirror = mirrored.check(after=HOUR)

    assert repository.fetches == fetches
    assert (mirror.last_result, mirrored.shown) == (MirrorResult.UNCHANGED, 1)


def test_push_of_other_files_is_unchanged(mirrored: MirrorDesk, repository: GitServer) -> None:
    commit = repository.push({"openapi.json": GOOD, "README.md": b"Read me again"})

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.UNCHANGED, 1)
    assert mirror.etag == commit


def test_branch_and_path_are_taken_and_references_reach_the_whole_repository(
    repository: GitServer, follow: Follow
) -> None:
    schema = {"type": "object", "title": "Company"}
    value = json.loads(GOOD)
    value["components"] = {"schemas": {"Company": {"$ref": "../common/company.json"}}}
    files = {
        "apis/v1.json": json.dumps(value).encode(),
        "common/company.json": json.dumps(schema).encode(),
    }
    repository.push({"openapi.json": b"garbage"})
    repository.push(files, branch="release")
    desk = follow(repository.url, kind=MirrorKind.GIT, ref="release", path="apis/v1.json")

    mirror = desk.check()

    assert mirror.last_result == MirrorResult.PUBLISHED
    assert sorted(mirror.seen_files) == ["apis/v1.json", "common/company.json"]


def test_change_of_a_referenced_file_is_published(repository: GitServer, follow: Follow) -> None:
    value = json.loads(GOOD)
    value["components"] = {"schemas": {"Company": {"$ref": "company.json"}}}
    root = json.dumps(value).encode()
    repository.push({"openapi.json": root, "company.json": b'{"type": "object"}'})
    desk = follow(repository.url, kind=MirrorKind.GIT)
    desk.check()
    repository.push({"openapi.json": root, "company.json": b'{"type": "string"}'})

    mirror = desk.check(after=HOUR)

    assert (mirror.last_result, desk.shown) == (MirrorResult.PUBLISHED, 2)


@pytest.mark.parametrize(
    ("options", "detail"),
    [
        pytest.param({"ref": "nowhere"}, "no branch or tag nowhere", id="branch"),
        pytest.param({"path": "other.yaml"}, "no file other.yaml", id="path"),
    ],
)
def test_what_the_repository_lacks_is_told(
    repository: GitServer, follow: Follow, options: dict[str, str], detail: str
) -> None:
    repository.push({"openapi.json": GOOD})
    desk = follow(repository.url, kind=MirrorKind.GIT, **options)

    mirror = desk.check()

    assert (mirror.last_result, mirror.last_detail) == (MirrorResult.NOT_FOUND_IN_GIT, detail)


def test_two_definitions_side_by_side_ask_for_a_path(repository: GitServer, follow: Follow) -> None:
    repository.push({"openapi.json": GOOD, "swagger.yaml": GOOD})
    desk = follow(repository.url, kind=MirrorKind.GIT)

    mirror = desk.check()

    assert mirror.last_detail == "several definitions: openapi.json, swagger.yaml"


def test_empty_repository_has_no_branch(repository: GitServer, follow: Follow) -> None:
    desk = follow(repository.url, kind=MirrorKind.GIT)

    assert desk.check().last_result == MirrorResult.NOT_FOUND_IN_GIT


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(random.Random(7).randbytes(9000), id="as it comes"),  # noqa: S311  no secret
        pytest.param(bytes(50_000), id="once it is inflated"),
    ],
)
def test_repository_over_the_limit_of_size_is_too_large(
    repository: GitServer, follow: Follow, settings: Settings, content: bytes
) -> None:
    settings.MIRROR_GIT_BYTES = 2000
    repository.push({"openapi.json": GOOD, "large.bin": content})
    desk = follow(repository.url, kind=MirrorKind.GIT)

    assert desk.check().last_result == MirrorResult.TOO_LARGE


def test_web_page_is_no_repository(upstream: Upstream, follow: Follow) -> None:
    upstream.answer(200, b"<html>Sign in</html>")
    desk = follow(f"{upstream.url}/apis.git", kind=MirrorKind.GIT)

    mirror = desk.check()

    assert mirror.last_result == MirrorResult.NOT_GIT


def test_repository_that_is_gone_is_missing(upstream: Upstream, follow: Follow) -> None:
    desk = follow(f"{upstream.url}/apis.git", kind=MirrorKind.GIT)

    assert desk.check().last_result == MirrorResult.MISSING


def test_repository_without_a_definition_is_told(repository: GitServer, follow: Follow) -> None:
    repository.push({"README.md": b"Read me"})

    mirror = follow(repository.url, kind=MirrorKind.GIT).check()

    assert mirror.last_detail == "no file named openapi.yaml or alike"


def test_git_server_that_is_too_slow_times_out(
    upstream: Upstream, follow: Follow, settings: Settings
) -> None:
    settings.EGRESS_FIRST_BYTE_SECONDS = 0.2
    upstream.hang = True

    mirror = follow(f"{upstream.url}/apis.git", kind=MirrorKind.GIT).check()

    assert mirror.last_result == MirrorResult.TIMED_OUT


def test_git_server_that_says_not_modified_unasked_is_odd(
    upstream: Upstream, follow: Follow
) -> None:
    upstream.answer(304)

    mirror = follow(f"{upstream.url}/apis.git", kind=MirrorKind.GIT).check()

    assert mirror.last_result == MirrorResult.NOT_GIT
