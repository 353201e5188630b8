"""Reads of clouds, plans and deployments worth a name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, Max, Min, Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from deployer.domain.kinds import facts_of
from deployer.domain.operations import OperationStatus, Verb
from deployer.domain.plan import Action
from deployer.domain.quotas import QuotaClaim, takes
from deployer.domain.sharing import Claim, waiting_since
from deployer.domain.states import (
    AT_WORK,
    OVER,
    STOPPED,
    ComponentState,
    DeploymentStatus,
    RunStatus,
    component_state,
)
from deployer.errors import (
    CloudNotFound,
    DeploymentNotFound,
    DriftReportNotFound,
    PlanNotFound,
    SnapshotNotFound,
    StayNotFound,
)
from deployer.leasing import lease
from deployer.models import (
    APPROVE,
    Cloud,
    Deployment,
    DeploymentEvent,
    DriftIgnore,
    DriftReport,
    Operation,
    Plan,
    Resource,
    Snapshot,
    Stay,
    Step,
    StepRun,
)
from designer.domain import resources as kind
from designer.models import Design, DesignRevision

STALLED_AFTER = timedelta(seconds=30)  # the sweep has asked several times by then
NOBODY_AT_IT = (
    "No worker has taken it for half a minute: none is running, all are busy, or the queue does not answer. "
    "It goes on by itself as soon as one does. Whoever runs Stackdraft finds how to start a worker in "
    "docs/operating.md."
)


def get_cloud(user: User, cloud_id: UUID | str) -> Cloud:
    """Raises: CloudNotFound, also when it is somebody else's; the two below likewise."""
    return _get(Cloud.objects.visible_to(user), cloud_id, CloudNotFound())


def list_clouds(user: User) -> QuerySet[Cloud]:
    """With the regions of each, by name."""
    return Cloud.objects.visible_to(user).prefetch_related("regions")


def get_cloud_named(user: User, name: str) -> Cloud:
    """Raises: CloudNotFound."""
    cloud = Cloud.objects.visible_to(user).filter(name=name).first()
    if cloud is None:
        raise CloudNotFound(name)
    return cloud


def get_plan(user: User, plan_id: UUID | str) -> Plan:
    return _get(_plans(Plan.objects.visible_to(user)).prefetch_related("steps"), plan_id, PlanNotFound())


def get_own_plan(user: User, plan_id: UUID | str) -> Plan:
    """One that this person may apply. Raises: PlanNotFound."""
    return _get(_plans(Plan.objects.of(user)).prefetch_related("steps"), plan_id, PlanNotFound())


def list_plans(user: User, *, design: Design | None = None) -> QuerySet[Plan]:
    """One's own, newest first."""
    plans = _plans(Plan.objects.of(user)).prefetch_related("steps")
    return plans.filter(revision__design=design) if design else plans


def plans_to_approve(user: User) -> list[Plan]:
    """What waits for this person's word, the oldest first. Nothing for whoever may not approve."""
    if not user.has_perm(APPROVE):
        return []
    plans = _plans(Plan.objects.undecided(timezone.now())).prefetch_related("steps")
    others = plans.exclude(created_by=user).exclude(created_by=None).order_by("created_at")
    return [plan for plan in others if plan.status == Plan.Status.AWAITING_APPROVAL]


def find_waiting_twin(plan: Plan) -> Plan | None:
    """An earlier plan of the same person for exactly the same, which waits for an approval or has it."""
    same = Plan.objects.filter(
        fingerprint=plan.fingerprint, created_by=plan.created_by, revision__design=plan.revision.design
    )
    good = (Plan.Status.AWAITING_APPROVAL, Plan.Status.READY)
    earlier = _plans(same.exclude(id=plan.id).exclude(approval_reason="")).order_by("created_at")
    return next((one for one in earlier if one.status in good), None)


def get_deployment(user: User, deployment_id: UUID | str) -> Deployment:
    return _get(_deployments(user), deployment_id, DeploymentNotFound())


