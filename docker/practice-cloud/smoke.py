#!/usr/bin/env python3
"""Makes one of everything the product deploys, as an ordinary member, and deletes it all again.

usage: OS_CLIENT_CONFIG_FILE=clouds.yaml ~/.cache/stackdraft/practice-cloud/venv/bin/python smoke.py [CLOUD]

CLOUD is practice, or practice-trove for the other region.
Exit status 0: everything became active, and everything went away.
"""

import base64
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from types import SimpleNamespace

import openstack
from openstack.exceptions import ForbiddenException, NotFoundException, raise_from_response

NAME = f"smoke-{uuid.uuid4().hex[:6]}"
TIMEOUT_SECONDS = 180
STACK = """
heat_template_version: 2018-08-31
parameters:
  network: {type: string}
resources:
  group:
    type: OS::Heat::AutoScalingGroup
    properties:
      min_size: 1
      max_size: 3
      resource:
        type: OS::Nova::Server
        properties: {flavor: m1.tiny, image: debian-12, networks: [{network: {get_param: network}}]}
  grow:
    type: OS::Heat::ScalingPolicy
    properties:
      adjustment_type: change_in_capacity
      auto_scaling_group_id: {get_resource: group}
      scaling_adjustment: 1
  busy:
    type: OS::Aodh::GnocchiAggregationByResourcesAlarm
    properties:
      metric: cpu
      resource_type: instance
      aggregation_method: mean
      granularity: 300
      evaluation_periods: 1
      threshold: 80
      comparison_operator: gt
      query: '{"=": {"server_group": "smoke"}}'
      alarm_actions: [{get_attr: [grow, signal_url]}]
"""

OTHER = {"practice": "practice-trove", "practice-trove": "practice"}
CLOUD = sys.argv[1] if len(sys.argv) > 1 else "practice"
cloud = openstack.connect(cloud=CLOUD)
made = SimpleNamespace()  # what later steps build on
clean_up = ExitStack()  # deletes in the reverse order of creation


def wait_until(done: Callable[[], object]) -> None:
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not after {TIMEOUT_SECONDS} s")
        time.sleep(0.2)


def is_gone(look: Callable[..., object], *what: object) -> bool:
    try:
        found = look(*what)
    except NotFoundException:
        return True
    return "DELETED" in str(getattr(found, "provisioning_status", None))


def delete_later(delete: Callable[..., object], look: Callable[..., object], *what: object) -> None:
    """Have it deleted at the end, and wait there until it is gone."""

    def delete_and_wait() -> None:
        delete(*what)
        wait_until(lambda: is_gone(look, *what))

    clean_up.callback(delete_and_wait)


def network() -> None:
    neutron = cloud.network
    made.public = neutron.find_network("public", ignore_missing=False)
    made.network = neutron.create_network(name=NAME)
    clean_up.callback(neutron.delete_network, made.network)
    made.subnet = neutron.create_subnet(
        name=NAME, network_id=made.network.id, ip_version=4, cidr="10.77.0.0/24"
    )
    made.router = neutron.create_router(name=NAME, external_gateway_info={"network_id": made.public.id})
    clean_up.callback(neutron.delete_router, made.router)
    neutron.add_interface_to_router(made.router, subnet_id=made.subnet.id)
    clean_up.callback(neutron.remove_interface_from_router, made.router, subnet_id=made.subnet.id)


def security_group_and_port() -> None:
    neutron = cloud.network
    made.group = neutron.create_security_group(name=NAME)
    clean_up.callback(neutron.delete_security_group, made.group)
    neutron.create_security_group_rule(
        security_group_id=made.group.id,
        direction="ingress",
        protocol="tcp",
        port_range_min=80,
        port_range_max=80,
        remote_group_id=made.group.id,
    )
    made.port = neutron.create_port(
        name=NAME,
        network_id=made.network.id,
        security_group_ids=[made.group.id],
        fixed_ips=[{"subnet_id": made.subnet.id, "ip_address": "10.77.0.200"}],
    )
    clean_up.callback(neutron.delete_port, made.port)


