"""Loaded by pytest before Django's settings: gives the tests an installation of their own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("PORTICO_DATA_DIR", tempfile.mkdtemp(prefix="portico-tests-"))
Path(__file__).resolve().parents[1].joinpath("staticfiles").mkdir(exist_ok=True)  # WhiteNoise warns
os.environ.setdefault("SECRET_KEY", "a key for tests and for nothing else, long enough to be one")
os.environ.setdefault("TRY_IT_ANONYMOUS", "on")
