"""How long a deployment takes: our engine, the same graph as one Heat stack, and the Ansible playbook of it.

On the practice cloud, in a project of its own. Our engine runs as in `make run`: a web server, a worker with
two processes and a scheduler. Rounds go in turns, so that a busy machine is busy for all of them alike.

The critical path is the longest way through the plan's graph, by how long the cloud took for each call in
that same deployment. A call counts until the last look that found its resource unfinished: what comes after
that may be the engine's own waiting.

Where the cloud's services share the machine, they take the longer the more is asked of them at once. So each
call is also made alone, with nothing beside it. The path of those tells what an endless cloud would allow; on
this one nobody is quicker than the work of all calls, divided by the processors.
"""

import base64
import json
import os
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openstack
import yaml
from openstack.connection import Connection

from bench.ansible_project import play
from bench.critical_path import TimedRun, critical_path
from catalog.domain.templates import HARDENED
from catalog.selectors import get_template
from deployer.cloud.handlers.secret import new_certificate
from deployer.domain.cloud import CloudProfile
from deployer.exports.ansible.playbook import ansible_files
from deployer.exports.heat.template import heat_template
from deployer.exports.subject import Subject
from deployer.services.exporting import export_subject
from designer.domain import resources as kind

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ("rax-webapp", "os-ecommerce-static")
OF_HEAT, OF_ANSIBLE, OF_PATH = 0.75, 0.2, 1.3
ROUNDS = 2
PATIENCE_SECONDS = 1800
POLL_SECONDS = 0.5
CLOUD = "bench"


@dataclass(frozen=True)
class Ours:
    """What the product told of one deployment, or of the same calls made one by one."""

    seconds: float
    runs: list[dict[str, Any]]
    busy: float = 0.0  # share of the processors' time, the cloud's own services included

    def path(self) -> tuple[float, list[TimedRun]]:
        return critical_path(
            [TimedRun(one["name"], one["seconds"], tuple(one["needs"])) for one in self.runs]
        )


def run(rounds: int = ROUNDS, templates: tuple[str, ...] = TEMPLATES, with_ansible: bool = True) -> bool:
    """True when every budget is met; also where there is no practice cloud to measure on."""
    clouds_yaml = ROOT / "clouds.yaml"
    if not clouds_yaml.exists():
        print(
            "deploy      There is no practice cloud, so nothing was measured. Start it: make practice-cloud"
        )
        return True
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("deploy: stopped"))  # and remove the project
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"deploy      on {os.cpu_count()} processors with a load of {load}", flush=True)
    with tempfile.TemporaryDirectory(prefix="stackdraft-bench-") as folder, _project(clouds_yaml) as entry:
        home = Path(folder)
        (home / "clouds.yaml").write_text(json.dumps({"clouds": {CLOUD: entry}}))
        with _product(home) as product:
            results = [
                _measure(key, home, product, entry, rounds=rounds, with_ansible=with_ansible)
                for key in templates
            ]
    return all(results)


def _measure(
    key: str, home: Path, product: "_Product", entry: dict[str, Any], *, rounds: int, with_ansible: bool
) -> bool:
    conn = openstack.connect(**entry)
    subject = _subject(key, product)
    ours: list[Ours] = []
    heat: list[float] = []
    for number in range(rounds):
        told = product.deploy(key)
        ours.append(told)
        print(
            f"deploy      {key:20} round {number + 1}: ours {told.seconds:.1f} s,"
            f" with the processors {told.busy:.0%} busy",
            flush=True,
        )
        heat.append(_heat(conn, key, subject))
        print(f"deploy      {key:20} round {number + 1}: one Heat stack {heat[-1]:.1f} s", flush=True)
    mine = statistics.median(one.seconds for one in ours)
    verdicts = [
        _verdict(key, "one Heat stack", mine, statistics.median(heat), OF_HEAT),
        _judge_paths(key, ours, product.one_by_one(key)),
    ]
    if with_ansible:
        ansible = _ansible(conn, key, home, subject)
        verdicts.append(_verdict(key, "Ansible", mine, ansible, OF_ANSIBLE))
    if left := _left(conn):
        raise SystemExit(f"deploy: of {key} there is left in the cloud: {', '.join(left)}.")
    return all(verdicts)


