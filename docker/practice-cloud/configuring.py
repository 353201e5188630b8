"""Rendering conf/ into the home directory, and the few things besides text that services want there.

A template holds `{{NAME}}` for a value and `{{name argument}}` for one of the SNIPPETS.
"""

import base64
import hashlib
import json
import os
import pwd
import re
import shutil
from pathlib import Path

from processes import run
from services import CATALOG, MESSAGE_BUSES, program
from settings import (
    BIN,
    DATA,
    DONE,
    ETC,
    GROUPS,
    HOME,
    IP,
    LOG,
    PASSWORD,
    PORTS,
    REGION_WITH_TROVE,
    REGIONAL,
    REGIONS,
    RUN,
    SOURCE,
    VENV,
    ZONES,
    Region,
    write,
)

TEMPLATES = {  # template in conf/ -> where it goes below etc/
    "mariadb.cnf": "mariadb/my.cnf",
    "rabbitmq.conf": "rabbitmq/rabbitmq.conf",
    "keystone.conf": "keystone/keystone.conf",
    "glance-api.conf": "glance/glance-api.conf",
    "placement.conf": "placement/placement.conf",
    "nova.conf": "nova/nova.conf",
    "nova-db.conf": "nova/nova-db.conf",
    "neutron.conf": "neutron/neutron.conf",
    "cinder.conf": "cinder/cinder.conf",
    "octavia.conf": "octavia/octavia.conf",
    "heat.conf": "heat/heat.conf",
    "swift.conf": "swift/swift.conf",
    "swift-proxy-server.conf": "swift/proxy-server.conf",
    "trove.conf": "trove/trove.conf",
    "designate.conf": "designate/designate.conf",
    "designate-pools.yaml": "designate/pools.yaml",
    "barbican.conf": "barbican/barbican.conf",
    "aodh.conf": "aodh/aodh.conf",
    "gnocchi.conf": "gnocchi/gnocchi.conf",
}
WANT_PASTE_FILE_BESIDE = ("nova", "designate", "trove")
SWIFT_STORES = ("account", "container", "object")
LOOK_ONLY_BELOW_HOME = ("barbican", "aodh", "gnocchi")

# Directories below data/ that their users expect to find.
DIRECTORIES = (
    "tmp",
    "rabbitmq",
    "glance/images",
    "glance/staging",
    "glance/tasks",
    "designate/coordination",
    "gnocchi/coordination",
    "swift/disk",
)
REGIONAL_DIRECTORIES = (
    "nova/control",
    *(f"nova/compute-{zone}" for zone in ZONES),
    *(f"lock/compute-{zone}" for zone in ZONES),
    "cinder/coordination",
)


def make_home() -> None:
    for directory in (ETC / "home", LOG, RUN, DATA, DONE):
        directory.mkdir(parents=True, exist_ok=True)
    HOME.chmod(0o700)


def configure() -> None:
    """Bring every configuration file up to date with its template and the settings."""
    for name in DIRECTORIES:
        (DATA / name).mkdir(parents=True, exist_ok=True)
    for region in REGIONS:
        _configure_region(region)
    for kind in SWIFT_STORES:
        text = render("swift-storage-server.conf", KIND=kind, PORT=str(PORTS[f"swift_{kind}"]))
        write(ETC / f"swift/{kind}-server.conf", text)
    _configure_rabbitmq()
    for group in LOOK_ONLY_BELOW_HOME:
        link = ETC / f"home/.{group}"
        if not link.is_symlink():
            link.symlink_to(ETC / group)
    if "swift" in GROUPS and not (ETC / "swift/object.ring.gz").exists():
        _make_swift_rings()
    if "trove" in GROUPS:
        write(ETC / "trove/trove-guestagent.conf", "[DEFAULT]\n")
        (ETC / "trove/cloudinit").mkdir(exist_ok=True)


def _configure_region(region: Region) -> None:
    """What is the region's own; the first one has the shared services too."""

    def is_here(group: str) -> bool:
        return group in REGIONAL or not region.suffix

    region.run.mkdir(exist_ok=True)
    for name in REGIONAL_DIRECTORIES:
        (region.data / name).mkdir(parents=True, exist_ok=True)
    for template, target in TEMPLATES.items():
        if is_here(target.partition("/")[0]):
            write(region.etc / target, render(template, region))
    for zone in ZONES:
        text = render("nova-compute.conf", region, HOST=f"compute-{zone}")
        write(region.etc / f"nova/compute-{zone}.conf", text)
    for group in filter(is_here, WANT_PASTE_FILE_BESIDE):
        shutil.copy(VENV / f"etc/{group}/api-paste.ini", region.etc / group)
    if "octavia" in GROUPS and not (region.etc / "octavia/client.pem").exists():
        _make_octavia_certificates(region.etc / "octavia")


