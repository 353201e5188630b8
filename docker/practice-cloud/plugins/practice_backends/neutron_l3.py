"""Reports what an L3 agent would: floating IPs and router ports are ACTIVE as soon as they are in use.

A service plugin beside the stock router plugin and not a subclass of it: the port_forwarding plugin
loads the stock one by name, and with two of them every router create fails.
"""

from neutron_lib import constants
from neutron_lib.callbacks import events, registry, resources
from neutron_lib.plugins import constants as plugin_constants
from neutron_lib.plugins import directory
from neutron_lib.services import base


@registry.has_registry_receivers
class InstantL3Status(base.ServicePluginBase):
    supported_extension_aliases = []

    @classmethod
    def get_plugin_type(cls):
        return "PRACTICE_L3_STATUS"

    def get_plugin_description(self):
        return "status of floating IPs and router ports without agents"

    @registry.receives(resources.FLOATING_IP, [events.AFTER_CREATE, events.AFTER_UPDATE])
    def _floating_ip_changed(self, resource, event, trigger, payload=None):
        address = payload.latest_state
        in_use = address.get("port_id")
        status = constants.FLOATINGIP_STATUS_ACTIVE if in_use else constants.FLOATINGIP_STATUS_DOWN
        if address.get("status") != status:
            router_plugin = directory.get_plugin(plugin_constants.L3)
            router_plugin.update_floatingip_status(payload.context.elevated(), address["id"], status)
            address["status"] = status

    @registry.receives(resources.ROUTER_INTERFACE, [events.AFTER_CREATE])
    def _interface_added(self, resource, event, trigger, payload=None):
        if port := payload.metadata.get("port"):
            _activate(payload.context, port)

    @registry.receives(resources.ROUTER_GATEWAY, [events.AFTER_CREATE])
    def _gateway_set(self, resource, event, trigger, payload=None):
        wanted = {"device_id": [payload.resource_id], "device_owner": [constants.DEVICE_OWNER_ROUTER_GW]}
        for port in directory.get_plugin().get_ports(payload.context.elevated(), filters=wanted):
            _activate(payload.context, port)


def _activate(context, port):
    directory.get_plugin().update_port_status(context.elevated(), port["id"], constants.PORT_STATUS_ACTIVE)
