"""What is done about stays: looks for drift in turn, off-hours, and an end that is warned of and acted on."""

import hashlib
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from deployer import selectors
from deployer.domain.cloud import LiveStatus
from deployer.domain.off_hours import Change, OffHours, OffHoursInvalid
from deployer.domain.operations import OperationStatus, Verb
from deployer.domain.plan import recorded_graph
from deployer.errors import ExpiryInvalid, NothingDeployed, NothingStands, OperationRunning
from deployer.events import look_again_on_commit, tell
from deployer.models import Deployment, DeploymentEvent, DriftReport, Operation, Plan, Resource, Stay
from deployer.services.deploying import apply_plan
from deployer.services.drift import check_drift
from deployer.services.operations import request_operation
from deployer.services.planning import book_of_today, create_plan
from designer.domain import resources as kind
from designer.models import Design
from designer.selectors import design_document
from estimator.domain.assumptions import Assumptions
from estimator.domain.estimates import estimate

logger = logging.getLogger(__name__)

WARNING_BEFORE = timedelta(days=3)
LONGEST_PAUSE = timedelta(hours=24)
TRY_AGAIN = timedelta(minutes=15)
CHECKS_AT_ONCE = 5  # begun in one round: what became due together is spread over minutes


def set_expiry(stay: Stay, *, expires_at: datetime | None, on_expiry: Stay.OnExpiry | None = None) -> Stay:
    """Give the stay an end, another one, or none. Raises: ExpiryInvalid for one that has passed."""
    if expires_at is not None and expires_at <= timezone.now():
        raise ExpiryInvalid
    stay.expires_at = expires_at
    stay.on_expiry = on_expiry or stay.on_expiry
    stay.warned_at = stay.expired_at = stay.expiry_try_at = stay.expiry_plan = None
    stay.save()
    return stay


def extend(stay: Stay, *, days: int) -> Stay:
    """So many days from its end, or from now when that has passed or there was none."""
    now = timezone.now()
    return set_expiry(stay, expires_at=max(stay.expires_at or now, now) + timedelta(days=days))


# --- Rounds, each minute --------------------------------------------------------------------------------


def keep_stays(now: datetime) -> None:
    """One for each place where something stands, and none for others."""
    places = set(
        Resource.objects.exclude(kind=kind.EXTERNAL).values_list("design_id", "account_id").distinct()
    )
    known = {(stay.design_id, stay.cloud_id): stay for stay in Stay.objects.all()}
    for place in places - known.keys():
        _stay(*place, now)
    for place in known.keys() - places:
        running = Deployment.objects.active().filter(design_id=place[0], cloud_id=place[1])
        if not running.exists():
            known[place].delete()


def keep_stays_of(design: Design, now: datetime) -> None:
    """So that a screen shows a place the moment that something stands there."""
    places = Resource.objects.filter(design=design).exclude(kind=kind.EXTERNAL)
    for cloud_id in places.values_list("account_id", flat=True).distinct():
        _stay(design.id, cloud_id, now)


def checks_due(now: datetime) -> list[UUID]:
    """Stays to look at now, the longest overdue first. What is being deployed is not looked at.

    What was found drifted is looked at again as soon as something was changed there.
    """
    if not settings.DRIFT_CHECK_MINUTES:
        return []
    overtaken = selectors.overtaken_stays(Stay.objects.filter(next_check_at__gt=now))
    Stay.objects.filter(id__in=overtaken).update(next_check_at=now)
    busy = {(one.design_id, one.cloud_id) for one in Deployment.objects.active()}
    due = Stay.objects.filter(next_check_at__lte=now).order_by("next_check_at")
    return [stay.id for stay in due if (stay.design_id, stay.cloud_id) not in busy][:CHECKS_AT_ONCE]


