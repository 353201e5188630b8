"""`manage.py import_ratings --cloud NAME --currency EUR` makes a price book of a cloud's CloudKitty rules."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from catalog.domain.price_imports.conversion import ImportSettings
from catalog.management.import_reports import report_lines
from deployer.management.terminal import CloudCommand, find_cloud, find_user, ready_database
from deployer.services.ratings import HOUR_SECONDS, import_ratings
from designer.management.documents import bad_input


class Command(CloudCommand):
    help = "Turn the hashmap rules of a cloud's CloudKitty into a draft of a price book."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cloud", metavar="NAME", required=True, help="an entry of clouds.yaml")
        parser.add_argument("--currency", required=True, help="of the rules' amounts, such as EUR")
        parser.add_argument("--key", default="", help="of the price book; the cloud's name if absent")
        parser.add_argument("--title", default="", help="of the price book")
        parser.add_argument(
            "--collect-period", type=int, default=HOUR_SECONDS, metavar="SECONDS", help="of CloudKitty"
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would change, keep nothing")
        parser.add_argument("--clouds-yaml", metavar="PATH", type=Path, help="where to look for the cloud")
        parser.add_argument(
            "--user", metavar="USERNAME", help="whose cloud it is; the first user's if not said"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ready_database()
        user = find_user(options["user"])
        cloud = find_cloud(user, options["cloud"], path=options["clouds_yaml"])
        settings = ImportSettings(key=options["key"], title=options["title"], currency=options["currency"])
        try:
            report = import_ratings(
                cloud,
                by=user,
                dry_run=options["dry_run"],
                settings=settings,
                period_seconds=options["collect_period"],
            )
        except ValueError as refused:  # ours all carry a sentence
            raise bad_input(str(refused)) from None
        told = "\n".join(report_lines(report))
        if report.errors:
            raise bad_input(told)
        self.stdout.write(told)
