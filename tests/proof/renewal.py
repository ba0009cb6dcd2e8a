"""A session is left alone for six minutes with tokens that live for ninety seconds."""

from __future__ import annotations

import itertools
import re
import time
from datetime import datetime

from tests.portal_client import PortalClient
from tests.running_portal import RunningPortal

__all__ = ["issue_times", "run"]

TOKEN_SECONDS = 90
ALONE_SECONDS = 360
AFTER_SIGN_OUT_SECONDS = 120


def run() -> list[str]:
    """The figures; raises AssertionError when a token expired or was renewed after sign-out."""
    environment = {"SANDBOX_TOKEN_SECONDS": str(TOKEN_SECONDS)}
    with RunningPortal(environment=environment) as portal:
        client = PortalClient(portal.url)
        client.sign_in("admin", portal.admin_password)
        client.authenticate(stay_signed_in=True)
        time.sleep(ALONE_SECONDS)
        status = client.search()["response"]["status"]
        before = issue_times(portal.output())
        gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(before)]
        client.sign_out()
        time.sleep(AFTER_SIGN_OUT_SECONDS)
        after = issue_times(portal.output())
    assert status == 200, f"the first try after {ALONE_SECONDS} s answered {status}"
    assert gaps, "no renewal was seen"
    assert max(gaps) < TOKEN_SECONDS, f"a token expired before its renewal: {gaps}"
    assert len(after) == len(before), "a token was renewed after sign-out"
    return [
        f"Tokens live {TOKEN_SECONDS} s; the session was left alone for {ALONE_SECONDS} s.",
        f"First request afterwards: {status} on the first try.",
        f"{len(gaps)} renewals, {min(gaps):.0f} to {max(gaps):.0f} s after the one before.",
        f"None in the {AFTER_SIGN_OUT_SECONDS} s after signing out.",
    ]


def issue_times(log: str) -> list[datetime]:
    """When the sandbox issued tokens, by its log."""
    return [
        datetime.fromisoformat(found[1])
        for found in re.finditer(r"^(?:timestamp=)?(\S+).*token_issued", log, re.M)
    ]
