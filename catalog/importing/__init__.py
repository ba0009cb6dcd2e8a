"""Import definitions in a process of their own, within limits: what it reads is not trusted."""

from __future__ import annotations

from catalog.importing.errors import ImportBusy, ImportingError, ImportStopped, StopReason
from catalog.importing.explaining import explain
from catalog.importing.importing import JSON_NAME, SOURCE_NAME, YAML_NAME
from catalog.importing.jobs import ImportJob, ImportResult, JobFolder, WrittenFile
from catalog.importing.locking import hold_import_lock
from catalog.importing.running import ImportRunner, run_here, run_in_child

__all__ = [
    "JSON_NAME",
    "SOURCE_NAME",
    "YAML_NAME",
    "ImportBusy",
    "ImportJob",
    "ImportResult",
    "ImportRunner",
    "ImportStopped",
    "ImportingError",
    "JobFolder",
    "StopReason",
    "WrittenFile",
    "explain",
    "hold_import_lock",
    "run_here",
    "run_in_child",
]
