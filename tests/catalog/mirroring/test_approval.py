"""Deciding on a change that is held."""

from __future__ import annotations

import io
import os
import time
import zipfile
from typing import Any

import pytest
from django.conf import settings

from catalog.definition_files import FileKind, path_of
from catalog.held_definitions import delete_held, read_held, sweep_held, write_held
from catalog.importing import run_here
from catalog.models import MirrorResult, MirrorSource
from catalog.services.mirror_approval import NothingHeld, approve_change, discard_change
from tests.catalog.mirroring.conftest import GOOD, HOUR, NOW, MirrorDesk, definition
from tests.servers.upstream import Upstream

PATH = "/openapi.json"
OTHER = definition("/a", "/b", "/c", "/d", title="Another API")


@pytest.fixture
def held(mirrored: MirrorDesk, upstream: Upstream) -> MirrorDesk:
    """A mirror whose source has another title now."""
    upstream.files[PATH] = OTHER
    mirrored.check(after=HOUR)
    return mirrored


def approve(mirror: MirrorSource, user: Any) -> int | None:
    """Approve in this process; the published revision."""
    return approve_change(mirror, by=user, now=NOW, run=run_here).revision


def test_approved_change_is_published_as_it_was_seen(
    held: MirrorDesk, upstream: Upstream, admin_user: Any
) -> None:
    upstream.files[PATH] = definition("/z", title="A third one")

    assert approve(held.mirror, admin_user) == 2

    revision = held.version.current_revision
    assert revision is not None
    assert path_of(revision, FileKind.SOURCE).read_bytes() == OTHER
    assert revision.imported_by == admin_user
    assert held.look().held_key == ""


def test_approved_change_is_known_to_the_next_check(held: MirrorDesk, admin_user: Any) -> None:
    approve(held.mirror, admin_user)

    mirror = held.check(after=HOUR)

    assert (mirror.last_result, held.shown) == (MirrorResult.UNCHANGED, 2)


def test_discarded_change_is_not_offered_again(held: MirrorDesk) -> None:
    discard_change(held.mirror)

    mirror = held.check(after=HOUR)

    assert (mirror.last_result, mirror.held_key, held.shown) == (MirrorResult.UNCHANGED, "", 1)


def test_held_change_stays_held_while_the_source_stays(held: MirrorDesk) -> None:
    key = held.mirror.held_key

    mirror = held.check(after=HOUR)

    assert (mirror.last_result, mirror.held_key) == (MirrorResult.HELD, key)


def test_next_change_takes_the_place_of_the_held_one(held: MirrorDesk, upstream: Upstream) -> None:
    first = held.mirror.held_key
    upstream.files[PATH] = definition("/a", "/b", "/c", "/d", title="A third one")

    mirror = held.check(after=HOUR)

    assert mirror.held_reasons == ["other_title:A third one"]
    assert mirror.held_key != first
    with pytest.raises(FileNotFoundError):
        read_held(first)


def test_source_that_goes_back_ends_the_holding(held: MirrorDesk, upstream: Upstream) -> None:
    upstream.files[PATH] = GOOD

    mirror = held.check(after=HOUR)

    assert (mirror.last_result, mirror.held_key, held.shown) == (MirrorResult.UNCHANGED, "", 1)


def test_change_is_decided_on_once(held: MirrorDesk, admin_user: Any) -> None:
    before = held.mirror
    approve(before, admin_user)

    with pytest.raises(NothingHeld):
        discard_change(before)


def test_lost_files_are_held_anew_by_the_next_check(held: MirrorDesk, admin_user: Any) -> None:
    delete_held(held.mirror.held_key)
    with pytest.raises(NothingHeld):
        approve(held.mirror, admin_user)

    mirror = held.check(after=HOUR)

    assert mirror.last_result == MirrorResult.HELD
    assert read_held(mirror.held_key) == {"openapi.json": OTHER}


def test_archive_is_held_and_approved_as_it_came(
    mirrored: MirrorDesk, upstream: Upstream, admin_user: Any
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("openapi.json", OTHER)
    upstream.files[PATH] = packed.getvalue()
    mirror = mirrored.check(after=HOUR)
    assert mirror.last_result == MirrorResult.HELD

    approve(mirror, admin_user)

    revision = mirrored.version.current_revision
    assert revision is not None
    assert path_of(revision, FileKind.SOURCE).read_bytes() == packed.getvalue()


def test_files_that_nothing_refers_to_are_swept_after_an_hour(held: MirrorDesk) -> None:
    orphan, fresh = write_held({"a": b"1"}), write_held({"b": b"2"})
    an_hour_ago = time.time() - 3700
    for key in (orphan, held.mirror.held_key):
        os.utime(settings.HELD_DIR / key, (an_hour_ago, an_hour_ago))

    assert sweep_held({held.mirror.held_key}) == 1
    assert read_held(fresh) == {"b": b"2"}
    assert read_held(held.mirror.held_key) == {"openapi.json": OTHER}
