"""One environment for a WSGI server such as gunicorn, named by SANDBOX_ENVIRONMENT.

Portfolios live in the process, so it takes one worker process with threads.
`python -m examples.sandbox` needs no other server and starts both environments.
"""

from __future__ import annotations

import os

from examples.sandbox.environments import build_environment
from examples.sandbox.log_lines import configure_logging
from examples.sandbox.settings import read_settings

__all__ = ["application"]

settings = read_settings(os.environ)
configure_logging(settings.log_path)
application = build_environment(settings.environment, settings)
