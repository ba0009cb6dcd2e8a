"""Static files under hashed names."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

__all__ = ["HashedStaticFilesStorage"]


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Hashed and compressed files; imports between ES modules name the hashed files too."""

    support_js_module_import_aggregation = True
    manifest_strict = False
