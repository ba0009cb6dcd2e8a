"""The cache goes on when Redis does not."""

from __future__ import annotations

import socket

import pytest
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import User
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

    assert cache.add("name", 1) is True  # a lock that nobody else can have either
    assert cache.delete("name") is False
    assert cache.incr("name") == 1


def test_silent_redis_is_asked_once_and_then_left_alone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0)
        cache = ForgivingRedisCache(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", {})

        answers = [cache.get("name", "default"), cache.get("name", "default")]
        silent.accept()[0].close()

        assert answers == ["default", "default"]
        with pytest.raises(BlockingIOError):
            silent.accept()


@pytest.mark.django_db
def test_people_sign_in_while_redis_is_away(client: Client, settings: Settings) -> None:
    User.objects.create_user("ingrid", password="ropewalk-18")
    settings.CACHES = {
        "default": {
            "BACKEND": "portal.caches.ForgivingRedisCache",
            "LOCATION": f"redis://127.0.0.1:{free_port_range(1)}/0",
        }
    }

    response = client.post("/accounts/login/", {"login": "ingrid", "password": "ropewalk-18"})

    assert response.status_code == 302
