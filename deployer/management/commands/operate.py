"""`manage.py operate stop NAME --cloud NAME --component ID`: stop, start, reboot or snapshot what runs.

Needs no running worker: it takes the turns itself.
"""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from deployer import operating
from deployer.domain.operations import OperationStatus, Verb
from deployer.errors import NothingToOperate, OperationRunning
from deployer.management.terminal import (
    FAILED,
    PAUSE_SECONDS,
    CloudCommand,
    find_cloud,
    find_design,
    find_user,
    ready_database,
)
from deployer.models import Operation
from deployer.services.operations import request_operation
from designer.management.documents import bad_input


class Command(CloudCommand):
    help = "Ask something of servers and volumes that run already. Exit status 0 when all of it was done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=[verb.value for verb in Verb])
        parser.add_argument("design", metavar="NAME", help="the design's name")
        parser.add_argument("--cloud", metavar="NAME", required=True, help="where it is deployed")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--component", metavar="ID", help="all of a component, such as web")
        which.add_argument("--key", metavar="KEY", help="one resource, such as web/server[0]")

    def handle(self, *args: Any, **options: Any) -> None:
        ready_database()
        user = find_user()
        design = find_design(user, options["design"])
        cloud = find_cloud(user, options["cloud"])
        try:
            made = request_operation(
                design,
                cloud,
                Verb(options["verb"]),
                component=options["component"] or "",
                key=options["key"] or "",
                created_by=user,
            )
        except (NothingToOperate, OperationRunning) as refused:
            raise bad_input(str(refused)) from None
        ended = [self._follow(operation) for operation in made]
        if any(one.status == OperationStatus.FAILED for one in ended):
            raise CommandError("Not all of it was done.", returncode=FAILED)

    def _follow(self, operation: Operation) -> Operation:
        """A running worker may take turns too."""
        while True:
            operation.refresh_from_db()
            if operation.status == OperationStatus.FAILED:
                self.stdout.write(f"  × {operation.label}: {operation.error}")
                return operation
            if operation.status == OperationStatus.SUCCEEDED:
                self.stdout.write(f"  · {operation.label}: {operation.verb.replace('_', ' ')} done")
                return operation
            following = operating.advance(operation.id, operation.turn)
            time.sleep(min(following.delay_seconds, PAUSE_SECONDS) if following else PAUSE_SECONDS)
