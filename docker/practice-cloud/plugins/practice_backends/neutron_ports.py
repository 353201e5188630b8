"""An ML2 mechanism driver that binds every port at once, with no agent.

A port is bound when something (Nova, usually) sets binding:host_id. The driver takes the first
segment, says "ovs" and makes the port ACTIVE, so Neutron tells Nova at once that it is plugged.
"""

from neutron_lib import constants
from neutron_lib.api.definitions import portbindings
from neutron_lib.db import constants as db_constants
from neutron_lib.plugins.ml2 import api
from neutron_lib.services.qos import base as qos_base
from neutron_lib.services.qos import constants as qos

ANY_NUMBER = {"type:range": [0, db_constants.DB_INTEGER_MAX_VALUE]}
DIRECTIONS = {"type:values": constants.VALID_DIRECTIONS}
QOS_RULES = {
    qos.RULE_TYPE_BANDWIDTH_LIMIT: {
        qos.MAX_KBPS: ANY_NUMBER,
        qos.MAX_BURST: ANY_NUMBER,
        qos.DIRECTION: DIRECTIONS,
    },
    qos.RULE_TYPE_DSCP_MARKING: {qos.DSCP_MARK: {"type:values": constants.VALID_DSCP_MARKS}},
    qos.RULE_TYPE_MINIMUM_BANDWIDTH: {qos.MIN_KBPS: ANY_NUMBER, qos.DIRECTION: DIRECTIONS},
}


class InstantBinding(api.MechanismDriver):
    def initialize(self):
        # registers itself; without any such driver Neutron refuses every QoS policy
        qos_base.DriverBase(
            name="practice",
            vif_types=[portbindings.VIF_TYPE_OVS],
            vnic_types=[portbindings.VNIC_NORMAL],
            supported_rules=QOS_RULES,
            requires_rpc_notifications=False,
        )

    @property
    def connectivity(self):
        return portbindings.CONNECTIVITY_L2

    def bind_port(self, context):
        for segment in context.segments_to_bind[:1]:
            details = {
                portbindings.CAP_PORT_FILTER: True,
                portbindings.OVS_HYBRID_PLUG: False,
                portbindings.VIF_DETAILS_CONNECTIVITY: portbindings.CONNECTIVITY_L2,
            }
            context.set_binding(
                segment[api.ID], portbindings.VIF_TYPE_OVS, details, status=constants.PORT_STATUS_ACTIVE
            )
