"""A Redis cache that a broken Redis cannot take down with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

__all__ = ["ForgivingRedisCache"]

logger = structlog.get_logger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

CONNECT_SECONDS = 0.2


def _or(fallback: Callable[P, T]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Answer with `fallback` where Redis does not."""

    def decorate(method: Callable[P, T]) -> Callable[P, T]:
        @wraps(method)
        def forgiving(*args: P.args, **options: P.kwargs) -> T:
            try:
                return method(*args, **options)
            except RedisError as error:
                logger.warning("cache_unreachable", error=type(error).__name__)
                return fallback(*args, **options)

        return forgiving

    return decorate


class ForgivingRedisCache(RedisCache):
    """Treats a failure of Redis as a miss: pages get slower, not broken."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = params.setdefault("OPTIONS", {})
        options.setdefault("socket_connect_timeout", CONNECT_SECONDS)
        options.setdefault("socket_timeout", CONNECT_SECONDS * 5)
        super().__init__(server, params)

    @_or(lambda self, key, value, timeout=None, version=None: False)
    def add(self, key: Any, value: Any, timeout: Any = None, version: Any = None) -> bool:
        """Store unless there; False when nothing was stored."""
        return super().add(key, value, timeout, version)

    @_or(lambda self, key, default=None, version=None: default)
    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """The value, or the default."""
        return super().get(key, default, version)

    @_or(lambda self, key, value, timeout=None, version=None: None)
    def set(self, key: Any, value: Any, timeout: Any = None, version: Any = None) -> None:
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
