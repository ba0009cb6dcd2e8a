"""Upstreams on loopback, and mirrors that follow them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from catalog.importing import ImportRunner, run_here
from catalog.models import MirrorKind, MirrorSource, Version
from catalog.services.mirror_claims import claim_mirror
from catalog.services.mirror_settings import MirrorPlace, configure_mirror
from catalog.services.mirroring import check_claimed
from portal import egress
from tests.factories import make_product
from tests.servers.git import GitServer
from tests.servers.upstream import Upstream

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def definition(
    *paths: str, title: str = "Example", server: str = "https://api.example.com"
) -> bytes:
    """A definition with one operation for each path."""
    operation = {"responses": {"200": {"description": "OK"}}}
    value = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1.0.0"},
        "servers": [{"url": server}],
        "paths": {path: {"get": operation} for path in paths},
    }
    return json.dumps(value).encode()


GOOD = definition("/a", "/b", "/c", "/d")


@dataclass
class MirrorDesk:
    """One mirror, and the clock of its checks."""

    mirror: MirrorSource
    now: datetime = NOW

    def check(
        self, *, after: timedelta = timedelta(0), run: ImportRunner = run_here
    ) -> MirrorSource:
        """Let some time pass, check the mirror whether it is due or not, and look at it."""
        self.now += after
        self.mirror.refresh_from_db()
        claim = claim_mirror(self.mirror, now=self.now)
        assert claim is not None
        assert check_claimed(
            claim, now=self.now, send=egress.send, jitter=lambda _low, high: high, run=run
        )
        return self.look()

    def look(self) -> MirrorSource:
        """The mirror as it is now."""
        self.mirror = MirrorSource.objects.select_related("version__current_revision").get()
        return self.mirror

    @property
    def version(self) -> Version:
        """The mirrored version as it is now."""
        return Version.objects.select_related("current_revision").get()

    @property
    def shown(self) -> int:
        """The number of the revision that readers see."""
        revision = self.version.current_revision
        assert revision is not None
        return revision.number


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server that shows GOOD at /openapi.json."""
    with Upstream(files={"/openapi.json": GOOD}) as running:
        yield running


@pytest.fixture
def repository() -> Iterator[GitServer]:
    """A Git server whose repository has no commit yet."""
    with GitServer() as running:
        yield running


@pytest.fixture
def follow(db: None) -> Callable[..., MirrorDesk]:
    """Make a mirror of a place; nothing is checked yet."""

    def make(url: str, **options: Any) -> MirrorDesk:
        kind = options.pop("kind", MirrorKind.URL)
        interval = options.pop("interval", HOUR)
        product = make_product(contact="owner@example.com")
        version = Version.objects.create(product=product, name="v1", is_default=True)
        place = MirrorPlace(kind, url, allow_private=True, **options)
        mirror, _changed = configure_mirror(version, place, interval=interval, now=NOW)
        return MirrorDesk(mirror)

    return make


@pytest.fixture
def mirrored(upstream: Upstream, follow: Callable[..., MirrorDesk]) -> MirrorDesk:
    """A mirror of the upstream, whose definition was published once."""
    desk = follow(f"{upstream.url}/openapi.json")
    desk.check()
    upstream.requests.clear()
    return desk


__all__ = ["GOOD", "HOUR", "NOW", "MirrorDesk", "definition"]
