"""The invented world: JSON files beside the code.

No registration number in them has a valid check digit, so that none can be a real company's.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["read_data_file"]

FOLDER = Path(__file__).parent / "data"


def read_data_file(name: str) -> Any:
    """The parsed content of one file, such as "companies"."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
