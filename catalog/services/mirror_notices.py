"""Mail to the owners of a product: once when its mirror begins to fail, once when it recovers."""

from __future__ import annotations

from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from catalog.mirror_wording import describe_result
from catalog.models import MirrorSource

__all__ = ["tell_begin", "tell_end", "tell_held"]

logger = structlog.get_logger(__name__)


def tell_begin(mirror: MirrorSource) -> None:
    """Tell that the definition is not kept up to date any more, and why."""
    subject = _("%(what)s: its definition cannot be mirrored") % {"what": mirror.version}
    sent = _send(mirror, subject, describe_result(mirror))
    if not sent:  # the next failure of the streak tries again
        MirrorSource.objects.filter(id=mirror.id).update(told_at=None)


def tell_end(mirror: MirrorSource) -> None:
    """Tell that the streak is over."""
    subject = _("%(what)s: its definition is mirrored again") % {"what": mirror.version}
    _send(mirror, subject, describe_result(mirror))


def tell_held(mirror: MirrorSource) -> None:
    """Tell that a change waits for somebody's approval."""
    subject = _("%(what)s: a change of its definition waits for you") % {"what": mirror.version}
    _send(mirror, subject, describe_result(mirror))


def _send(mirror: MirrorSource, subject: str, sentence: str) -> bool:
    """Whether the mail went out; a product without an address has nobody to tell."""
    address = mirror.version.product.contact.strip()
    try:
        validate_email(address)
    except ValidationError:
        return True
    page = f"{settings.PUBLIC_URL}{mirror.get_absolute_url()}"
    text = "\n\n".join((sentence, _("Source: %(url)s") % {"url": mirror.url}, page))
    try:
        send_mail(subject, text, None, [address])
    except (SMTPException, OSError) as error:
        logger.warning("owner_not_told", mirror=str(mirror.id), reason=type(error).__name__)
        return False
    return True
