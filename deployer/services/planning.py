"""Makes plans: what would change in a cloud, why, and what it would cost a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from catalog.domain.price_books import PriceBook
from catalog.selectors import get_price_book
from deployer import selectors
from deployer.accounts import Accounts
from deployer.domain.cloud import CloudError, CloudProfile, Item, Live, LiveStatus, without_parts
from deployer.domain.drift import Difference, find_drift
from deployer.domain.drift_costs import live_graph
from deployer.domain.fingerprint import fingerprint
from deployer.domain.kinds import REPLACEABLE_SERVICES, facts_of
from deployer.domain.observing import with_flavor_named
from deployer.domain.plan import (
    Mend,
    PlannedStep,
    Recorded,
    as_stored,
    build_destroy_plan,
    build_plan,
    recorded_graph,
)
from deployer.domain.preflight import Check, check_destroy_plan, check_plan
from deployer.domain.quotas import Projection, project_regions, quota_change
from deployer.domain.regions import RegionChoice, RegionUnknown, choose_regions, in_cloud_regions
from deployer.domain.repair import build_repair_plan, mends_of
from deployer.domain.stacking import STACK_KEY, is_as_one_stack, with_stack, without_stack
from deployer.errors import CloudNotReady, NothingDeployed, RegionNotThere
from deployer.models import Cloud as CloudRow
from deployer.models import Deployment, Plan, Resource, Step
from deployer.services.approvals import why_approve
from deployer.standing import read_regions
from designer.domain import resources as kind
from designer.domain.resources import ResourceGraph
from designer.models import Design, DesignRevision
from designer.selectors import content_hash, design_document, resource_graph
from designer.services.designs import create_revision
from estimator.domain.assumptions import Assumptions
from estimator.domain.estimates import Estimate, estimate


@dataclass(frozen=True)
class Situation:
    """What a plan is made from: what the cloud has, what our rows say, what stands there.

    `choices` say where each drawn region goes; `profile` is of those regions and of all where something is.
    """

    choices: list[RegionChoice]
    profile: CloudProfile
    recorded: dict[str, Recorded]
    externals: list[Recorded]
    live: dict[str, Live]
    strays: list[Item]
    inventory: list[Item]
    drift: list[Difference]
    ignored: frozenset[str] = frozenset()  # ids of differences

    @property
    def mends(self) -> dict[str, Mend]:
        """What a plan puts back: what drifted and nobody chose to leave."""
        return mends_of(one for one in self.drift if one.id not in self.ignored)


@dataclass(frozen=True)
class Outline:
    """What a plan would do, before it is priced and kept."""

    desired: ResourceGraph
    steps: list[PlannedStep]
    checks: list[Check]
    quotas: list[Projection]


def create_plan(
    *,
    design: Design,
    cloud: CloudRow,
    intent: str,
    created_by: User | None,
    revision: DesignRevision | None = None,
    regions: Mapping[str, str] | None = None,
    as_one_stack: bool = False,
) -> Plan:
    """Propose the changes that make the cloud match the design, or that remove it. Changes nothing there.

    With `revision`, one that was saved before, it is the design as it was then, whatever is drawn now.
    `as_one_stack`: Heat makes it; what stands as a stack already stays one.
    `regions` maps drawn regions to the cloud's; for those that it leaves out domain.regions chooses.
    Raises: CloudNotReady when the cloud does not answer, NothingDeployed when there is nothing to destroy,
    RegionNotThere.
    """
    is_rollback = revision is not None
    document = revision.document if revision else design.document
    choices = [] if intent == Plan.Intent.DESTROY else choose_for(document, design, cloud, regions)
    situation = read_situation(design, cloud, choices)
    if intent == Plan.Intent.DESTROY:
        running = Deployment.objects.active().filter(design=design, cloud=cloud).exists()
        if not situation.recorded and not situation.strays and not running:
            raise NothingDeployed(design.name, cloud.name)
        revision = _deployed_revision(design, cloud) or create_revision(design, created_by=created_by)
    else:
        revision = revision or create_revision(design, created_by=created_by)
    outline = propose(intent, revision, cloud, situation, as_one_stack=as_one_stack)
    plan = _new_plan(revision, cloud, intent, created_by)
    plan.as_one_stack = is_as_one_stack(outline.steps)
    plan.regions = [choice.to_json() for choice in choices]
    plan.is_rollback, plan.then = is_rollback, price_then(revision, cloud) if is_rollback else None
    plan.fingerprint = fingerprint_of(plan, situation)
    return record_plan(plan, outline, situation)


def propose(
    intent: str,
    revision: DesignRevision,
    cloud: CloudRow,
    situation: Situation,
    *,
    as_one_stack: bool = False,
) -> Outline:
    """The steps that lead from the situation to what the revision asks, or to nothing at all."""
    if intent == Plan.Intent.DESTROY:
        steps = build_destroy_plan(situation.recorded, situation.live, strays=situation.strays)
        return Outline(
            ResourceGraph({}), steps, *check_steps(intent, revision.design, cloud, steps, situation)
        )
    desired = desired_graph(revision, situation)
    recorded = situation.recorded
    steps = build_plan(
        desired,
        without_stack(recorded),
        situation.live,
        situation.profile,
        strays=situation.strays,
        mends=situation.mends,
    )
    if as_one_stack or STACK_KEY in recorded:
        steps = with_stack(steps, recorded, situation.live, title=revision.design.name)
    return Outline(desired, steps, *check_steps(intent, revision.design, cloud, steps, situation))


def check_steps(
    intent: str, design: Design, cloud: CloudRow, steps: Sequence[PlannedStep], situation: Situation
) -> tuple[list[Check], list[Projection]]:
    """What could stop these steps, and what they take of each quota, as things are."""
    recorded, live = situation.recorded, situation.live
    if intent == Plan.Intent.DESTROY:
        return check_destroy_plan(steps, situation.inventory, recorded=recorded, live=live), []
    others = selectors.quota_claims(cloud, besides=design)
    quotas = project_regions(steps, situation.profile, recorded=recorded, others=others)
    checks = check_plan(
        steps,
        situation.profile,
        situation.inventory,
        ours=frozenset((one.kind, one.cloud_id) for one in recorded.values()),
        recorded=recorded,
        live=live,
        quotas=quotas,
        choices=situation.choices,
    )
    return checks, quotas


def create_repair_plan(
    *,
    design: Design,
    cloud: CloudRow,
    chosen: Sequence[Difference],
    situation: Situation,
    created_by: User | None,
) -> Plan:
    """Propose to make these differences as they were deployed, whatever the drawing says meanwhile."""
    revision = _deployed_revision(design, cloud) or create_revision(design, created_by=created_by)
    recorded = list(without_stack(situation.recorded).values())
    steps = build_repair_plan(recorded, situation.live, situation.profile, chosen)
    if STACK_KEY in situation.recorded:
        steps = with_stack(steps, situation.recorded, situation.live, title=design.name)
    checks, quotas = check_steps(Plan.Intent.REPAIR, design, cloud, steps, situation)
    plan = _new_plan(revision, cloud, Plan.Intent.REPAIR, created_by)
    plan.as_one_stack = is_as_one_stack(steps)
    plan.fingerprint = fingerprint_of(plan, situation)
    desired = recorded_graph([*recorded, *situation.externals])
    return record_plan(plan, Outline(desired, steps, checks, quotas), situation)


def choose_for(
    document: Mapping[str, Any], design: Design, cloud: CloudRow, said: Mapping[str, str] | None = None
) -> list[RegionChoice]:
    """Where each region that a document of the design draws goes in this cloud. Raises: RegionNotThere."""
    try:
        return choose_regions(resource_graph(document), cloud.region_names, _recorded(design, cloud), said)
    except RegionUnknown as unknown:
        raise RegionNotThere(str(unknown)) from None


def read_situation(design: Design, cloud: CloudRow, choices: Sequence[RegionChoice] = ()) -> Situation:
    """Raises: CloudNotReady."""
    regions = selectors.regions_of(design, cloud) | {choice.region for choice in choices}
    try:
        profile, found = read_regions(Accounts(cloud, regions or {cloud.region}))
    except CloudError as error:
        raise CloudNotReady(error.words) from None
    return situation_of(design, cloud, choices, profile, found)


def situation_of(
    design: Design,
    cloud: CloudRow,
    choices: Sequence[RegionChoice],
    profile: CloudProfile,
    found: list[Item],
) -> Situation:
    """What the cloud answered, beside our records."""
    recorded = _recorded(design, cloud)
    inventory = [with_flavor_named(item, profile.at(item.region).flavors) for item in found]
    ours = selectors.deployment_ids(design, cloud)
    known = {_place(one, profile) for one in recorded.values()}
    rows = selectors.resources_of(design, cloud)
    strays = [
        item
        for item in without_parts(inventory)
        if item.tag and item.tag.deployment in ours and _place(item, profile) not in known
    ]
    return Situation(
        choices=list(choices),
        profile=profile,
        recorded=recorded,
        externals=[row.recorded() for row in rows if row.kind == kind.EXTERNAL],
        live=_live(recorded, inventory, profile),
        strays=strays,
        inventory=inventory,
        drift=find_drift(
            recorded,
            {row.key: row.outputs for row in rows},
            inventory,
            strays,
            place=lambda one: _place(one, profile),
        ),
        ignored=selectors.ignored_differences(design, cloud),
    )


def desired_graph(revision: DesignRevision, situation: Situation) -> ResourceGraph:
    """The revision's resources in the cloud's regions, built another way without a service that one lacks."""
    lacking = REPLACEABLE_SERVICES - situation.profile.services_everywhere()
    return in_cloud_regions(resource_graph(revision.document, without=lacking), situation.choices)


def book_of_today(design: Design) -> PriceBook:
    return get_price_book(design.price_book).on(timezone.localdate().isoformat())


def price_then(revision: DesignRevision, cloud: CloudRow) -> dict[str, Any] | None:
    """What the revision cost when it was deployed last, there or elsewhere; None when it never was."""
    last = selectors.last_deployed_plan(revision, cloud)
    if last is None:
        return None
    return {
        "monthly": str(last.monthly_after),
        "currency": last.currency,
        "price_book_title": last.price_book_title or last.price_book,
        "price_book_version": last.price_book_version,
        "at": last.deployment.created_at.isoformat(),
        "deployment": str(last.deployment.id),
    }


def fingerprint_of(plan: Plan, situation: Situation) -> str:
    """What must not change between a plan and its application."""
    design = plan.revision.design
    book = book_of_today(design)
    return fingerprint(
        intent=plan.intent,
        cloud_id=str(plan.cloud_id),
        revision_hash=content_hash(design.document) if plan.follows_drawing else plan.revision.content_hash,
        price_book=f"{book.key} {book.version} {book.period}",
        recorded=situation.recorded,
        live=situation.live,
        strays=situation.strays,
        regions={choice.drawn: choice.region for choice in situation.choices},
        drift=situation.drift,
        ignored=situation.ignored,
    )


def _recorded(design: Design, cloud: CloudRow) -> dict[str, Recorded]:
    """What our rows say. One from before a cloud's regions were known stands in its default one."""
    rows = (row.recorded() for row in selectors.resources_of(design, cloud) if row.kind != kind.EXTERNAL)
    return {one.key: one if one.region else replace(one, region=cloud.region) for one in rows}


