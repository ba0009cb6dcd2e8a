"""From method and path to the operation that answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from examples.sandbox.messages import Request, Response
from examples.sandbox.refusals import Refusal

__all__ = ["Found", "Operation", "Product", "Router"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: `path` is below its product's base path, with parameters as {name}."""

    method: str
    path: str
    answer: Callable[[Request], Response]
    needs_token: bool = True


class Product(Protocol):
    """An API the sandbox serves. `name` stands in its tokens and log lines."""

    name: str
    base_path: str
    operations: tuple[Operation, ...]

    def render_refusal(self, refusal: Refusal, request: Request) -> Response:
        """Write a refusal down in this product's form of error."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """The operation a request means, with the values of its path parameters."""

    product: Product
    operation: Operation
    path_values: Mapping[str, str]


class Router:
    """Knows the operations of some products; earlier ones win where two paths match."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._entries = [
            (product, operation, _compile_path(product.base_path + operation.path))
            for product in products
            for operation in product.operations
        ]
        self._products = products

    def find(self, method: str, path: str) -> Found:
        """The operation; raises Refusal 404 for an unknown path and 405 for another method.

        HEAD means GET (RFC 9110, 9.3.2).
        """
        wanted = "GET" if method == "HEAD" else method
        allowed = []
        for product, operation, pattern in self._entries:
            match = pattern.fullmatch(path)
            if match and operation.method == wanted:
                return Found(product, operation, match.groupdict())
            if match:
                allowed.append(operation.method)
        if allowed:
            raise Refusal(
                405,
                "method-not-allowed",
                f"{path} takes {', '.join(allowed)}.",
                headers=(("Allow", ", ".join(allowed)),),
            )
        raise Refusal(404, "not-found", f"There is nothing at {path}.")

    def find_product(self, path: str) -> Product:
        """The product whose form of error a path gets: that above it, else the first."""
        below = (one for one in self._products if path.startswith(f"{one.base_path}/"))
        return next(below, self._products[0])


def _compile_path(template: str) -> re.Pattern[str]:
    names = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template))
    return re.compile(names)
