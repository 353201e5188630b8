"""`manage.py rotate_credential_keys` seals every secret with the newest of STACKDRAFT_CREDENTIAL_KEYS."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deployer.management.terminal import FAILED
from deployer.services.keys import count_old_keys, rotate_keys


class Command(BaseCommand):
    help = (
        "Re-encrypt every stored secret with the newest credential key. Can be interrupted and repeated. "
        "Exit status 1 when something is under none of the keys, or with --check under an old one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="count only, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        found = count_old_keys() if options["check"] else rotate_keys()
        word = "Under an old key" if options["check"] else "Re-encrypted with the newest key"
        self.stdout.write(f"{word}: {_told(found.sealed)}.")
        self.stdout.write(f"Under the newest key already: {_told(found.had_it)}.")
        if found.unreadable:
            names = ", ".join(found.unreadable[:10])
            raise CommandError(
                f"Under none of the keys: {len(found.unreadable)} ({names}). Put the key that made them "
                "behind the newest one, or add those clouds again.",
                returncode=FAILED,
            )
        if options["check"] and found.sealed:
            raise CommandError("Old keys are still needed. Run it without --check.", returncode=FAILED)
        self.stdout.write("Only the newest key is needed now.")


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "nothing"
