"""The editors' pages."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from catalog import tasks
from catalog.held_definitions import write_held
from catalog.models import MirrorKind, MirrorSource, SeenContent, Version
from catalog.openapi import Problem, Severity
from catalog.services.last_imports import record_import
from catalog.services.mirror_settings import MirrorPlace, configure_mirror, renew_webhook_secret
from portal.accounts.models import User
from tests.catalog.views.markup import Page, read_page
from tests.factories import make_definition, make_version, publish

pytestmark = pytest.mark.django_db

LIST = "/manage/"
PAGE = "/manage/example/v1/"
SOURCE = "https://api.example.com/openapi.json"
GOOD = b'{"openapi": "3.1.0", "info": {"title": "E", "version": "1"}, "paths": {"/a": {"get": {}}}}'


@pytest.fixture
def editor(client: Client) -> Client:
    """A browser of somebody on the staff, who is no administrator."""
    client.force_login(User.objects.create_user("editor", password="x", is_staff=True))
    return client


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The checks handed to the broker."""
    sent: list[tuple[str, int]] = []
    monkeypatch.setattr(tasks.check_mirror, "apply_async", lambda args, **_rest: sent.append(args))
    return sent


def make_mirror(version: Version, **fields: Any) -> MirrorSource:
    """A mirror of the version with these fields."""
    place = MirrorPlace(MirrorKind.URL, SOURCE)
    mirror, _changed = configure_mirror(
        version, place, interval=timedelta(hours=1), now=timezone.now()
    )
    MirrorSource.objects.update(**fields)
    mirror.refresh_from_db()
    return mirror


def reject(version: Version) -> None:
    """Remember a rejected import."""
    problem = Problem(Severity.ERROR, "not-json", "A comma is missing.", "/paths", 417, 11)
    record_import(
        version, result="rejected", problems=[problem], source_name="x.yaml", now=timezone.now()
    )


def open_page(client: Client, path: str = PAGE) -> Page:
    """A page that is there."""
    response = client.get(path)
    assert response.status_code == 200
    return read_page(response)


POSTS = [
    f"{PAGE}{rest}"
    for rest in (
        *("definition/", "mirror/", "mirror/check/", "mirror/stop/", "mirror/webhook/"),
        *("mirror/approve/", "mirror/discard/"),
    )
]


@pytest.mark.parametrize("path", [LIST, PAGE, f"{PAGE}mirror/state/"])
@pytest.mark.parametrize("signed_in", [False, True], ids=["stranger", "reader"])
def test_pages_do_not_exist_for_others(client: Client, path: str, signed_in: bool) -> None:
    make_mirror(make_version())
    if signed_in:
        client.force_login(User.objects.create_user("reader", password="x"))

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", POSTS)
def test_buttons_do_not_exist_for_others(client: Client, path: str) -> None:
    make_mirror(make_version())
    client.force_login(User.objects.create_user("reader", password="x"))

    assert client.post(path).status_code == 404
    assert MirrorSource.objects.count() == 1


@pytest.mark.parametrize("path", POSTS[2:])
def test_version_without_a_mirror_has_no_buttons_for_it(editor: Client, path: str) -> None:
    make_version()

    assert editor.post(path).status_code in (302, 404)


def test_list_shows_versions_with_problems_and_mirrors(editor: Client) -> None:
    version = make_version()
    make_mirror(version, failing_since=timezone.now(), last_result="server_error")
    reject(version)

    page = open_page(editor, LIST)

    assert "Revision 1, OpenAPI 3.1.0" in page.text
    assert page.texts("span", class_="badge") == ["Rejected", "Server error"]
    assert page.links("v1") == [PAGE]


