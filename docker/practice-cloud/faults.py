#!/usr/bin/env python3
"""Provokes each failure that the practice cloud can play, and checks that it comes as the README says.

usage: OS_CLIENT_CONFIG_FILE=clouds.yaml ~/.cache/stackdraft/practice-cloud/venv/bin/python faults.py

Stops and starts Cinder on the way: not while somebody else works with the practice cloud.
"""

import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openstack
from keystoneauth1.exceptions import ConnectFailure
from openstack.exceptions import HttpException, raise_from_response
from openstack.network.v2.subnet import Subnet
from openstack.proxy import Proxy

NAME = f"fault-{uuid.uuid4().hex[:6]}"
TIMEOUT_SECONDS = 120
PRACTICE_CLOUD = Path(__file__).with_name("practice_cloud.py")

cloud = openstack.connect(cloud="practice")
admin = openstack.connect(cloud="practice-admin")
reader = openstack.connect(cloud="practice-reader")
image = cloud.image.find_image("debian-12").id


def server_too_big() -> None:
    assert "No valid host" in _failed_server(flavor="practice.too-big")


def server_fails_on_the_host() -> None:
    _failed_server(metadata={"practice_fail": "spawn"})


def unknown_zone() -> None:
    with _refused(400):
        _failed_server(availability_zone="no-such-zone")


def volume_in_error() -> None:
    volume = cloud.block_storage.create_volume(name=f"{NAME}-practice-fail", size=1)
    _wait_until(lambda: cloud.block_storage.get_volume(volume).status == "error")
    cloud.block_storage.delete_volume(volume)


def member_down() -> None:
    """Where a health monitor watches it, the member is in ERROR and its pool DEGRADED."""
    octavia = cloud.load_balancer
    pool = {
        "name": NAME,
        "protocol": "HTTP",
        "lb_algorithm": "ROUND_ROBIN",
        "healthmonitor": {"type": "HTTP", "delay": 5, "timeout": 3, "max_retries": 2},
        "members": [{"name": "practice-down", "address": "10.79.0.9", "protocol_port": 80}],
    }
    listener = {"name": NAME, "protocol": "HTTP", "protocol_port": 80, "default_pool": pool}
    with _routed_network() as subnet:
        balancer = octavia.create_load_balancer(name=NAME, vip_subnet_id=subnet.id, listeners=[listener])
        _wait_until(lambda: octavia.get_load_balancer(balancer).provisioning_status == "ACTIVE")
        _wait_until(lambda: next(octavia.pools(loadbalancer_id=balancer.id)).operating_status == "DEGRADED")
        octavia.delete_load_balancer(balancer, cascade=True)
        _wait_until(lambda: not list(octavia.load_balancers(name=NAME)))


def database_instance_failed() -> None:
    second = openstack.connect(cloud="practice-trove")
    trove = second.database
    wish = {
        "name": f"{NAME}-practice-fail",
        "flavorRef": second.compute.find_flavor("m1.small").id,
        "volume": {"size": 1},
        "datastore": {"type": "mysql", "version": "8.0"},
    }
    with _routed_network(second.network) as subnet:
        wish["nics"] = [{"net-id": subnet.network_id}]
        path = f"/instances/{trove.post('/instances', json={'instance': wish}).json()['instance']['id']}"
        _wait_until(lambda: trove.get(path).json()["instance"]["status"] == "ERROR")
        trove.delete(path)
        _wait_until(lambda: trove.get(path).status_code == 404)


def quota_of_nova() -> None:
    with _quota(admin.compute, "instances", 0), _refused(403):
        _failed_server()


def quota_of_cinder() -> None:
    with _quota(admin.block_storage, "volumes", 0), _refused(413):
        cloud.block_storage.create_volume(name=NAME, size=1)


def quota_of_neutron() -> None:
    project = cloud.current_project_id
    # Neutron refuses a limit below what is in use.
    admin.network.update_quota(project, networks=len(list(cloud.network.networks(project_id=project))))
    with _refused(409):
        cloud.network.create_network(name=NAME)
    admin.network.delete_quota(project)


def service_stopped() -> None:
    """Connection refused, until `start` brings it back."""
    subprocess.run([sys.executable, PRACTICE_CLOUD, "stop", "cinder"], check=True, capture_output=True)
    try:
        list(cloud.block_storage.volumes())
    except ConnectFailure:  # not an SDKException
        return
    finally:
        subprocess.run([sys.executable, PRACTICE_CLOUD, "start"], check=True, capture_output=True)
    raise AssertionError("a stopped service answered")


def reader_may_not_write() -> None:
    with _refused(403):
        reader.network.create_network(name=NAME)


def _failed_server(*, flavor: str = "m1.tiny", **wishes: object) -> str:
    """Create a server that is to end in ERROR. Returns the fault it tells."""
    nova = cloud.compute
    flavor_id = nova.find_flavor(flavor).id
    server = nova.create_server(name=NAME, image_id=image, flavor_id=flavor_id, networks="none", **wishes)
    _wait_until(lambda: nova.get_server(server).status == "ERROR")
    fault = nova.get_server(server).fault["message"]
    nova.delete_server(server)
    _wait_until(lambda: not list(nova.servers(name=NAME)))
    return fault


@contextmanager
def _routed_network(neutron: Proxy = cloud.network) -> Iterator[Subnet]:
    """A subnet on a router, which Trove insists on."""
    network = neutron.create_network(name=NAME)
    subnet = neutron.create_subnet(name=NAME, network_id=network.id, ip_version=4, cidr="10.79.0.0/24")
    router = neutron.create_router(name=NAME)
    neutron.add_interface_to_router(router, subnet_id=subnet.id)
    yield subnet
    neutron.remove_interface_from_router(router, subnet_id=subnet.id)
    neutron.delete_router(router)
    neutron.delete_network(network)


@contextmanager
def _refused(status: int) -> Iterator[None]:
    try:
        yield
    except HttpException as error:
        assert error.status_code == status, error
    else:
        raise AssertionError(f"not refused with {status}")


@contextmanager
def _quota(service: Proxy, name: str, limit: int) -> Iterator[None]:
    """Set a limit of our project for a while."""
    path = f"/os-quota-sets/{cloud.current_project_id}"
    raise_from_response(service.put(path, json={"quota_set": {name: limit}}))
    try:
        yield
    finally:
        raise_from_response(service.delete(path))


def _wait_until(done: Callable[[], object]) -> None:
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not after {TIMEOUT_SECONDS} s")
        time.sleep(0.2)


FAULTS = (
    server_too_big,
    server_fails_on_the_host,
    unknown_zone,
    volume_in_error,
    member_down,
    database_instance_failed,
    quota_of_nova,
    quota_of_cinder,
    quota_of_neutron,
    reader_may_not_write,
    service_stopped,
)


def main() -> None:
    for fault in FAULTS:
        began = time.monotonic()
        fault()
        print(f"{fault.__name__.replace('_', ' '):28} {time.monotonic() - began:5.1f} s", flush=True)


if __name__ == "__main__":
    main()
