"""Octavia's network driver: real Neutron for what a tenant can see, nothing for machines that do not exist.

Real are the VIP port, its security group, its subnet and quality of service, and the members' subnets.
"""

from octavia.common import data_models
from octavia.db import api as database
from octavia.db import repositories
from octavia.network import data_models as network_models
from octavia.network.drivers.neutron.allowed_address_pairs import AllowedAddressPairsDriver
from oslo_utils import uuidutils


class TenantSideNetwork(AllowedAddressPairsDriver):
    def plug_aap_port(self, load_balancer, vip, amphora, subnet):
        return data_models.Amphora(
            id=amphora.id,
            compute_id=amphora.compute_id,
            vrrp_ip=vip.ip_address,
            ha_ip=vip.ip_address,
            vrrp_port_id=uuidutils.generate_uuid(),
            ha_port_id=vip.port_id,
        )

    def get_plugged_networks(self, compute_id):
        """A machine always has exactly the interfaces that it should have."""
        subnets_of: dict[str, set[str]] = {}
        session = database.get_session()
        with session.begin():
            amphora = repositories.AmphoraRepository().get(session, compute_id=compute_id)
            owner = amphora and amphora.load_balancer_id
            balancer = owner and repositories.LoadBalancerRepository().get(session, id=owner)
            if balancer and balancer.vip:
                subnets_of[balancer.vip.network_id] = {balancer.vip.subnet_id}
                members = [member for pool in balancer.pools for member in pool.members if member.subnet_id]
                for member in members:
                    if member.provisioning_status != "PENDING_DELETE":
                        network = self.get_subnet(member.subnet_id).network_id
                        subnets_of.setdefault(network, set()).add(member.subnet_id)
        return [_interface(compute_id, network, subnets) for network, subnets in subnets_of.items()]

    def create_port(self, network_id, name=None, fixed_ips=(), **kwargs):
        addresses = [
            network_models.FixedIP(subnet_id=wish.get("subnet_id"), ip_address=wish.get("ip_address"))
            for wish in fixed_ips
        ]
        return network_models.Port(
            id=uuidutils.generate_uuid(),
            name=name,
            network_id=network_id,
            status="UP",
            admin_state_up=kwargs.get("admin_state_up", True),
            vnic_type=kwargs.get("vnic_type", "normal"),
            fixed_ips=addresses,
        )

    def _get_amp_net_configs(self, amp, amp_configs, vip_subnet, vip_port, additional_vips):
        vip_port.network = self.get_network(vip_port.network_id)
        more = [
            network_models.AdditionalVipData(ip_address=vip.ip_address, subnet=self.get_subnet(vip.subnet_id))
            for vip in additional_vips
        ]
        amp_configs[amp.id] = network_models.AmphoraNetworkConfig(
            amphora=amp,
            vip_subnet=vip_subnet,
            vip_port=vip_port,
            vrrp_subnet=vip_subnet,
            vrrp_port=vip_port,
            ha_subnet=vip_subnet,
            ha_port=vip_port,
            additional_vip_data=more,
        )

    def _nothing(self, *args, **kwargs):
        pass

    unplug_aap_port = unplug_vip = unplug_network = plug_port = _nothing
    plug_fixed_ip = unplug_fixed_ip = failover_preparation = _nothing
    update_aap_port_sg = set_port_admin_state_up = apply_qos_on_port = _nothing


def _interface(compute_id: str, network: str, subnets: set[str]) -> network_models.Interface:
    addresses = [network_models.FixedIP(subnet_id=subnet, ip_address=None) for subnet in subnets]
    return network_models.Interface(
        compute_id=compute_id,
        network_id=network,
        port_id=uuidutils.generate_uuid(),
        vnic_type="normal",
        fixed_ips=addresses,
    )
