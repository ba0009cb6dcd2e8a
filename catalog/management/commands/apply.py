"""The command that applies a catalog file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.catalog_file import CatalogFileError
from catalog.management.terminal import count_problems, describe_problem, quiet_logs
from catalog.services.applying import apply_catalog


class Command(BaseCommand):
    """Makes the catalog what one file declares."""

    help = "Apply a catalog.yaml: products, versions, definitions, servers, token sources, guides."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether what it does not name goes."""
        parser.add_argument("file", type=Path, metavar="CATALOG.yaml")
        parser.add_argument("--prune", action="store_true", help="delete what the file leaves out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply and print the changes; exit 1 when a definition was rejected."""
        try:
            with quiet_logs():
                application = apply_catalog(
                    options["file"], environ=os.environ, prune=options["prune"]
                )
        except CatalogFileError as error:
            raise CommandError(str(error)) from error
        for change in application.changes:
            self.stdout.write(change)
        if not application.changes:
            self.stdout.write("Nothing to change.")
        for warning in application.warnings:
            self.stderr.write(describe_problem(warning))
        for what, problems in application.rejected.items():
            self.stderr.write(f"{what} was not published: {count_problems(problems)}.")
            for problem in problems:
                self.stderr.write(f"  {describe_problem(problem)}")
        if application.rejected:
            sys.exit(1)
