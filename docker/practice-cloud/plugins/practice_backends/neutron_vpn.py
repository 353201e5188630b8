"""VPNaaS service driver without an agent: objects become ACTIVE at once."""
from neutron_lib import constants
from neutron_lib.db import api as db_api
from neutron_vpnaas.db.vpn import vpn_models
from neutron_vpnaas.services.vpn.service_drivers import base_ipsec
from neutron_vpnaas.services.vpn.service_drivers import ipsec_validator


class _NoAgent:
    def vpnservice_updated(self, *args, **kwargs):
        pass


class InstantVpnDriver(base_ipsec.BaseIPsecVPNDriver):

    def __init__(self, service_plugin):
        super().__init__(service_plugin,
                         ipsec_validator.IpsecVpnValidator(self))

    def create_rpc_conn(self):
        self.agent_rpc = _NoAgent()

    @db_api.CONTEXT_WRITER
    def _active(self, context, model, id):
        obj = context.session.get(model, id)
        if obj is not None:
            obj.status = constants.ACTIVE

    def create_vpnservice(self, context, vpnservice):
        super().create_vpnservice(context, vpnservice)
        self._active(context, vpn_models.VPNService, vpnservice['id'])
        vpnservice['status'] = constants.ACTIVE

    def update_vpnservice(self, context, old, new):
        self._active(context, vpn_models.VPNService, new['id'])

    def create_ipsec_site_connection(self, context, conn):
        self._active(context, vpn_models.IPsecSiteConnection, conn['id'])
        self._active(context, vpn_models.VPNService, conn['vpnservice_id'])
        conn['status'] = constants.ACTIVE

    def update_ipsec_site_connection(self, context, old, new):
        self._active(context, vpn_models.IPsecSiteConnection, new['id'])
