"""schemathesis finds nothing in the portal's own REST API."""

from __future__ import annotations

import pytest
from pytest_django.live_server_helper import LiveServer

from portal.accounts.models import Scope
from tests.api.running import run_schemathesis
from tests.catalog.api.callers import make_caller
from tests.factories import make_environment
from tests.tryit.console_factories import make_api
from tests.tryit.target_api import TargetAPI

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_found(live_server: LiveServer, target: TargetAPI) -> None:
    make_api(target.url)
    make_environment("production")
    caller = make_caller(Scope.ADMIN)

    status, report = run_schemathesis(
        live_server.url, caller.token, examples=12, seed=1, phases="examples,coverage,fuzzing"
    )

    assert status == 0, report
