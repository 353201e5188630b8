"""Every resource kind that a cloud can make, on one screen."""

from collections.abc import Mapping

from deployer.cloud.handlers.alarm import AlarmHandler
from deployer.cloud.handlers.database_instance import DatabaseInstanceHandler
from deployer.cloud.handlers.dns_record import DnsRecordHandler
from deployer.cloud.handlers.dns_zone import DnsZoneHandler
from deployer.cloud.handlers.file_share import FileShareHandler
from deployer.cloud.handlers.floating_ip import FloatingIpHandler
from deployer.cloud.handlers.handler import Handler
from deployer.cloud.handlers.health_monitor import HealthMonitorHandler
from deployer.cloud.handlers.image import ImageHandler
from deployer.cloud.handlers.key_pair import KeyPairHandler
from deployer.cloud.handlers.listener import ListenerHandler
from deployer.cloud.handlers.load_balancer import LoadBalancerHandler
from deployer.cloud.handlers.member import MemberHandler
from deployer.cloud.handlers.network import NetworkHandler
from deployer.cloud.handlers.object_container import ObjectContainerHandler
from deployer.cloud.handlers.pool import PoolHandler
from deployer.cloud.handlers.port import PortHandler
from deployer.cloud.handlers.router import RouterHandler
from deployer.cloud.handlers.router_interface import RouterInterfaceHandler
from deployer.cloud.handlers.router_route import RouterRouteHandler
from deployer.cloud.handlers.scaling_group import ScalingGroupHandler
from deployer.cloud.handlers.secret import SecretHandler
from deployer.cloud.handlers.security_group import SecurityGroupHandler
from deployer.cloud.handlers.security_group_rule import SecurityGroupRuleHandler
from deployer.cloud.handlers.server import ServerHandler
from deployer.cloud.handlers.server_group import ServerGroupHandler
from deployer.cloud.handlers.stack import StackHandler
from deployer.cloud.handlers.subnet import SubnetHandler
from deployer.cloud.handlers.volume import VolumeHandler
from deployer.cloud.handlers.volume_attachment import VolumeAttachmentHandler
from deployer.cloud.handlers.vpn import (
    VpnConnectionHandler,
    VpnEndpointGroupHandler,
    VpnIkePolicyHandler,
    VpnIpsecPolicyHandler,
    VpnServiceHandler,
)
from deployer.domain.kinds import STACK
from designer.domain import resources

HANDLERS: Mapping[str, Handler] = {
    resources.NETWORK: NetworkHandler(),
    resources.SUBNET: SubnetHandler(),
    resources.ROUTER: RouterHandler(),
    resources.ROUTER_INTERFACE: RouterInterfaceHandler(),
    resources.ROUTER_ROUTE: RouterRouteHandler(),
    resources.SECURITY_GROUP: SecurityGroupHandler(),
    resources.SECURITY_GROUP_RULE: SecurityGroupRuleHandler(),
    resources.PORT: PortHandler(),
    resources.FLOATING_IP: FloatingIpHandler(),
    resources.SERVER_GROUP: ServerGroupHandler(),
    resources.SERVER: ServerHandler(),
    resources.KEY_PAIR: KeyPairHandler(),
    resources.VOLUME: VolumeHandler(),
    resources.VOLUME_ATTACHMENT: VolumeAttachmentHandler(),
    resources.LOAD_BALANCER: LoadBalancerHandler(),
    resources.LISTENER: ListenerHandler(),
    resources.POOL: PoolHandler(),
    resources.MEMBER: MemberHandler(),
    resources.HEALTH_MONITOR: HealthMonitorHandler(),
    resources.OBJECT_CONTAINER: ObjectContainerHandler(),
    resources.DATABASE_INSTANCE: DatabaseInstanceHandler(),
    resources.SECRET: SecretHandler(),
    resources.DNS_ZONE: DnsZoneHandler(),
    resources.DNS_RECORD: DnsRecordHandler(),
    resources.VPN_SERVICE: VpnServiceHandler(),
    resources.VPN_IKE_POLICY: VpnIkePolicyHandler(),
    resources.VPN_IPSEC_POLICY: VpnIpsecPolicyHandler(),
    resources.VPN_ENDPOINT_GROUP: VpnEndpointGroupHandler(),
    resources.VPN_CONNECTION: VpnConnectionHandler(),
    resources.SCALING_GROUP: ScalingGroupHandler(),
    resources.ALARM: AlarmHandler(),
    resources.IMAGE: ImageHandler(),
    resources.FILE_SHARE: FileShareHandler(),
    STACK: StackHandler(),
}
