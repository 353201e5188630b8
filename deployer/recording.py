"""Writes down what a turn learnt: the run, the resource that stands or is gone, and a line of the story.

Every method belongs inside a transaction that holds the turn's lease and lets the watchers look afterwards.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from deployer.credentials import encrypt
from deployer.domain.cloud import CloudError, Live, LiveStatus, Vanished
from deployer.domain.kinds import facts_of
from deployer.domain.plan import Action
from deployer.domain.retries import decide_retry, look_again_after
from deployer.domain.runs import run_name, undo_runs
from deployer.domain.states import DeploymentStatus, RunStatus
from deployer.events import tell
from deployer.models import Deployment, DeploymentEvent, Resource, StepRun
from designer.domain import resources as kind

Clock = Callable[[], datetime]

_DONE = {"create": "is there", "update": "is changed", "delete": "is gone"}
_SECRET_KINDS = frozenset({kind.PASSWORD})


class Recorder:
    def __init__(self, deployment: Deployment, runs: Mapping[str, StepRun], clock: Clock) -> None:
        self._deployment = deployment
        self._runs = runs
        self._clock = clock

    def started(self, run: StepRun) -> None:
        """Before the call, so that nothing is ever in the cloud that no run knows it may have asked for."""
        run.status = RunStatus.RUNNING
        run.attempt += 1
        run.tried = True
        run.started_at = run.started_at or self._clock()
        run.next_try_at = None
        self._save(run)
        for key in run.parts:
            part = self._runs[run_name(Action.CREATE, key)]
            part.tried = True
            self._save(part)

    def ready(self, run: StepRun) -> None:
        run.status = RunStatus.READY
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
        retry = decide_retry(error, run.attempt)
        if retry is None or (not retry.counts and self._is_out_of_patience(run)):
            self.failed(run, error.words, error.code)
            return
        if isinstance(error, Vanished) and run.action == Action.CREATE:
            run.cloud_id = ""  # so that it is looked for, and made again
        run.status = RunStatus.RETRYING
        run.error, run.error_code = error.words, error.code
        run.next_try_at = self._clock() + timedelta(seconds=retry.delay_seconds)
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
        age = (self._clock() - run.started_at).total_seconds() if run.started_at else 0.0
        run.status = RunStatus.RUNNING
        run.next_try_at = self._clock() + timedelta(seconds=look_again_after(age))
        self._save(run)

    def removed(self, run: StepRun) -> None:
        Resource.objects.filter(
            design=self._deployment.design,
            account=self._deployment.cloud,
            key=run.key,
            cloud_id=run.cloud_id,
        ).delete()
        self._succeeded(run)

    def standing(self, run: StepRun, live: Live) -> list[Resource]:
        """The cloud has it, finished or not, and maybe its parts. Returns the rows written."""
        run.cloud_id = live.cloud_id
        rows = [self._write_row(run, live)]
        for tag, part in live.parts.items():
            part_run = self._runs[run_name(Action.CREATE, tag.key)]
            part_run.cloud_id = part.cloud_id
            self._save(part_run)
            rows.append(self._write_row(part_run, part))
        if live.status == LiveStatus.FAILED:
            self.failed(run, live.detail or "The cloud could not make it.", "failed_in_cloud")
        elif live.status == LiveStatus.WORKING:
            self.working(run)
        else:
            self._succeeded(run)
        return rows

    def roll_back(self) -> None:
        """Add the removal of everything that this deployment made. What it changed stays changed."""
        made = {
            run.key: run
            for run in self._runs.values()
            if run.action == Action.CREATE and run.step.action == Action.CREATE and run.cloud_id
        }
        position = max(run.position for run in self._runs.values())
        for undo in undo_runs((key, run.step.needs) for key, run in made.items()):
            position += 1
            StepRun.objects.create(
                deployment=self._deployment,
                step=made[undo.key].step,
                position=position,
                action=undo.action,
                needs=sorted(undo.needs),
                undoes=True,
                cloud_id=made[undo.key].cloud_id,
            )
        self._deployment.rolled_back = True
        self._deployment.save(update_fields=["rolled_back"])
        text = "Something failed, so what this deployment made is being removed again."
        tell(self._deployment, text, at=self._clock(), level=DeploymentEvent.Level.WARNING)

    def ended(self, status: DeploymentStatus) -> None:
        if status == DeploymentStatus.SUCCEEDED:
            self._record_externals()
        level = (
            DeploymentEvent.Level.ERROR if status == DeploymentStatus.FAILED else DeploymentEvent.Level.INFO
        )
        tell(self._deployment, f"The deployment has {status}.", at=self._clock(), level=level)

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

    def _is_out_of_patience(self, run: StepRun) -> bool:
        patience = timedelta(seconds=facts_of(run.kind).patience_seconds)
        return run.started_at is not None and self._clock() - run.started_at > patience
