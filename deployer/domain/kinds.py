"""What is particular to each resource kind: its service, what can change in place, how long it may take."""

from collections.abc import Mapping
from dataclasses import dataclass

from designer.domain import resources as kind
from designer.domain.blueprint import CERTIFICATE_STORE, MANAGED_DATABASES, SHARED_FILES

COMPUTE = "compute"
NETWORK = "network"
BLOCK_STORAGE = "block-storage"
LOAD_BALANCER = "load-balancer"
OBJECT_STORE = "object-store"
DATABASE = MANAGED_DATABASES
KEY_MANAGER = CERTIFICATE_STORE
DNS = "dns"
VPN = "vpn"  # an extension of Neutron, which the catalogue says nothing of
IMAGE = "image"
ORCHESTRATION = "orchestration"
ALARM = "alarm"
LOCAL = "local"  # made by us, no cloud object

# One stack that makes the rest of a plan: no resource of a design, but a way to deploy one.
STACK = "heat_stack"

# Most steps under way at once, so that a big design does not flood a small cloud.
AT_ONCE: Mapping[str, int] = {
    COMPUTE: 12,
    NETWORK: 12,
    BLOCK_STORAGE: 8,
    LOAD_BALANCER: 6,
    OBJECT_STORE: 4,
    DATABASE: 4,
    KEY_MANAGER: 4,
    DNS: 4,
    VPN: 4,
    IMAGE: 2,
    SHARED_FILES: 4,
    ORCHESTRATION: 4,
    ALARM: 4,
    LOCAL: 50,
}

# Octavia counts a project's quota under a lock: several calls at once only wait for it, and on a slow cloud
# until it says that the project is busy. What they ask for is built side by side all the same.
ONE_CALL_AT_A_TIME = frozenset({kind.LOAD_BALANCER})

# Services that a design can do without: their part is then built another way (designer.domain.expansion).
REPLACEABLE_SERVICES = frozenset({MANAGED_DATABASES, CERTIFICATE_STORE, SHARED_FILES})


@dataclass(frozen=True)
class KindFacts:
    """`title` is the word on screen. `updatable`: properties that change in place, all others replace.

    `unseen`: properties that only pricing or drawing reads; no cloud notices a change.
    `loose`: references that the cloud lets go of by itself when their target is replaced.
    `also_uses`: further services that the cloud makes it with.
    `only_grows`: sizes that change in place in one direction.
    """

    title: str
    service: str
    updatable: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    only_grows: frozenset[str] = frozenset()
    patience_seconds: int = 300
    also_uses: frozenset[str] = frozenset()

    @property
    def services(self) -> frozenset[str]:
        return self.also_uses | {self.service}

    @property
    def plural(self) -> str:
        """In a sentence: `DNS zones`, `VPN key exchange policies`, `shared file systems`."""
        word = self.title if self.title[1:2].isupper() else self.title[:1].lower() + self.title[1:]
        return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _facts(
    title: str,
    service: str,
    updatable: str = "",
    unseen: str = "",
    *,
    loose: str = "",
    only_grows: str = "",
    patience: int = 300,
    also_uses: str = "",
) -> KindFacts:
    return KindFacts(
        title,
        service,
        frozenset(updatable.split()),
        frozenset(unseen.split()),
        frozenset(loose.split()),
        frozenset(only_grows.split()),
        patience,
        frozenset(also_uses.split()),
    )


