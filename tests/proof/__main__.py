"""Runs the proofs that are too long for every run, and writes their figures to docs/proof.md."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

from tests.proof import importers, kills, queue, renewal, rest_api
from tests.proof.apart import measure_apart
from tests.proof.report import write_section

PARTS: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "corpus": (
        "Real definitions are imported as promised and shown",
        partial(measure_apart, "tests.proof.corpus"),
    ),
    "lossless": (
        "Real definitions are served losslessly",
        partial(measure_apart, "tests.proof.lossless"),
    ),
    "large-body": ("200 MB are refused", partial(measure_apart, "tests.proof.large_body")),
    "importers": ("Downloads go into the importers users have", importers.run),
    "schemathesis": ("schemathesis finds nothing in the REST API", rest_api.run),
    "kills": ("Publishing is killed, and what is served stays whole", kills.run),
    "queue": ("Pages stay responsive while 20 definitions are imported", queue.run),
    "renewal": ("A session left alone keeps its token", renewal.run),
}


def main(arguments: Sequence[str]) -> int:
    """Run the named parts, or all; 1 when one of them failed."""
    unknown = [name for name in arguments if name not in PARTS]
    if unknown:
        sys.stdout.write(f"No such part: {', '.join(unknown)}. Parts: {', '.join(PARTS)}\n")
        return 2
    failed = [name for name in arguments or PARTS if not _run(name)]
    if failed:
        sys.stdout.write(f"Failed: {', '.join(failed)}\n")
    return 1 if failed else 0


def _run(name: str) -> bool:
    title, run = PARTS[name]
    sys.stdout.write(f"== {name}: {title}\n")
    sys.stdout.flush()
    started = time.monotonic()
    try:
        lines = run()
    except AssertionError as error:
        write_section(name, title, [f"**Failed**: {error}"])
        sys.stdout.write(f"{name} failed: {error}\n")
        return False
    seconds = time.monotonic() - started
    write_section(name, title, [*lines, f"Took {seconds:.0f} s."])
    sys.stdout.write("\n".join(lines) + "\n")
    return True


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
