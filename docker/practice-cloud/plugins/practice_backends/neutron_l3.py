"""Service plugin that reports what an L3 agent would report: floating IPs
and router ports become ACTIVE as soon as they are in use."""
from neutron_lib import constants
from neutron_lib.callbacks import events
from neutron_lib.callbacks import registry
from neutron_lib.callbacks import resources
from neutron_lib.plugins import constants as plugin_constants
from neutron_lib.plugins import directory
from neutron_lib.services import base
from oslo_log import log as logging

LOG = logging.getLogger(__name__)


@registry.has_registry_receivers
class InstantL3Status(base.ServicePluginBase):

    supported_extension_aliases = []

    @classmethod
    def get_plugin_type(cls):
        return 'PRACTICE_L3_STATUS'

    def get_plugin_description(self):
        return 'status of floating IPs and router ports without agents'

    @registry.receives(resources.FLOATING_IP,
                       [events.AFTER_CREATE, events.AFTER_UPDATE])
    def _floating_ip(self, resource, event, trigger, payload=None):
        fip = payload.latest_state
        want = (constants.FLOATINGIP_STATUS_ACTIVE if fip.get('port_id')
                else constants.FLOATINGIP_STATUS_DOWN)
        if fip.get('status') != want:
            directory.get_plugin(plugin_constants.L3).update_floatingip_status(
                payload.context.elevated(), fip['id'], want)
            fip['status'] = want

    @registry.receives(resources.ROUTER_INTERFACE, [events.AFTER_CREATE])
    def _interface(self, resource, event, trigger, payload=None):
        port = payload.metadata.get('port') or {}
        self._up(payload.context, port.get('id'))

    @registry.receives(resources.ROUTER_GATEWAY, [events.AFTER_CREATE])
    def _gateway(self, resource, event, trigger, payload=None):
        for port in directory.get_plugin().get_ports(
                payload.context.elevated(), filters={
                    'device_id': [payload.resource_id],
                    'device_owner': [constants.DEVICE_OWNER_ROUTER_GW]}):
            self._up(payload.context, port['id'])

    @staticmethod
    def _up(context, port_id):
        if port_id:
            try:
                directory.get_plugin().update_port_status(
                    context.elevated(), port_id,
                    constants.PORT_STATUS_ACTIVE)
            except Exception:
                LOG.exception('status of port %s', port_id)
