"""The state of a mirror, and what readers see, after each answer of its upstream."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from catalog.importing import ImportResult, JobFolder
from catalog.models import MirrorResult, Server
from catalog.openapi import Problem, Severity
from tests.catalog.mirroring.conftest import GOOD, HOUR, NOW, MirrorDesk, definition
from tests.factories import make_environment, make_server
from tests.servers.upstream import Upstream

PATH = "/openapi.json"


def test_new_definition_is_published(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.files[PATH] = definition("/a", "/b", "/c", "/e")

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.PUBLISHED, 2)
    assert mirror.changed_at == mirror.checked_at == NOW + HOUR
    assert mirror.next_check_at == NOW + 2 * HOUR
    assert mirror.failing_since is None


def test_not_modified_is_unchanged(mirrored: MirrorDesk, upstream: Upstream) -> None:
    mirror = mirrored.check(after=HOUR)

    assert upstream.requests == [(PATH, 304)]
    assert (mirror.last_result, mirrored.shown) == (MirrorResult.UNCHANGED, 1)
    assert (mirror.changed_at, mirror.checked_at) == (NOW, NOW + HOUR)


def test_same_bytes_with_another_etag_are_unchanged(
    mirrored: MirrorDesk, upstream: Upstream
) -> None:
    upstream.answer(200, GOOD, ETag='"other"')

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.UNCHANGED, 1)
    assert mirror.etag == '"other"'


def test_gone_upstream_is_missing_and_nothing_is_deleted(
    mirrored: MirrorDesk, upstream: Upstream
) -> None:
    upstream.answer(404)

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.MISSING, 1)
    assert mirror.missing_since == NOW + HOUR
    assert mirror.last_detail == "404 Not Found"


def test_missing_since_is_the_first_time(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.answer(410)
    mirrored.check(after=HOUR)

    mirror = mirrored.check(after=HOUR)

    assert mirror.missing_since == NOW + HOUR


def test_server_error_backs_off_from_a_minute(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.answer(500)

    first = mirrored.check(after=HOUR)
    second = mirrored.check(after=timedelta(minutes=1))

    assert first.last_result == second.last_result == MirrorResult.SERVER_ERROR
    assert first.next_check_at == NOW + HOUR + timedelta(minutes=1)
    assert second.next_check_at == NOW + HOUR + timedelta(minutes=3)
    assert second.failing_since == NOW + HOUR
    assert mirrored.shown == 1


def test_retry_after_is_waited_for(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.answer(503, Retry_After="7200")

    mirror = mirrored.check(after=HOUR)

    assert mirror.next_check_at == NOW + 3 * HOUR + timedelta(minutes=1)


def test_recovered_upstream_ends_the_streak(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.answer(500)
    mirrored.check(after=HOUR)
    upstream.recover()

    mirror = mirrored.check(after=HOUR)

    assert (mirror.failing_since, mirror.failures) == (None, 0)
    assert mirror.last_result == MirrorResult.UNCHANGED


@pytest.mark.parametrize(
    "garbage",
    [
        pytest.param(b"<html>Sign in</html>", id="html"),
        pytest.param(b'{"openapi": "3.1.0", ', id="cut off"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe\x00garbage", id="binary"),
    ],
)
def test_garbage_is_rejected_and_the_last_good_revision_stays(
    mirrored: MirrorDesk, upstream: Upstream, garbage: bytes
) -> None:
    upstream.files[PATH] = garbage

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.REJECTED, 1)
    assert mirror.failing_since == NOW + HOUR
    assert mirrored.version.last_import.result == "rejected"
    assert mirrored.version.last_import.problems[0]["severity"] == "error"


def test_garbage_that_stays_is_not_imported_again(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.files[PATH] = b"garbage"
    mirrored.check(after=HOUR)
    imported_at = mirrored.version.last_import.imported_at

    mirror = mirrored.check(after=HOUR)

    assert upstream.requests[-1] == (PATH, 304)
    assert mirror.last_result == MirrorResult.REJECTED
    assert mirror.failing_since == NOW + HOUR
    assert mirrored.version.last_import.imported_at == imported_at


def test_good_definition_after_garbage_ends_the_streak(
    mirrored: MirrorDesk, upstream: Upstream
) -> None:
    upstream.files[PATH] = b"garbage"
    mirrored.check(after=HOUR)
    upstream.files[PATH] = GOOD

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirror.failing_since) == (MirrorResult.UNCHANGED, None)
    assert mirrored.version.last_import.result == "unchanged"


def test_slow_upstream_times_out(
    mirrored: MirrorDesk, upstream: Upstream, settings: Settings
) -> None:
    settings.EGRESS_FIRST_BYTE_SECONDS = 0.2
    upstream.hang = True

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.TIMED_OUT, 1)
    assert mirror.failing_since == NOW + HOUR


def test_redirect_is_told_and_not_followed(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.answer(301, Location="https://elsewhere.example/openapi.json")

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.MOVED, 1)
    assert mirror.last_detail == "https://elsewhere.example/openapi.json"
    assert len(upstream.requests) == 1


def test_upstream_that_wants_a_password_refuses(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.answer(401)

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirror.last_detail) == (MirrorResult.REFUSED, "401 Unauthorized")


def test_upstream_that_is_switched_off_is_not_reached(
    mirrored: MirrorDesk, upstream: Upstream
) -> None:
    upstream._http.socket.close()

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.UNREACHABLE, 1)


def test_definition_over_the_limit_of_size_is_too_large(
    mirrored: MirrorDesk, upstream: Upstream, settings: Settings
) -> None:
    settings.DEFINITION_MAX_BYTES = 2000
    upstream.files[PATH] = GOOD + b" " * 3000

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.TOO_LARGE, 1)


def test_other_title_is_held(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.files[PATH] = definition("/a", "/b", "/c", "/d", title="Another API")

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.HELD, 1)
    assert mirror.held_reasons == ["other_title:Another API"]
    assert mirror.failing_since is None


def test_half_the_operations_gone_is_held(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.files[PATH] = definition("/a", "/b", "/x", "/y")

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.HELD, 1)
    assert mirror.held_reasons == ["operations_gone:2/4"]


def test_fewer_operations_gone_are_published(mirrored: MirrorDesk, upstream: Upstream) -> None:
    upstream.files[PATH] = definition("/a", "/b", "/c")

    assert mirrored.check(after=HOUR).last_result == MirrorResult.PUBLISHED


def test_nothing_is_held_where_it_is_switched_off(
    mirrored: MirrorDesk, upstream: Upstream, settings: Settings
) -> None:
    settings.MIRROR_HOLD = False
    upstream.files[PATH] = definition("/x", title="Another API")

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.PUBLISHED, 2)


def test_other_servers_are_a_warning_and_change_no_server(
    mirrored: MirrorDesk, upstream: Upstream
) -> None:
    make_server(mirrored.version, make_environment(), "https://api.example.com")
    upstream.files[PATH] = definition("/a", "/b", "/c", "/d", server="https://evil.example")

    mirror = mirrored.check(after=HOUR)

    assert (mirror.last_result, mirrored.shown) == (MirrorResult.PUBLISHED, 2)
    assert [server.url for server in Server.objects.all()] == ["https://api.example.com"]
    problem = mirrored.version.last_import.problems[0]
    assert (problem["severity"], problem["rule"]) == ("warning", "other-servers")
    assert "https://evil.example" in problem["message"]


def test_first_definition_of_a_version_is_published_without_servers(mirrored: MirrorDesk) -> None:
    assert mirrored.shown == 1
    assert not Server.objects.exists()


def test_private_address_is_not_fetched_from_unless_it_is_allowed(
    upstream: Upstream, follow: Callable[..., MirrorDesk]
) -> None:
    desk = follow(f"{upstream.url}{PATH}")
    type(desk.mirror).objects.update(allow_private=False)

    mirror = desk.check()

    assert mirror.last_result == MirrorResult.NOT_ALLOWED
    assert upstream.requests == []


@pytest.mark.parametrize("rule", ["import-queue", "import-killed", "import-failed"])
def test_import_that_breaks_off_is_tried_again(
    mirrored: MirrorDesk, upstream: Upstream, rule: str
) -> None:
    upstream.files[PATH] = definition("/a", "/b", "/c", "/e")
    problem = Problem(Severity.ERROR, rule, "It was stopped.")

    def stop(folder: JobFolder, *_arguments: Any, **_options: Any) -> ImportResult:
        return ImportResult(problems=(problem,), is_rejected=True)

    mirror = mirrored.check(after=HOUR, run=stop)
    again = mirrored.check(after=timedelta(minutes=1))

    assert (mirror.last_result, mirror.last_detail) == (
        MirrorResult.INTERRUPTED,
        "It was stopped.",
    )
    assert mirror.next_check_at == NOW + HOUR + timedelta(minutes=1)
    assert (again.last_result, mirrored.shown) == (MirrorResult.PUBLISHED, 2)
