"""Where this practice cloud lives, which ports it takes and which services it has.

Some of it is chosen once, at the first start, because it ends up inside databases: those choices
are kept in `choices.json` of the home directory and win over the environment from then on.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from console import Failure

SOURCE = Path(__file__).resolve().parent
_HOME = os.environ.get("PRACTICE_CLOUD_HOME") or "~/.cache/stackdraft/practice-cloud"
HOME = Path(_HOME).expanduser().resolve()
if " " in str(HOME):
    raise Failure(
        f"PRACTICE_CLOUD_HOME is {HOME}; some of the services cannot live below a name with a space"
    )
VENV, ETC, LOG, RUN, DATA, DONE = (HOME / name for name in ("venv", "etc", "log", "run", "data", "done"))
BIN = VENV / "bin"
CHOICES = HOME / "choices.json"

IP = "127.0.0.1"
REGION = "RegionOne"
REGION_WITH_TROVE = "RegionTwo"
ZONES = ("az1", "az2")
# What each region has of its own; everything else serves both, as Keystone does.
REGIONAL = ("placement", "nova", "neutron", "cinder", "octavia", "heat")
SECOND = "two"

REQUIRED = ("keystone", "glance", "placement", "nova", "neutron")
OPTIONAL = (
    "cinder",
    "octavia",
    "swift",
    "heat",
    "barbican",
    "designate",
    "vpnaas",
    "trove",
    "gnocchi",
    "aodh",
)

USUAL_PORTS = {
    "mariadb": 3306,
    "epmd": 4369,
    "rabbitmq": 5671,
    "rabbitmq_nodes": 5670,
    "memcached": 11211,
    "keystone": 5000,
    "glance": 9292,
    "placement": 8778,
    "nova": 8774,
    "neutron": 9696,
    "cinder": 8776,
    "octavia": 9876,
    "octavia_health": 5555,
    "heat": 8004,
    "heat_cfn": 8000,
    "swift": 8080,
    "swift_object": 6200,
    "swift_container": 6201,
    "swift_account": 6202,
    "trove": 8779,
    "designate": 9001,
    "designate_dns": 5353,
    "barbican": 9311,
    "aodh": 8042,
    "gnocchi": 8041,
}


@dataclass(frozen=True)
class Region:
    """Where a region's own services keep what is theirs. The second one's names end in `two`."""

    name: str
    suffix: str = ""
    port_step: int = 0

    def named(self, group: str) -> str:
        """Of a group or a service: `nova`, `nova-two`."""
        return f"{group}-{self.suffix}" if self.suffix else group

    def database(self, name: str) -> str:
        """Also of a message bus: `nova_cell0`, `nova_cell0_two`."""
        return f"{name}_{self.suffix}" if self.suffix else name

    @property
    def etc(self) -> Path:
        return ETC / self.suffix

    @property
    def data(self) -> Path:
        return DATA / self.suffix

    @property
    def run(self) -> Path:
        return RUN / self.suffix

    def port(self, name: str) -> int:
        return PORTS[name] + (self.port_step if name.partition("_")[0] in REGIONAL else 0)


def write(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Write only what differs, so that a file's time says when its content last changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.touch(mode)
        path.write_text(text)
    path.chmod(mode)


def keep_choices() -> None:
    """Fix the choices of the first start for the life of this practice cloud."""
    write(CHOICES, json.dumps(_choices, indent=2) + "\n")


def _choose() -> dict:
    """The kept choices, else what the environment asks for."""
    if CHOICES.exists():
        return json.loads(CHOICES.read_text())
    wanted = os.environ.get("PRACTICE_CLOUD_SERVICES")
    optional = OPTIONAL if wanted is None else tuple(filter(None, wanted.replace(",", " ").split()))
    if unknown := set(optional) - set(OPTIONAL):
        raise Failure(
            f"PRACTICE_CLOUD_SERVICES names {', '.join(sorted(unknown))}; known are {', '.join(OPTIONAL)}"
        )
    return {
        "port_offset": int(os.environ.get("PRACTICE_CLOUD_PORT_OFFSET") or 20000),
        "groups": [*REQUIRED, *(name for name in OPTIONAL if name in optional)],
        # The prefix keeps YAML from reading a password such as 12e4567 as a number.
        "password": "practice-" + secrets.token_hex(8),
    }


_choices = _choose()
GROUPS: list[str] = _choices["groups"]
PASSWORD: str = _choices["password"]
PORTS = {name: port + _choices["port_offset"] for name, port in USUAL_PORTS.items()}
REGIONS = (Region(REGION), Region(REGION_WITH_TROVE, SECOND, port_step=10))
AUTH_URL = f"http://{IP}:{PORTS['keystone']}/v3"
