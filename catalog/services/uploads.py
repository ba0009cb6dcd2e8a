"""Publishing what was sent over REST: one file or an archive, as bytes."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.models import Product, Version
from catalog.models.products import RESERVED_VERSIONS
from catalog.openapi import Limits, UnreadableDefinition, is_archive
from catalog.services.publishing import Publication, PublicationOrder, publish_revision
from catalog.services.sources import SourceError, open_content
from portal.accounts.models import User

__all__ = ["UnknownRoot", "Upload", "check_upload_address", "publish_upload"]


class UnknownRoot(Exception):
    """The archive has no file of the name that was given for the definition."""


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of a definition or archive, and the version they are for.

    `root` names the definition within an archive, "" when there is only one.
    """

    content: bytes
    product: str
    version: str
    root: str = ""


def check_upload_address(product: str, version: str) -> None:
    """Raise ValidationError, by field, for names that no product or version can have."""
    complaints: dict[str, list[str]] = {}
    for name, field, value in (
        ("product", Product._meta.get_field("slug"), product),
        ("version", Version._meta.get_field("name"), version),
    ):
        try:
            field.run_validators(value)
        except ValidationError as error:
            complaints[name] = error.messages
    if version in RESERVED_VERSIONS:
        message = _("“%(name)s” is a word of the portal's own.")
        complaints["version"] = [message % {"name": version}]
    if complaints:
        raise ValidationError(complaints)


def publish_upload(upload: Upload, *, limits: Limits, by: User, dry_run: bool) -> Publication:
    """Publish an upload; an archive that cannot be opened is a rejected one.

    Raises UnknownRoot.
    """
    try:
        source = open_content(
            upload.content, _file_name(upload.content), root=upload.root, limits=limits
        )
    except UnreadableDefinition as error:
        return Publication(
            result="rejected",
            product=upload.product,
            version=upload.version,
            problems=(error.problem,),
        )
    except SourceError as error:
        raise UnknownRoot(upload.root) from error
    order = PublicationOrder(source=source, product=upload.product, version=upload.version)
    return publish_revision(order, limits=limits, by=by, dry_run=dry_run)


def _file_name(content: bytes) -> str:
    """What the source is called when somebody downloads it: an upload has no name of its own."""
    if is_archive(content):
        return "definition.zip" if content.startswith(b"PK") else "definition.tar"
    return "openapi.json" if content.lstrip()[:1] in (b"{", b"[") else "openapi.yaml"