def check_stay(stay_id: UUID, now: datetime) -> DriftReport | None:
    """The look that is due, once. After a cloud that does not answer, the pauses get longer."""
    stay = Stay.objects.filter(id=stay_id, next_check_at__lte=now).select_related("design", "cloud").first()
    if stay is None or not Stay.objects.claim_check(
        stay, now + _interval() + _spread(str(now), _interval() / 10)
    ):
        return None
    try:
        report = check_drift(stay.design, stay.cloud, asked_by=None)
    except NothingStands:
        return None
    if report.status != DriftReport.Status.FAILED:
        Stay.objects.filter(id=stay.id).update(failed_checks=0)
        return report
    failed = stay.failed_checks + 1
    pause = min(_interval() * 2 ** min(failed, 10), max(LONGEST_PAUSE, _interval()))
    Stay.objects.filter(id=stay.id).update(failed_checks=failed, next_check_at=now + pause)
    return report


def act_on_schedules(now: datetime) -> list[Operation]:
    """Stop and start what its schedule's last change says, unless somebody did something to it since."""
    started: list[Operation] = []
    for stay in Stay.objects.select_related("design", "cloud"):
        if not _mentions_hours(stay.design.document):
            continue
        for row, change in _scheduled(stay, now):
            wanted = "" if change.on else "stopped"
            if row.power == wanted or not _is_free(row, change, now):
                continue
            try:
                started += request_operation(
                    stay.design,
                    stay.cloud,
                    Verb.START if change.on else Verb.STOP,
                    key=row.key,
                    created_by=None,
                    by_schedule=True,
                )
            except OperationRunning:
                continue  # the next round looks again
    return started


def act_on_ends(now: datetime) -> None:
    """Warn of an end that is near; at the end make the plan that removes all, and apply it if so chosen."""
    for stay in (
        Stay.objects.exclude(expires_at=None).filter(expired_at=None).select_related("design", "cloud")
    ):
        assert stay.expires_at is not None
        if now >= stay.expires_at:
            if stay.expiry_try_at is None or now >= stay.expiry_try_at:
                _end(stay, now)
        elif stay.warned_at is None and now >= stay.expires_at - WARNING_BEFORE:
            Stay.objects.filter(id=stay.id).update(warned_at=now)
            then = "it is removed then" if stay.on_expiry == Stay.OnExpiry.DESTROY else "nothing is removed"
            _tell(
                stay, f"The stay on {stay.cloud} ends on {stay.expires_at:%Y-%m-%d %H:%M} UTC; {then}.", now
            )


def _end(stay: Stay, now: datetime) -> None:
    if Deployment.objects.active().filter(design=stay.design, cloud=stay.cloud).exists():
        return  # the next round looks again
    # Taken before the cloud is asked, so that two rounds never do it twice; tried again later when it fails.
    free = Stay.objects.filter(id=stay.id, expired_at=None, expiry_try_at=stay.expiry_try_at)
    if not free.update(expiry_try_at=now + TRY_AGAIN):
        return
    try:
        plan = create_plan(design=stay.design, cloud=stay.cloud, intent=Plan.Intent.DESTROY, created_by=None)
        if stay.on_expiry == Stay.OnExpiry.DESTROY:
            apply_plan(plan, applied_by=None)
            text = "The stay has ended, so everything is being removed."
        else:
            text = "The stay has ended. Extend it, or apply the plan that removes everything."
    except NothingDeployed:
        Stay.objects.filter(id=stay.id).update(expired_at=now)
        return
    except ValueError as refused:  # ours all carry a sentence
        _tell(stay, f"The stay has ended, but: {refused}", now)
        return
    Stay.objects.filter(id=stay.id).update(expired_at=now, expiry_plan=plan)
    _tell(stay, text, now)


# --- Schedules -------------------------------------------------------------------------------------------


def schedule_of(document: Mapping[str, Any], component: str) -> OffHours | None:
    """What the design says of the component, else of itself. Raises: OffHoursInvalid."""
    said = document.get("components", {}).get(component, {}).get("usage", {}).get("schedule")
    return OffHours.read(said or document.get("settings", {}).get("schedule"))


def schedule_problem(document: Mapping[str, Any]) -> str:
    """Why a schedule that the design says is not acted on; empty where it is, or where there is none."""
    for component in ("", *document.get("components", {})):
        try:
            schedule_of(document, component)
        except OffHoursInvalid as invalid:
            return str(invalid)
    return ""


