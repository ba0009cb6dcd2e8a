"""Prints the performance comparisons, each with its two sides taken in turn in one run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tests.bench import imports, sending

PARTS: dict[str, Callable[[], list[str]]] = {
    "imports": imports.run,
    "sending": sending.run,
}


def main(arguments: Sequence[str]) -> int:
    """Print the named comparisons, or all."""
    unknown = [name for name in arguments if name not in PARTS]
    if unknown:
        sys.stdout.write(f"No such part: {', '.join(unknown)}. Parts: {', '.join(PARTS)}\n")
        return 2
    for name in arguments or PARTS:
        sys.stdout.write(f"== {name}\n")
        sys.stdout.write("\n".join(PARTS[name]()) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
