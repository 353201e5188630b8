"""ML2 mechanism driver that binds every port at once, with no agent.

A port gets bound when something (nova) sets binding:host_id; the driver
takes the first segment, says "ovs" and marks the port ACTIVE, so neutron
sends network-vif-plugged to nova immediately.  A host whose name contains
"unbindable" is refused, which gives a way to see binding failures.
"""
from neutron_lib.api.definitions import portbindings
from neutron_lib import constants
from neutron_lib.db import constants as db_constants
from neutron_lib.plugins.ml2 import api
from neutron_lib.services.qos import base as qos_base
from neutron_lib.services.qos import constants as qos

_ANY = {'type:range': [0, db_constants.DB_INTEGER_MAX_VALUE]}
QOS_RULES = {
    qos.RULE_TYPE_BANDWIDTH_LIMIT: {
        qos.MAX_KBPS: _ANY, qos.MAX_BURST: _ANY,
        qos.DIRECTION: {'type:values': constants.VALID_DIRECTIONS}},
    qos.RULE_TYPE_DSCP_MARKING: {
        qos.DSCP_MARK: {'type:values': constants.VALID_DSCP_MARKS}},
    qos.RULE_TYPE_MINIMUM_BANDWIDTH: {
        qos.MIN_KBPS: _ANY,
        qos.DIRECTION: {'type:values': constants.VALID_DIRECTIONS}},
}
_qos = None


class NoQosAgent(qos_base.DriverBase):
    pass


class InstantBinding(api.MechanismDriver):

    def initialize(self):
        global _qos
        if _qos is None:
            _qos = NoQosAgent(
                name='practice', vif_types=[portbindings.VIF_TYPE_OVS],
                vnic_types=[portbindings.VNIC_NORMAL],
                supported_rules=QOS_RULES, requires_rpc_notifications=False)

    @property
    def connectivity(self):
        return portbindings.CONNECTIVITY_L2

    def bind_port(self, context):
        host = context.host or ''
        if 'unbindable' in host:
            return
        for segment in context.segments_to_bind:
            context.set_binding(
                segment[api.ID], portbindings.VIF_TYPE_OVS,
                {portbindings.CAP_PORT_FILTER: True,
                 portbindings.OVS_HYBRID_PLUG: False,
                 portbindings.VIF_DETAILS_CONNECTIVITY:
                     portbindings.CONNECTIVITY_L2},
                status=constants.PORT_STATUS_ACTIVE)
            return

