"""Static files under hashed names, and the icon that browsers ask for by themselves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from whitenoise.storage import CompressedManifestStaticFilesStorage

__all__ = ["HashedStaticFilesStorage", "open_favicon"]


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Hashed and compressed files; imports between ES modules name the hashed files too."""

    support_js_module_import_aggregation = True
    manifest_strict = False


@require_safe
def open_favicon(_request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the icon: pages without a link to it, such as the admin site's, ask here."""
    return HttpResponseRedirect(static("favicon.svg"))
