"""`manage.py drift NAME --cloud NAME` asks the cloud whether all stands as it was deployed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from catalog.domain.money import amount_text
from deployer.api.drift import DriftReportSerializer
from deployer.domain.repair import value_text
from deployer.errors import NothingStands
from deployer.management.terminal import (
    FAILED,
    CloudCommand,
    find_cloud,
    find_design,
    find_user,
    ready_database,
)
from deployer.models import DriftReport
from deployer.selectors import ignores_of
from deployer.services.drift import check_drift
from designer.management.documents import bad_input


class Command(CloudCommand):
    help = "Compare what stands in a cloud with what was deployed. Exit status 1 when something drifted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("design", metavar="NAME", help="the design's name")
        parser.add_argument("--cloud", metavar="NAME", required=True, help="where it is deployed")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        ready_database()
        user = find_user()
        design = find_design(user, options["design"])
        cloud = find_cloud(user, options["cloud"])
        try:
            report = check_drift(design, cloud, asked_by=user)
        except NothingStands as refused:
            raise bad_input(str(refused)) from None
        if options["json"]:
            self.stdout.write(json.dumps(DriftReportSerializer(report).data, default=str))
        else:
            self._show(report)
        if report.status == DriftReport.Status.FAILED:
            raise CommandError("The cloud could not be asked.", returncode=FAILED)
        ignored = ignores_of(design, cloud)
        if any(one["id"] not in ignored for one in report.differences):
            raise CommandError(f"{design.name} has drifted.", returncode=FAILED)

    def _show(self, report: DriftReport) -> None:
        if report.status == DriftReport.Status.FAILED:
            self.stdout.write(report.detail)
            return
        if report.status == DriftReport.Status.AS_DESIGNED:
            self.stdout.write(f"{report.design.name} stands on {report.cloud.name} as deployed.")
            return
        ignored = ignores_of(report.design, report.cloud)
        for one in report.differences:
            cost = "" if one["monthly"] in (None, "0") else f"  {one['monthly']} {report.currency} a month"
            said = one["detail"] or (
                f"{one['attribute']} from {value_text(one['recorded'])} to {value_text(one['live'])}"
            )
            left = ignored.get(one["id"])
            kept = f"  ignored until {left.until}: {left.reason}" if left else ""
            self.stdout.write(f"  {one['drift']:8}{one['key']}  {said}{cost}{kept}")
        recorded, live = amount_text(report.monthly_recorded), amount_text(report.monthly_live)  # type: ignore[arg-type]
        self.stdout.write(
            f"Monthly cost: {report.currency} {recorded} as deployed, {report.currency} {live} as it is."
        )
