"""What someone may ask for with a plan: apply it, cancel the deployment, let it try again."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from deployer import executor, selectors, tasks
from deployer.admission import add_runs
from deployer.domain.kinds import STACK
from deployer.domain.plan import is_matched_otherwise
from deployer.domain.preflight import CheckStatus
from deployer.domain.states import STOPPED, DeploymentStatus, RunStatus
from deployer.errors import (
    ConfirmationNeeded,
    DeploymentOver,
    DeploymentRunning,
    NothingToRetry,
    NothingToRollBack,
    PlanAlreadyApplied,
    PlanExpired,
    PlanOutdated,
    PreflightFailed,
    SnapshotsInTheWay,
)
from deployer.events import look_again_on_commit, tell
from deployer.models import Cloud, Deployment, Plan, StepRun
from deployer.rolling_back import roll_back
from deployer.services.approvals import refuse_unless_approved
from deployer.services.planning import check_steps, fingerprint_of, read_situation
from designer.selectors import content_hash

logger = logging.getLogger(__name__)

KEEP, ROLL_BACK = Deployment.OnFailure.KEEP, Deployment.OnFailure.ROLL_BACK


def apply_plan(
    plan: Plan,
    *,
    applied_by: User | None,
    on_failure: Deployment.OnFailure = KEEP,
    confirmed: Collection[str] = (),
    removes_snapshots: bool = False,
) -> Deployment:
    """Start carrying out a plan: once, in time, and only while all that it was made from still holds.

    Beside another deployment of the design in that cloud it queues; when its turn has come, it is looked at
    again (deployer.admission). `confirmed` names the checks that somebody said to know of: `data` when
    it destroys data. `removes_snapshots`, of a destroy: with those that operations made, which else stay.

    Raises: PlanAlreadyApplied, PlanExpired, PreflightFailed, ApprovalNeeded, PlanDeclined,
    ApprovalRuleChanged, ConfirmationNeeded, SnapshotsInTheWay, PlanOutdated, CloudNotReady.
    """
    design, cloud = plan.revision.design, plan.cloud
    _refuse_unless_applicable(plan, confirmed)
    removes_snapshots = removes_snapshots and plan.intent == Plan.Intent.DESTROY
    if not removes_snapshots and (held := selectors.snapshots_in_the_way(plan)):
        raise SnapshotsInTheWay([one.name for one in held])
    waits = Deployment.objects.active().filter(design=design, cloud=cloud).exists()
    if waits:
        if plan.follows_drawing and content_hash(design.document) != plan.revision.content_hash:
            raise PlanOutdated
    else:
        _refuse_when_things_changed(plan)
    now = timezone.now()
    with transaction.atomic():
        Cloud.objects.select_for_update(no_key=True).get(id=cloud.id)  # of two at once, one is second
        if not Plan.objects.claim(plan, now):
            raise PlanAlreadyApplied
        # Somebody may have been quicker while the cloud was asked.
        waits = waits or Deployment.objects.active().filter(design=design, cloud=cloud).exists()
        deployment = Deployment.objects.create(
            plan=plan,
            design=design,
            cloud=cloud,
            on_failure=on_failure,
            removes_snapshots=removes_snapshots,
            waited=waits,
            created_by=applied_by,
            created_at=now,
            next_turn_at=now,
        )
        add_runs(deployment, plan)
        if waits:
            tell(deployment, "Queued: it begins when the deployment before it has ended.", at=now)
        _announce(deployment)
    logger.info("deployment started", extra={"deployment_id": str(deployment.id), "queued": waits})
    return deployment


def cancel_deployment(deployment: Deployment) -> Deployment:
    """Finish the calls under way and start no more; one that still waits is over at once.

    Raises: DeploymentOver.
    """
    now = timezone.now()
    with transaction.atomic():
        mine = Deployment.objects.filter(id=deployment.id)
        # Moving the turn on fences off a worker that is just about to begin it.
        never_began = mine.filter(status=DeploymentStatus.QUEUED).update(
            status=DeploymentStatus.CANCELLED, finished_at=now, lease_until=None, turn=F("turn") + 1
        )
        if never_began:
            deployment.runs.update(status=RunStatus.CANCELLED, finished_at=now)
            tell(deployment, "Cancelled before it began. Nothing was changed.", at=now)
        elif mine.active().update(status=DeploymentStatus.CANCELLING):
            text = "Cancelling: what is under way is finished, nothing more is started."
            tell(deployment, text, at=now)
        else:
            deployment.refresh_from_db()
            raise DeploymentOver(deployment.status)
        deployment.refresh_from_db()
        _announce(deployment)
    if never_began and (following := executor.after(deployment)):
        tasks.queue_turn(following.deployment_id, following.number)
    return deployment


def retry_deployment(deployment: Deployment) -> Deployment:
    """Go on after a failure or a cancellation, from the records; also with a rollback that failed.

    Raises: NothingToRetry, DeploymentRunning.
    """
    if not deployment.is_over:
        raise DeploymentRunning
    if why := selectors.why_not_retry(deployment):
        raise NothingToRetry(why)
    with _going_on(deployment) as now:
        runs = deployment.runs.filter(status__in=STOPPED, undoes=deployment.rolled_back)
        runs = runs | _made_anew_with_a_stack(deployment)
        # Forgetting which object failed lets the next try look for it by its tag, and clear it away.
        runs.filter(action="create").update(cloud_id="")
        runs.update(
            status=RunStatus.WAITING,
            attempt=0,
            error="",
            error_code="",
            next_try_at=None,
            ready_at=None,
            waited_seconds=0,
            started_at=None,
            finished_at=None,
        )
        text = "Going on with taking it back." if deployment.rolled_back else "Going on where it stopped."
        tell(deployment, text, at=now)
    return deployment


def roll_back_deployment(deployment: Deployment) -> Deployment:
    """Take back what a failed or cancelled deployment did, after it was first kept.

    Raises: NothingToRollBack, DeploymentRunning.
    """
    if not deployment.is_over:
        raise DeploymentRunning
    if why := selectors.why_not_roll_back(deployment):
        raise NothingToRollBack(why)
    with _going_on(deployment) as now:
        roll_back(deployment, deployment.runs.select_related("step"), now)
    return deployment


def choose_on_failure(deployment: Deployment, on_failure: Deployment.OnFailure) -> Deployment:
    """What happens should a step fail for good, also while it runs already. Raises: DeploymentOver."""
    chosen = Deployment.objects.active().filter(id=deployment.id, rolled_back=False)
    if not chosen.update(on_failure=on_failure):
        raise DeploymentOver(deployment.status)
    deployment.refresh_from_db()
    look_again_on_commit(deployment.id)
    return deployment


def _made_anew_with_a_stack(deployment: Deployment) -> QuerySet[StepRun]:
    """A stack that failed is removed and made again, so what was in it already is made again too."""
    mine = deployment.runs.filter(undoes=deployment.rolled_back)
    stack = mine.filter(step__kind=STACK, action="create", status__in=STOPPED).first()
    carried = stack.step.matched["carries"] if stack else []
    return mine.filter(step__key__in=carried, action="create")


@contextmanager
def _going_on(deployment: Deployment) -> Iterator[datetime]:
    """A deployment that was over is at work again. Raises: DeploymentRunning when another one is."""
    now = timezone.now()
    try:
        with transaction.atomic():
            ended = Deployment.objects.filter(id=deployment.id, status=deployment.status)
            if not ended.update(
                status=DeploymentStatus.RUNNING,
                finished_at=None,
                residue=None,
                lease_until=None,
                next_turn_at=now,
            ):
                raise DeploymentRunning
            deployment.refresh_from_db()
            yield now
            _announce(deployment)
    except IntegrityError:
        raise DeploymentRunning from None


def _refuse_unless_applicable(plan: Plan, confirmed: Collection[str]) -> None:
    if plan.applied_at is not None:
        raise PlanAlreadyApplied
    if timezone.now() > plan.expires_at:
        raise PlanExpired
    if plan.failed_checks:
        raise PreflightFailed(_reasons(plan.failed_checks))
    refuse_unless_approved(plan)
    if unconfirmed := [one for one in plan.checks_to_confirm if one["check"] not in confirmed]:
        raise ConfirmationNeeded(_reasons(unconfirmed))


def _refuse_when_things_changed(plan: Plan) -> None:
    """The fingerprint holds what the plan was made from; what the cloud offers is looked at once more too.

    So a quota that somebody else used up meanwhile, or a flavor that went, is noticed before the first call.
    """
    situation = read_situation(plan.revision.design, plan.cloud, plan.region_choices)
    if fingerprint_of(plan, situation) != plan.fingerprint:
        raise PlanOutdated
    planned = [step.planned() for step in plan.steps.all()]
    checks, _ = check_steps(plan.intent, plan.revision.design, plan.cloud, planned, situation)
    if failed := [one.to_json() for one in checks if one.status == CheckStatus.FAILED]:
        raise PreflightFailed(_reasons(failed))
    if any(is_matched_otherwise(step, situation.profile.at(step.region)) for step in planned):
        raise PlanOutdated


def _reasons(checks: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [{"at": one["check"], "detail": f"{one['summary']} {one['detail']}".strip()} for one in checks]


def _announce(deployment: Deployment) -> None:
    look_again_on_commit(deployment.id)
    deployment_id, turn = deployment.id, deployment.turn
    transaction.on_commit(lambda: tasks.queue_turn(deployment_id, turn))
