from deployer.cloud.handlers.neutron import NeutronHandler
from designer.domain import resources


class NetworkHandler(NeutronHandler):
    kind, noun, plural = resources.NETWORK, "network", "networks"
