"""The mail server that EMAIL_URL names."""

from __future__ import annotations

from dataclasses import dataclass, field

import environ
from django.core.exceptions import ImproperlyConfigured

__all__ = ["MailServer", "read_mail_server"]

SCHEMES = ("smtp", "smtp+tls", "smtp+ssl")
SUBMISSION_PORT = 587


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mails are handed in; `use_tls` is STARTTLS, `use_ssl` TLS from the first byte."""

    host: str = ""
    port: int = SUBMISSION_PORT
    user: str = ""
    password: str = field(default="", repr=False)
    use_tls: bool = False
    use_ssl: bool = False


def read_mail_server(url: str) -> MailServer:
    """The server of an smtp URL, none for ""; raises ImproperlyConfigured without the password."""
    if not url:
        return MailServer()
    scheme = url.partition(":")[0]
    try:
        config = environ.Env.email_url_config(url) if scheme in SCHEMES else {}
    except ValueError:
        config = {}  # a port that is no number; the URL may hold a password, so it is not repeated
    if not config.get("EMAIL_HOST"):
        raise ImproperlyConfigured(
            f'EMAIL_URL begins with "{scheme}" and cannot be used; it takes '
            "smtp://user:password@host:587, or smtp+tls:// or smtp+ssl:// for encryption."
        ) from None
    return MailServer(
        host=config["EMAIL_HOST"],
        port=config["EMAIL_PORT"] or SUBMISSION_PORT,
        user=config["EMAIL_HOST_USER"] or "",
        password=config["EMAIL_HOST_PASSWORD"] or "",
        use_tls=scheme == "smtp+tls",
        use_ssl=scheme == "smtp+ssl",
    )