def test_list_costs_the_same_for_many_versions(
    editor: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(4):
        version = make_version(product=f"p{number}")
        make_mirror(version)
        reject(version)

    with django_assert_max_num_queries(6):
        open_page(editor, LIST)


def test_version_that_was_never_published_has_a_page(editor: Client) -> None:
    version = make_version()
    Version.objects.create(product=version.product, name="v2")

    assert "Nothing is published yet" in open_page(editor, "/manage/example/v2/").text


def test_problems_of_a_rejected_import_are_shown_with_their_places(editor: Client) -> None:
    reject(make_version())

    page = open_page(editor)

    assert "x.yaml was not published" in page.text
    assert "Readers still see revision 1" in page.text
    assert "Error A comma is missing. /paths · not-json line 417, column 11" in page.text


def test_publication_ends_a_rejection(editor: Client) -> None:
    reject(make_version())
    publish(make_definition(tags=[{"name": "new"}]))

    assert "was not published" not in open_page(editor).text


def test_reference_shows_the_rejection_to_editors_only(editor: Client) -> None:
    reject(make_version())
    reference = "/catalog/example/v1/reference/"

    assert "x.yaml was not published" in open_page(editor, reference).text
    editor.logout()
    assert "was not published" not in open_page(editor, reference).text


def upload(client: Client, content: bytes, action: str) -> Page:
    """Send a file with one of the two buttons."""
    file = SimpleUploadedFile("new.json", content)
    response = client.post(f"{PAGE}definition/", {"file": file, "action": action})
    assert response.status_code == 200
    return read_page(response)


def test_checked_file_is_not_published(editor: Client) -> None:
    version = make_version()

    page = upload(editor, GOOD, "check")

    assert "new.json would be published as revision 2 with 1 operation." in page.text
    assert version.revisions.count() == 1
    assert not hasattr(version, "last_import")


def test_published_file_is_what_readers_see(editor: Client) -> None:
    version = make_version()

    page = upload(editor, GOOD, "publish")

    assert "new.json is published as revision 2 with 1 operation." in page.text
    version.refresh_from_db()
    assert version.current_revision is not None
    assert str(version.current_revision.imported_by) == "editor"


def test_rejected_file_stays_on_the_page_with_its_problems(editor: Client) -> None:
    make_version()

    upload(editor, b'{"openapi": "3.1.0",', "publish")

    assert "new.json was not published" in open_page(editor).text


def test_file_that_is_only_checked_and_wrong_shows_its_problems(editor: Client) -> None:
    make_version()

    page = upload(editor, b"garbage", "check")

    assert "new.json would be rejected" in page.text
    assert page.texts("span", class_="badge")[-1] == "Error"
    assert "was not published" not in open_page(editor).text


def test_form_without_a_file_says_so(editor: Client) -> None:
    make_version()

    response = editor.post(f"{PAGE}definition/", {"action": "publish"})

    assert response.status_code == 422
    assert "This field is required" in read_page(response).text


def save_mirror(client: Client, **fields: str) -> Any:
    """Send the form of the mirror's settings."""
    values = {"kind": "url", "url": SOURCE, "interval": "900", **fields}
    return client.post(f"{PAGE}mirror/", values, follow=True)


def test_mirror_is_set_up_and_checked_at_once(
    editor: Client, queued: list[tuple[str, int]]
) -> None:
    make_version()

    page = read_page(save_mirror(editor))

    mirror = MirrorSource.objects.get()
    assert (mirror.url, mirror.interval_seconds, mirror.allow_private) == (SOURCE, 900, False)
    assert queued == [(str(mirror.id), 1)]
    assert "The source is being looked at" in page.text


def test_git_source_takes_branch_and_path(editor: Client, queued: list[tuple[str, int]]) -> None:
    make_version()

    save_mirror(editor, kind="git", ref="main", path="/apis/openapi.yaml")

    mirror = MirrorSource.objects.get()
    assert (mirror.kind, mirror.ref, mirror.path) == ("git", "main", "apis/openapi.yaml")


def test_editor_cannot_open_private_addresses(
    editor: Client, queued: list[tuple[str, int]]
) -> None:
    make_version()

    save_mirror(editor, allow_private="on")

    assert not MirrorSource.objects.get().allow_private


def test_editor_does_not_move_what_an_administrator_opened(
    editor: Client, queued: list[tuple[str, int]]
) -> None:
    make_mirror(make_version(), allow_private=True)

    save_mirror(editor)
    kept = MirrorSource.objects.get().allow_private
    save_mirror(editor, url="http://10.0.0.1/openapi.json")

    assert (kept, MirrorSource.objects.get().allow_private) == (True, False)


def test_administrator_opens_private_addresses(
    admin_client: Client, queued: list[tuple[str, int]]
) -> None:
    make_version()

    save_mirror(admin_client, allow_private="on")

    assert MirrorSource.objects.get().allow_private


@pytest.mark.parametrize("url", ["ftp://x.example/a", "https://u:p@x.example/a", "openapi.yaml"])
def test_url_that_cannot_be_fetched_is_refused(editor: Client, url: str) -> None:
    make_version()

    response = save_mirror(editor, url=url)

    assert response.status_code == 422
    assert "no plain http or https URL" in read_page(response).text
    assert not MirrorSource.objects.exists()


def test_interval_of_a_catalog_file_stays_in_the_form(editor: Client) -> None:
    make_mirror(make_version(), interval_seconds=1234)

    assert "Every 1234 seconds" in open_page(editor).texts("option")


def test_check_now_is_queued_and_its_panel_asks_again(
    editor: Client, queued: list[tuple[str, int]]
) -> None:
    mirror = make_mirror(make_version(), checked_at=timezone.now(), last_result="unchanged")

    response = editor.post(f"{PAGE}mirror/check/", headers={"HX-Request": "true"})

    assert queued == [(str(mirror.id), 1)]
    assert 'hx-trigger="every 2s"' in response.content.decode()


def test_check_now_works_without_script(editor: Client, queued: list[tuple[str, int]]) -> None:
    make_mirror(make_version())

    response = editor.post(f"{PAGE}mirror/check/")

    assert (response.status_code, response.headers["Location"]) == (302, PAGE)
    assert len(queued) == 1


def test_panel_has_the_page_loaded_anew_when_the_check_is_over(editor: Client) -> None:
    make_mirror(make_version(), last_result="unchanged", checked_at=timezone.now())

    response = editor.get(f"{PAGE}mirror/state/")

    assert response.headers["HX-Refresh"] == "true"
    assert "The source shows the same as before" in response.content.decode()


def test_panel_goes_on_asking_while_a_check_is_waited_for(editor: Client) -> None:
    make_mirror(make_version(), requested_at=timezone.now())

    response = editor.get(f"{PAGE}mirror/state/")

    assert "HX-Refresh" not in response.headers
    assert "A check is waiting for its turn" in response.content.decode()


def test_failing_source_shows_since_when_and_what_next(editor: Client) -> None:
    then = timezone.now() - timedelta(hours=3)
    make_mirror(
        make_version(),
        checked_at=then,
        failing_since=then,
        missing_since=then,
        last_result="missing",
        last_detail="404 Not Found",
    )

    page = open_page(editor)

    assert "The source answered 404 Not Found. Nothing was deleted" in page.text
    assert [term for term in page.texts("dt") if term != "Source"] == [
        "Last check",
        "Last change",
        "Missing since",
        "Failing since",
        "Next check",
    ]


def hold(version: Version) -> MirrorSource:
    """A mirror with a change that waits."""
    return make_mirror(
        version,
        held_key=write_held({"openapi.json": GOOD}),
        held_at=timezone.now(),
        held_reasons=["other_title:E", "operations_gone:1/2"],
        held_source={"root": "openapi.json", "name": "openapi.json", "is_archive": False},
        seen=SeenContent.HELD,
        last_result="held",
    )


def test_held_change_says_why(editor: Client) -> None:
    hold(make_version())

    text = open_page(editor).text

    assert "The title is now “E”." in text
    assert "1 of 2 operations are gone." in text


def test_held_change_is_approved(editor: Client) -> None:
    version = make_version()
    hold(version)

    page = read_page(editor.post(f"{PAGE}mirror/approve/", follow=True))

    assert "Revision 2 is published" in page.text
    version.refresh_from_db()
    assert version.current_revision is not None
    assert version.current_revision.title == "E"


def test_held_change_is_discarded(editor: Client) -> None:
    version = make_version()
    hold(version)

    page = read_page(editor.post(f"{PAGE}mirror/discard/", follow=True))

    assert "The change was discarded" in page.text
    assert version.revisions.count() == 1


@pytest.mark.parametrize("button", ["approve", "discard"])
def test_change_that_was_decided_on_elsewhere_is_told(editor: Client, button: str) -> None:
    make_mirror(make_version())

    page = read_page(editor.post(f"{PAGE}mirror/{button}/", follow=True))

    assert "Nothing is held any more" in page.text


def test_mirror_is_stopped_and_what_is_published_stays(editor: Client) -> None:
    version = make_version()
    make_mirror(version)

    page = read_page(editor.post(f"{PAGE}mirror/stop/", follow=True))

    assert "follows no source any more" in page.text
    assert not MirrorSource.objects.exists()
    version.refresh_from_db()
    assert version.current_revision is not None


def test_webhook_secret_is_shown_once(editor: Client) -> None:
    make_mirror(make_version())

    shown = read_page(editor.post(f"{PAGE}mirror/webhook/")).text

    secret = MirrorSource.objects.get().webhook_secret
    assert secret in shown
    assert secret not in open_page(editor).text


def call_hook(client: Client, mirror: MirrorSource, secret: str) -> Any:
    """POST as an upstream does."""
    body = b'{"ref": "refs/heads/main"}'
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return client.post(
        f"/hooks/mirrors/{mirror.id}/",
        body,
        content_type="application/json",
        headers={"X-Hub-Signature-256": f"sha256={signature}"},
    )


def test_signed_webhook_has_the_source_checked(queued: list[tuple[str, int]]) -> None:
    mirror = make_mirror(make_version())
    secret = renew_webhook_secret(mirror)

    response = call_hook(Client(enforce_csrf_checks=True), mirror, secret)

    assert (response.status_code, response.json()) == (202, {"result": "requested"})
    assert queued == [(str(mirror.id), 1)]


@pytest.mark.parametrize("has_secret", [True, False], ids=["other secret", "no secret yet"])
def test_webhook_with_another_signature_is_refused(
    client: Client, queued: list[tuple[str, int]], has_secret: bool
) -> None:
    mirror = make_mirror(make_version())
    if has_secret:
        renew_webhook_secret(mirror)

    assert call_hook(client, mirror, "").status_code == 403
    assert queued == []


def test_webhook_of_no_mirror_does_not_exist(client: Client) -> None:
    assert client.post(f"/hooks/mirrors/{uuid4()}/").status_code == 404
