"""Runs every check and test: what `make test` does.

Style, types and architecture first; then all tests on SQLite with the file broker, and the tests of
everything that touches the database once more on PostgreSQL with Redis. Services that are not
there are left out with the reason, or are a failure when CI is set.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence

from tests.services import MissingService, Services

LINT = (
    ("style", ("ruff", "check", ".")),
    ("format", ("ruff", "format", "--check", ".")),
    ("architecture", ("lint-imports", "--no-cache")),
    ("types", ("mypy", "portal", "catalog", "tryit", "examples", "tests", "manage.py")),
)
PURE = ("catalog/openapi", "catalog/building", "catalog/snippets", "portal/egress")
PARALLEL = ("-n", "2", "--dist", "loadgroup")
BIN = os.path.dirname(sys.executable)


def main(arguments: Sequence[str]) -> int:
    """The exit status: 0 when everything passed."""
    if "--" in arguments:
        wanted = list(arguments[arguments.index("--") + 1 :])
        return _pytest("chosen tests", wanted, {})
    failed = [name for name, command in LINT if not _passes(name, command)]
    if "--lint-only" not in arguments:
        failed += _run_tests()
    if failed:
        sys.stdout.write(f"\nFailed: {', '.join(failed)}\n")
    return 1 if failed else 0


def _run_tests() -> list[str]:
    """The names of the runs that failed."""
    failed = []
    if _pytest("SQLite, file broker", [*PARALLEL, "-m", "not proof"], {}):
        failed.append("tests on SQLite")
    try:
        with Services() as services:
            environment = {"DATABASE_URL": services.database_url, "REDIS_URL": services.redis_url}
            ignored = [f"--ignore=tests/{folder}" for folder in PURE]
            chosen = [*PARALLEL, "-m", "not proof and not browser", *ignored]
            if _pytest("PostgreSQL, Redis", chosen, environment):
                failed.append("tests on PostgreSQL")
    except MissingService as error:
        sys.stdout.write(f"\nTests on PostgreSQL and Redis were left out: {error}\n")
        if os.environ.get("CI"):
            failed.append("PostgreSQL and Redis")
    return failed


def _passes(name: str, command: Sequence[str]) -> bool:
    started = time.monotonic()
    sys.stdout.write(f"\n== {name}\n")
    sys.stdout.flush()
    program, *rest = command
    status = subprocess.run([os.path.join(BIN, program), *rest], check=False).returncode
    sys.stdout.write(f"{name}: {time.monotonic() - started:.0f} s\n")
    return status == 0


def _pytest(name: str, arguments: Sequence[str], environment: dict[str, str]) -> int:
    sys.stdout.write(f"\n== tests: {name}\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
