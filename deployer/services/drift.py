"""What someone may ask for with drift: look at what stands, leave a difference as it is, repair, adopt."""

import logging
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from catalog.selectors import component_types, get_price_book
from deployer import selectors
from deployer.domain.adoption import Adoption, CannotSay, Scene
from deployer.domain.adoption import adopt as adoption_of
from deployer.domain.cloud import LiveStatus
from deployer.domain.drift import Difference, Drift
from deployer.domain.drift_costs import live_graph
from deployer.domain.kinds import REPLACEABLE_SERVICES
from deployer.domain.plan import as_stored, recorded_graph
from deployer.domain.repair import why_not_redeployed
from deployer.errors import (
    AdoptionImpossible,
    CloudNotReady,
    DriftChanged,
    IgnoreInvalid,
    NothingStands,
    RepairImpossible,
)
from deployer.events import look_again_on_commit, tell
from deployer.models import Cloud as CloudRow
from deployer.models import DeploymentEvent, DriftIgnore, DriftReport, Plan, Resource
from deployer.services import planning
from deployer.services.planning import Situation, monthly_by_key, read_situation
from designer.models import Design, Edit
from designer.selectors import design_document
from designer.services.designs import apply_patch
from estimator.domain.assumptions import Assumptions
from estimator.domain.estimates import estimate

logger = logging.getLogger(__name__)

LONGEST_IGNORE_DAYS = 366
MOST_ADOPTED = 20
ADOPT_OTHERS_FIRST = "A lot has drifted. See to the others first, then check again."
# Of the properties that a cloud tells, those that a price depends on.
PRICED = frozenset({"flavor", "size_gib", "volume_gib", "port"})


def check_drift(design: Design, cloud: CloudRow, *, asked_by: User | None) -> DriftReport:
    """Ask the cloud what stands there of the design, and keep what differs. Changes nothing there.

    A cloud that does not answer makes a report too: it says so. Raises: NothingStands.
    """
    if not selectors.resources_of(design, cloud):
        raise NothingStands(design.name, cloud.name)
    report = DriftReport(design=design, cloud=cloud, checked_at=timezone.now(), asked_by=asked_by)
    try:
        situation = read_situation(design, cloud)
    except CloudNotReady as error:
        report.status, report.detail = DriftReport.Status.FAILED, str(error)
        report.save(force_insert=True)
        return report
    before = selectors.find_last_report(design, cloud)
    known = {one["id"] for one in before.differences} if before else set()
    _fill(report, situation, known)
    with transaction.atomic():
        report.save(force_insert=True)
        _announce(report)
    return report


def ignore(
    report: DriftReport, ids: Collection[str], *, until: date, reason: str, created_by: User | None
) -> list[DriftIgnore]:
    """Leave these differences as they are, to the end of that day. Again changes date and reason.

    Raises: IgnoreInvalid, DriftChanged.
    """
    today = timezone.localdate()
    if not reason.strip():
        raise IgnoreInvalid("Say why the difference is left as it is.")
    if not 0 <= (until - today).days <= LONGEST_IGNORE_DAYS:
        raise IgnoreInvalid("A difference is left as it is until a day between today and a year from now.")
    with transaction.atomic():
        return [
            DriftIgnore.objects.update_or_create(
                design=report.design,
                cloud=report.cloud,
                difference=one["id"],
                defaults={
                    "until": until,
                    "reason": reason.strip(),
                    "created_by": created_by,
                    "created_at": timezone.now(),
                },
            )[0]
            for one in _named(report, ids)
        ]


def plan_repair(report: DriftReport, ids: Collection[str], *, created_by: User | None) -> Plan:
    """Propose to put these differences right and to touch nothing else.

    Raises: DriftChanged when they are no longer as reported, RepairImpossible, CloudNotReady.
    """
    wanted = {one["id"] for one in _named(report, ids)}
    situation = read_situation(report.design, report.cloud)
    chosen = [one for one in situation.drift if one.id in wanted]
    if len(chosen) < len(wanted):
        raise DriftChanged
    if reasons := {one.label: why for one in chosen if (why := why_not_redeployed(one))}:
        raise RepairImpossible(reasons)
    return planning.create_repair_plan(
        design=report.design, cloud=report.cloud, chosen=chosen, situation=situation, created_by=created_by
    )


def adopt(report: DriftReport, ids: Collection[str], *, author: User | None) -> list[Edit]:
    """Make the design say what is live: an edit for each difference, and our records follow.

    What cannot be said is refused before anything is edited. Raises: DriftChanged, AdoptionImpossible,
    CloudNotReady, EditRefusedByDesign.
    """
    wanted = {one["id"] for one in _named(report, ids)}
    situation = read_situation(report.design, report.cloud)
    chosen = [one for one in situation.drift if one.id in wanted]
    if len(chosen) < len(wanted):
        raise DriftChanged
    edits: list[Edit] = []
    with transaction.atomic():
        for one in chosen:
            design = Design.objects.get(id=report.design_id)
            scene = scene_of(design.document, situation)
            try:
                adoption = adoption_of(one, scene)
            except CannotSay as cannot:
                raise AdoptionImpossible(one.label, str(cannot)) from None
            if adoption.patch:
                edits.append(apply_patch(design, adoption.patch, author=author))
            _record_adopted(report, one, adoption)
    return edits


