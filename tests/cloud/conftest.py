"""The practice cloud as an outsider sees it, and the product's commands on data of their own.

Each session works in a project of its own, so that neither a developer's deployments nor another session are
in its way.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openstack
import pytest
import yaml
from openstack.connection import Connection

from tests.cloud.processes import private_queue

AT_ONCE = 8
ROOT = Path(__file__).resolve().parent.parent.parent
LAB, LAB_WITH_TROVE = "lab", "lab-trove"


@dataclass
class Checkout:
    """The commands, with a home and a clouds.yaml of their own."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "manage.py", *arguments]

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def python(self, code: str) -> str:
        """Run some lines inside the product, on the same data."""
        done = self.manage("shell", "--no-imports", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@contextmanager
def own_project() -> Iterator[dict[str, Any]]:
    """A clouds.yaml entry for a new, empty project of the practice cloud, removed afterwards."""
    path = ROOT / "clouds.yaml"
    assert path.exists(), "There is no practice cloud. Start it: make practice-cloud"
    admin = yaml.safe_load(path.read_text())["clouds"]["practice-admin"]
    keystone = openstack.connect(**admin).identity
    name, password = f"tests-{secrets.token_hex(4)}", secrets.token_urlsafe(12)
    project = keystone.create_project(name=name, domain_id="default")
    user = keystone.create_user(
        name=name, password=password, domain_id="default", default_project_id=project.id
    )
    for role in ("member", "creator", "load-balancer_member", "heat_stack_owner"):
        if found := keystone.find_role(role):
            keystone.assign_project_role_to_user(project, user, found)
    auth = admin["auth"] | {"username": name, "password": password, "project_name": name}
    yield {**admin, "auth": auth}
    keystone.delete_user(user)
    keystone.delete_project(project)


@pytest.fixture(scope="session")
def clouds() -> Iterator[dict[str, Any]]:
    """The practice cloud with a project of this session's own."""
    with own_project() as entry:
        yield {LAB: entry, LAB_WITH_TROVE: {**entry, "region_name": "RegionTwo"}}


@pytest.fixture
def checkout(tmp_path: Path, clouds: dict[str, Any]) -> Checkout:
    (tmp_path / "clouds.yaml").write_text(json.dumps({"clouds": clouds}))
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return Checkout(
        tmp_path,
        kept
        | {
            "STACKDRAFT_HOME": str(tmp_path / "home"),
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "OS_CLIENT_CONFIG_FILE": str(tmp_path / "clouds.yaml"),
            "STACKDRAFT_DEPLOYMENT_LEASE": "6",
            "STACKDRAFT_SWEEP_SECONDS": "1",
        },
    )


@pytest.fixture
def queue(checkout: Checkout) -> Iterator[None]:
    with private_queue(checkout):
        yield


@pytest.fixture
def outside(clouds: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Connection:
    """Plain openstacksdk, independent of the product's code."""
    return openstack.connect(**clouds[LAB])


@pytest.fixture
def trove_outside(clouds: dict[str, Any]) -> Connection:
    """The same in the second region, which alone has databases."""
    return openstack.connect(**clouds[LAB_WITH_TROVE])


def everything(conn: Connection) -> set[tuple[str, str]]:
    """All that the project has, as (kind, id)."""
    mine = {"project_id": conn.current_project_id}
    found = {
        "server": conn.compute.servers(),
        "server group": conn.compute.server_groups(),
        "volume": conn.block_storage.volumes(),
        "network": conn.network.networks(**mine),
        "subnet": conn.network.subnets(**mine),
        "router": conn.network.routers(**mine),
        "port": conn.network.ports(**mine),
        "security group": conn.network.security_groups(**mine),
        "rule": conn.network.security_group_rules(**mine),
        "floating ip": conn.network.ips(**mine),
        "load balancer": conn.load_balancer.load_balancers(**mine),
        "listener": conn.load_balancer.listeners(**mine),
        "pool": conn.load_balancer.pools(**mine),
        "secret": conn.key_manager.secrets(),
        # Heat lists one for a moment after it has said that it is deleted.
        "stack": (one for one in conn.orchestration.stacks() if one.status != "DELETE_COMPLETE"),
        "zone": conn.dns.zones(),
        "VPN service": conn.network.vpn_services(**mine),
        "VPN connection": conn.network.vpn_ipsec_site_connections(**mine),
        "VPN key exchange policy": conn.network.vpn_ike_policies(**mine),
        "VPN encryption policy": conn.network.vpn_ipsec_policies(**mine),
        "VPN endpoint group": conn.network.vpn_endpoint_groups(**mine),
        "image": conn.image.images(owner=conn.current_project_id),
    }
    with ThreadPoolExecutor(AT_ONCE) as pool:  # asked side by side: a busy cloud takes seconds for each
        lists = pool.map(list, found.values())
        things = {(kind, one.id) for kind, items in zip(found, lists, strict=True) for one in items}
    # Every project has its default group from the first look at it on.
    default = {one.id for one in conn.network.security_groups(name="default", **mine)}
    rules = {one.id for one in conn.network.security_group_rules(**mine) if one.security_group_id in default}
    things -= {("security group", one) for one in default} | {("rule", one) for one in rules}
    things |= {("alarm", one["alarm_id"]) for one in conn.alarm.get("/alarms").json()}
    return things | {("container", one.name) for one in conn.object_store.containers()}


@pytest.fixture
def untouched(outside: Connection, trove_outside: Connection) -> Iterator[None]:
    """Whatever a test does, afterwards the project has in both regions what it had before."""
    before = everything(outside), everything(trove_outside)
    yield
    assert (everything(outside), everything(trove_outside)) == before