def list_deployments(user: User, *, design: Design | None = None) -> QuerySet[Deployment]:
    """Newest first."""
    deployments = _deployments(user)
    return deployments.filter(design=design) if design else deployments


@dataclass(frozen=True)
class Progress:
    """What a screen shows of a deployment, beside its own row. `components` is by component id."""

    runs: list[StepRun]
    resources: list[Resource]
    components: dict[str, ComponentState]
    events: list[DeploymentEvent]
    waits_for: list[Deployment]
    stalled: str
    can_retry: bool
    can_roll_back: bool


def read_progress(deployment: Deployment) -> Progress:
    runs = list(deployment.runs.select_related("step"))
    rows = [row for row in resources_of(deployment.design, deployment.cloud) if row.kind != kind.EXTERNAL]
    standing = Counter(row.component for row in rows)
    by_component: dict[str, list[tuple[str, str, str]]] = {}
    for component in deployment.plan.steps.values_list("component", flat=True):
        by_component.setdefault(component, [])
    for run in runs:
        by_component.setdefault(run.step.component, []).append((run.action, run.status, run.error))
    return Progress(
        runs=runs,
        resources=rows,
        components={
            component: component_state(states, standing[component])
            for component, states in by_component.items()
        },
        events=list(deployment.events.all()),
        waits_for=waits_for(deployment),
        stalled=why_stalled(deployment),
        can_retry=deployment.is_over and why_not_retry(deployment) is None,
        can_roll_back=deployment.is_over and why_not_roll_back(deployment) is None,
    )


def latest_deployments(designs: Sequence[Design]) -> dict[Any, dict[str, str]]:
    """A column of the list of designs: the newest deployment of each."""
    newest: dict[Any, dict[str, str]] = {}
    rows = Deployment.objects.filter(design__in=designs).select_related("plan", "cloud")
    for row in rows.order_by("created_at"):
        newest[row.design_id] = {
            "id": str(row.id),
            "intent": row.plan.intent,
            "status": row.status,
            "cloud": row.cloud.name,
        }
    return newest


def find_standing(design: Design, cloud: Cloud) -> Deployment | None:
    """The deployment that what stands there comes from: neither one that never began nor one taken back."""
    began = Deployment.objects.filter(design=design, cloud=cloud, started_at__isnull=False)
    began = began.select_related("plan__revision")
    return began.filter(rolled_back=False).first() or began.first()


def resources_of(design: Design, cloud: Cloud) -> list[Resource]:
    """What stands there of the design, what is arranged by hand included, oldest first."""
    return list(Resource.objects.filter(design=design, account=cloud))


def list_secrets(deployment: Deployment) -> QuerySet[Resource]:
    """The passwords that stand for the deployment's design where it was deployed, by name."""
    made = Resource.objects.filter(design=deployment.design, account=deployment.cloud, kind=kind.PASSWORD)
    return made.exclude(sealed_outputs="").select_related("revealed_by").order_by("name", "key")


def deployment_ids(design: Design, cloud: Cloud) -> frozenset[str]:
    """The first half of every tag that this design's resources can carry there."""
    ids = Deployment.objects.filter(design=design, cloud=cloud).values_list("id", flat=True)
    return frozenset(str(one) for one in ids)


def ignored_differences(design: Design, cloud: Cloud) -> frozenset[str]:
    """Ids of what drifted and is left as it is for now."""
    ignores = DriftIgnore.objects.filter(design=design, cloud=cloud).in_force(timezone.localdate())
    return frozenset(ignores.values_list("difference", flat=True))


def get_stay(user: User, stay_id: UUID | str) -> Stay:
    """Raises: StayNotFound, also when it is somebody else's; SnapshotNotFound likewise."""
    return _get(Stay.objects.visible_to(user).select_related("design", "cloud"), stay_id, StayNotFound())


