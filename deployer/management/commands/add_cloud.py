"""`manage.py add_cloud NAME` makes an entry of a clouds.yaml a cloud that designs can be deployed to."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from deployer.management.terminal import CloudCommand, find_cloud, find_user, ready_database


class Command(CloudCommand):
    help = "Add a cloud of a clouds.yaml, or renew it. Can be repeated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the entry's name, and the cloud's")
        parser.add_argument("--clouds-yaml", metavar="PATH", type=Path, help="where to look for it")
        parser.add_argument(
            "--user", metavar="USERNAME", help="whose cloud it is; the first user's if not said"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ready_database()
        cloud = find_cloud(find_user(options["user"]), options["name"], path=options["clouds_yaml"])
        services = ", ".join(sorted(cloud.profile.services))
        self.stdout.write(f"Cloud {cloud.name} at {cloud.auth_url} is ready: {services}.")