KINDS: Mapping[str, KindFacts] = {
    kind.NETWORK: _facts("Network", NETWORK, "name"),
    kind.SUBNET: _facts("Subnet", NETWORK, "name dns_nameservers dhcp host_routes allocation_pools"),
    kind.ROUTER: _facts("Router", NETWORK, "name external enable_snat", unseen="egress_gb_month"),
    kind.ROUTER_INTERFACE: _facts("Router interface", NETWORK, unseen="name"),
    kind.ROUTER_ROUTE: _facts("Route", NETWORK, unseen="name"),
    kind.PORT: _facts("Port", NETWORK, "name security_groups allowed_addresses"),
    kind.SECURITY_GROUP: _facts("Security group", NETWORK, "name description"),
    kind.SECURITY_GROUP_RULE: _facts("Security rule", NETWORK, unseen="name description"),
    kind.FLOATING_IP: _facts(
        "Public address", NETWORK, "port load_balancer", unseen="name", loose="port load_balancer"
    ),
    kind.SERVER_GROUP: _facts("Server group", COMPUTE, unseen="name"),
    kind.SERVER: _facts(
        "Server", COMPUTE, "name size flavor", unseen="role public server_group", patience=1200
    ),
    kind.KEY_PAIR: _facts("Key pair", COMPUTE, unseen="name"),
    kind.VOLUME: _facts("Volume", BLOCK_STORAGE, "name size_gib", only_grows="size_gib", patience=600),
    kind.VOLUME_ATTACHMENT: _facts("Volume attachment", COMPUTE, unseen="name", patience=600),
    kind.LOAD_BALANCER: _facts("Load balancer", LOAD_BALANCER, "name", "scheme topology", patience=1200),
    kind.LISTENER: _facts("Listener", LOAD_BALANCER, "name certificate", loose="certificate", patience=600),
    kind.POOL: _facts("Pool", LOAD_BALANCER, "name algorithm session_persistence", patience=600),
    kind.MEMBER: _facts("Pool member", LOAD_BALANCER, "name", patience=600),
    kind.HEALTH_MONITOR: _facts(
        "Health monitor", LOAD_BALANCER, "name delay_seconds timeout_seconds retries path", patience=600
    ),
    # A container's name is what its users know it by, so a new label leaves it alone.
    kind.OBJECT_CONTAINER: _facts(
        "Object container", OBJECT_STORE, "public_read", "name size_gb egress_gb_month requests_month"
    ),
    kind.DATABASE_INSTANCE: _facts(
        "Database",
        DATABASE,
        "size flavor volume_gib allowed_cidrs",
        "name port replicas ha",
        only_grows="volume_gib",
        patience=3600,
    ),
    kind.SECRET: _facts("Certificate", KEY_MANAGER, unseen="name"),
    kind.PASSWORD: _facts("Password", LOCAL, unseen="name length user"),
    kind.DNS_ZONE: _facts("DNS zone", DNS, "ttl_seconds email", unseen="name queries_millions_month"),
    kind.DNS_RECORD: _facts("DNS record", DNS, "records ttl_seconds", unseen="name", loose="records"),
    kind.VPN_SERVICE: _facts("VPN service", VPN, "name"),
    kind.VPN_IKE_POLICY: _facts("VPN key exchange policy", VPN, unseen="name"),
    kind.VPN_IPSEC_POLICY: _facts("VPN encryption policy", VPN, unseen="name"),
    kind.VPN_ENDPOINT_GROUP: _facts("VPN endpoint group", VPN, "name"),
    kind.VPN_CONNECTION: _facts(
        "VPN connection", VPN, "name peer_address psk dpd", loose="peer_address psk", patience=600
    ),
    # Heat changes a stack in place, its members one after the other where it has to.
    kind.SCALING_GROUP: _facts(
        "Scaling group",
        ORCHESTRATION,
        "name min max desired adjustment cooldown_seconds metric up_threshold_percent down_threshold_percent "
        "period_seconds eval_periods selector member pools",
        loose="pools",
        patience=1800,
        also_uses=ALARM,
    ),
    kind.ALARM: _facts(
        "Alarm",
        ALARM,
        "name metric threshold comparison granularity_seconds eval_periods servers groups",
        loose="servers groups",
    ),
    kind.IMAGE: _facts("Image", IMAGE, unseen="name size_gb", patience=1800),
    kind.FILE_SHARE: _facts("Shared file system", SHARED_FILES, "name size_gb", patience=900),
    STACK: _facts("Heat stack", ORCHESTRATION, "resources", unseen="name", patience=3600),
}

# Their removal is done when the call returns; the others are looked for until they are gone.
REMOVED_AT_ONCE = frozenset(
    {
        kind.NETWORK,
        kind.SUBNET,
        kind.ROUTER,
        kind.ROUTER_INTERFACE,
        kind.ROUTER_ROUTE,
        kind.PORT,
        kind.SECURITY_GROUP,
        kind.SECURITY_GROUP_RULE,
        kind.FLOATING_IP,
        kind.SERVER_GROUP,
        kind.KEY_PAIR,
        kind.OBJECT_CONTAINER,
        kind.SECRET,
        kind.VPN_SERVICE,
        kind.VPN_IKE_POLICY,
        kind.VPN_IPSEC_POLICY,
        kind.VPN_ENDPOINT_GROUP,
        kind.VPN_CONNECTION,
        kind.ALARM,
    }
)

# Neutron makes several of these in one call: all of them, or none. Rules only of one group at a time.
MADE_TOGETHER: Mapping[str, str | None] = {
    kind.NETWORK: None,
    kind.SUBNET: None,
    kind.PORT: None,
    kind.SECURITY_GROUP: None,
    kind.SECURITY_GROUP_RULE: "security_group",
}

# Of these the cloud tells in one cheap answer which it is still making. A look at one server alone is dear:
# for each Nova asks Neutron twice.
LOOKED_AT_TOGETHER = frozenset({kind.SERVER})

# Making them again does not bring back what was in them.
HOLDS_DATA = frozenset(
    {kind.VOLUME, kind.OBJECT_CONTAINER, kind.DATABASE_INSTANCE, kind.FILE_SHARE, kind.IMAGE}
)

# What a load balancer is made of: made and removed together with it, in one call each.
LOAD_BALANCER_PARTS = frozenset({kind.LISTENER, kind.POOL, kind.MEMBER, kind.HEALTH_MONITOR})


def facts_of(resource_kind: str) -> KindFacts:
    return KINDS[resource_kind]
