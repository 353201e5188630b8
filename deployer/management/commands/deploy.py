"""`manage.py deploy FILE|KEY --cloud NAME` plans, shows the plan, applies it and shows the progress.

Needs no running worker: it takes the turns itself. After an interruption the same command goes on.
"""

import shlex
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from deployer.errors import CloudNotReady, PlanOutdated
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
)
from deployer.models import Cloud, Deployment, Plan
from deployer.selectors import find_waiting_twin, list_secrets
from deployer.services.approvals import list_approvers
from deployer.services.deploying import apply_plan
from deployer.services.planning import create_plan
from designer.domain.edits import patch_between
from designer.errors import RevisionNotFound
from designer.management.documents import LoadedDocument, bad_input, load_document
from designer.models import Design
from designer.services.designs import DEFAULT_PRICE_BOOK, apply_patch, create_design
from designer.services.revisions import get_revision


class Command(CloudCommand):
    help = "Deploy a design to a cloud: show the plan with its cost, then carry it out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("design", metavar="FILE|KEY", help="a document's file or a template's key")
        parser.add_argument(
            "--cloud", metavar="NAME", required=True, help="of a clouds.yaml, or added before"
        )
        parser.add_argument(
            "--name", metavar="NAME", help="of the design; the file's or template's if not said"
        )
        parser.add_argument(
            "--revision",
            type=int,
            metavar="N",
            help="go back to this revision of the design that is kept under the name",
        )
        parser.add_argument(
            "--region",
            metavar="DRAWN=REGION",
            action="append",
            default=[],
            help="which region of the cloud takes a drawn one; REGION alone is for what stands in none",
        )
        parser.add_argument(
            "--as-one-stack",
            action="store_true",
            help="let Heat make it, as one stack; what stands as one stays one without saying so",
        )
        parser.add_argument("--yes", action="store_true", help="do not ask before applying the plan")
        parser.add_argument(
            "--destroy-data",
            action="store_true",
            help="apply it also when it removes or empties volumes, databases or file shares",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        number: int | None = options["revision"]
        loaded = None if number else load_document(options["design"])
        ready_database()
        user = find_user()
        cloud = find_cloud(user, options["cloud"])
        if loaded is None:
            design = find_design(user, options["name"] or options["design"])
        else:
            name = options["name"] or loaded.name
            design = _keep_design(user, name, loaded.data, price_book=_price_book(loaded))
        go_on = _again(options)
        finish_running(design, cloud, self.stdout, go_on=go_on)
        plan = _plan(
            design,
            cloud,
            user,
            number,
            regions=_regions(options["region"]),
            as_one_stack=options["as_one_stack"],
        )
        if not plan.steps.exclude(action="nothing").exists():
            as_what = f"as in revision {number}" if number else "as designed"
            self.stdout.write(f"{design.name} is deployed on {cloud.name} {as_what}. Nothing to change.")
            return
        self.stdout.write(f"Plan for {_called(design, number)} on {cloud.name}:")
        show_plan(plan, self.stdout)
        if plan.failed_checks:
            raise CommandError("The plan would fail, so it is not applied.", returncode=FAILED)
        plan = find_waiting_twin(plan) or plan
        if plan.status == Plan.Status.AWAITING_APPROVAL:
            raise CommandError(_awaits(plan, go_on), returncode=FAILED)
        if not options["yes"] and not confirm("Apply this plan?"):
            raise CommandError("Nothing was changed.", returncode=FAILED)
        confirmed = _confirmed(plan, destroy_data=options["destroy_data"], ask=not options["yes"])
        try:
            started = apply_plan(plan, applied_by=user, confirmed=confirmed)
        except (CloudNotReady, PlanOutdated) as refused:  # it was asked once more, a moment after the plan
            raise CommandError(f"{refused} Nothing was changed.", returncode=FAILED) from None
        deployment = follow(started, self.stdout, go_on=go_on)
        _report(deployment)
        self.stdout.write(f"{_called(design, number)} is deployed on {cloud.name}.")
        if waiting := list_secrets(deployment).filter(revealed_at=None).count():
            passwords = "1 password waits" if waiting == 1 else f"{waiting} passwords wait"
            name = shlex.quote(design.name)
            self.stdout.write(f"{passwords} to be shown, once: manage.py reveal {name} --cloud {cloud.name}")


def _called(design: Design, number: int | None) -> str:
    return f"{design.name}, revision {number}," if number else design.name


def _price_book(loaded: LoadedDocument) -> str:
    """A template knows the book it is priced with; a file is priced like any new design."""
    return loaded.template.price_book if loaded.template else DEFAULT_PRICE_BOOK


def _keep_design(user: User, name: str, document: dict[str, Any], *, price_book: str) -> Design:
    """The design of that name, brought to this document by one edit; a new one if there is none."""
    design = Design.objects.visible_to(user).filter(name=name).first()
    if design is None:
        return create_design(name=name, owner=user, document=document, price_book=price_book)
    if patch := patch_between(design.document, document):
        apply_patch(design, patch, author=user)
        design.refresh_from_db()
    return design


def _confirmed(plan: Plan, *, destroy_data: bool, ask: bool) -> list[str]:
    """The checks that have to be confirmed, when they are. A plain --yes is no word about somebody's data."""
    checks = plan.checks_to_confirm
    if not checks or destroy_data:
        return [check["check"] for check in checks]
    if ask and confirm("It destroys data, which nothing brings back. Go on?"):
        return [check["check"] for check in checks]
    raise CommandError(
        "Nothing was changed. This plan destroys data; say so with --destroy-data to go ahead.",
        returncode=FAILED,
    )


def _awaits(plan: Plan, go_on: str) -> str:
    who = [user.username for user in list_approvers() if user.pk != plan.created_by_id]
    by = f"{', '.join(who)} may do that" if who else "Nobody else may do that yet; an administrator says who"
    return (
        f"Nothing was changed. {plan.approval_reason} {by}: manage.py approve_plan {plan.id} --user NAME. "
        f"Then give this command again: {go_on}"
    )


def _again(options: dict[str, Any]) -> str:
    """The command that goes on where this one stopped."""
    words = ["manage.py deploy", options["design"], "--cloud", options["cloud"]]
    for name in ("name", "revision"):
        words += [f"--{name}", str(options[name])] if options[name] else []
    for region in options["region"]:
        words += ["--region", region]
    if options["as_one_stack"]:
        words.append("--as-one-stack")
    return " ".join(words)


def _regions(said: list[str]) -> dict[str, str]:
    pairs = (one.rpartition("=") for one in said)
    return {drawn.strip(): region.strip() for drawn, _, region in pairs}


def _plan(
    design: Design,
    cloud: Cloud,
    user: User,
    number: int | None,
    *,
    regions: dict[str, str],
    as_one_stack: bool,
) -> Plan:
    try:
        return create_plan(
            design=design,
            cloud=cloud,
            intent=Plan.Intent.DEPLOY,
            created_by=user,
            revision=get_revision(design, number) if number else None,
            regions=regions,
            as_one_stack=as_one_stack,
        )
    except (ValueError, RevisionNotFound) as refused:
        raise bad_input(str(refused)) from None


def _report(deployment: Deployment) -> None:
    if deployment.status != Deployment.Status.SUCCEEDED:
        raise CommandError(f"The deployment has {deployment.status}.", returncode=FAILED)