def render(template: str, region: Region = REGIONS[0], **extra: str) -> str:
    values = _VALUES | _values_of(region) | extra

    def replace(match: re.Match) -> str:
        name, _, argument = match.group(1).partition(" ")
        return SNIPPETS[name](argument, region) if argument else values[name]

    return re.sub(r"\{\{([^}]+)\}\}", replace, (SOURCE / "conf" / template).read_text())


def _values_of(region: Region) -> dict[str, str]:
    return {
        "ETC": str(region.etc),
        "DATA": str(region.data),
        "RUN": str(region.run),
        "LOCKS": str(region.data / "lock"),
        "REGION": region.name,
        **{f"PORT_{name}": str(region.port(name)) for name in PORTS},
    }


def database_url(name: str) -> str:
    return f"mysql+pymysql://root:{PASSWORD}@{IP}:{PORTS['mariadb']}/{name}?charset=utf8"


def _database(name: str, region: Region) -> str:
    return f"connection = {database_url(region.database(name))}\nmax_pool_size = 5\nmax_overflow = 40"


def _rabbit(bus: str, region: Region) -> str:
    return f"rabbit://practice:{PASSWORD}@{IP}:{PORTS['rabbitmq']}/{region.database(bus)}"


def _auth(user: str, region: Region) -> str:
    """How a service signs in to Keystone to call another one."""
    return "\n".join(
        (
            "auth_type = password",
            f"auth_url = http://{IP}:{PORTS['keystone']}",
            f"username = {user}",
            f"password = {PASSWORD}",
            "project_name = service",
            "user_domain_name = Default",
            "project_domain_name = Default",
        )
    )


def _authtoken(user: str, region: Region) -> str:
    """How an API checks the tokens it is given."""
    return "\n".join(
        (
            _auth(user, region),
            f"www_authenticate_uri = http://{IP}:{PORTS['keystone']}",
            f"memcached_servers = {IP}:{PORTS['memcached']}",
            "service_token_roles = service",
            "service_token_roles_required = true",
            f"service_type = {CATALOG[user][0][0]}",
            "interface = internal",
            f"region_name = {region.name}",
        )
    )


SNIPPETS = {
    "database": _database,
    "database_url": lambda name, region: database_url(region.database(name)),
    "rabbit": _rabbit,
    "auth": _auth,
    "authtoken": _authtoken,
}
_VALUES = {
    "IP": IP,
    "VENV": str(VENV),
    "REGION_WITH_TROVE": REGION_WITH_TROVE,
    "FIRST_ZONE": ZONES[0],
    "PASSWORD": PASSWORD,
    "USER": pwd.getpwuid(os.getuid()).pw_name,
    "vpnaas_plugin": ",vpnaas" if "vpnaas" in GROUPS else "",
    # Nobody is far away and nothing has to survive the broker, so no heartbeats and no quorum queues.
    "rabbit_options": (
        "heartbeat_timeout_threshold = 0\nrabbit_quorum_queue = false\nrabbit_transient_queues_ttl = 600"
    ),
}


def _configure_rabbitmq() -> None:
    write(ETC / "rabbitmq/rabbitmq-env.conf", "")
    write(ETC / "rabbitmq/enabled_plugins", "[].\n")
    salt = b"salt"
    digest = hashlib.sha256(salt + PASSWORD.encode()).digest()
    user = {
        "name": "practice",
        "tags": "administrator",
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "password_hash": base64.b64encode(salt + digest).decode(),
    }
    everything = {"user": "practice", "configure": ".*", "write": ".*", "read": ".*"}
    definitions = {
        "users": [user],
        "vhosts": [{"name": bus} for bus in MESSAGE_BUSES],
        "permissions": [everything | {"vhost": bus} for bus in MESSAGE_BUSES],
    }
    write(ETC / "rabbitmq/definitions.json", json.dumps(definitions))


def _make_octavia_certificates(folder: Path) -> None:
    """Octavia signs a certificate for every load balancer's machine, even one that does not exist."""
    words = f"{program('openssl')} req -x509 -newkey rsa:2048 -days 3650 -subj /CN=practice"
    words += f" -passout pass:practice-passphrase -keyout {folder}/ca.key -out {folder}/ca.pem"
    run(words.split(), log="configuring")
    shutil.copy(folder / "ca.pem", folder / "client.pem")


def _make_swift_rings() -> None:
    """One device, one replica, sixteen partitions."""
    for kind in SWIFT_STORES:
        device = f"--region 1 --zone 1 --ip {IP} --port {PORTS[f'swift_{kind}']} --device disk --weight 1"
        for words in ("create 4 1 1", f"add {device}", "rebalance"):
            command = f"{BIN}/swift-ring-builder {ETC}/swift/{kind}.builder {words}"
            run(command.split(), log="configuring")
