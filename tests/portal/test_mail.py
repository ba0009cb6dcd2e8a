"""Reading EMAIL_URL."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.mail import MailServer, read_mail_server


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("", MailServer(), id="none"),
        pytest.param("smtp://mail.example.com", MailServer("mail.example.com", 587), id="plain"),
        pytest.param(
            "smtp+tls://kari:a%20b@mail.example.com:25",
            MailServer("mail.example.com", 25, "kari", "a b", use_tls=True),
            id="STARTTLS",
        ),
        pytest.param(
            "smtp+ssl://mail.example.com:465",
            MailServer("mail.example.com", 465, use_ssl=True),
            id="TLS",
        ),
    ],
)
def test_mail_server_is_read_from_its_url(url: str, expected: MailServer) -> None:
    assert read_mail_server(url) == expected


@pytest.mark.parametrize(
    "url", ["https://mail.example.com", "smtp:", "smtp://u:ropewalk@mail.example.com:many"]
)
def test_wrong_url_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="it takes smtp://") as raised:
        read_mail_server(url)

    assert "ropewalk" not in str(raised.value)