def _record_adopted(report: DriftReport, one: Difference, adoption: Adoption) -> None:
    """Our row says what is live too, so the next plan has nothing to do about it."""
    rows = Resource.objects.filter(design=report.design, account=report.cloud)
    if one.drift == Drift.MISSING:
        rows.filter(key=one.key).delete()
        return
    resource = adoption.graph[adoption.key]
    properties = as_stored(resource.properties)
    if one.drift == Drift.CHANGED:
        row = rows.get(key=one.key)
        names = ("size", "flavor") if one.attribute == "flavor" else (one.attribute,)
        row.properties = row.properties | {name: properties.get(name) for name in names}
        if one.attribute == "flavor":
            row.matched = row.matched | {"flavor_name": one.live, **_flavor_facts(one)}
        row.save(update_fields=["properties", "matched"])
        return
    holder = rows.get(key=one.key.partition("~")[0])
    Resource.objects.create(
        design=report.design,
        account=report.cloud,
        deployment=holder.deployment,
        key=adoption.key,
        kind=one.kind,
        component=resource.component,
        name=str(resource.properties.get("name") or adoption.key),
        cloud_id=one.cloud_id,
        region=one.region,
        status=LiveStatus.ACTIVE,
        properties=properties,
        needs=list(resource.needs),
        outputs={"id": one.cloud_id, **_address_of(one)},
        created_at=timezone.now(),
    )


def _flavor_facts(one: Difference) -> dict[str, Any]:
    size = one.observed.get("size") or {}
    known = {"flavor_id": one.observed.get("flavor_id")}
    if size:
        known |= {"flavor_vcpus": size["vcpus"], "flavor_ram_mib": round(size["ram_gib"] * 1024)}
    return {name: value for name, value in known.items() if value}


def _address_of(one: Difference) -> dict[str, str]:
    address = one.observed.get("address")
    return {"address": str(address)} if address else {}


def scene_of(
    document: dict[str, Any], situation: Situation, drift: Sequence[Difference] | None = None
) -> Scene:
    """`drift` stands in for what was found."""
    return Scene(
        document=document,
        types=component_types(),
        recorded=situation.recorded,
        drift=situation.drift if drift is None else drift,
        flavors=situation.profile.flavors,
        without=REPLACEABLE_SERVICES - situation.profile.services_everywhere(),
    )


def _why_not_adopted(one: Difference, scene: Scene) -> str:
    try:
        adoption_of(one, scene)
    except CannotSay as cannot:
        return str(cannot)
    return ""


def stop_ignoring(report: DriftReport, ids: Collection[str]) -> None:
    """They count as drift again. Those that nobody ignored are no error."""
    DriftIgnore.objects.filter(design=report.design, cloud=report.cloud, difference__in=list(ids)).delete()


def _named(report: DriftReport, ids: Collection[str]) -> list[dict[str, Any]]:
    """Raises: DriftChanged when the report has no such difference."""
    by_id = {one["id"]: one for one in report.differences}
    if not ids or set(ids) - by_id.keys():
        raise DriftChanged
    return [by_id[one] for one in dict.fromkeys(ids)]


def _fill(report: DriftReport, situation: Situation, known: Collection[str]) -> None:
    design = report.design
    report.price_book = design.price_book
    book = get_price_book(design.price_book).on(timezone.localdate().isoformat())
    report.currency = book.currency
    said = Assumptions.of(design_document(design.document))
    recorded = recorded_graph([*situation.recorded.values(), *situation.externals])
    then = estimate(recorded, book, assumptions=said)
    report.monthly_recorded = report.monthly_live = then.totals.monthly
    if not situation.drift:
        report.status = DriftReport.Status.AS_DESIGNED
        return
    report.status = DriftReport.Status.DRIFTED
    now = estimate(live_graph(recorded, situation.drift), book, assumptions=said)
    report.monthly_live = now.totals.monthly
    before, after = monthly_by_key(then), monthly_by_key(now)
    scene = scene_of(design.document, situation)
    report.differences = [
        _as_stored(one, before, after, is_new=one.id not in known)
        # Each takes a few trial edits, so of a ruin not all are tried.
        | {"why_not_adopt": _why_not_adopted(one, scene) if number < MOST_ADOPTED else ADOPT_OTHERS_FIRST}
        for number, one in enumerate(situation.drift)
    ]


def _as_stored(
    one: Difference, before: dict[str, Decimal | None], after: dict[str, Decimal | None], *, is_new: bool
) -> dict[str, Any]:
    was, now = before.get(one.key, Decimal(0)), after.get(one.key, Decimal(0))
    costs = one.drift != Drift.CHANGED or one.attribute in PRICED
    change = (None if was is None or now is None else now - was) if costs else Decimal(0)
    return {
        "id": one.id,
        "drift": one.drift.value,
        "kind": one.kind,
        "key": one.key,
        "component": one.component,
        "label": one.label,
        "cloud_id": one.cloud_id,
        "attribute": one.attribute,
        "recorded": one.recorded,
        "live": one.live,
        "observed": dict(one.observed),
        "detail": one.detail,
        "monthly": None if change is None else str(change),
        "why_not_redeploy": why_not_redeployed(one),
        "is_new": is_new,
    }


def _announce(report: DriftReport) -> None:
    """What is new goes into the story of the deployment that made it, for its watchers to see."""
    new = [one for one in report.differences if one["is_new"]]
    ignored = selectors.ignored_differences(report.design, report.cloud)
    new = [one for one in new if one["id"] not in ignored]
    deployment = selectors.find_standing(report.design, report.cloud)
    if not new or deployment is None:
        return
    names = ", ".join(dict.fromkeys(one["label"] for one in new[:3]))
    more = f" and {len(new) - 3} more" if len(new) > 3 else ""
    tell(
        deployment,
        f"Drift: {_counted(new)} not as deployed: {names}{more}.",
        at=report.checked_at,
        level=DeploymentEvent.Level.WARNING,
    )
    look_again_on_commit(deployment.id)
    logger.info("drift found", extra={"report_id": str(report.id), "new": len(new)})


def _counted(new: Sequence[object]) -> str:
    return "one thing is" if len(new) == 1 else f"{len(new)} things are"
