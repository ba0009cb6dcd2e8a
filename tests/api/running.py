"""schemathesis against a running portal: one way for the test and for the proof."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["run_schemathesis"]

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
TIMEOUT_SECONDS = 3000
ALL_PHASES = "examples,coverage,fuzzing,stateful"


def run_schemathesis(
    url: str, token: str, *, examples: int, seed: int, phases: str = ALL_PHASES
) -> tuple[int, str]:
    """Ask the API at a portal's URL; the exit status, 0 when nothing was found, and the report.

    Without a token the calls are those of a stranger.
    """
    header = [f"--header=Authorization: Bearer {token}"] if token else []
    command = [
        sys.executable,
        "-m",
        "schemathesis.cli",
        f"--config-file={CONFIGURATION}",
        "run",
        f"{url}/api/v1/openapi.json",
        *header,
        f"--phases={phases}",
        f"--max-examples={examples}",
        f"--seed={seed}",
        "--continue-on-failure",
        "--warnings=off",
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.api.hooks"}
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_SECONDS,
    )
    return done.returncode, done.stdout + done.stderr