def server() -> None:
    nova = cloud.compute
    made.server = nova.create_server(
        name=NAME,
        flavor_id=nova.find_flavor("general1-2").id,
        image_id=cloud.image.find_image("debian-12").id,
        networks=[{"port": made.port.id}],
        availability_zone="az2",
        user_data=base64.b64encode(b"#cloud-config\n{}\n").decode(),
    )
    delete_later(nova.delete_server, nova.get_server, made.server.id)
    made.server = nova.wait_for_server(made.server, interval=0.2, wait=TIMEOUT_SECONDS)
    assert made.server.availability_zone == "az2"
    assert cloud.network.get_port(made.port).status == "ACTIVE"


def volume() -> None:
    cinder = cloud.block_storage
    disk = cinder.create_volume(name=NAME, size=10, volume_type="encrypted")
    delete_later(cinder.delete_volume, cinder.get_volume, disk.id)
    cinder.wait_for_status(disk, "available", interval=0.2, wait=TIMEOUT_SECONDS)
    cloud.compute.create_volume_attachment(made.server, volume_id=disk.id)
    clean_up.callback(cinder.wait_for_status, disk, "available", interval=0.2, wait=TIMEOUT_SECONDS)
    clean_up.callback(cloud.compute.delete_volume_attachment, made.server, disk.id)
    cinder.wait_for_status(disk, "in-use", interval=0.2, wait=TIMEOUT_SECONDS)


def floating_ip() -> None:
    address = cloud.network.create_ip(floating_network_id=made.public.id, port_id=made.port.id)
    clean_up.callback(cloud.network.delete_ip, address)
    assert cloud.network.get_ip(address).status == "ACTIVE"


def load_balancer() -> None:
    octavia = cloud.load_balancer
    balancer = octavia.create_load_balancer(name=NAME, vip_subnet_id=made.subnet.id)
    clean_up.callback(wait_until, lambda: is_gone(octavia.get_load_balancer, balancer.id))
    clean_up.callback(octavia.delete_load_balancer, balancer.id, cascade=True)

    def wait_until_active() -> None:
        octavia.wait_for_load_balancer(balancer.id, interval=0.2, wait=TIMEOUT_SECONDS)

    wait_until_active()
    listener = octavia.create_listener(
        name=NAME, protocol="HTTP", protocol_port=80, load_balancer_id=balancer.id
    )
    wait_until_active()
    pool = octavia.create_pool(
        name=NAME, protocol="HTTP", lb_algorithm="ROUND_ROBIN", listener_id=listener.id
    )
    wait_until_active()
    octavia.create_member(pool, address="10.77.0.200", protocol_port=80, subnet_id=made.subnet.id)
    wait_until_active()
    octavia.create_health_monitor(pool_id=pool.id, type="HTTP", delay=5, timeout=3, max_retries=2)
    wait_until_active()
    wait_until(lambda: octavia.get_load_balancer(balancer.id).operating_status == "ONLINE")


def object_container() -> None:
    swift = cloud.object_store
    swift.create_container(NAME)
    clean_up.callback(swift.delete_container, NAME)
    swift.upload_object(container=NAME, name="a/b.txt", data=b"hello")
    clean_up.callback(swift.delete_object, "a/b.txt", container=NAME)
    assert swift.download_object("a/b.txt", container=NAME) == b"hello"


def scaling_stack() -> None:
    heat = cloud.orchestration
    stack = heat.create_stack(name=NAME, template=STACK, parameters={"network": made.network.id})

    def status() -> str:
        try:
            found = heat.get_stack(stack.id)
        except NotFoundException:
            return "DELETE_COMPLETE"
        assert not found.status.endswith("FAILED"), found.status_reason
        return found.status

    clean_up.callback(wait_until, lambda: status() == "DELETE_COMPLETE")
    clean_up.callback(heat.delete_stack, stack)
    wait_until(lambda: status() == "CREATE_COMPLETE")


