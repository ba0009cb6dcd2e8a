"""Forms of the editors' pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import MirrorKind, MirrorSource
from catalog.services.mirror_settings import MirrorPlace, find_place_fault
from portal.accounts.models import User

__all__ = ["DefinitionForm", "MirrorForm"]

INTERVALS = (
    (300, gettext_lazy("Every 5 minutes")),
    (900, gettext_lazy("Every 15 minutes")),
    (3600, gettext_lazy("Every hour")),
    (21600, gettext_lazy("Every 6 hours")),
    (86400, gettext_lazy("Every day")),
)
USUAL_INTERVAL = 3600
LONGEST_URL, LONGEST_REF, LONGEST_PATH = 2000, 250, 1000


class DefinitionForm(forms.Form):
    """A file to publish: one definition, or a zip or tar of several files."""

    file = forms.FileField(label=gettext_lazy("File"))

    def clean_file(self) -> UploadedFile[Any]:
        """The file, unless it is larger than any definition may be."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        limit: int = settings.DEFINITION_MAX_BYTES
        if (file.size or 0) > limit:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s.") % {"limit": filesizeformat(limit)}
            )
        return file


class MirrorForm(forms.Form):
    """Where a version's definition is mirrored from; only administrators open private addresses."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of source"), choices=MirrorKind.choices)
    url = forms.CharField(label=gettext_lazy("URL"), max_length=LONGEST_URL)
    ref = forms.CharField(
        label=gettext_lazy("Branch or tag"),
        max_length=LONGEST_REF,
        required=False,
        help_text=gettext_lazy("Of a Git repository. Empty: its default branch."),
    )
    path = forms.CharField(
        label=gettext_lazy("Path in the repository"),
        max_length=LONGEST_PATH,
        required=False,
        help_text=gettext_lazy("Empty: the only file named openapi.yaml or alike."),
    )
    interval = forms.TypedChoiceField(label=gettext_lazy("Look for changes"), coerce=int)
    allow_private = forms.BooleanField(
        label=gettext_lazy("The source stands on a private address"), required=False
    )

    def __init__(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        mirror: MirrorSource | None,
        user: User,
    ) -> None:
        super().__init__(values, initial=_initial(mirror))
        self._mirror = mirror
        choices = {seconds: str(label) for seconds, label in INTERVALS}
        chosen = mirror.interval_seconds if mirror else USUAL_INTERVAL
        choices.setdefault(chosen, _("Every %(seconds)s seconds") % {"seconds": chosen})
        self.fields["interval"].choices = list(choices.items())  # type: ignore[attr-defined]  # a ChoiceField
        if not user.is_superuser:
            del self.fields["allow_private"]

    def clean_url(self) -> str:
        """The URL, if anything can be fetched from it."""
        url: str = self.cleaned_data["url"]
        fault = find_place_fault(url)
        if fault:
            raise forms.ValidationError(fault)
        return url

    def place(self) -> MirrorPlace:
        """The place of a valid form; a new address of an editor is a public one."""
        values = self.cleaned_data
        is_git = values["kind"] == MirrorKind.GIT
        return MirrorPlace(
            kind=MirrorKind(values["kind"]),
            url=values["url"],
            ref=values["ref"] if is_git else "",
            path=values["path"].lstrip("/") if is_git else "",
            allow_private=values.get("allow_private", self._is_private_already()),
        )

    def chosen_interval(self) -> timedelta:
        """How often to look."""
        return timedelta(seconds=self.cleaned_data["interval"])

    def _is_private_already(self) -> bool:
        """Who may not open private addresses keeps what an administrator opened, for that URL."""
        mirror = self._mirror
        same = mirror is not None and mirror.url == self.cleaned_data["url"]
        return bool(same and mirror and mirror.allow_private)


def _initial(mirror: MirrorSource | None) -> dict[str, Any]:
    if mirror is None:
        return {"kind": MirrorKind.URL, "interval": USUAL_INTERVAL}
    return {
        "kind": mirror.kind,
        "url": mirror.url,
        "ref": mirror.ref,
        "path": mirror.path,
        "interval": mirror.interval_seconds,
        "allow_private": mirror.allow_private,
    }
