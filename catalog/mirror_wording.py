"""Sentences about mirrors: what the last check brought, and why a change is held."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.models import MirrorResult, MirrorSource

__all__ = ["describe_hold_reason", "describe_result"]

SENTENCES = {
    MirrorResult.NONE: gettext_lazy("The source was not checked yet."),
    MirrorResult.PUBLISHED: gettext_lazy("The source had changed; %(detail)s was published."),
    MirrorResult.UNCHANGED: gettext_lazy("The source shows the same as before."),
    MirrorResult.HELD: gettext_lazy(
        "The source has changed more than usual. Readers still see the revision before, until "
        "you approve the change."
    ),
    MirrorResult.REJECTED: gettext_lazy(
        "The definition at the source was rejected: %(detail)s. Readers still see the last good "
        "revision."
    ),
    MirrorResult.MISSING: gettext_lazy(
        "The source answered %(detail)s. Nothing was deleted: readers still see the last good "
        "revision."
    ),
    MirrorResult.MOVED: gettext_lazy(
        "The source redirects to %(detail)s. The portal did not follow; set that address if it "
        "is meant."
    ),
    MirrorResult.REFUSED: gettext_lazy("The source refused with %(detail)s."),
    MirrorResult.SERVER_ERROR: gettext_lazy(
        "The source answered %(detail)s. The portal tries again by itself."
    ),
    MirrorResult.TIMED_OUT: gettext_lazy(
        "The source took too long (%(detail)s). The portal tries again by itself."
    ),
    MirrorResult.UNREACHABLE: gettext_lazy(
        "The source could not be reached (%(detail)s). The portal tries again by itself."
    ),
    MirrorResult.NOT_ALLOWED: gettext_lazy(
        "The portal may not fetch from this address (%(detail)s)."
    ),
    MirrorResult.TOO_LARGE: gettext_lazy("The source is over the limit of size (%(detail)s)."),
    MirrorResult.NOT_FOUND_IN_GIT: gettext_lazy("The repository holds %(detail)s."),
    MirrorResult.INTERRUPTED: gettext_lazy(
        "The import broke off: %(detail)s The portal tries again by itself."
    ),
    MirrorResult.NOT_GIT: gettext_lazy("The repository could not be read: %(detail)s."),
}


def describe_result(mirror: MirrorSource) -> str:
    """What the last check brought, as one or two sentences."""
    return str(SENTENCES[MirrorResult(mirror.last_result)]) % {"detail": mirror.last_detail}


def describe_hold_reason(reason: str) -> str:
    """Why a change is held; see `catalog.mirroring.changes`."""
    kind, _separator, facts = reason.partition(":")
    if kind == "other_title":
        return _("The title is now “%(title)s”.") % {"title": facts}
    gone, _separator, total = facts.partition("/")
    return ngettext(
        "%(gone)s of %(total)s operation is gone.",
        "%(gone)s of %(total)s operations are gone.",
        int(total),
    ) % {"gone": gone, "total": total}
