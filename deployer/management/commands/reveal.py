"""`manage.py reveal NAME --cloud NAME` shows the passwords that a deployment made, each once."""

import json
from argparse import ArgumentParser
from typing import Any

from deployer.errors import SecretAlreadyShown
from deployer.management.terminal import CloudCommand, find_design, find_user, ready_database
from deployer.models import Deployment
from deployer.selectors import get_cloud_named, list_secrets
from deployer.services.revealing import reveal_secret, shown_to
from designer.management.documents import bad_input


class Command(CloudCommand):
    help = "Show the passwords that a deployment made. Each is shown once, and who asked is recorded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("design", metavar="NAME", help="the design's name")
        parser.add_argument("--cloud", metavar="NAME", required=True, help="where it is deployed")
        parser.add_argument("--key", metavar="KEY", help="this one only, such as db/password")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        ready_database()
        user = find_user()
        try:
            cloud = get_cloud_named(user, options["cloud"])
        except LookupError as unknown:
            raise bad_input(str(unknown)) from None
        design = find_design(user, options["design"])
        deployment = Deployment.objects.filter(design=design, cloud=cloud).order_by("-created_at").first()
        secrets = list(list_secrets(deployment)) if deployment else []
        if options["key"]:
            secrets = [one for one in secrets if one.key == options["key"]]
        if deployment is None or not secrets:
            raise bad_input(f"{design.name} has no such password on {cloud.name}.")
        found = []
        for secret in secrets:
            try:
                value = reveal_secret(deployment, secret.key, revealed_by=user).value
            except SecretAlreadyShown:
                secret.refresh_from_db()
                self._say(options, f"{secret.name}: was shown to {shown_to(secret)} before")
                continue
            signs_in = secret.properties.get("user", "")
            found.append({"key": secret.key, "name": secret.name, "user": signs_in, "value": value})
            self._say(options, f"{secret.name}: {value}" + (f"  (user {signs_in})" if signs_in else ""))
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=1))

    def _say(self, options: dict[str, Any], text: str) -> None:
        if not options["json"]:
            self.stdout.write(text)
