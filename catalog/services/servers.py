"""Servers of a version: which base URL it has in which environment."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db.models import Max
from django.utils.text import slugify

from catalog.egress_phrases import OPENED_BY_ALLOW_PRIVATE, phrase_egress_error
from catalog.models import Environment, Server, Version
from catalog.openapi import JSONObject, JSONValue, Problem, Severity
from catalog.targets import target_of_url
from portal import egress
from portal.egress import foresee_refusal

__all__ = [
    "ServerError",
    "check_server_url",
    "find_unreachable_servers",
    "foresee_unreachable_server",
    "get_or_create_environment",
    "set_server",
    "suggest_servers",
]

LONGEST_URL = 500
TEST_WORDS = ("sandbox", "test", "staging")


class ServerError(ValueError):
    """A base URL that cannot be one; the message says why."""


def check_server_url(url: str) -> str:
    """The base URL without its trailing slash; raises ServerError for anything but http(s)."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ServerError(f'"{url}" is no URL: {error}.') from error
    if parts.scheme not in ("http", "https"):
        raise ServerError(f'"{url}" is not an absolute http or https URL.')
    if not parts.hostname:
        raise ServerError(f'"{url}" names no host.')
    if parts.username or parts.password:
        raise ServerError(f"The URL of {parts.hostname} holds credentials; use variables instead.")
    if parts.query or parts.fragment:
        raise ServerError(f'"{url}" has a query or fragment; a base URL ends with its path.')
    try:
        is_port = parts.port is None or parts.port > 0
    except ValueError:
        is_port = False
    if not is_port:
        raise ServerError(f'"{url}" has a port that is not from 1 to 65535.')
    if len(url) > LONGEST_URL:
        raise ServerError(f"The URL of {parts.hostname} is longer than {LONGEST_URL} characters.")
    try:
        egress.origin_of(url)
    except egress.EgressError as error:
        raise ServerError(f'"{url}" cannot be requested: {error.detail}.') from error
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


def find_unreachable_servers(version: Version) -> list[Problem]:
    """A warning for each server of a version that every request will be refused for."""
    found = (
        foresee_unreachable_server(
            server.environment.name, server.url, allow_private=server.allow_private
        )
        for server in version.servers.select_related("environment")
    )
    return [problem for problem in found if problem is not None]


def foresee_unreachable_server(
    environment_name: str, url: str, *, allow_private: bool
) -> Problem | None:
    """The warning, or None. Nothing is looked up, so an ordinary host name passes."""
    error = foresee_refusal(target_of_url(url, allow_private=allow_private))
    if error is None:
        return None
    cause = phrase_egress_error(error)
    message = f"Requests to the server of {environment_name}, {url}, will be refused: {cause}."
    if error.detail in OPENED_BY_ALLOW_PRIVATE:
        message += " Allow private addresses for it if that is meant."
    return Problem(Severity.WARNING, "server-unreachable-by-policy", message)


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
