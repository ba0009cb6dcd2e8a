"""Definitions at a URL that refer to other files of the same origin."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from catalog.models import MirrorResult
from tests.catalog.mirroring.conftest import GOOD, HOUR, MirrorDesk
from tests.servers.upstream import Upstream

COMPANY = b'{"type": "object"}'


def with_reference(reference: str) -> bytes:
    """The good definition with a schema that stands elsewhere."""
    value = json.loads(GOOD)
    value["components"] = {"schemas": {"Company": {"$ref": reference}}}
    return json.dumps(value).encode()


@pytest.fixture
def mirrored(upstream: Upstream, follow: Callable[..., MirrorDesk]) -> MirrorDesk:
    """A mirror of a definition with a schema in another folder of its origin."""
    upstream.files["/v1/openapi.json"] = with_reference("../common/company.json")
    upstream.files["/common/company.json"] = COMPANY
    desk = follow(f"{upstream.url}/v1/openapi.json")
    desk.check()
    return desk


def test_files_of_the_same_origin_are_bundled(mirrored: MirrorDesk) -> None:
    assert mirrored.mirror.last_result == MirrorResult.PUBLISHED
    assert sorted(mirrored.mirror.seen_files) == ["common/company.json", "v1/openapi.json"]


def test_same_files_are_unchanged(mirrored: MirrorDesk) -> None:
    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.UNCHANGED, 1)


def test_change_of_the_other_file_alone_is_published(
    mirrored: MirrorDesk, upstream: Upstream
) -> None:
    upstream.files["/common/company.json"] = b'{"type": "string"}'

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.PUBLISHED, 2)


def test_other_origins_are_never_asked(
    upstream: Upstream, follow: Callable[..., MirrorDesk]
) -> None:
    with Upstream(files={"/company.json": COMPANY}) as other:
        upstream.files["/openapi.json"] = with_reference(f"{other.url}/company.json")
        desk = follow(f"{upstream.url}/openapi.json")

        desk.check()

        assert other.requests == []


def test_other_file_that_fails_leaves_things_as_they_are(
    mirrored: MirrorDesk, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    upstream.files["/v1/openapi.json"] = with_reference("../common/company.json") + b" "
    show = upstream._show
    monkeypatch.setattr(
        upstream,
        "_show",
        lambda handler: (
            type(show(handler))(500, {}, b"")
            if handler.path == "/common/company.json"
            else show(handler)
        ),
    )

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.SERVER_ERROR, 1)
