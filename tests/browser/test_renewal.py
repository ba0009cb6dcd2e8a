"""A session left alone keeps its token: renewed before expiry, and never after signing out."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import pytest

from tests.portal_client import PortalClient
from tests.proof.renewal import issue_times
from tests.running_portal import RunningPortal

pytestmark = pytest.mark.xdist_group("portal")

TOKEN_SECONDS = 10
ALONE_SECONDS = 14
AFTER_SIGN_OUT_SECONDS = 9


@pytest.fixture(scope="module")
def portal() -> Iterator[RunningPortal]:
    """A portal whose sandbox gives tokens for ten seconds, with a tick each second."""
    environment = {"SANDBOX_TOKEN_SECONDS": str(TOKEN_SECONDS), "RENEW_TICK_SECONDS": "1"}
    with RunningPortal(environment=environment) as running:
        yield running


def test_token_is_renewed_before_it_expires_until_sign_out(portal: RunningPortal) -> None:
    client = PortalClient(portal.url)
    client.sign_in("admin", portal.admin_password)
    client.authenticate(stay_signed_in=True)

    time.sleep(ALONE_SECONDS)  # the subject of the test is time passing
    exchange = client.search()
    issued = issue_times(portal.output())
    client.sign_out()
    time.sleep(AFTER_SIGN_OUT_SECONDS)

    gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(issued)]
    assert exchange["response"]["status"] == 200
    assert gaps
    assert max(gaps) < TOKEN_SECONDS
    assert len(issue_times(portal.output())) == len(issued)
