"""Writes down what a turn learnt: the run, the resource that stands or is gone, and a line of the story.

Every method belongs inside a transaction that holds the turn's lease and lets the watchers look afterwards.
"""

from collections.abc import Mapping
from datetime import timedelta

from deployer.credentials import encrypt
from deployer.domain.cloud import CloudError, Live, LiveStatus, ServerFault, Unreachable, Vanished
from deployer.domain.kinds import LOAD_BALANCER_PARTS, LOOKED_AT_TOGETHER, facts_of
from deployer.domain.plan import Action
from deployer.domain.retries import decide_retry, in_step, look_again_after
from deployer.domain.runs import run_name
from deployer.domain.states import DeploymentStatus, RunStatus
from deployer.domain.urgency import usual_before_looking
from deployer.events import tell
from deployer.leasing import Clock
from deployer.models import Deployment, DeploymentEvent, Resource, StepRun
from deployer.tidying import become_unsure
from designer.domain import resources as kind

_DONE = {"create": "is there", "update": "is changed", "delete": "is gone"}
_SECRET_KINDS = frozenset({kind.PASSWORD})


class Recorder:
    def __init__(self, deployment: Deployment, runs: Mapping[str, StepRun], clock: Clock) -> None:
        self._deployment = deployment
        self._runs = runs
        self._clock = clock

    def parts_of(self, run: StepRun) -> list[StepRun]:
        """The runs of what is made in the same call."""
        return [self._runs[run_name(Action.CREATE, key, undoes=run.undoes)] for key in run.parts]

    def was_interrupted(self) -> bool:
        """Whether a call was made whose answer nobody has written down."""
        return any(
            run.status == RunStatus.RUNNING
            and run.action == Action.CREATE
            and not run.cloud_id
            and run.next_try_at is None
            for run in self._runs.values()
        )

    def started(self, run: StepRun) -> None:
        """Before the call, so that nothing is ever in the cloud that no run knows it may have asked for."""
        run.status = RunStatus.RUNNING
        run.attempt += 1
        run.tried = True
        run.started_at = run.started_at or self._clock()
        run.next_try_at = None
        self._save(run)
        for part in self.parts_of(run):
            part.tried = True
            self._save(part)

    def ready(self, run: StepRun) -> None:
        run.status = RunStatus.READY
        run.ready_at = self._clock()
        self._save(run)

    def skipped(self, run: StepRun) -> None:
        self._over(run, RunStatus.SKIPPED)

    def cancelled(self, run: StepRun) -> None:
        self._over(run, RunStatus.CANCELLED)

    def failed(self, run: StepRun, words: str, code: str) -> None:
        run.error, run.error_code = words, code
        self._over(run, RunStatus.FAILED)
        self._tell(run, f"{self._called(run)} failed. {words}", DeploymentEvent.Level.ERROR)

    def refused(self, run: StepRun, error: CloudError) -> None:
        """Try again later where that can help, else it has failed."""
        if run.action == Action.CREATE and isinstance(error, (ServerFault, Unreachable)):
            become_unsure(self._deployment.id, self._clock())
        retry = decide_retry(error, run.attempt)
        if retry is None or (not retry.counts and self._is_out_of_patience(run)):
            self.failed(run, error.words, error.code)
            return
        if isinstance(error, Vanished) and run.action == Action.CREATE:
            run.cloud_id = ""  # so that it is looked for, and made again
        run.status = RunStatus.RETRYING
        run.error, run.error_code = error.words, error.code
        self._put_off(run, retry.delay_seconds)
        if retry.counts:
            self._tell(
                run, f"{self._called(run)}: trying again. {error.words}", DeploymentEvent.Level.WARNING
            )
        else:
            run.attempt -= 1
        self._save(run)

    def working(self, run: StepRun) -> None:
        if self._is_out_of_patience(run):
            minutes = facts_of(run.kind).patience_seconds // 60
            self.failed(run, f"The cloud has not finished it after {minutes} minutes.", "timed_out")
            return
        run.status = RunStatus.RUNNING
        self._put_off(run, look_again_after(run.waited_seconds, self._usual_seconds(run)))
        self._save(run)

    def removed(self, run: StepRun) -> list[StepRun]:
        """It is gone, and with a load balancer its parts, which nobody needs to ask for. Returns all."""
        gone = [run, *(part for part in self._runs.values() if _goes_with(part, run))]
        for one in gone:
            Resource.objects.filter(
                design=self._deployment.design,
                account=self._deployment.cloud,
                key=one.key,
                cloud_id=one.cloud_id,
            ).delete()
            self._succeeded(one)
        return gone

    def standing(self, run: StepRun, live: Live) -> list[Resource]:
        """The cloud has it, finished or not, and maybe its parts. Returns the rows written."""
        run.cloud_id = live.cloud_id
        rows = [self._write_row(run, live)]
        for tag, part in live.parts.items():
            part_run = self._runs[run_name(Action.CREATE, tag.key, undoes=run.undoes)]
            part_run.cloud_id = part.cloud_id
            self._save(part_run)
            rows.append(self._write_row(part_run, part))
        if live.status == LiveStatus.FAILED:
            self.failed(run, live.detail or "The cloud could not make it.", "failed_in_cloud")
        elif live.status == LiveStatus.WORKING:
            self.working(run)
        else:
            self._succeeded(run)
            rows += self._settled(run, live)
        return rows

    def _settled(self, run: StepRun, live: Live) -> list[Resource]:
        """What the cloud says is finished together with the whole need not be asked about one by one."""
        rows = []
        for part in self.parts_of(run):
            if part.status != RunStatus.WAITING or live.inside.get(part.cloud_id) != LiveStatus.ACTIVE:
                continue
            part.started_at = part.started_at or run.started_at
            own_id = part.cloud_id.rpartition("/")[2]
            rows.append(self._write_row(part, Live(part.cloud_id, LiveStatus.ACTIVE, outputs={"id": own_id})))
            self._succeeded(part)
        return rows

    def ended(self, status: DeploymentStatus) -> None:
        if status == DeploymentStatus.SUCCEEDED:
            self._record_externals()
        level = (
            DeploymentEvent.Level.ERROR if status == DeploymentStatus.FAILED else DeploymentEvent.Level.INFO
        )
        was = "was" if status == DeploymentStatus.CANCELLED else "has"
        tell(self._deployment, f"The deployment {was} {status}.", at=self._clock(), level=level)

    def _record_externals(self) -> None:
        """What no cloud makes counts as there once the rest is, so that the next plan knows its price."""
        deployment = self._deployment
        standing = Resource.objects.filter(design=deployment.design, account=deployment.cloud)
        standing.filter(kind=kind.EXTERNAL).delete()
        if deployment.plan.intent == "destroy":
            return
        Resource.objects.bulk_create(
            Resource(
                design=deployment.design,
                account=deployment.cloud,
                deployment=deployment,
                key=external["key"],
                kind=kind.EXTERNAL,
                component=external["component"],
                name=external["label"],
                status=LiveStatus.ACTIVE,
                properties=external["properties"],
                needs=external["needs"],
                created_at=self._clock(),
            )
            for external in deployment.plan.externals
        )

    def _write_row(self, run: StepRun, live: Live) -> Resource:
        step, deployment = run.step, self._deployment
        place = {"design": deployment.design, "account": deployment.cloud, "key": step.key}
        row = Resource.objects.filter(**place).first() or Resource(**place, created_at=self._clock())
        if run.action == Action.CREATE or live.status == LiveStatus.ACTIVE:
            # A change counts as made when it is finished; until then the next plan sees it as still to do.
            row.properties, row.matched, row.needs = step.properties, step.matched, step.needs
            row.component, row.name, row.region = step.component, step.label, step.region
            row.deployment = deployment
        row.kind, row.cloud_id, row.status = step.kind, live.cloud_id, live.status
        if step.kind in _SECRET_KINDS:
            row.sealed_outputs = encrypt(live.outputs)
            row.revealed_at = row.revealed_by = None  # a new one, that nobody has seen
        else:
            row.outputs = {**(row.outputs if run.action == Action.UPDATE else {}), **live.outputs}
        row.save()
        return row

    def _succeeded(self, run: StepRun) -> None:
        run.error = run.error_code = ""
        self._over(run, RunStatus.SUCCEEDED)
        self._tell(run, f"{self._called(run)} {_DONE[run.action]}.")

    def _over(self, run: StepRun, status: RunStatus) -> None:
        run.status, run.finished_at, run.next_try_at = status, self._clock(), None
        self._save(run)

    def _save(self, run: StepRun) -> None:
        run.save()

    def _tell(
        self, run: StepRun, text: str, level: DeploymentEvent.Level = DeploymentEvent.Level.INFO
    ) -> None:
        tell(self._deployment, text, at=self._clock(), key=run.key, level=level)

    def _called(self, run: StepRun) -> str:
        return f"{facts_of(run.kind).title} {run.step.label}"

    def _usual_seconds(self, run: StepRun) -> float:
        return usual_before_looking(run.kind) if run.action == Action.CREATE else 0.0

    def _put_off(self, run: StepRun, seconds: float) -> None:
        at = self._clock() + timedelta(seconds=seconds)
        run.next_try_at = in_step(at) if run.kind in LOOKED_AT_TOGETHER else at
        run.waited_seconds += seconds

    def _is_out_of_patience(self, run: StepRun) -> bool:
        """By the waits that were asked for and not by the clock, which may have been set meanwhile."""
        return run.waited_seconds > facts_of(run.kind).patience_seconds


def _goes_with(part: StepRun, whole: StepRun) -> bool:
    return (
        whole.kind == kind.LOAD_BALANCER
        and part.kind in LOAD_BALANCER_PARTS
        and part.action == Action.DELETE
        and whole.name in part.needs
    )
