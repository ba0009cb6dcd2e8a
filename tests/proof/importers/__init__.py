"""Downloads of the portal, taken in by the importers that its users have."""

from __future__ import annotations

from tests.proof.importers.installing import MissingImporters, install_importers
from tests.proof.importers.proving import run
from tests.proof.importers.running import IMPORTERS, Verdict, take_in

__all__ = ["IMPORTERS", "MissingImporters", "Verdict", "install_importers", "run", "take_in"]