def _judge_paths(key: str, ours: list[Ours], alone: Ours) -> bool:
    """Of the deployment that took longest for its path. The path of calls made alone is told beside it."""
    worst = max(ours, key=lambda one: one.seconds / one.path()[0])
    path, way = worst.path()
    met = _verdict(key, f"critical path of {len(worst.runs)} calls", worst.seconds, path, OF_PATH)
    print("            " + _in_words(way))
    path, way = alone.path()
    print(f"            made alone: {path:.1f} s on the path; {_in_words(way)}")
    serial, processors = sum(one["seconds"] for one in alone.runs), os.cpu_count() or 1
    print(
        f"            one after the other: {serial:.1f} s, so {serial / processors:.1f} s at best on"
        f" {processors} processors that the cloud's services share",
        flush=True,
    )
    return met


def _in_words(way: list[TimedRun]) -> str:
    return " → ".join(f"{one.name} {one.seconds:.1f}" for one in way if one.seconds >= 0.05)


def _left(conn: Connection) -> list[str]:
    """What stands in the project after everybody has removed what is theirs."""
    mine = {"project_id": conn.current_project_id}
    found = {
        "server": conn.compute.servers(),
        "volume": conn.block_storage.volumes(),
        "load balancer": conn.load_balancer.load_balancers(**mine),
        "network": conn.network.networks(**mine),
        "router": conn.network.routers(**mine),
        "public address": conn.network.ips(**mine),
        "container": conn.object_store.containers(),
    }
    return [f"{sort} {one.name or one.id}" for sort, things in found.items() for one in things]


def _verdict(key: str, peer: str, mine: float, theirs: float, budget: float) -> bool:
    ratio = mine / theirs
    met = ratio <= budget
    print(
        f"deploy      {key:20} ours {mine:6.1f} s, {peer} {theirs:6.1f} s: {ratio:5.2f} ×"
        f"  budget {budget} ×: {'met' if met else 'MISSED'}",
        flush=True,
    )
    return met


# --- Ours ---------------------------------------------------------------------------------------------


class _Product:
    """The product on data of its own, spoken to by lines of Python that run inside it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)

    def deploy(self, key: str) -> Ours:
        """Deployed by the worker and destroyed again; the time of the deployment alone."""
        return Ours(**self._inside(_DEPLOY, key))

    def one_by_one(self, key: str) -> Ours:
        """The same calls made alone, each until its resource is there."""
        return Ours(**self._inside(_ONE_BY_ONE, key))

    def profile(self) -> dict[str, Any]:
        found: dict[str, Any] = self._inside(_PROFILE, "")
        return found

    def _inside(self, lines: str, key: str) -> Any:
        done = subprocess.run(
            [
                sys.executable,
                "manage.py",
                "shell",
                "--no-imports",
                "-c",
                f"{_INSIDE}\nkey = {key!r}\n{lines}",
            ],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode:
            raise SystemExit(f"deploy: {done.stdout[-1000:]}\n{done.stderr[-3000:]}")
        return json.loads(done.stdout.splitlines()[-1])


_INSIDE = f"""
import json, time
from django.conf import settings
from catalog.domain.templates import HARDENED
from deployer import accounts
from deployer.management.terminal import find_cloud, find_user
from deployer.domain.kinds import LOOKED_AT_TOGETHER
from deployer.domain.retries import LOOKS_IN_STEP_SECONDS, look_again_after
from deployer.domain.urgency import usual_before_looking
from deployer.services import deploying, planning
from designer.services.designs import create_design
user = find_user()
cloud = find_cloud(user, {CLOUD!r})

def over(deployment):
    while not deployment.is_over:
        time.sleep(0.2)
        deployment.refresh_from_db()
    assert deployment.status == "succeeded", (deployment.status, list(
        deployment.runs.filter(status="failed").values_list("step__key", "error")))
    return deployment

def processor_seconds():
    # (at work, in all), of all processors since they were started
    with open("/proc/stat") as kept:
        spent = [float(one) for one in kept.readline().split()[1:]]
    return sum(spent) - spent[3] - spent[4], sum(spent)

def destroyed(design):
    plan = planning.create_plan(design=design, cloud=cloud, intent="destroy", created_by=user)
    done = over(deploying.apply_plan(plan, applied_by=user))
    assert done.residue["clean"], done.residue
    design.delete()
