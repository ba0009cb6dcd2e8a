"""Imports that take longer than a caller waits."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from catalog.models import BackgroundImport, ImportState, Version
from catalog.services.import_jobs import (
    ImportRequest,
    follow_import,
    is_done_within,
    start_import,
)
from catalog.services.publishing import Publication
from portal.accounts.models import Scope, User
from tests.catalog.api.callers import Caller, make_caller
from tests.factories import make_definition

# The import runs in a thread, which sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

URL = "/api/v1/products/orders/versions/v1/definition"
PUBLISHED = Publication(result="created", product="orders", version="v1", revision=1)
PATIENCE_SECONDS = 20
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def publisher() -> Caller:
    """A program that may publish."""
    return make_caller(Scope.PUBLISH)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        threading.Event().wait(0.02)


def make_job(user: User, **fields: Any) -> BackgroundImport:
    times = {"started_at": timezone.now(), "beat_at": timezone.now()}
    return BackgroundImport.objects.create(
        user=user, product="orders", version="v1", **{**times, **fields}
    )


def test_import_that_takes_long_goes_on_after_202(publisher: Caller, settings: Settings) -> None:
    settings.IMPORT_ANSWER_SECONDS = 0

    accepted = publisher.call("PUT", URL, json.dumps(make_definition()))

    assert accepted.status_code == 202
    assert accepted["Retry-After"] == "2"
    assert accepted.json()["state"] == "running"
    status_url = f"http://testserver/api/v1/imports/{accepted.json()['id']}/"
    assert accepted["Location"] == status_url
    wait_for(lambda: publisher.call("GET", status_url).json()["state"] == "finished")
    told = publisher.call("GET", status_url).json()
    assert (told["publication"]["result"], told["publication"]["revision"]) == ("created", 1)
    assert told["finished_at"] is not None
    assert Version.objects.get().current_revision is not None


def test_job_beats_while_the_import_runs(publisher: Caller) -> None:
    go_on = threading.Event()

    def publish() -> Publication:
        go_on.wait(PATIENCE_SECONDS)
        return PUBLISHED

    asked = ImportRequest(publisher.user, "orders", "v1")
    job = follow_import(start_import(publish), asked, beat_seconds=0.01)
    BackgroundImport.objects.update(beat_at=job.started_at - timedelta(minutes=5))
    wait_for(lambda: BackgroundImport.objects.get().beat_at >= job.started_at)
    go_on.set()
    wait_for(lambda: BackgroundImport.objects.get().state == ImportState.FINISHED)

    assert BackgroundImport.objects.get().publication == PUBLISHED.as_json()


def test_import_that_breaks_is_told_without_its_reason(publisher: Caller) -> None:
    def publish() -> Publication:
        raise RuntimeError("a path of the server")

    job = follow_import(start_import(publish), ImportRequest(publisher.user, "orders", "v1"))
    wait_for(lambda: BackgroundImport.objects.get().state == ImportState.FAILED)

    told = publisher.call("GET", f"/api/v1/imports/{job.id}/")
    assert told.json()["state"] == "failed"
    assert "logged" in told.json()["detail"]
    assert "a path of the server" not in told.content.decode()


def test_import_whose_own_time_ran_out_has_ended() -> None:
    def publish() -> Publication:
        raise TimeoutError

    assert is_done_within(start_import(publish), PATIENCE_SECONDS) is True


@pytest.mark.parametrize(
    ("state", "silent_seconds", "expected"),
    [
        pytest.param(ImportState.RUNNING, 59, ImportState.RUNNING, id="alive"),
        pytest.param(ImportState.RUNNING, 61, ImportState.INTERRUPTED, id="silent"),
        pytest.param(ImportState.FINISHED, 9999, ImportState.FINISHED, id="finished"),
        pytest.param(ImportState.FAILED, 9999, ImportState.FAILED, id="failed"),
    ],
)
def test_import_of_a_process_that_died_reads_interrupted(
    state: ImportState, silent_seconds: int, expected: ImportState
) -> None:
    job = BackgroundImport(state=state, beat_at=NOW - timedelta(seconds=silent_seconds))

    assert job.state_at(NOW) is expected


def test_interrupted_import_is_told_as_one(publisher: Caller) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    job = make_job(publisher.user, started_at=long_ago, beat_at=long_ago)

    told = publisher.call("GET", f"/api/v1/imports/{job.id}/")

    assert told.json()["state"] == "interrupted"
    assert told.json()["publication"] is None


def test_jobs_older_than_a_week_are_forgotten(publisher: Caller) -> None:
    eight_days_ago = timezone.now() - timedelta(days=8)
    make_job(publisher.user, started_at=eight_days_ago, state=ImportState.FINISHED)

    asked = ImportRequest(publisher.user, "orders", "v1", is_dry_run=True)
    job = follow_import(start_import(lambda: PUBLISHED), asked)
    wait_for(lambda: BackgroundImport.objects.get().state == ImportState.FINISHED)

    assert BackgroundImport.objects.get() == job
    assert job.is_dry_run is True


def test_only_their_own_and_staff_watch_imports(publisher: Caller, client: Client) -> None:
    url = f"/api/v1/imports/{make_job(publisher.user).id}/"
    other = make_caller(Scope.ADMIN, name="grace")
    editor = make_caller(Scope.READ, name="ed", is_staff=True)

    assert publisher.call("GET", url).status_code == 200
    assert other.call("GET", url).status_code == 404
    assert editor.call("GET", url).status_code == 200
    assert client.get(url).status_code == 401


def test_import_nobody_knows_is_a_problem(publisher: Caller) -> None:
    response = publisher.call("GET", "/api/v1/imports/00000000-0000-4000-8000-000000000000/")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
