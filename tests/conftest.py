"""Fixtures and guards that all tests share."""

from __future__ import annotations

import os
import socket
from typing import Any

import hypothesis
import pytest
from pytest_django import Settings

# Machines may be busy; in CI the same examples are tried each time.
IN_CI = bool(os.environ.get("CI"))
hypothesis.settings.register_profile("portico", deadline=None, derandomize=IN_CI)
hypothesis.settings.load_profile("portico")

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections to anything but this machine."""
    connect = socket.socket.connect

    def guarded_connect(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test dialled {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Settings) -> None:
    """Pages name static files without their hashes, which only `collectstatic` knows."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