def _place(one: Item | Recorded, profile: CloudProfile) -> tuple[str, str, str]:
    """What it is in the cloud: regions may share a service, and may not share names."""
    return profile.reach(one.region, facts_of(one.kind).service), one.kind, one.cloud_id


def _live(recorded: dict[str, Recorded], inventory: Sequence[Item], profile: CloudProfile) -> dict[str, Live]:
    standing = {_place(item, profile): item for item in inventory}
    live = {}
    for key, one in recorded.items():
        if one.kind == kind.PASSWORD:
            live[key] = Live("", LiveStatus.ACTIVE)  # kept by us, so it is always there
        elif item := standing.get(_place(one, profile)):
            live[key] = Live(item.cloud_id, item.status, item.detail)
    return live


def _deployed_revision(design: Design, cloud: CloudRow) -> DesignRevision | None:
    standing = selectors.find_standing(design, cloud)
    return standing.plan.revision if standing else None


def _new_plan(revision: DesignRevision, cloud: CloudRow, intent: str, created_by: User | None) -> Plan:
    return Plan(
        revision=revision,
        cloud=cloud,
        intent=intent,
        price_book=revision.design.price_book,
        created_by=created_by,
        created_at=timezone.now(),
    )


@transaction.atomic
def record_plan(plan: Plan, outline: Outline, situation: Situation) -> Plan:
    """Price it and keep it, with its steps and what was checked."""
    desired = outline.desired
    plan.preflight = [check.to_json() for check in outline.checks]
    plan.quotas = [one.to_json() for one in outline.quotas]
    book = get_price_book(plan.price_book).on(timezone.localdate().isoformat())
    plan.price_book_title, plan.price_book_version = book.title, book.version
    plan.price_period, plan.currency = book.period, book.currency
    said = Assumptions.of(design_document(plan.revision.document))
    standing = live_graph(
        recorded_graph([*situation.recorded.values(), *situation.externals]), situation.drift
    )
    now, after = (estimate(graph, book, assumptions=said) for graph in (standing, desired))
    plan.monthly_now, plan.monthly_after = now.totals.monthly, after.totals.monthly
    plan.unpriced = len(after.unpriced)
    plan.approval_reason = why_approve(plan)
    plan.externals = _externals(desired, after)
    plan.save(force_insert=True)
    before, then = monthly_by_key(now), monthly_by_key(after)
    Step.objects.bulk_create(
        Step.of(
            plan,
            position,
            step,
            takes=quota_change(step, situation.recorded.get(step.key)),
            monthly_change=_change(before.get(step.key, Decimal(0)), then.get(step.key, Decimal(0))),
        )
        for position, step in enumerate(outline.steps)
    )
    # Our rows take over what the cloud just said of them; a screen that shows them is then up to date.
    for key, live in situation.live.items():
        Resource.objects.filter(
            design=plan.revision.design, account=plan.cloud, key=key, cloud_id=live.cloud_id
        ).exclude(status=live.status).update(status=live.status)
    return plan


def _externals(desired: ResourceGraph, priced: Estimate) -> list[dict[str, Any]]:
    amounts = monthly_by_key(priced)
    return [
        {
            "key": resource.key,
            "component": resource.component,
            "label": str(resource.properties.get("name") or resource.key),
            "how": str(resource.properties.get("how") or ""),
            "by_hand": bool(resource.properties.get("by_hand")),
            "monthly": None if (amount := amounts.get(resource.key)) is None else str(amount),
            "properties": as_stored(resource.properties),
            "needs": list(resource.needs),
        }
        for resource in desired.of_kind(kind.EXTERNAL)
    ]


def monthly_by_key(priced: Estimate) -> dict[str, Decimal | None]:
    """Monthly amounts by resource; None where any of its lines has no price: unknown is never zero."""
    amounts: dict[str, Decimal | None] = {}
    for line in priced.line_items:
        known = amounts.get(line.key, Decimal(0))
        if not line.is_priced:
            amounts[line.key] = None
        elif known is not None:
            amounts[line.key] = known + (line.monthly or Decimal(0))
    return amounts


def _change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    return None if before is None or after is None else after - before
