"""Takes a failed deployment back: what it made goes, what it changed or removed becomes as it was."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from deployer.domain.plan import Action
from deployer.domain.runs import build_undo_runs, undo_steps
from deployer.domain.states import RunStatus
from deployer.events import tell
from deployer.models import Deployment, DeploymentEvent, Plan, Step, StepRun


def roll_back(deployment: Deployment, runs: Iterable[StepRun], now: datetime) -> None:
    """Add the runs that lead back, as a plan of its own with the price before and after. Asks no cloud."""
    runs = list(runs)
    befores = {run.key: run.before for run in runs if run.before is not None}
    touched = {(Action(run.action), run.key) for run in runs if _had_effect(run)}
    back, lost = undo_steps([step.planned() for step in deployment.plan.steps.all()], befores, touched)
    known = {run.key: run.cloud_id for run in runs if run.cloud_id}
    plan = _keep_plan(deployment.plan, now)
    steps = Step.objects.bulk_create(
        Step.of(plan, position, replace(step, cloud_id=known.get(step.key, "")))
        for position, step in enumerate(back)
    )
    by_key = {step.key: step for step in steps}
    first = max(run.position for run in runs) + 1
    StepRun.objects.bulk_create(
        StepRun(
            deployment=deployment,
            step=by_key[undo.key],
            position=first + place,
            action=undo.action,
            needs=sorted(undo.needs),
            parts=list(undo.parts),
            undoes=True,
            cloud_id="" if undo.action == "create" else by_key[undo.key].cloud_id,
        )
        for place, undo in enumerate(build_undo_runs(back))
    )
    deployment.rolled_back = True
    deployment.save(update_fields=["rolled_back"])
    text = "Something failed, so everything is being taken back to how it was."
    if lost:
        text += f" Its data cannot be brought back, so this stays as it is now: {', '.join(sorted(lost))}."
    tell(deployment, text, at=now, level=DeploymentEvent.Level.WARNING)


def _had_effect(run: StepRun) -> bool:
    """A removal that was refused left things as they were; of anything else that was tried it is unknown."""
    return run.status == RunStatus.SUCCEEDED if run.action == Action.DELETE else run.tried


def _keep_plan(failed: Plan, now: datetime) -> Plan:
    return Plan.objects.create(
        revision=failed.revision,
        cloud=failed.cloud,
        intent=failed.intent,
        as_one_stack=failed.as_one_stack,
        fingerprint=failed.fingerprint,
        price_book=failed.price_book,
        price_book_title=failed.price_book_title,
        price_book_version=failed.price_book_version,
        price_period=failed.price_period,
        currency=failed.currency,
        monthly_now=failed.monthly_after,
        monthly_after=failed.monthly_now,
        renews=failed,
        created_by=failed.created_by,
        created_at=now,
        applied_at=now,
    )
