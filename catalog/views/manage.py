"""The editors' pages: products and versions with their definitions, problems and mirrors."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.forms import DefinitionForm, MirrorForm
from catalog.manage_pages import (
    build_mirror_view,
    get_managed_version,
    list_managed_products,
    list_problem_rows,
    problem_rows,
)
from catalog.models import MirrorSource, Version
from catalog.services.editor_uploads import publish_file
from catalog.services.mirror_approval import NothingHeld, approve_change, discard_change
from catalog.services.mirror_settings import (
    configure_mirror,
    remove_mirror,
    renew_webhook_secret,
)
from catalog.tasks import queue_check
from portal.accounts.models import User

__all__ = [
    "approve",
    "check_now",
    "discard",
    "list_versions",
    "renew_webhook",
    "save_mirror",
    "show_mirror",
    "show_version",
    "stop_mirroring",
    "upload_definition",
]

Arguments = ParamSpec("Arguments")


class EditorRequest(HttpRequest):
    """A request of somebody on the staff."""

    user: User


def editors_only(
    view: Callable[Concatenate[EditorRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """A page of editors; for everybody else, and for what is not there, it does not exist."""

    @never_cache
    @wraps(view)
    def answer(request: Any, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404(str(error)) from error

    return answer


@require_safe
@editors_only
def list_versions(request: EditorRequest) -> HttpResponse:
    """All products and versions, with the state of each."""
    products = list_managed_products(request.user, now=timezone.now())
    return render(request, "catalog/manage/list.html", {"products": products})


@require_safe
@editors_only
def show_version(request: EditorRequest, product: str, version: str) -> HttpResponse:
    """One version: its definition, problems, upload and mirror."""
    return _render_version(request, get_managed_version(product, version, request.user))


@require_POST
@editors_only
def upload_definition(request: EditorRequest, product: str, version: str) -> HttpResponse:
    """Check or publish a file that an editor chose."""
    found = get_managed_version(product, version, request.user)
    form = DefinitionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render_version(request, found, form=form)
    file: UploadedFile[Any] = form.cleaned_data["file"]
    dry_run = request.POST.get("action") != "publish"
    publication = publish_file(
        found, file.read(), file.name or "", by=request.user, now=timezone.now(), dry_run=dry_run
    )
    upload = {
        "name": file.name,
        "is_check": dry_run,
        "publication": publication,
        "problems": problem_rows(publication.problems),
    }
    found = get_managed_version(product, version, request.user)
    return _render_version(request, found, upload=upload)


@require_POST
@editors_only
def save_mirror(request: EditorRequest, product: str, version: str) -> HttpResponse:
    """Set up the mirror of a version, or change it."""
    found = get_managed_version(product, version, request.user)
    mirror: MirrorSource | None = getattr(found, "mirror", None)
    form = MirrorForm(request.POST, mirror=mirror, user=request.user)
    if not form.is_valid():
        return _render_version(request, found, mirror_form=form)
    mirror, changed = configure_mirror(
        found, form.place(), interval=form.chosen_interval(), now=timezone.now()
    )
    if changed and mirror.checked_at is None:
        queue_check(mirror)
    messages.success(request, _("The mirror is set up."))
    return redirect(mirror)


@require_POST
@editors_only
def stop_mirroring(request: EditorRequest, product: str, version: str) -> HttpResponse:
    """Follow the source no more; what is published stays."""
    found = get_managed_version(product, version, request.user)
    remove_mirror(found)
    messages.success(request, _("The version follows no source any more."))
    return _back_to(product, version)


@require_POST
@editors_only
def check_now(request: EditorRequest, product: str, version: str) -> HttpResponse:
    """Have the source looked at without waiting for its time."""
    mirror = _get_mirror(request, product, version)
    queue_check(mirror)
    if request.headers.get("HX-Request"):
        return _render_mirror(request, product, version)
    return redirect(mirror)


@require_safe
@editors_only
def show_mirror(request: EditorRequest, product: str, version: str) -> HttpResponse:
    """The panel of the mirror, as it is asked for while a check runs; then the page loads anew."""
    response = _render_mirror(request, product, version)
    if not _get_mirror(request, product, version).is_waiting:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@editors_only
def approve(request: EditorRequest, product: str, version: str) -> HttpResponse:
    """Publish the change that is held."""
    mirror = _get_mirror(request, product, version)
    try:
        publication = approve_change(mirror, by=request.user, now=timezone.now())
    except NothingHeld:
        messages.warning(request, _("Nothing is held any more; the source was looked at again."))
        return redirect(mirror)
    if publication.result == "rejected":
        messages.error(request, _("The change could not be published. Its problems stand below."))
    else:
        revision = {"revision": publication.revision}
        messages.success(request, _("Revision %(revision)s is published.") % revision)
    return redirect(mirror)


@require_POST
@editors_only
def discard(request: EditorRequest, product: str, version: str) -> HttpResponse:
    """Drop the change that is held."""
    mirror = _get_mirror(request, product, version)
    try:
        discard_change(mirror)
        messages.success(
            request, _("The change was discarded. The next other one is looked at again.")
        )
    except NothingHeld:
        messages.warning(request, _("Nothing is held any more; the source was looked at again."))
    return redirect(mirror)


@require_POST
@editors_only
def renew_webhook(request: EditorRequest, product: str, version: str) -> HttpResponse:
    """Give the mirror's webhook a new secret, and show it this once."""
    mirror = _get_mirror(request, product, version)
    secret = renew_webhook_secret(mirror)
    found = get_managed_version(product, version, request.user)
    return _render_version(request, found, webhook_secret=secret)


def _render_version(
    request: EditorRequest,
    version: Version,
    *,
    form: DefinitionForm | None = None,
    mirror_form: MirrorForm | None = None,
    upload: dict[str, Any] | None = None,
    webhook_secret: str = "",
) -> HttpResponse:
    mirror = getattr(version, "mirror", None)
    last = getattr(version, "last_import", None)
    context = {
        "product": version.product,
        "version": version,
        "revision": version.current_revision,
        "last": last,
        "problems": list_problem_rows(version),
        "form": form or DefinitionForm(),
        "upload": upload,
        "mirror": build_mirror_view(version, now=timezone.now()),
        "mirror_form": mirror_form or MirrorForm(mirror=mirror, user=request.user),
        "webhook_secret": webhook_secret,
    }
    failed = any(bound and bound.errors for bound in (form, mirror_form))
    return render(request, "catalog/manage/version.html", context, status=422 if failed else 200)


def _render_mirror(request: EditorRequest, product: str, version: str) -> HttpResponse:
    found = get_managed_version(product, version, request.user)
    mirror = build_mirror_view(found, now=timezone.now())
    context = {"product": found.product, "version": found, "mirror": mirror}
    return render(request, "catalog/manage/_mirror.html", context)


def _get_mirror(request: EditorRequest, product: str, version: str) -> MirrorSource:
    """The mirror of a version, fresh; raises an ObjectDoesNotExist."""
    return get_managed_version(product, version, request.user).mirror


def _back_to(product: str, version: str) -> HttpResponse:
    return redirect("catalog:manage-version", product, version)
