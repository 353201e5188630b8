"""A VPN service driver without an agent: services and connections are ACTIVE at once."""

from neutron_lib import constants
from neutron_lib.db import api as db_api
from neutron_vpnaas.db.vpn import vpn_models
from neutron_vpnaas.services.vpn.service_drivers import base_ipsec, ipsec_validator


class NoAgent:
    def vpnservice_updated(self, *args, **kwargs):
        pass


class InstantVpnDriver(base_ipsec.BaseIPsecVPNDriver):
    def __init__(self, service_plugin):
        super().__init__(service_plugin, ipsec_validator.IpsecVpnValidator(self))

    def create_rpc_conn(self):
        self.agent_rpc = NoAgent()

    def create_vpnservice(self, context, vpnservice):
        super().create_vpnservice(context, vpnservice)
        _activate(context, vpn_models.VPNService, vpnservice["id"])
        vpnservice["status"] = constants.ACTIVE

    def update_vpnservice(self, context, old, new):
        _activate(context, vpn_models.VPNService, new["id"])

    def create_ipsec_site_connection(self, context, connection):
        _activate(context, vpn_models.IPsecSiteConnection, connection["id"])
        _activate(context, vpn_models.VPNService, connection["vpnservice_id"])
        connection["status"] = constants.ACTIVE

    def update_ipsec_site_connection(self, context, old, new):
        _activate(context, vpn_models.IPsecSiteConnection, new["id"])


@db_api.CONTEXT_WRITER
def _activate(context, model, row_id):
    row = context.session.get(model, row_id)
    if row is not None:
        row.status = constants.ACTIVE