@dataclass(frozen=True)
class HoursCost:
    """A month of what stands, running all the time and as the schedules say."""

    always: Decimal
    scheduled: Decimal
    currency: str


def cost_of_hours(stay: Stay) -> HoursCost | None:
    """None without a schedule. By today's prices of the design's book, as the estimate counts."""
    document = stay.design.document
    without = _without_hours(document)
    if without == document:
        return None
    rows = selectors.resources_of(stay.design, stay.cloud)
    graph, book = recorded_graph([row.recorded() for row in rows]), book_of_today(stay.design)
    scheduled, always = (
        estimate(graph, book, assumptions=Assumptions.of(design_document(one))).totals.monthly
        for one in (document, without)
    )
    return HoursCost(always, scheduled, book.currency)


def _without_hours(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same document with no schedule in it."""

    def free(said: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in said.items() if name != "schedule"}

    components = {
        name: {**one, "usage": free(one["usage"])} if one.get("usage") else one
        for name, one in document.get("components", {}).items()
    }
    return {**document, "settings": free(document.get("settings", {})), "components": components}


def next_change_of(stay: Stay, now: datetime) -> Change | None:
    """The nearest among its servers."""
    changes = []
    for row in _servers(stay):
        try:
            hours = schedule_of(stay.design.document, row.component)
        except OffHoursInvalid:
            continue
        if hours and (change := hours.next_change(now)):
            changes.append(change)
    return min(changes, key=lambda one: one.at, default=None)


def _scheduled(stay: Stay, now: datetime) -> Iterator[tuple[Resource, Change]]:
    for row in _servers(stay):
        try:
            hours = schedule_of(stay.design.document, row.component)
        except OffHoursInvalid as invalid:
            logger.warning("schedule not acted on", extra={"stay_id": str(stay.id), "why": str(invalid)})
            continue
        if hours and (change := hours.last_change(now)):
            yield row, change


def _servers(stay: Stay) -> list[Resource]:
    rows = Resource.objects.filter(design=stay.design, account=stay.cloud, kind=kind.SERVER)
    return list(rows.exclude(status=LiveStatus.FAILED))


def _is_free(row: Resource, change: Change, now: datetime) -> bool:
    """Nobody did anything to its power since the change, nor has it just failed."""
    since = Operation.objects.filter(
        design=row.design, cloud=row.account, key=row.key, created_at__gte=change.at
    ).filter(verb__in=[Verb.STOP, Verb.START])
    failed = OperationStatus.FAILED
    if since.exclude(status=failed).exists():
        return False
    return not since.filter(status=failed, finished_at__gt=now - TRY_AGAIN).exists()


def _mentions_hours(document: Mapping[str, Any]) -> bool:
    """Most designs have none, and a round passes over all of them each minute."""
    usages = [one.get("usage", {}) for one in document.get("components", {}).values()]
    return any(
        (said.get("schedule") or {}).get("starts_at") for said in (document.get("settings", {}), *usages)
    )


def _stay(design_id: UUID, cloud_id: UUID, now: datetime) -> Stay:
    first = now + _spread(f"{design_id} {cloud_id}", _interval())
    return Stay.objects.get_or_create(
        design_id=design_id, cloud_id=cloud_id, defaults={"created_at": now, "next_check_at": first}
    )[0]


# --- Small things ------------------------------------------------------------------------------------------


def _tell(stay: Stay, text: str, now: datetime) -> None:
    standing = selectors.find_standing(stay.design, stay.cloud)
    if standing is not None:
        with transaction.atomic():
            tell(standing, text, at=now, level=DeploymentEvent.Level.WARNING)
            look_again_on_commit(standing.id)


def _interval() -> timedelta:
    return timedelta(minutes=settings.DRIFT_CHECK_MINUTES or 60)


def _spread(text: str, within: timedelta) -> timedelta:
    """A part of it that is the same for the same text: so not all are looked at in one minute."""
    digest = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
    return within * (digest / 0xFFFFFFFF)
