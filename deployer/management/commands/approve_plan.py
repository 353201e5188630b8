"""`manage.py approve_plan` lists the plans that wait; with a plan's id it approves or declines it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.domain.money import money_for_people
from deployer.errors import PlanNotFound
from deployer.management.terminal import FAILED, find_user, ready_database, show_plan
from deployer.selectors import get_plan, plans_to_approve
from deployer.services.approvals import approve_plan, decline_plan
from designer.management.documents import bad_input


class Command(BaseCommand):
    help = "Approve or decline a plan of somebody else, or list those that wait for it."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "plan", nargs="?", metavar="ID", help="as deploy names it; without one, all are listed"
        )
        parser.add_argument("--user", metavar="NAME", required=True, help="who approves")
        parser.add_argument("--decline", action="store_true", help="decline it instead")
        parser.add_argument("--note", default="", help="why, for whoever made the plan")

    def handle(self, *args: Any, **options: Any) -> None:
        ready_database()
        user = find_user(options["user"])
        if options["plan"] is None:
            for plan in plans_to_approve(user):
                price = money_for_people(plan.monthly_after, plan.currency)
                made_by = plan.created_by.username if plan.created_by else ""
                self.stdout.write(
                    f"{plan.id}  {plan.revision.design.name} on {plan.cloud.name}, {price}, {made_by}"
                )
            return
        try:
            plan = get_plan(user, options["plan"])
        except PlanNotFound as missing:
            raise bad_input(str(missing)) from None
        self.stdout.write(f"Plan for {plan.revision.design.name} on {plan.cloud.name}:")
        show_plan(plan, self.stdout)
        try:
            if options["decline"]:
                decline_plan(plan, declined_by=user, note=options["note"])
            else:
                approve_plan(plan, approved_by=user, note=options["note"])
        except (ValueError, PermissionError) as refused:
            raise CommandError(str(refused), returncode=FAILED) from None
        self.stdout.write(
            "Declined." if options["decline"] else "Approved. Whoever made it can apply it now."
        )