"""

_DEPLOY = """
design = create_design(name=key, owner=user, template_key=key, form=HARDENED)
plan = planning.create_plan(design=design, cloud=cloud, intent="deploy", created_by=user)
began = processor_seconds()
done = over(deploying.apply_plan(plan, applied_by=user))
worked, passed = (after - before for before, after in zip(began, processor_seconds()))
seconds = (done.finished_at - done.created_at).total_seconds()

def seconds_of(run):
    if run.name in came_with:
        return 0.0  # it took no call of its own
    # It may have been there since just after the look before the last.
    waited = last = 0.0
    while waited < run.waited_seconds - 0.001:
        last = look_again_after(waited, usual_before_looking(run.kind))
        waited += last
    unseen = last + (LOOKS_IN_STEP_SECONDS if last and run.kind in LOOKED_AT_TOGETHER else 0.0)
    return max(0.0, (run.finished_at - run.started_at).total_seconds() - unseen)

runs = list(done.runs.select_related("step"))
came_with = {"create " + part for run in runs for part in run.parts}
timed = [{"name": run.name, "seconds": seconds_of(run), "needs": run.needs} for run in runs]
destroyed(design)
print(json.dumps({"seconds": seconds, "runs": timed, "busy": worked / passed}))
"""

# A deployment whose turns this process takes, one run at a time, with a look every few milliseconds.
_ONE_BY_ONE = """
from deployer import tasks
from deployer.domain.cloud import CloudError
from deployer.leasing import Hold, lease
from deployer.models import Deployment
from deployer.ordering import Orders
from deployer.recording import Recorder
from deployer.models import Resource
from django.utils import timezone

design = create_design(name=key + " one by one", owner=user, template_key=key, form=HARDENED)
plan = planning.create_plan(design=design, cloud=cloud, intent="deploy", created_by=user)
tasks.queue_turn = lambda *args, **kwargs: None
deployment = deploying.apply_plan(plan, applied_by=user)
# The turn is ours and stays ours, so no worker takes another.
assert Deployment.objects.claim_turn(deployment.id, 0, timezone.now(), lease())
hold = Hold(deployment.id, 1, timezone.now)
account = accounts.open_account(cloud, cloud.region)
runs = {run.name: run for run in deployment.runs.select_related("step")}
record = Recorder(deployment, runs, timezone.now)
orders = Orders(deployment, runs, {})
timed, family = [], {}
for run in sorted(runs.values(), key=lambda one: one.position):
    if run.status == "succeeded":  # it came with a whole, and is there since that is
        timed.append({"name": run.name, "seconds": 0.0, "needs": run.needs})
        continue
    whole = family.get(run.key)
    started = time.monotonic()
    while True:
        call = orders.call_for(run, account, only_find=False)
        if run.status == "waiting":
            record.started(run)
            for part in run.parts:
                family[part] = run.name
        try:
            answer = hold.meanwhile(call)
        except CloudError as error:
            assert error.can_pass, (run.name, error.words)
            time.sleep(0.2)
            continue
        for row in record.standing(run, answer.live):
            orders.learn(row)
        if run.status != "running":
            break
        time.sleep(0.05)
    assert run.status == "succeeded", (run.name, run.error)
    # What came with a whole is there when that is; asking for it is a look, no call of its own.
    seconds = 0.0 if whole else time.monotonic() - started
    timed.append({"name": run.name, "seconds": seconds, "needs": run.needs})
