"""Octavia network driver: real neutron for everything a tenant can see
(the VIP port, its security group, subnets, QoS, members' subnets), nothing
for the plumbing of amphorae, which do not exist here."""
from octavia.common import data_models
from octavia.db import api as db_api
from octavia.db import repositories
from octavia.network import data_models as models
from octavia.network.drivers.neutron import allowed_address_pairs as aap
from oslo_utils import uuidutils


class TenantSideNetwork(aap.AllowedAddressPairsDriver):

    def plug_aap_port(self, load_balancer, vip, amphora, subnet):
        return data_models.Amphora(
            id=amphora.id, compute_id=amphora.compute_id,
            vrrp_ip=vip.ip_address, ha_ip=vip.ip_address,
            vrrp_port_id=uuidutils.generate_uuid(), ha_port_id=vip.port_id)

    def get_plugged_networks(self, compute_id):
        """An amphora always has exactly the interfaces it should have."""
        nets = {}
        session = db_api.get_session()
        with session.begin():
            amp = repositories.AmphoraRepository().get(
                session, compute_id=compute_id)
            lb = amp and amp.load_balancer_id and \
                repositories.LoadBalancerRepository().get(
                    session, id=amp.load_balancer_id)
            if lb and lb.vip:
                nets[lb.vip.network_id] = {lb.vip.subnet_id}
                for pool in lb.pools:
                    for member in pool.members:
                        if (member.subnet_id and member.provisioning_status
                                != 'PENDING_DELETE'):
                            net = self.get_subnet(member.subnet_id).network_id
                            nets.setdefault(net, set()).add(member.subnet_id)
        return [models.Interface(
            compute_id=compute_id, network_id=net,
            port_id=uuidutils.generate_uuid(), vnic_type='normal',
            fixed_ips=[models.FixedIP(subnet_id=s, ip_address=None)
                       for s in subnets])
            for net, subnets in nets.items()]

    def _get_amp_net_configs(self, amp, amp_configs, vip_subnet, vip_port,
                             additional_vips):
        vip_port.network = self.get_network(vip_port.network_id)
        amp_configs[amp.id] = models.AmphoraNetworkConfig(
            amphora=amp, vip_subnet=vip_subnet, vip_port=vip_port,
            vrrp_subnet=vip_subnet, vrrp_port=vip_port,
            ha_subnet=vip_subnet, ha_port=vip_port,
            additional_vip_data=[
                models.AdditionalVipData(
                    ip_address=v.ip_address,
                    subnet=self.get_subnet(v.subnet_id))
                for v in additional_vips])

    def create_port(self, network_id, name=None, fixed_ips=(),
                    secondary_ips=(), security_group_ids=(),
                    admin_state_up=True, qos_policy_id=None,
                    vnic_type='normal'):
        return models.Port(
            id=uuidutils.generate_uuid(), name=name, network_id=network_id,
            status='UP', admin_state_up=admin_state_up, vnic_type=vnic_type,
            fixed_ips=[models.FixedIP(subnet_id=f.get('subnet_id'),
                                      ip_address=f.get('ip_address'))
                       for f in fixed_ips])

    def delete_port(self, port_id):
        try:
            super().delete_port(port_id)
        except Exception:
            pass

    def _nothing(self, *args, **kwargs):
        pass

    unplug_aap_port = unplug_vip = unplug_network = plug_port = _nothing
    plug_fixed_ip = unplug_fixed_ip = failover_preparation = _nothing
    update_aap_port_sg = set_port_admin_state_up = apply_qos_on_port = _nothing
