"""A Redis cache that a broken Redis cannot take down with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

__all__ = ["ForgivingRedisCache"]

logger = structlog.get_logger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Method: TypeAlias = Callable[Concatenate["ForgivingRedisCache", P], T]

CONNECT_SECONDS = 0.2
REST_SECONDS = 5  # a sign-in asks a dozen times; a silent Redis would cost a second each time


def _or(fallback: Method[P, T]) -> Callable[[Method[P, T]], Method[P, T]]:
    """Answer with `fallback` where Redis does not, and while it is left alone after that."""

    def decorate(method: Method[P, T]) -> Method[P, T]:
        @wraps(method)
        def forgiving(cache: ForgivingRedisCache, /, *args: P.args, **options: P.kwargs) -> T:
            if cache.is_resting:
                return fallback(cache, *args, **options)
            try:
                return method(cache, *args, **options)
            except RedisError as error:
                cache.rest()
                logger.warning("cache_unreachable", error=type(error).__name__)
                return fallback(cache, *args, **options)

        return forgiving

    return decorate


class ForgivingRedisCache(RedisCache):
    """Treats a failure of Redis as a miss: pages get slower, not broken."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = params.setdefault("OPTIONS", {})
        options.setdefault("socket_connect_timeout", CONNECT_SECONDS)
        options.setdefault("socket_timeout", CONNECT_SECONDS * 5)
        super().__init__(server, params)
        self._rests_until = 0.0

    @property
    def is_resting(self) -> bool:
        """Whether Redis failed so recently that asking again is not worth the wait."""
        return time.monotonic() < self._rests_until

    def rest(self) -> None:
        """Leave Redis alone for a while."""
        self._rests_until = time.monotonic() + REST_SECONDS

    # True without Redis: allauth takes its locks by `add`, and without them nobody could sign in.
    @_or(lambda self, key, value, timeout=DEFAULT_TIMEOUT, version=None: True)
    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        """Store unless there; False when there was something already."""
        return super().add(key, value, timeout, version)

    @_or(lambda self, key, default=None, version=None: default)
    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """The value, or the default."""
        return super().get(key, default, version)

    @_or(lambda self, key, value, timeout=DEFAULT_TIMEOUT, version=None: None)
    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        """Store if it can be done."""
        super().set(key, value, timeout, version)

    @_or(lambda self, key, version=None: False)
    def delete(self, key: Any, version: Any = None) -> bool:
        """Remove; whether there was something."""
        return super().delete(key, version)

    @_or(lambda self, keys, version=None: {})
    def get_many(self, keys: Any, version: Any = None) -> dict[Any, Any]:
        """The values that are there."""
        return super().get_many(keys, version)

    @_or(lambda self, key, delta=1, version=None: delta)
    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Count up; with Redis away each count starts anew."""
        return super().incr(key, delta, version)
