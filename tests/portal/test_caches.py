"""The cache goes on when Redis does not."""

from __future__ import annotations

import pytest

from portal.caches import ForgivingRedisCache
from tests.running_portal import free_port_range


@pytest.fixture
def cache() -> ForgivingRedisCache:
    """A cache whose Redis is not there."""
    return ForgivingRedisCache(f"redis://127.0.0.1:{free_port_range(1)}/0", {})


def test_unreachable_redis_is_a_miss(cache: ForgivingRedisCache) -> None:
    assert cache.get("name", "default") == "default"
    assert cache.get_many(["name"]) == {}


def test_writing_to_an_unreachable_redis_does_nothing(cache: ForgivingRedisCache) -> None:
    cache.set("name", 1)

    assert cache.add("name", 1) is False
    assert cache.delete("name") is False
    assert cache.incr("name") == 1
