"""What parent and child exchange: a folder with the job, the files given, and the results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

import orjson

from catalog.openapi import JSONObject, Limits, Problem

__all__ = ["ImportJob", "ImportResult", "JobFolder", "WrittenFile", "dump_line"]


@dataclass(frozen=True, slots=True)
class ImportJob:
    """What to import, and what it may cost.

    `root` names the definition among the files; "" lets it be found among `names`. With
    `is_archive` the files are those of the archive in the job's folder.
    """

    root: str
    limits: Limits
    memory_bytes: int
    seconds: int
    names: tuple[str, ...] = ()
    is_archive: bool = False

    def as_bytes(self) -> bytes:
        """The job as JSON."""
        return dump_line(self)

    @classmethod
    def from_bytes(cls, content: bytes) -> ImportJob:
        """The job that `as_bytes` wrote."""
        members = orjson.loads(content)
        limits = Limits(**members.pop("limits"))
        return cls(**{**members, "limits": limits, "names": tuple(members["names"])})


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """The size and digest of a file that is to be kept."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import found out; the definition itself lies in the files of the job's folder.

    `is_rejected` tells that nothing is to be published; only `problems` and `openapi_version`
    mean something then. `is_packed` tells that the source is a zip of the files that were read.
    `api_version` is `info.version`. `overview` is what `build_overview` gives. `files` are the
    source, the YAML and the JSON by their names. `steps_ms` are the times of the steps in order.
    """

    problems: tuple[Problem, ...] = ()
    is_rejected: bool = False
    openapi_version: str = ""
    format: str = ""
    title: str = ""
    api_version: str = ""
    overview: JSONObject = field(default_factory=dict)
    operation_count: int = 0
    is_packed: bool = False
    files: Mapping[str, WrittenFile] = field(default_factory=dict)
    steps_ms: Mapping[str, float] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """The result as JSON."""
        return dump_line(self)

    @classmethod
    def from_bytes(cls, content: bytes) -> ImportResult:
        """The result that `as_bytes` wrote."""
        members: dict[str, Any] = orjson.loads(content)
        problems = tuple(Problem.from_json(problem) for problem in members["problems"])
        files = {name: WrittenFile(**file) for name, file in members["files"].items()}
        return cls(**{**members, "problems": problems, "files": files})


@dataclass(frozen=True, slots=True)
class JobFolder:
    """The files of one job, by what they are."""

    path: Path

    @property
    def job(self) -> Path:
        """The job as JSON."""
        return self.path / "job.json"

    @property
    def archive(self) -> Path:
        """The archive the definition came in, if any."""
        return self.path / "archive"

    @property
    def given(self) -> Path:
        """The folder of files the child asked for, by number."""
        return self.path / "given"

    @property
    def revision(self) -> Path:
        """The folder of the files that are to be kept."""
        return self.path / "revision"

    @property
    def operations(self) -> Path:
        """The operations, a JSON object a line."""
        return self.path / "operations.jsonl"

    @property
    def components(self) -> Path:
        """The components, a JSON object a line."""
        return self.path / "components.jsonl"

    @property
    def result(self) -> Path:
        """The result; it is written last."""
        return self.path / "result.json"

    @property
    def errors(self) -> Path:
        """What the child wrote to its standard error."""
        return self.path / "errors.txt"


def dump_line(value: object) -> bytes:
    """A JSON value or dataclass as JSON in one line, integers beyond 64 bits included."""
    try:
        return orjson.dumps(value)
    except TypeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_members)
        return text.encode()


def _members(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no JSON value")
    return {member.name: getattr(value, member.name) for member in fields(value)}