def get_snapshot(user: User, snapshot_id: UUID | str) -> Snapshot:
    return _get(Snapshot.objects.visible_to(user).select_related("account"), snapshot_id, SnapshotNotFound())


def list_snapshots(design: Design, cloud: Cloud) -> list[Snapshot]:
    return list(Snapshot.objects.filter(design=design, account=cloud))


def snapshots_in_the_way(plan: Plan) -> list[Snapshot]:
    """Those of volumes that the plan removes: until they are gone, no cloud removes their volume."""
    goes = plan.steps.filter(action__in=[Action.DELETE, Action.REPLACE], kind=kind.VOLUME)
    made = Snapshot.objects.filter(design=plan.revision.design, account=plan.cloud, kind=kind.VOLUME)
    return list(made.filter(key__in=goes.values("key")))


def get_drift_report(user: User, report_id: UUID | str) -> DriftReport:
    """Raises: DriftReportNotFound, also when it is somebody else's."""
    reports = DriftReport.objects.visible_to(user).select_related("design", "cloud")
    return _get(reports, report_id, DriftReportNotFound())


def list_drift_reports(
    user: User, *, design: Design | None = None, cloud: Cloud | None = None
) -> QuerySet[DriftReport]:
    """Newest first."""
    reports = DriftReport.objects.visible_to(user).select_related("design", "cloud")
    if design is not None:
        reports = reports.filter(design=design)
    return reports if cloud is None else reports.filter(cloud=cloud)


def find_last_report(design: Design, cloud: Cloud) -> DriftReport | None:
    """The newest one that got an answer from the cloud."""
    reports = DriftReport.objects.filter(design=design, cloud=cloud)
    return reports.exclude(status=DriftReport.Status.FAILED).first()


def find_newest_look(design: Design, cloud: Cloud) -> DriftReport | None:
    """The newest report, answered or not; None when it found drift and we changed something there since."""
    newest = DriftReport.objects.filter(design=design, cloud=cloud)[:1]
    overtaken = Q(_overtaken_look(), status=DriftReport.Status.DRIFTED)
    return DriftReport.objects.filter(id__in=[report.id for report in newest]).exclude(overtaken).first()


def overtaken_stays(stays: QuerySet[Stay]) -> list[Any]:
    """Ids of those whose newest look found something, and where we changed something since."""
    newest = DriftReport.objects.filter(design=OuterRef("design"), cloud=OuterRef("cloud"))
    looks = dict(stays.annotate(look=Subquery(newest.values("id")[:1])).values_list("look", "id"))
    drifted = DriftReport.objects.filter(id__in=looks.keys() - {None}, status=DriftReport.Status.DRIFTED)
    return [looks[report.id] for report in drifted.filter(_overtaken_look())]


def _overtaken_look() -> Q:
    """As a condition on reports: a deployment began there since, or a server was started or stopped."""
    place = {"design": OuterRef("design"), "cloud": OuterRef("cloud")}
    since = {**place, "created_at__gt": OuterRef("checked_at")}
    deployed = Deployment.objects.filter(**since, started_at__isnull=False)
    switched = Operation.objects.filter(
        **since, verb__in=[Verb.START, Verb.STOP], status=OperationStatus.SUCCEEDED
    )
    return Q(Exists(deployed) | Exists(switched))


def ignores_of(design: Design, cloud: Cloud) -> dict[str, DriftIgnore]:
    """What is left as it is today, by the difference's id."""
    ignores = DriftIgnore.objects.filter(design=design, cloud=cloud).select_related("created_by")
    return {one.difference: one for one in ignores.in_force(timezone.localdate())}


