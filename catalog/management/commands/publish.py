"""The command that publishes a definition."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug

from catalog.management.terminal import (
    count_problems,
    describe_problem,
    number_of,
    quiet_logs,
)
from catalog.models import Version
from catalog.models.products import RESERVED_VERSIONS
from catalog.openapi import Limits, Problem, Severity
from catalog.services.publishing import Publication, PublicationOrder, publish_revision
from catalog.services.servers import (
    ServerError,
    check_server_url,
    find_unreachable_servers,
    foresee_unreachable_server,
)
from catalog.services.sources import SourceError, open_source


class Command(BaseCommand):
    """Publishes a definition from a file, folder, archive, URL or standard input."""

    help = "Publish an OpenAPI definition: SOURCE is a path, '-' or a URL."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Our --version takes the place of Django's own."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """The flags of the contract."""
        parser.add_argument("source", metavar="SOURCE")
        parser.add_argument("--product", required=True, type=_slug, metavar="SLUG")
        parser.add_argument("--name", default="", help="the product's name in the catalog")
        parser.add_argument("--version", default=None, type=_version, metavar="V")
        parser.add_argument("--root", default="", help="the definition within a folder or archive")
        parser.add_argument(
            "--server", action="append", default=[], type=_server, metavar='"Sandbox=URL"'
        )
        parser.add_argument("--allow-private", action="store_true")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish, print what came of it, exit 1 when it was rejected."""
        with quiet_logs():
            publication = self._publish(options)
        if options["json"]:
            self.stdout.write(json.dumps(publication.as_json(), ensure_ascii=False))
        else:
            self._print(publication, options)
        if publication.result == "rejected":
            sys.exit(1)

    def _publish(self, options: Mapping[str, Any]) -> Publication:
        limits = Limits(source_bytes=settings.DEFINITION_MAX_BYTES)
        try:
            source = open_source(
                options["source"],
                root=options["root"],
                limits=limits,
                allow_private=options["allow_private"],
            )
        except SourceError as error:
            if not options["json"]:
                raise CommandError(str(error)) from error
            return _unreadable(str(error), options)
        order = PublicationOrder(
            source=source,
            product=options["product"],
            name=options["name"],
            version=options["version"] or "",
            servers=dict(options["server"]),
            allow_private=options["allow_private"],
            suggested_servers=True,
        )
        publication = publish_revision(order, limits=limits, dry_run=options["dry_run"])
        warnings = _find_server_warnings(publication, order, dry_run=options["dry_run"])
        return replace(publication, problems=(*publication.problems, *warnings))

    def _print(self, publication: Publication, options: Mapping[str, Any]) -> None:
        for problem in publication.problems:
            self.stderr.write(describe_problem(problem))
        what = f"{publication.product} {publication.version}"
        match publication.result:
            case "rejected":
                name = "The definition" if options["source"] == "-" else options["source"]
                counted = count_problems(publication.problems)
                seen = _describe_what_readers_see(publication)
                self.stderr.write(f"{name} was not published: {counted}. {seen}")
            case "unchanged":
                self.stdout.write(f"{what} is unchanged: revision {publication.revision}.")
            case _:
                verb = "would be" if options["dry_run"] else "is"
                self.stdout.write(
                    f"{what} {verb} published: revision {publication.revision}, OpenAPI "
                    f"{publication.openapi}, {number_of(publication.operations, 'operation')}."
                )


def _unreadable(message: str, options: Mapping[str, Any]) -> Publication:
    problem = Problem(Severity.ERROR, "unreadable-source", message)
    return Publication(
        result="rejected",
        product=options["product"],
        version=options["version"] or "",
        problems=(problem,),
    )


def _find_server_warnings(
    publication: Publication, order: PublicationOrder, *, dry_run: bool
) -> list[Problem]:
    """Servers that can never be reached: those of the version, of a dry run those it names."""
    if publication.result == "rejected":
        return []
    if not dry_run:
        version = Version.objects.get(product__slug=publication.product, name=publication.version)
        return find_unreachable_servers(version)
    found = (
        foresee_unreachable_server(name, url, allow_private=order.allow_private)
        for name, url in order.servers.items()
    )
    return [problem for problem in found if problem is not None]


def _describe_what_readers_see(publication: Publication) -> str:
    """What a rejected definition leaves in place: that of the version, else of the default one."""
    versions = Version.objects.filter(
        product__slug=publication.product, current_revision__isnull=False
    ).select_related("current_revision")
    named = {"name": publication.version} if publication.version else {"is_default": True}
    version = versions.filter(**named).first()
    if version is None or version.current_revision is None:
        return "Nothing is published yet."
    return f"Readers still see revision {version.current_revision.number}."


def _slug(text: str) -> str:
    try:
        validate_slug(text)
    except ValidationError as error:
        raise ArgumentTypeError(
            f'"{text}" is no slug; use letters, digits, hyphens and underscores'
        ) from error
    return text


def _version(text: str) -> str:
    allowed = text[:1].isalnum() and all(part.isalnum() or part in "._-" for part in text)
    if not text.isascii() or not allowed or text in RESERVED_VERSIONS:
        raise ArgumentTypeError(
            f'"{text}" cannot name a version; use letters, digits, ".", "_" and "-", '
            "beginning with a letter or digit"
        )
    return text


def _server(text: str) -> tuple[str, str]:
    name, separator, url = text.partition("=")
    if not separator or not name.strip():
        raise ArgumentTypeError(f'"{text}" is not of the form "Sandbox=https://host/base"')
    try:
        return name.strip(), check_server_url(url.strip())
    except ServerError as error:
        raise ArgumentTypeError(str(error)) from error
