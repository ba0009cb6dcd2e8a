"""What people read when an import did not come to its end."""

from __future__ import annotations

import pytest

from catalog.importing import ImportBusy, ImportingError, ImportStopped, StopReason, explain
from tests.catalog.importing.jobs import make_job


@pytest.mark.parametrize(
    ("error", "rule", "message"),
    [
        pytest.param(
            ImportStopped(StopReason.MEMORY),
            "import-memory",
            "Importing the definition needs more than 1,000,000,000 bytes of memory, the limit"
            " (IMPORT_MEMORY_BYTES).",
            id="memory",
        ),
        pytest.param(
            ImportStopped(StopReason.CRASHED, signal=11),
            "import-memory",
            "The import crashed (signal 11), most likely for want of memory: the limit is"
            " 1,000,000,000 bytes (IMPORT_MEMORY_BYTES).",
            id="crashed",
        ),
        pytest.param(
            ImportStopped(StopReason.TIME),
            "import-time",
            "Importing the definition takes longer than 60 seconds, the limit (IMPORT_SECONDS).",
            id="time",
        ),
        pytest.param(
            ImportStopped(StopReason.KILLED, signal=9),
            "import-killed",
            "The import was killed from outside (signal 9). Publish it again.",
            id="killed",
        ),
        pytest.param(
            ImportStopped(StopReason.FAILED, details="Traceback"),
            "import-failed",
            "The import broke off through a fault of the portal; its log says more.",
            id="failed",
        ),
        pytest.param(
            ImportBusy(600),
            "import-queue",
            "Other imports kept this one waiting for 600 seconds, the limit"
            " (IMPORT_WAIT_SECONDS). Publish it again later.",
            id="busy",
        ),
    ],
)
def test_stopped_import_is_explained(error: ImportingError, rule: str, message: str) -> None:
    problem = explain(error, make_job())

    assert (problem.severity, problem.rule, problem.message) == ("error", rule, message)
