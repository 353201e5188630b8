"""What someone may ask for with a plan: apply it, cancel the deployment, let it try again."""

import logging

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from deployer import tasks
from deployer.domain.runs import build_runs
from deployer.domain.states import DeploymentStatus, RunStatus
from deployer.errors import (
    DeploymentOver,
    DeploymentRunning,
    NothingToRetry,
    PlanAlreadyApplied,
    PlanExpired,
    PlanOutdated,
    PreflightFailed,
)
from deployer.events import look_again_on_commit, tell
from deployer.models import Deployment, Plan, StepRun
from deployer.services.planning import fingerprint_of, read_situation

logger = logging.getLogger(__name__)

KEEP, ROLL_BACK = Deployment.OnFailure.KEEP, Deployment.OnFailure.ROLL_BACK


def apply_plan(plan: Plan, *, applied_by: User | None, on_failure: Deployment.OnFailure = KEEP) -> Deployment:
    """Start carrying out a plan: once, in time, and only while all that it was made from still holds.

    Raises: PlanAlreadyApplied, PlanExpired, PreflightFailed, DeploymentRunning, PlanOutdated, CloudNotReady.
    """
    now = timezone.now()
    design, cloud = plan.revision.design, plan.cloud
    _refuse_unless_applicable(plan)
    if fingerprint_of(plan, read_situation(design, cloud, plan.region_choices)) != plan.fingerprint:
        raise PlanOutdated
    steps = list(plan.steps.all())
    by_key = {step.key: step for step in steps}
    runs = build_runs([step.planned() for step in steps])
    try:
        with transaction.atomic():
            if not Plan.objects.claim(plan, now):
                raise PlanAlreadyApplied
            deployment = Deployment.objects.create(
                plan=plan,
                design=design,
                cloud=cloud,
                on_failure=on_failure,
                created_by=applied_by,
                created_at=now,
                next_turn_at=now,
            )
            StepRun.objects.bulk_create(
                StepRun(
                    deployment=deployment,
                    step=by_key[run.key],
                    position=position,
                    action=run.action,
                    needs=sorted(run.needs),
                    parts=list(run.parts),
                    cloud_id="" if run.action == "create" else by_key[run.key].cloud_id,
                )
                for position, run in enumerate(runs)
            )
            _announce(deployment)
    except IntegrityError:  # the constraint of one running deployment a design and cloud
        raise DeploymentRunning from None
    logger.info("deployment started", extra={"deployment_id": str(deployment.id)})
    return deployment


def cancel_deployment(deployment: Deployment) -> Deployment:
    """Finish the calls under way and start no more. Raises: DeploymentOver."""
    with transaction.atomic():
        active = Deployment.objects.active().filter(id=deployment.id)
        if not active.update(status=DeploymentStatus.CANCELLING):
            raise DeploymentOver(deployment.status)
        deployment.refresh_from_db()
        tell(
            deployment,
            "Cancelling: what is under way is finished, nothing more is started.",
            at=timezone.now(),
        )
        _announce(deployment)
    return deployment


def retry_deployment(deployment: Deployment) -> Deployment:
    """Go on after a failure or a cancellation, from the records.

    Raises: NothingToRetry, DeploymentRunning.
    """
    _refuse_unless_retriable(deployment)
    stopped = (RunStatus.FAILED, RunStatus.SKIPPED, RunStatus.CANCELLED)
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
            runs = deployment.runs.filter(status__in=stopped)
            # Forgetting which object failed lets the next try look for it by its tag, and clear it away.
            runs.filter(action="create").update(cloud_id="")
            runs.update(
                status=RunStatus.WAITING,
                attempt=0,
                error="",
                error_code="",
                next_try_at=None,
                started_at=None,
                finished_at=None,
            )
            deployment.refresh_from_db()
            tell(deployment, "Going on where it stopped.", at=now)
            _announce(deployment)
    except IntegrityError:
        raise DeploymentRunning from None
    return deployment


def _refuse_unless_applicable(plan: Plan) -> None:
    if plan.applied_at is not None:
        raise PlanAlreadyApplied
    if timezone.now() > plan.expires_at:
        raise PlanExpired
    if plan.failed_checks:
        raise PreflightFailed(
            [
                {"at": one["check"], "detail": f"{one['summary']} {one['detail']}".strip()}
                for one in plan.failed_checks
            ]
        )
    if Deployment.objects.active().filter(design=plan.revision.design, cloud=plan.cloud).exists():
        raise DeploymentRunning


def _refuse_unless_retriable(deployment: Deployment) -> None:
    if not deployment.is_over:
        raise DeploymentRunning
    if deployment.status == DeploymentStatus.SUCCEEDED:
        raise NothingToRetry("The deployment has succeeded, so there is nothing to try again.")
    if deployment.rolled_back:
        raise NothingToRetry("What it made was removed again. Make a new plan.")
    later = Deployment.objects.filter(
        design=deployment.design, cloud=deployment.cloud, created_at__gt=deployment.created_at
    )
    if later.exists():
        raise NothingToRetry("A later deployment has changed things since. Make a new plan.")


def _announce(deployment: Deployment) -> None:
    look_again_on_commit(deployment.id)
    deployment_id, turn = deployment.id, deployment.turn
    transaction.on_commit(lambda: tasks.queue_turn(deployment_id, turn))
