"""The parsed files of one definition, each read once."""

from __future__ import annotations

from catalog.openapi.errors import UnreadableDefinition, unreadable
from catalog.openapi.limits import Limits
from catalog.openapi.parsing import ParsedDocument, parse_document
from catalog.openapi.problems import Problem
from catalog.openapi.sources import SourceFiles

__all__ = ["Documents"]


class Documents:
    """Reads and keeps the root file and whatever it refers to, within the limits."""

    def __init__(self, files: SourceFiles, limits: Limits) -> None:
        self._files = files
        self._limits = limits
        self._parsed: dict[str, ParsedDocument] = {}
        self._missing: set[str] = set()
        self.faults: dict[str, Problem] = {}

    @property
    def root_name(self) -> str:
        """The name of the root file."""
        return self._files.root

    def read_root(self) -> ParsedDocument:
        """The root file; raises UnreadableDefinition when it is missing or cannot be read."""
        source = self._files.read(self._files.root)
        if source is None:
            raise unreadable("missing-file", f"There is no file “{self._files.root}”.")
        parsed = parse_document(source, self._limits)
        self._parsed[self._files.root] = parsed
        return parsed

    def find(self, name: str) -> ParsedDocument | None:
        """Another file, None when there is none or it cannot be read; `faults` then says why.

        Raises UnreadableDefinition when the definition refers to more files than are allowed.
        """
        if name in self._parsed:
            return self._parsed[name]
        if name in self._missing:
            return None
        if len(self._parsed) + len(self._missing) > self._limits.external_files:
            message = f"The definition refers to more than {self._limits.external_files} files."
            raise unreadable("too-many-files", message)
        parsed = self._read(name)
        if parsed is None:
            self._missing.add(name)
        else:
            self._parsed[name] = parsed
        return parsed

    def get(self, name: str) -> ParsedDocument:
        """A file that was read before; raises KeyError for others."""
        return self._parsed[name]

    def _read(self, name: str) -> ParsedDocument | None:
        source = self._files.read(name)
        if source is None:
            return None
        try:
            return parse_document(source, self._limits)
        except UnreadableDefinition as error:
            self.faults[name] = error.problem
            return None
