"""What an import that did not come to its end means for whoever published: one plain problem."""

from __future__ import annotations

from catalog.importing.errors import ImportBusy, ImportingError, ImportStopped, StopReason
from catalog.importing.jobs import ImportJob
from catalog.openapi import Problem, Severity

__all__ = ["explain"]


def explain(error: ImportingError, job: ImportJob) -> Problem:
    """The problem that stands for an import that was stopped; names the limit it met."""
    match error:
        case ImportBusy():
            rule, message = (
                "import-queue",
                f"Other imports kept this one waiting for {error.waited_seconds:.0f} seconds,"
                " the limit (IMPORT_WAIT_SECONDS). Publish it again later.",
            )
        case ImportStopped(reason=StopReason.MEMORY):
            rule, message = (
                "import-memory",
                f"Importing the definition needs more than {job.memory_bytes:,} bytes of memory,"
                " the limit (IMPORT_MEMORY_BYTES).",
            )
        case ImportStopped(reason=StopReason.CRASHED):
            rule, message = (
                "import-memory",
                f"The import crashed (signal {error.signal}), most likely for want of memory: the"
                f" limit is {job.memory_bytes:,} bytes (IMPORT_MEMORY_BYTES).",
            )
        case ImportStopped(reason=StopReason.TIME):
            rule, message = (
                "import-time",
                f"Importing the definition takes longer than {job.seconds} seconds, the limit"
                " (IMPORT_SECONDS).",
            )
        case ImportStopped(reason=StopReason.KILLED):
            rule, message = (
                "import-killed",
                f"The import was killed from outside (signal {error.signal}). Publish it again.",
            )
        case _:
            rule, message = (
                "import-failed",
                "The import broke off through a fault of the portal; its log says more.",
            )
    return Problem(Severity.ERROR, rule, message)
