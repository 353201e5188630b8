from openstack.network.v2 import network as sdk

from deployer.cloud.handlers.neutron import NeutronHandler
from designer.domain import resources


class NetworkHandler(NeutronHandler):
    kind, noun, plural = resources.NETWORK, "network", "networks"
    resource = sdk.Network