def drifted_designs(designs: Sequence[Design]) -> dict[Any, dict[str, Any]]:
    """A column of the list of designs: what drifted of each where it stands, at the newest look."""
    newest: dict[tuple[Any, Any], DriftReport] = {}
    reports = DriftReport.objects.filter(design__in=designs).exclude(_overtaken_look())
    reports = reports.exclude(status=DriftReport.Status.FAILED)
    # One report for each place, found by the index: a design is looked at for months.
    latest = reports.filter(design=OuterRef("design"), cloud=OuterRef("cloud"))
    for one in reports.filter(id=Subquery(latest.values("id")[:1])).select_related("cloud"):
        newest[one.design_id, one.cloud_id] = one
    ignored: dict[tuple[Any, Any], set[str]] = {}
    today = timezone.localdate()
    for row in DriftIgnore.objects.filter(design__in=designs).in_force(today):
        ignored.setdefault((row.design_id, row.cloud_id), set()).add(row.difference)
    standing = set(
        Resource.objects.filter(design__in=designs).values_list("design_id", "account_id").distinct()
    )
    found: dict[Any, dict[str, Any]] = {}
    for place, report in newest.items():
        left = ignored.get(place, set())
        count = sum(one["id"] not in left for one in report.differences)
        if count and place in standing:
            known = found.setdefault(place[0], {"count": 0, "clouds": []})
            known["count"] += count
            known["clouds"].append(report.cloud.name)
    return found


def quota_claims(cloud: Cloud, *, besides: Design) -> list[QuotaClaim]:
    """What deployments of other designs that run or wait will still take there."""
    waiting = list(
        StepRun.objects.filter(deployment__in=Deployment.objects.active().filter(cloud=cloud))
        .exclude(deployment__design=besides)
        .exclude(status__in=OVER)
        .select_related("step")
    )
    going = {run.step_id for run in waiting if run.action == Action.DELETE}
    claims = []
    for run in waiting:
        step = run.step
        stays = step.old_region in ("", step.region)
        if run.action == Action.UPDATE or (run.action == Action.CREATE and run.step_id in going and stays):
            # The old one still counts there, so only the difference comes on top.
            difference = {name: amount for name, amount in step.takes.items() if amount > 0}
            claims.append(QuotaClaim(step.kind, step.region, difference))
        elif run.action == Action.CREATE and not run.cloud_id:
            claims.append(QuotaClaim(step.kind, step.region, takes(step.kind, step.properties, step.matched)))
    return claims


def regions_of(design: Design, cloud: Cloud) -> set[str]:
    """Where something of the design stands, or may have been left, in a cloud."""
    rows = {row.region for row in resources_of(design, cloud) if row.kind != kind.EXTERNAL}
    return rows | _regions(Step.objects.filter(plan__deployment__design=design, plan__cloud=cloud))


def _regions(steps: QuerySet[Step]) -> set[str]:
    pairs = steps.exclude(kind=kind.EXTERNAL).values_list("region", "old_region").distinct()
    return {region for pair in pairs for region in pair}


def last_deployed_plan(revision: DesignRevision, cloud: Cloud) -> Plan | None:
    """Of deployments of this revision that came to their end, the last one there, else the last anywhere."""
    plans = Plan.objects.filter(
        revision=revision, intent=Plan.Intent.DEPLOY, deployment__status=DeploymentStatus.SUCCEEDED
    )
    newest = plans.select_related("deployment").order_by("-deployment__created_at")
    return newest.filter(cloud=cloud).first() or newest.first()


