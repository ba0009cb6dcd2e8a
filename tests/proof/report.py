"""The report of the proofs: one section a part, each with its date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["write_section"]

REPORT = Path(__file__).resolve().parents[2] / "docs" / "proof.md"
HEAD = "# Proof\n\nFigures of `make proof`, part by part, on a machine with 2 cores.\n"


def write_section(name: str, title: str, lines: Sequence[str]) -> None:
    """Put a part's figures in place of its older ones."""
    text = REPORT.read_text(encoding="utf-8") if REPORT.exists() else HEAD
    date = datetime.now(UTC).date().isoformat()
    figures = "\n".join(f"- {line}" for line in lines)
    section = f"\n## {name}: {title}\n\n{date}\n\n{figures}\n"
    older = re.compile(rf"\n## {re.escape(name)}: .*?(?=\n## |\Z)", re.S)
    text = older.sub(lambda _: section, text) if older.search(text) else text + section
    REPORT.write_text(text, encoding="utf-8")
