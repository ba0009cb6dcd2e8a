"""Servers of a version: which base URL it has in which environment."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db.models import Max
from django.utils.text import slugify

from catalog.models import Environment, Server, Version
from catalog.openapi import JSONObject, JSONValue

__all__ = [
    "ServerError",
    "check_server_url",
    "get_or_create_environment",
    "set_server",
    "suggest_servers",
]

TEST_WORDS = ("sandbox", "test", "staging")


class ServerError(ValueError):
    """A base URL that cannot be one; the message says why."""


def check_server_url(url: str) -> str:
    """The base URL without its trailing slash; raises ServerError for anything but http(s)."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise ServerError(f'"{url}" is not an absolute http or https URL.')
    if not parts.hostname:
        raise ServerError(f'"{url}" names no host.')
    if parts.username or parts.password:
        raise ServerError(f"The URL of {parts.hostname} holds credentials; use variables instead.")
    if parts.query or parts.fragment:
        raise ServerError(f'"{url}" has a query or fragment; a base URL ends with its path.')
    try:
        parts.port  # noqa: B018  reading it checks it
    except ValueError as error:
        raise ServerError(f'"{url}" names a port that is none.') from error
    return url.rstrip("/")


def get_or_create_environment(name: str) -> Environment:
    """The environment of this name, made last in order when it is new."""
    highest = Environment.objects.aggregate(Max("order"))["order__max"]
    environment, _made = Environment.objects.get_or_create(
        slug=slugify(name),
        defaults={
            "name": name,
            "order": 0 if highest is None else highest + 1,
            "confirm_writes": slugify(name) == "production",
        },
    )
    return environment


def set_server(
    version: Version, environment: Environment, url: str, *, allow_private: bool = False
) -> bool:
    """Give a version its base URL in an environment; whether that changed anything."""
    url = check_server_url(url)
    server = Server.objects.filter(version=version, environment=environment).first()
    if server is None:
        Server.objects.create(
            version=version, environment=environment, url=url, allow_private=allow_private
        )
        return True
    if (server.url, server.allow_private) == (url, allow_private):
        return False
    server.url, server.allow_private = url, allow_private
    server.save(update_fields=["url", "allow_private"])
    return True


def suggest_servers(servers: JSONValue) -> dict[str, str]:
    """Environment name -> base URL, read from a definition's own servers.

    The first server that speaks of a sandbox, test or staging becomes Sandbox, the first other
    one Production. Relative URLs and those that are none are passed over.
    """
    found: dict[str, str] = {}
    for server in servers if isinstance(servers, list) else []:
        if isinstance(server, dict):
            url = _filled_url(server)
            spoken = f"{server.get('description', '')} {urlsplit(url).netloc}".lower()
            name = "Sandbox" if any(word in spoken for word in TEST_WORDS) else "Production"
            try:
                found.setdefault(name, check_server_url(url))
            except ServerError:
                continue
    return found


def _filled_url(server: JSONObject) -> str:
    """The URL with its server variables at their defaults."""
    url = str(server.get("url", ""))
    variables = server.get("variables")
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        if isinstance(variable, dict):
            url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return url
