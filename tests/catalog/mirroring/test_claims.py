"""Who checks which mirror, and when."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

from catalog import tasks
from catalog.models import MirrorKind, MirrorSource, Version
from catalog.services.mirror_claims import Claim, claim_due_mirrors, claim_mirror, request_check
from catalog.services.mirror_settings import MirrorPlace, configure_mirror
from catalog.services.mirroring import check_claimed
from portal import egress
from tests.catalog.mirroring.conftest import HOUR, NOW, MirrorDesk
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def make_mirror(url: str = "https://api.example.com/openapi.json") -> MirrorSource:
    """A mirror that is due at NOW, of a product of its own."""
    version = Version.objects.create(product=make_product(f"p{uuid4().hex[:8]}"), name="v1")
    place = MirrorPlace(MirrorKind.URL, url)
    return configure_mirror(version, place, interval=HOUR, now=NOW)[0]


def test_due_mirror_is_claimed_once() -> None:
    mirror = make_mirror()

    assert claim_due_mirrors(now=NOW) == [Claim(mirror.id, 1)]
    assert claim_due_mirrors(now=NOW) == []


def test_mirror_that_is_not_due_is_left_alone() -> None:
    make_mirror()

    assert claim_due_mirrors(now=NOW - timedelta(seconds=1)) == []


def test_two_mirrors_of_a_host_are_checked_at_a_time() -> None:
    for number in range(3):
        make_mirror(f"https://api.example.com/{number}.json")
    make_mirror("https://other.example.com/openapi.json")

    claims = claim_due_mirrors(now=NOW)

    hosts = MirrorSource.objects.filter(id__in=[claim.id for claim in claims])
    assert sorted(hosts.values_list("host", flat=True)) == [
        "api.example.com",
        "api.example.com",
        "other.example.com",
    ]


def test_lease_of_a_killed_worker_runs_out() -> None:
    mirror = make_mirror()
    claim_due_mirrors(now=NOW)

    assert claim_due_mirrors(now=NOW + timedelta(minutes=30)) == [Claim(mirror.id, 2)]


def test_result_of_a_lost_claim_is_dropped(mirrored: MirrorDesk) -> None:
    claim = claim_mirror(mirrored.mirror, now=NOW + HOUR)
    assert claim is not None
    stale = Claim(claim.id, claim.generation - 1)

    assert not check_claimed(stale, now=NOW + HOUR, send=egress.send, jitter=max)
    assert mirrored.look().checked_at == NOW


def test_request_during_a_check_is_answered_by_one_more_check(mirrored: MirrorDesk) -> None:
    claim = claim_mirror(mirrored.mirror, now=NOW + HOUR)
    assert claim is not None
    asked: list[bool] = []

    def send(*args: Any, **options: Any) -> egress.Response:
        if not asked:
            asked.append(True)
            assert request_check(mirrored.mirror, now=NOW + HOUR) is None
        return egress.send(*args, **options)

    check_claimed(claim, now=NOW + HOUR, send=send, jitter=max)

    mirror = mirrored.look()
    assert mirror.is_waiting
    assert mirror.next_check_at == NOW + HOUR


def test_answered_request_waits_no_more(mirrored: MirrorDesk) -> None:
    claim = request_check(mirrored.mirror, now=NOW + HOUR)
    assert claim is not None

    check_claimed(claim, now=NOW + HOUR, send=egress.send, jitter=max)

    assert not mirrored.look().is_waiting


def test_other_place_starts_anew_and_ends_a_check_under_way(mirrored: MirrorDesk) -> None:
    claim = claim_mirror(mirrored.mirror, now=NOW)
    assert claim is not None
    place = MirrorPlace(MirrorKind.URL, "https://api.example.com/openapi.json")

    configure_mirror(mirrored.version, place, interval=HOUR, now=NOW)

    mirror = mirrored.look()
    assert (mirror.etag, mirror.seen_files, mirror.checked_at) == ("", {}, None)
    assert not check_claimed(claim, now=NOW, send=egress.send, jitter=max)


def test_shorter_interval_brings_the_next_check_forward(mirrored: MirrorDesk) -> None:
    mirror = mirrored.mirror
    place = MirrorPlace(MirrorKind.URL, mirror.url, allow_private=True)

    configure_mirror(mirrored.version, place, interval=timedelta(minutes=5), now=NOW)

    assert mirrored.look().next_check_at == NOW + timedelta(minutes=5)
    assert mirrored.look().seen == "published"


def test_tick_hands_out_one_task_for_each_due_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    mirror = make_mirror()
    sent: list[tuple[str, int]] = []
    monkeypatch.setattr(
        tasks.check_mirror, "apply_async", lambda args, **_options: sent.append(args)
    )

    tasks.check_due_mirrors()
    tasks.check_due_mirrors()

    assert sent == [(str(mirror.id), 1)]


@pytest.mark.parametrize("error", [OperationalError, FileNotFoundError], ids=["redis", "files"])
def test_without_a_broker_the_tick_ends_and_says_so(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make_mirror()

    def refuse(_args: Any, **_options: Any) -> None:
        raise error("no broker")

    monkeypatch.setattr(tasks.check_mirror, "apply_async", refuse)

    with caplog.at_level(logging.WARNING):
        tasks.check_due_mirrors()

    assert "checks_not_queued" in caplog.text
    assert not MirrorSource.objects.exclude(lease_until=None, slot=None).exists()


def test_task_checks_what_was_claimed(mirrored: MirrorDesk) -> None:
    claim = claim_mirror(mirrored.mirror, now=NOW)
    assert claim is not None

    tasks.check_mirror(str(claim.id), claim.generation)

    assert mirrored.look().last_result == "unchanged"
    assert mirrored.mirror.lease_until is None


def test_request_for_a_busy_host_waits_for_the_next_tick() -> None:
    for number in range(2):
        make_mirror(f"https://api.example.com/{number}.json")
    claim_due_mirrors(now=timezone.now())
    third = make_mirror()

    tasks.queue_check(third)

    third.refresh_from_db()
    assert third.is_waiting
    assert third.lease_until is None
