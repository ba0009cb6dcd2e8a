"""Runs the whole portal under one parent: what `make run` starts.

Prepares the data directory, starts sandbox API, web server and worker, publishes the demonstration
catalog at the first start, and stops everything when told to or when a part dies.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time

import django
from django.core.exceptions import ImproperlyConfigured

from portal.healthcheck import is_healthy
from portal.processes import Family

__all__ = ["main"]

READY_SECONDS = 60
HOST = "127.0.0.1"


def main() -> int:
    """Start everything and wait; 0 after Ctrl-C, 1 when it could not start or a part died."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("TRY_IT_ANONYMOUS", "on")
    port = _number("PORT", 8000)
    if not _is_free(port):
        _say(f"Port {port} is in use. Choose another one: make run PORT={port + 1}")
        return 1
    _choose_sandbox_ports(port)
    family = Family()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, family.ask_to_stop)
    try:
        return _run(family, port)
    except ImproperlyConfigured as error:
        _say(str(error))
        return 1
    finally:
        family.stop()


def _run(family: Family, port: int) -> int:
    family.start("sandbox", [sys.executable, "-m", "examples.sandbox"])
    django.setup()
    from portal import installation  # models can be imported only after the line above

    password = installation.prepare()
    is_due = installation.is_demonstration_due()
    if is_due:
        os.environ["PROMISED_PRODUCTS"] = "company-data"
    family.start("web", _web_command(port))
    family.start("worker", _worker_command())
    if is_due:
        installation.publish_demonstration()
    if _wait_until_ready(family, port):
        _greet(port, password)
        installation.publish_own_definition()  # nobody waits for it
    dead = family.wait()
    if dead:
        _say(f"The {dead} process ended by itself; everything was stopped. Its last lines say why.")
    return 1 if dead else 0


def _web_command(port: int) -> list[str]:
    return [
        sys.executable,
        *("-m", "gunicorn", "portal.wsgi:application"),
        *("--bind", f"{os.environ.get('HOST', HOST)}:{port}"),
        *("--worker-class", "gthread"),
        *("--workers", os.environ.get("WEB_WORKERS", "1")),
        *("--threads", os.environ.get("WEB_THREADS", "48")),
        *("--graceful-timeout", "5"),
        *("--log-level", "warning"),
        "--preload",
        "--no-control-socket",  # one path for all portals of a user, in the home directory
    ]


def _worker_command() -> list[str]:
    return [
        sys.executable,
        *("-m", "celery", "--quiet", "-A", "portal.celery", "worker", "--beat"),
        *("--pool", "threads", "--concurrency", "8"),
        *("--loglevel", "warning"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def _choose_sandbox_ports(port: int) -> None:
    """The sandbox API and its "production" twin take the next free ports."""
    sandbox = _next_free(_number("SANDBOX_PORT", port + 10))
    production = _next_free(_number("SANDBOX_PRODUCTION_PORT", sandbox + 1))
    os.environ["SANDBOX_PORT"] = str(sandbox)
    os.environ["SANDBOX_PRODUCTION_PORT"] = str(production)
    os.environ["SANDBOX_URL"] = f"http://{HOST}:{sandbox}"
    os.environ["SANDBOX_PRODUCTION_URL"] = f"http://{HOST}:{production}"


def _number(name: str, default: int) -> int:
    text = os.environ.setdefault(name, str(default))
    if not text.isdigit() or not 0 < int(text) < 65536:
        _say(f'{name} is "{text}"; it takes a port from 1 to 65535.')
        raise SystemExit(1)
    return int(text)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _next_free(port: int) -> int:
    return next(candidate for candidate in range(port, 65536) if _is_free(candidate))


def _wait_until_ready(family: Family, port: int) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not family.is_stopping and not family.find_dead():
        if is_healthy(f"http://{HOST}:{port}/readyz"):
            return True
        time.sleep(0.05)
    return False


def _greet(port: int, password: str | None) -> None:
    url = os.environ.get("PUBLIC_URL", f"http://{HOST}:{port}")
    data = os.environ.get("PORTICO_DATA_DIR", "data")
    known = password or f"the one in {data}/admin_password, unless you changed it"
    _say(
        f"""
Portico is ready: {url}/

  Sandbox credentials   username sandbox-demo, password lantern-works-74
  Sandbox API           {os.environ["SANDBOX_URL"]}
  Administrator         {url}/accounts/login/  username admin, password {known}

Ctrl-C stops everything."""
    )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
