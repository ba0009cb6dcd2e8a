"""Preparing a data directory: what the first start makes and later starts find."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from catalog.models import Product
from catalog.openapi import Limits, single_file
from catalog.services.applying import apply_catalog
from catalog.services.publishing import PublicationOrder, publish_revision
from catalog.services.sources import OpenedSource
from portal.accounts.models import User
from portal.api import render_definition

__all__ = [
    "DEMONSTRATION",
    "collect_static_files",
    "is_demonstration_due",
    "prepare",
    "publish_demonstration",
    "publish_own_definition",
]

DEMONSTRATION = Path(settings.BASE_DIR) / "examples" / "catalog.yaml"
ADMINISTRATOR = "admin"
OWN_PRODUCT = "portico-api"
OWN_SUMMARY = "This portal's own REST API: browse, publish and send requests from programs."
LAST = 10_000
UNUSED_STATIC_FILES = ["django_htmx/*", "rest_framework/*"]


def prepare() -> str | None:
    """Bring database and static files up to date; the new administrator's password, if one is made.

    May run any number of times. The password is kept in `<data>/admin_password`, mode 600.
    """
    for name in ("messages", "control"):
        (settings.BROKER_DIR / name).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    collect_static_files()
    return _make_administrator()


def collect_static_files() -> None:
    """Collect, hash and compress static files, unless none has changed since the last time."""
    if _static_files_changed():
        call_command(
            "collectstatic",
            interactive=False,
            verbosity=0,
            clear=True,
            ignore_patterns=UNUSED_STATIC_FILES,
        )
        _stamp_path().write_text(_static_stamp(), encoding="utf-8")


def is_demonstration_due() -> bool:
    """Whether the demonstration catalog is to be published, or its servers have moved."""
    if settings.DEMONSTRATION == "off":
        return False
    marker = _marker_path()
    if marker.exists():
        return bool(json.loads(marker.read_text(encoding="utf-8")) != _demonstration_urls())
    return True


def publish_demonstration() -> None:
    """Publish the demonstration products against the sandbox API of this start."""
    apply_catalog(DEMONSTRATION, environ=os.environ, prune=False)
    _marker_path().write_text(json.dumps(_demonstration_urls()), encoding="utf-8")


def publish_own_definition() -> bool:
    """Publish the REST API's own definition as a product to read; whether that changed anything.

    Does nothing when PUBLISH_OWN_API is off. It gets no server: nobody sends requests to the
    portal through the portal. The product's own fields are set once, and then belong to whoever
    edits them.
    """
    if not settings.PUBLISH_OWN_API:
        return False
    Product.objects.get_or_create(
        slug=OWN_PRODUCT, defaults={"name": "Portico API", "summary": OWN_SUMMARY, "order": LAST}
    )
    files = single_file(render_definition("yaml"), "openapi.yaml")
    order = PublicationOrder(
        source=OpenedSource(files, "openapi.yaml"), product=OWN_PRODUCT, version="v1"
    )
    return publish_revision(order, limits=Limits()).result == "created"


def _demonstration_urls() -> dict[str, str]:
    names = ("SANDBOX_URL", "SANDBOX_PRODUCTION_URL")
    return {name: os.environ.get(name, "") for name in names}


def _marker_path() -> Path:
    return Path(settings.PORTICO_DATA_DIR) / "demonstration.json"


def _stamp_path() -> Path:
    return Path(settings.STATIC_ROOT) / ".stamp"


def _static_files_changed() -> bool:
    try:
        return _stamp_path().read_text(encoding="utf-8") != _static_stamp()
    except FileNotFoundError:
        return True


def _static_stamp() -> str:
    """A digest of every static file: cheaper to compare than to collect them again.

    Not of times: image layers cut them to seconds, and nobody may collect inside a container.
    """
    lines = []
    for finder in finders.get_finders():
        for path, storage in finder.list(UNUSED_STATIC_FILES):
            digest = hashlib.sha256(Path(storage.path(path)).read_bytes()).hexdigest()
            lines.append(f"{path} {digest}")
    return "\n".join(sorted(lines))


def _make_administrator() -> str | None:
    if User.objects.filter(is_superuser=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    path = Path(settings.PORTICO_DATA_DIR) / "admin_password"
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(f"{password}\n", encoding="utf-8")
    User.objects.create_superuser(ADMINISTRATOR, password=password)
    return password