Deployment.objects.filter(id=deployment.id).update(
    status="succeeded", finished_at=timezone.now(), lease_until=None
)
destroyed(design)
print(json.dumps({"seconds": 0, "runs": timed}))
"""

_PROFILE = """
print(json.dumps(cloud.profile.to_json()))
"""


@contextmanager
def _product(home: Path) -> Iterator[_Product]:
    """Web, worker and scheduler as `make run` starts them."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment = kept | {
        "STACKDRAFT_HOME": str(home / "home"),
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "OS_CLIENT_CONFIG_FILE": str(home / "clouds.yaml"),
        "PORT": os.environ.get("BENCH_PORT", "18907"),
    }
    log = (home / "run.log").open("wb")
    running = subprocess.Popen(
        [sys.executable, "manage.py", "run"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait_until_it_runs(running, home)
        yield _Product(environment)
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(60)
        log.close()


def _wait_until_it_runs(running: "subprocess.Popen[bytes]", home: Path) -> None:
    for _ in range(600):
        text = (home / "run.log").read_text(errors="replace")
        if "http://" in text:
            return
        if running.poll() is not None:
            raise SystemExit(f"deploy: the product does not start.\n{text[-2000:]}")
        time.sleep(0.5)
    raise SystemExit("deploy: the product does not start in time.")


# --- The others ---------------------------------------------------------------------------------------


def _subject(key: str, product: _Product) -> Subject:
    template = get_template(key)
    profile = CloudProfile.from_json(product.profile())
    return export_subject(template.drawn(HARDENED), title=template.title, profile=profile)


def _secrets(subject: Subject) -> dict[str, str]:
    return {
        one.name: secrets.token_hex(12)
        if one.pattern
        else base64.b64encode(new_certificate("bench.example")).decode()
        for one in subject.parameters
        if one.hidden
    }


def _heat(conn: Connection, key: str, subject: Subject) -> float:
    started = time.monotonic()
    stack = conn.orchestration.create_stack(
        name=f"bench-{key}",
        template=heat_template(subject),
        parameters=_secrets(subject),
        timeout_mins=PATIENCE_SECONDS // 60,
    )
    status = _wait_for_stack(conn, stack.id)
    seconds = time.monotonic() - started
    reason = conn.orchestration.get_stack(stack.id, resolve_outputs=False).status_reason
    conn.orchestration.delete_stack(stack.id)
    gone = _wait_for_stack(conn, stack.id)
    if (status, gone) != ("CREATE_COMPLETE", "DELETE_COMPLETE"):
        raise SystemExit(f"deploy: Heat says {status}, then {gone} of {key}. {reason}")
    return seconds


def _wait_for_stack(conn: Connection, stack_id: str) -> str:
    while True:
        try:
            found = conn.orchestration.get_stack(stack_id, resolve_outputs=False)
        except openstack.exceptions.NotFoundException:
            return "DELETE_COMPLETE"
        if not str(found.status).endswith("IN_PROGRESS"):
            return str(found.status)
        time.sleep(POLL_SECONDS)


def _ansible(conn: Connection, key: str, home: Path, subject: Subject) -> float:
    folder = home / f"ansible-{key}"
    folder.mkdir(exist_ok=True)
    for path, text in ansible_files(subject).items():
        (folder / path).write_text(text)
    kept = _certificates(conn, subject)
    words = {"clouds_yaml": home / "clouds.yaml", "cloud": CLOUD, "variables": _secrets(subject) | kept}
    started = time.monotonic()
    done = play(folder, "deploy.yml", **words)
    seconds = time.monotonic() - started
    gone = play(folder, "destroy.yml", **words)
    for one in (done, gone):
        if one.returncode:
            raise SystemExit(f"deploy: Ansible failed.\n{one.stdout[-3000:]}\n{one.stderr[-1000:]}")
    return seconds


def _certificates(conn: Connection, subject: Subject) -> dict[str, str]:
    """The collection cannot make these, so they are there before it begins."""
    return {
        f"{one.name}_id": conn.key_manager.create_secret(
            name=one.label,
            payload=base64.b64encode(new_certificate("bench.example")).decode(),
            payload_content_type="application/octet-stream",
            payload_content_encoding="base64",
            secret_type="opaque",
        ).secret_ref
        for one in subject.resources
        if one.kind == kind.SECRET
    }


@contextmanager
def _project(clouds_yaml: Path) -> Iterator[dict[str, Any]]:
    """A project with a user, removed afterwards. Gives its entry for a clouds.yaml."""
    admin = yaml.safe_load(clouds_yaml.read_text())["clouds"]["practice-admin"]
    keystone = openstack.connect(**admin).identity
    name, password = f"bench-{secrets.token_hex(4)}", secrets.token_urlsafe(12)
    project = keystone.create_project(name=name, domain_id="default")
    user = keystone.create_user(
        name=name, password=password, domain_id="default", default_project_id=project.id
    )
    for role in ("member", "creator", "load-balancer_member", "heat_stack_owner"):
        if found := keystone.find_role(role):
            keystone.assign_project_role_to_user(project, user, found)
    try:
        auth = admin["auth"] | {"username": name, "password": password, "project_name": name}
        yield {**admin, "auth": auth}
    finally:
        keystone.delete_user(user)
        keystone.delete_project(project)
