"""Lets a queued deployment begin when its turn has come, if its plan still fits what it finds.

What was planned while another deployment was at work is looked at again: what that one has done already falls
away, and what nobody approved is not done. Destroying is total, so it is simply planned anew.
"""

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from deployer.accounts import Accounts
from deployer.domain.cloud import CloudError, CloudProfile, Item
from deployer.domain.plan import Action, PlannedStep
from deployer.domain.preflight import CheckStatus
from deployer.domain.renewal import beyond_approval, in_short
from deployer.domain.runs import build_runs
from deployer.domain.stacking import is_as_one_stack
from deployer.domain.states import DeploymentStatus, RunStatus
from deployer.events import tell
from deployer.leasing import Clock, Hold
from deployer.models import Deployment, DeploymentEvent, Plan, Resource, StepRun
from deployer.services.planning import Outline, fingerprint_of, propose, record_plan, situation_of
from deployer.standing import read_regions

ASK_AGAIN_SECONDS = 15.0


class NotYet(Exception):
    """The cloud cannot be asked right now, so the deployment goes on waiting."""


class Refused(Exception):
    """The plan no longer fits. str() says why, for people."""


def admit(deployment: Deployment, accounts: Accounts, hold: Hold, clock: Clock) -> bool:
    """Begin, with the plan as it is by now; or end it. False when it has ended. Raises: NotYet, FencedOff."""
    try:
        answer = hold.meanwhile(partial(read_regions, accounts))
    except CloudError as error:
        with hold.writing():
            _wait(deployment, f"The cloud cannot be asked: {error.words} Asking again.", clock)
        raise NotYet from None
    with hold.writing():
        try:
            with transaction.atomic():
                _renew(deployment, *answer, clock=clock)
        except Refused as refused:
            _end(deployment, str(refused), clock)
            return False
        deployment.waited, deployment.reason = False, ""
        deployment.save(update_fields=["waited", "reason"])
    return True


def add_runs(deployment: Deployment, plan: Plan) -> None:
    """Which calls the plan takes, in order. What they change or remove is remembered as it was."""
    steps = list(plan.steps.all())
    by_key = {step.key: step for step in steps}
    rows = {
        row.key: row for row in Resource.objects.filter(design=deployment.design, account=deployment.cloud)
    }
    StepRun.objects.bulk_create(
        StepRun(
            deployment=deployment,
            step=by_key[run.key],
            position=position,
            action=run.action,
            needs=sorted(run.needs),
            parts=list(run.parts),
            cloud_id="" if run.action == Action.CREATE else by_key[run.key].cloud_id,
            before=rows[run.key].as_it_is() if run.action != Action.CREATE and run.key in rows else None,
        )
        for position, run in enumerate(build_runs([step.planned() for step in steps]))
    )


def _renew(deployment: Deployment, profile: CloudProfile, inventory: list[Item], *, clock: Clock) -> None:
    """Raises: Refused."""
    approved = deployment.plan
    situation = situation_of(deployment.design, deployment.cloud, approved.region_choices, profile, inventory)
    if approved.intent == Plan.Intent.REPAIR:
        if fingerprint_of(approved, situation) != approved.fingerprint:
            raise Refused(_sentence("What drifted is no longer as it was."))
        return
    outline = propose(
        approved.intent,
        approved.revision,
        deployment.cloud,
        situation,
        as_one_stack=approved.as_one_stack,
    )
    before = [step.planned() for step in approved.steps.all()]
    if _is_same(before, outline.steps):
        return
    if approved.intent == Plan.Intent.DEPLOY:
        _refuse_unless_covered(before, outline)
    now = clock()
    plan = record_plan(
        Plan(
            revision=approved.revision,
            cloud=approved.cloud,
            intent=approved.intent,
            regions=approved.regions,
            is_rollback=approved.is_rollback,
            as_one_stack=is_as_one_stack(outline.steps),
            then=approved.then,
            fingerprint=approved.fingerprint,
            price_book=approved.price_book,
            renews=approved,
            created_by=approved.created_by,
            created_at=now,
            applied_at=now,
        ),
        outline,
        situation,
    )
    if plan.intent == Plan.Intent.DEPLOY and plan.monthly_after > approved.monthly_after:
        raise Refused(_sentence(f"It would now cost {plan.currency} {plan.monthly_after:.2f} a month."))
    deployment.runs.all().delete()
    deployment.plan = plan
    deployment.save(update_fields=["plan"])
    add_runs(deployment, plan)
    changes = [step for step in outline.steps if step.action != Action.NOTHING]
    text = f"Planned again now that its turn has come: {len(changes)} changes are left of those approved."
    if plan.intent == Plan.Intent.DESTROY:
        text = f"Planned again now that its turn has come: {len(changes)} resources to remove."
    tell(deployment, text, at=now)


def _refuse_unless_covered(approved: Sequence[PlannedStep], outline: Outline) -> None:
    if beyond := beyond_approval(approved, outline.steps):
        raise Refused(_sentence(in_short(beyond)))
    failed = [check for check in outline.checks if check.status == CheckStatus.FAILED]
    if failed:
        raise Refused(_sentence(in_short([f"{check.summary} {check.detail}".strip() for check in failed])))


def _sentence(what: str) -> str:
    return f"When its turn came, the plan no longer fitted. {what} Nothing was changed; make a new plan."


def _is_same(approved: Sequence[PlannedStep], now: Sequence[PlannedStep]) -> bool:
    def essence(steps: Sequence[PlannedStep]) -> dict[str, object]:
        return {step.key: (step.action, step.cloud_id, step.properties, dict(step.matched)) for step in steps}

    return essence(approved) == essence(now)


def _wait(deployment: Deployment, why: str, clock: Clock) -> None:
    if deployment.reason == why:
        return
    deployment.reason = why
    deployment.save(update_fields=["reason"])
    tell(deployment, why, at=clock(), level=DeploymentEvent.Level.WARNING)


def _end(deployment: Deployment, why: str, clock: Clock) -> None:
    now = clock()
    ended = Deployment.objects.filter(id=deployment.id, status=DeploymentStatus.QUEUED)
    if not ended.update(status=DeploymentStatus.FAILED, reason=why, finished_at=now, lease_until=None):
        return  # somebody cancelled it
    deployment.runs.update(status=RunStatus.CANCELLED, finished_at=now)
    tell(deployment, why, at=now, level=DeploymentEvent.Level.ERROR)
