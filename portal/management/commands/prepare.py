"""The command that makes an installation ready to serve."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal import installation


class Command(BaseCommand):
    """Brings database, static files and the administrator's account up to date."""

    help = (
        "Prepare the installation: migrate, collect static files, make the first administrator "
        "and publish the demonstration catalog (DEMONSTRATION=off leaves it out) and the "
        "definition of the portal's own REST API (PUBLISH_OWN_API=off)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What an image or installation can do before it has a data directory."""
        parser.add_argument(
            "--static-only", action="store_true", help="collect static files and touch no data"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run at every start."""
        if options["static_only"]:
            installation.collect_static_files()
            return
        password = installation.prepare()
        if password:
            self.stdout.write(
                f"Administrator made: {installation.ADMINISTRATOR}; the password is in "
                f"{settings.PORTICO_DATA_DIR}/admin_password."
            )
        if installation.is_demonstration_due():
            installation.publish_demonstration()
            self.stdout.write("Demonstration catalog published.")
        if installation.publish_own_definition():
            self.stdout.write("The portal's own REST API published, to read.")
