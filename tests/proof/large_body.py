"""A body of 200 MB is refused, by a command that takes little memory to say so."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

__all__ = ["measure"]

ROOT = Path(__file__).resolve().parents[2]
BODY_BYTES = 200_000_000
MEMORY_BYTES = 400_000_000
KILOBYTE = 1024
HEAD = b'openapi: 3.1.0\ninfo: {title: Large, version: "1"}\npaths: {/a: {get: {}}}\n'
LINE = b"# " + b"x" * 997 + b"\n"


def measure() -> list[str]:
    """Publish 200 MB over standard input; the figures.

    Raises AssertionError when it is not refused, or only with much memory.
    """
    command = [sys.executable, "manage.py", "publish", "-", "--product", "large", "--json"]
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    written = _write_body(process.stdin)
    output, _errors = process.communicate()
    seconds = time.monotonic() - started
    answer = json.loads(output)
    peak_bytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * KILOBYTE
    assert (process.returncode, answer["result"]) == (1, "rejected"), output
    assert peak_bytes < MEMORY_BYTES, f"{peak_bytes:,} bytes of memory"
    message = answer["problems"][0]["message"]
    return [
        f"Of {BODY_BYTES / 1e6:.0f} MB over standard input {written / 1e6:.0f} MB were taken;"
        f" refused within {seconds:.1f} s: “{message}”",
        f"Peak memory of the command and its children: {peak_bytes / 1e6:.0f} MB.",
    ]


def _write_body(pipe: IO[bytes]) -> int:
    """Write the body until all is written or nobody reads any more; how much was taken."""
    written = 0
    try:
        written += pipe.write(HEAD)
        while written < BODY_BYTES:
            written += pipe.write(LINE)
        pipe.flush()
    except BrokenPipeError:
        pass
    return written