def claims_beside(deployment: Deployment) -> dict[str, list[Claim]]:
    """What other deployments have under way and wait for in the same cloud, by service.

    Inside a transaction: until it ends, nobody else who asks for this cloud gets an answer, so that two who
    look at the same moment cannot both take the last place.
    """
    Cloud.objects.select_for_update(no_key=True).get(id=deployment.cloud_id)
    beside = Deployment.objects.filter(cloud=deployment.cloud_id, status__in=AT_WORK)
    rows = (
        StepRun.objects.filter(deployment__in=beside.exclude(id=deployment.id))
        .values("deployment_id", "step__kind")
        .annotate(
            running=Count("id", filter=Q(status=RunStatus.RUNNING)),
            waiting=Count("id", filter=Q(status=RunStatus.READY)),
            ready=Min("ready_at", filter=Q(status=RunStatus.READY)),
            served=Max("started_at"),
        )
    )
    by_place: dict[tuple[Any, str], list[Any]] = {}
    for row in rows:
        by_place.setdefault((row["deployment_id"], facts_of(row["step__kind"]).service), []).append(row)
    claims: dict[str, list[Claim]] = {}
    for (_, service), found in by_place.items():
        ready = min((row["ready"] for row in found if row["ready"]), default=None)
        served = max((row["served"] for row in found if row["served"]), default=None)
        claims.setdefault(service, []).append(
            Claim(
                running=sum(row["running"] for row in found),
                waiting=sum(row["waiting"] for row in found),
                waiting_since=waiting_since(ready, served),
            )
        )
    return claims


def waits_for(deployment: Deployment) -> list[Deployment]:
    """The deployments of the same design that come before a queued one, the next to end first."""
    if deployment.status != DeploymentStatus.QUEUED:
        return []
    return list(Deployment.objects.ahead_of(deployment).select_related("plan__revision"))


def why_stalled(deployment: Deployment) -> str:
    """That no worker takes what is due, and what to do; empty while all is well."""
    if deployment.is_over:
        return ""
    this = Deployment.objects.filter(id=deployment.id)
    return NOBODY_AT_IT if this.gone_quiet(timezone.now(), STALLED_AFTER, lease()).exists() else ""


def why_not_retry(deployment: Deployment) -> str | None:
    """The reason why a deployment that is over cannot go on from its records; None when it can."""
    if deployment.status == DeploymentStatus.SUCCEEDED:
        return "The deployment has succeeded, so there is nothing to try again."
    if deployment.started_at is None:
        return "It never began, so there is nothing to go on with. Make a new plan."
    if not deployment.runs.filter(status__in=STOPPED, undoes=deployment.rolled_back).exists():
        return "It was taken back as a whole. Make a new plan."
    return _overtaken(deployment)


def why_not_roll_back(deployment: Deployment) -> str | None:
    """The reason why a deployment that is over cannot be taken back; None when it can."""
    if deployment.status == DeploymentStatus.SUCCEEDED:
        return "The deployment has succeeded. To go back, plan an earlier revision, or destroy it."
    if deployment.plan.intent != Plan.Intent.DEPLOY:
        return "What was removed is not made again by itself. Deploy the design again."
    if deployment.rolled_back:
        return "It has been rolled back already."
    if not deployment.runs.filter(tried=True).exists():
        return "It has changed nothing, so there is nothing to take back."
    return _overtaken(deployment)


def _overtaken(deployment: Deployment) -> str | None:
    later = Deployment.objects.filter(
        design=deployment.design,
        cloud=deployment.cloud,
        created_at__gt=deployment.created_at,
        started_at__isnull=False,
    )
    return "A later deployment has changed things since. Make a new plan." if later.exists() else None


def designs_standing_on(cloud: Cloud) -> list[str]:
    """Names of designs of which something still exists there."""
    designs = Design.objects.filter(resources__account=cloud).exclude(resources__kind=kind.EXTERNAL)
    return list(designs.order_by("name").values_list("name", flat=True).distinct())


def _plans(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    return plans.select_related("revision__design", "cloud", "created_by", "approval")


def _deployments(user: User) -> QuerySet[Deployment]:
    return Deployment.objects.visible_to(user).select_related(
        "plan__revision", "design", "cloud", "created_by"
    )


def _get(rows: QuerySet[Any], row_id: UUID | str, missing: LookupError) -> Any:
    model: type[Model] = rows.model
    try:
        return rows.get(id=row_id)
    except (model.DoesNotExist, ValidationError, ValueError):  # type: ignore[attr-defined]
        raise missing from None
