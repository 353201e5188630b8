"""`manage.py destroy NAME --cloud NAME` removes what was deployed of a design, and says what is left."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from deployer.errors import CloudNotReady, NothingDeployed, PlanOutdated, SnapshotsInTheWay
from deployer.management.terminal import (
    FAILED,
    CloudCommand,
    confirm,
    find_cloud,
    find_design,
    find_user,
    finish_running,
    follow,
    ready_database,
    show_plan,
    show_residue,
)
from deployer.models import Cloud, Deployment, Plan
from deployer.services.deploying import apply_plan
from deployer.services.planning import create_plan
from designer.management.documents import bad_input
from designer.models import Design


class Command(CloudCommand):
    help = "Remove a deployed design from a cloud. Exit status 0 only when nothing of it is left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("design", metavar="NAME", help="the design's name")
        parser.add_argument("--cloud", metavar="NAME", required=True, help="where it is deployed")
        parser.add_argument("--yes", action="store_true", help="do not ask before removing it")
        parser.add_argument("--snapshots", action="store_true", help="remove its snapshots too")

    def handle(self, *args: Any, **options: Any) -> None:
        ready_database()
        user = find_user()
        design = find_design(user, options["design"])
        cloud = find_cloud(user, options["cloud"])
        go_on = f"manage.py destroy {options['design']} --cloud {cloud.name}"
        deployment = finish_running(design, cloud, self.stdout, go_on=go_on)
        if deployment is None or deployment.plan.intent != Plan.Intent.DESTROY or not _is_clean(deployment):
            plan = _plan(design, cloud, user)
            if plan is None:
                self.stdout.write(f"Nothing of {design.name} is deployed on {cloud.name}.")
                return
            self.stdout.write(f"Plan to destroy {design.name} on {cloud.name}:")
            show_plan(plan, self.stdout)
            if not options["yes"] and not confirm("Remove all of this?"):
                raise CommandError("Nothing was changed.", returncode=FAILED)
            try:
                started = apply_plan(plan, applied_by=user, removes_snapshots=options["snapshots"])
            except SnapshotsInTheWay as refused:
                raise bad_input(f"{refused} The option --snapshots lets them go.") from None
            except (CloudNotReady, PlanOutdated) as refused:
                raise CommandError(f"{refused} Nothing was changed.", returncode=FAILED) from None
            deployment = follow(started, self.stdout, go_on=go_on)
        show_residue(deployment, self.stdout)
        if not _is_clean(deployment):
            raise CommandError(f"{design.name} is not wholly removed.", returncode=FAILED)


def _plan(design: Design, cloud: Cloud, user: User) -> Plan | None:
    """None when there is nothing to remove: our records know of nothing, and the cloud was asked too."""
    try:
        return create_plan(design=design, cloud=cloud, intent=Plan.Intent.DESTROY, created_by=user)
    except NothingDeployed:
        return None
    except ValueError as refused:
        raise bad_input(str(refused)) from None


def _is_clean(deployment: Deployment) -> bool:
    succeeded = deployment.status == Deployment.Status.SUCCEEDED
    return succeeded and bool(deployment.residue and deployment.residue["clean"])