def secret() -> None:
    barbican = cloud.key_manager
    created = barbican.create_secret(name=NAME, payload="s3cret", payload_content_type="text/plain")
    secret_id = created.secret_ref.rpartition("/")[2]
    clean_up.callback(barbican.delete_secret, secret_id)
    assert barbican.get_secret(secret_id).payload == "s3cret"


def dns() -> None:
    designate = cloud.dns
    zone = designate.create_zone(name=f"{NAME}.example.", email="hostmaster@practice.example")
    delete_later(designate.delete_zone, designate.get_zone, zone.id)
    wait_until(lambda: designate.get_zone(zone).status == "ACTIVE")
    records = designate.create_recordset(zone, name=f"www.{NAME}.example.", type="A", records=["203.0.113.7"])
    wait_until(lambda: designate.get_recordset(records, zone).status == "ACTIVE")


def vpn() -> None:
    neutron = cloud.network
    ike = neutron.create_vpn_ike_policy(name=NAME)
    clean_up.callback(neutron.delete_vpn_ike_policy, ike)
    ipsec = neutron.create_vpn_ipsec_policy(name=NAME)
    clean_up.callback(neutron.delete_vpn_ipsec_policy, ipsec)
    service = neutron.create_vpn_service(name=NAME, router_id=made.router.id, subnet_id=made.subnet.id)
    clean_up.callback(neutron.delete_vpn_service, service)
    connection = neutron.create_vpn_ipsec_site_connection(
        name=NAME,
        vpnservice_id=service.id,
        ikepolicy_id=ike.id,
        ipsecpolicy_id=ipsec.id,
        peer_address="198.51.100.7",
        peer_id="198.51.100.7",
        peer_cidrs=["10.99.0.0/24"],
        psk="secret",
    )
    clean_up.callback(neutron.delete_vpn_ipsec_site_connection, connection)
    assert neutron.get_vpn_ipsec_site_connection(connection).status == "ACTIVE"


def other_region_has_none_of_it() -> None:
    other = openstack.connect(cloud=OTHER[CLOUD])
    assert other.compute.find_server(made.server.id) is None
    assert other.network.find_network(made.network.id) is None
    assert other.block_storage.find_volume(NAME) is None


def database_instance() -> None:
    """In the region that has them. The first one has no database service."""
    region = cloud.config.region_name
    if region == "RegionOne":
        assert not any(
            endpoint["region"] == region
            for service in cloud.service_catalog
            if service["type"] == "database"
            for endpoint in service["endpoints"]
        )
        return
    trove = cloud.database
    wish = {
        "name": NAME,
        "flavorRef": cloud.compute.find_flavor("m1.small").id,
        "volume": {"size": 5, "type": "ssd"},
        "datastore": {"type": "mysql", "version": "8.0"},
        "nics": [{"net-id": made.network.id}],
        "databases": [{"name": "app"}],
    }
    answer = trove.post("/instances", json={"instance": wish})
    raise_from_response(answer)
    path = f"/instances/{answer.json()['instance']['id']}"
    clean_up.callback(wait_until, lambda: trove.get(path).status_code == 404)
    clean_up.callback(trove.delete, path)
    wait_until(lambda: trove.get(path).json()["instance"]["status"] in ("ACTIVE", "HEALTHY"))


def reader_is_refused() -> None:
    try:
        openstack.connect(cloud="practice-reader").network.create_network(name=NAME)
    except ForbiddenException:
        return
    raise AssertionError("a reader made a network")


STEPS = (
    network,
    security_group_and_port,
    server,
    volume,
    floating_ip,
    load_balancer,
    object_container,
    scaling_stack,
    secret,
    dns,
    vpn,
    other_region_has_none_of_it,
    database_instance,
    reader_is_refused,
    clean_up.close,
)


def main() -> None:
    for step in STEPS:
        began = time.monotonic()
        step()
        print(f"{step.__name__.replace('_', ' '):24} {time.monotonic() - began:5.1f} s", flush=True)


if __name__ == "__main__":
    with clean_up:  # also after a step that failed
        sys.exit(main())
