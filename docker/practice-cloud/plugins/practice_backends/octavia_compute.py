"""Octavia's machines for load balancers: numbers that are "active" at once."""

from octavia.common import constants, data_models
from octavia.compute import compute_base
from octavia.compute.drivers.noop_driver.driver import NoopServerGroup
from oslo_utils import uuidutils


class InstantMachines(compute_base.ComputeBase):
    """Octavia's own no-op driver would keep them in one SQLite file, which two workers find locked."""

    def build(self, *args, **kwargs):
        return uuidutils.generate_uuid()

    def status(self, compute_id):
        return constants.UP

    def get_amphora(self, compute_id, management_network_id=None):
        machine = data_models.Amphora(
            compute_id=compute_id, status=constants.ACTIVE, lb_network_ip="192.0.2.1"
        )
        return machine, None

    def create_server_group(self, name, policy):
        return NoopServerGroup(id=uuidutils.generate_uuid())

    def delete(self, compute_id):
        pass

    def delete_server_group(self, server_group_id):
        pass

    def attach_network_or_port(self, compute_id, network_id=None, ip_address=None, port_id=None):
        pass

    def detach_port(self, compute_id, port_id):
        pass

    def validate_flavor(self, flavor_id):
        pass

    def validate_availability_zone(self, availability_zone):
        pass
