"""The table of services: what the catalog says of each group, and every process with its command."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from console import Failure
from processes import Ready, Service
from settings import (
    BIN,
    DATA,
    ETC,
    GROUPS,
    IP,
    LOG,
    PASSWORD,
    PORTS,
    REGIONAL,
    REGIONS,
    RUN,
    SECOND,
    ZONES,
    Region,
)

# group -> (service type, name, path) of its entries in the service catalog
CATALOG = {
    "keystone": [("identity", "keystone", "/v3")],
    "glance": [("image", "glance", "")],
    "placement": [("placement", "placement", "")],
    "nova": [("compute", "nova", "/v2.1")],
    "neutron": [("network", "neutron", "")],
    "cinder": [("block-storage", "cinder", "/v3"), ("volumev3", "cinderv3", "/v3")],
    "octavia": [("load-balancer", "octavia", "")],
    "heat": [("orchestration", "heat", "/v1/%(tenant_id)s")],
    "swift": [("object-store", "swift", "/v1/AUTH_%(tenant_id)s")],
    "trove": [("database", "trove", "/v1.0/%(tenant_id)s")],
    "designate": [("dns", "designate", "")],
    "barbican": [("key-manager", "barbican", "")],
    "aodh": [("alarming", "aodh", "")],
    "gnocchi": [("metric", "gnocchi", "")],
}
# Groups that talk through RabbitMQ, each in a virtual host of its own, and in each region if it is regional.
_ON_BUSES = ("nova", "neutron", "cinder", "octavia", "heat", "trove", "designate")
MESSAGE_BUSES = [
    region.database(group)
    for region in REGIONS
    for group in _ON_BUSES
    if group in REGIONAL or not region.suffix
]


def services() -> list[Service]:
    """Every process of this practice cloud, in the order in which they start."""
    regional = (service for region in REGIONS for service in _regional(region))
    wanted = {"foundations", *GROUPS, *(f"{group}-{SECOND}" for group in GROUPS)}
    return [service for service in (*_foundations(), *_shared(), *regional) if service.group in wanted]


def named(names: list[str]) -> list[Service]:
    """The services that carry one of these names or belong to a group so called."""
    known = {name for service in services() for name in (service.name, service.group)}
    if unknown := set(names) - known:
        raise Failure(f"No such service: {', '.join(sorted(unknown))}. `status` lists them all.")
    return [service for service in services() if {service.name, service.group} & set(names)]


def program(*names: str) -> str:
    """Path of a system program. Its last name when it is not installed, so that the error names it."""
    search = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    return next((path for name in names if (path := shutil.which(name, path=search))), names[-1])


def rabbitmq_server() -> str:
    # Debian's wrapper in /usr/sbin changes to the user rabbitmq; the script behind it does not.
    scripts = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))
    return str(scripts[-1]) if scripts else "rabbitmq-server"


def _foundations() -> list[Service]:
    root = os.getuid() == 0
    mariadb = [program("mariadbd", "mysqld"), f"--defaults-file={ETC}/mariadb/my.cnf"]
    memcached = [program("memcached"), *f"-l {IP} -p {PORTS['memcached']} -U 0 -m 64 -c 4096 -t 2".split()]
    epmd = [program("epmd"), "-address", IP, "-port", str(PORTS["epmd"])]
    rabbitmq_environment = {
        "HOME": DATA / "rabbitmq",
        "RABBITMQ_NODENAME": "practice@localhost",
        "RABBITMQ_CONFIG_FILE": ETC / "rabbitmq/rabbitmq.conf",
        "RABBITMQ_CONF_ENV_FILE": ETC / "rabbitmq/rabbitmq-env.conf",
        "RABBITMQ_ENABLED_PLUGINS_FILE": ETC / "rabbitmq/enabled_plugins",
        "RABBITMQ_MNESIA_BASE": DATA / "rabbitmq/mnesia",
        "RABBITMQ_LOG_BASE": LOG,
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_PID_FILE": RUN / "rabbitmq.server-pid",
        "RABBITMQ_DIST_PORT": PORTS["rabbitmq_nodes"],
        "RABBITMQ_NODE_PORT": PORTS["rabbitmq"],
        "RABBITMQ_NODE_IP_ADDRESS": IP,
        # Erlang's schedulers otherwise spin while idle and take the cores from everybody else.
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
            "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"
        ),
        "ERL_EPMD_ADDRESS": IP,
        "ERL_EPMD_PORT": PORTS["epmd"],
    }

    def foundation(name: str, command: list[str], **environment: object) -> Service:
        return Service(name, "foundations", command, Ready.LISTENS, PORTS[name], environment)

    return [
        foundation("mariadb", mariadb + ["--user=root"] * root),
        foundation("memcached", memcached + ["-u", "root"] * root),
        foundation("epmd", epmd),
        foundation("rabbitmq", [rabbitmq_server()], **rabbitmq_environment),
    ]


def _shared() -> list[Service]:
    """One of each, behind both regions; Trove works with the second one's servers, volumes and networks."""
    return [
        _wsgi("keystone", "keystone.wsgi.api:application", processes=2, threads=2),
        _wsgi("glance", "glance.wsgi.api:application"),
        *(_swift(part) for part in ("account", "container", "object", "proxy")),
        _worker("trove", "trove-taskmanager"),
        _stand_in("trove", "trove-guests", "trove_guests", _options("trove")),
        # Not in uWSGI: trove-api applies eventlet's patches by itself and would get no answers to its calls.
        Service(
            "trove-api", "trove", _command("trove-api", *_options("trove")), Ready.ANSWERS, PORTS["trove"]
        ),
        _wsgi("barbican", "practice_backends.barbican_wsgi:application", threads=4),
        _worker("designate", "designate-central"),
        _worker("designate", "designate-worker"),
        _worker("designate", "designate-producer"),
        _stand_in(
            "designate", "designate-dns", "designate_dns", [IP, PORTS["designate_dns"], PORTS["mariadb"]]
        ),
        _wsgi("designate", "designate.wsgi.api:application"),
        _wsgi("gnocchi", "gnocchi.wsgi.api:application", options=_options("gnocchi"), threads=2),
        _wsgi("aodh", "aodh.wsgi.api:application", threads=2),
    ]


def _regional(region: Region) -> list[Service]:
    """What each region has of its own."""
    nova = _options("nova", "nova.conf", "nova-db.conf", region=region)
    health = [IP, PORTS["mariadb"], region.database("octavia")]
    return [
        _wsgi("placement", "placement.wsgi.api:application", threads=6, region=region),
        _worker("nova", "nova-conductor", options=nova, region=region),
        _worker("nova", "nova-scheduler", options=nova, region=region),
        _wsgi("nova", "nova.wsgi.osapi_compute:application", threads=6, region=region),
        *(_nova_compute(zone, region) for zone in ZONES),
        _wsgi("neutron", "neutron.wsgi.api:application", processes=2, threads=4, region=region),
        _worker("cinder", "cinder-scheduler", region=region),
        _worker("cinder", "cinder-volume", region=region),
        _wsgi(
            "cinder", "cinder.wsgi.api:application", options=_options("cinder", region=region), region=region
        ),
        _worker("octavia", "octavia-worker", region=region),
        _stand_in("octavia", "octavia-health", "octavia_health", health, region=region),
        _wsgi(
            "octavia",
            "octavia.wsgi.api:application",
            options=_options("octavia", region=region),
            region=region,
        ),
        _worker("heat", "heat-engine", region=region),
        _wsgi("heat", "heat.wsgi.api:application", options=_options("heat", region=region), region=region),
    ]


def _wsgi(
    group: str,
    application: str,
    *,
    processes: int = 1,
    threads: int = 4,
    options: list[str] | None = None,
    region: Region = REGIONS[0],
) -> Service:
    """An API in uWSGI."""
    port = region.port(group)
    command = _command(
        "uwsgi", "--http-socket", f"{IP}:{port}", "--module", "practice_backends.wsgi:application"
    )
    words = f"--processes {processes} --threads {threads} --enable-threads --thunder-lock --need-app"
    words += " --die-on-term --buffer-size 65535 --listen 100 --disable-logging"
    command += words.split()
    # Without it clients reuse connections that are just being closed, and see resets at random.
    command += ["--add-header", "Connection: close"]
    if processes > 1:
        command += ["--master", "--lazy-apps"]
    if options:
        command += ["--pyargv", " ".join(options)]
    environment = {
        "PRACTICE_CLOUD_WSGI": application,
        # Where the application looks when it is given no options.
        f"OS_{group.upper()}_CONFIG_DIR": (region if group in REGIONAL else REGIONS[0]).etc / group,
    }
    name, group = region.named(f"{group}-api"), region.named(group)
    return Service(name, group, command, Ready.ANSWERS, port, environment)


def _worker(
    group: str, name: str, *, options: list[str] | None = None, region: Region = REGIONS[0]
) -> Service:
    """A process that takes its work from the message bus."""
    command = _command(name, *(options or _options(group, region=region)))
    return Service(region.named(name), region.named(group), command, Ready.ON_BUS)


def _nova_compute(zone: str, region: Region) -> Service:
    # Its options hold no database: nova-compute refuses to start when it sees one.
    module = _command("python", "-m", "practice_backends.nova_compute")
    return Service(
        region.named(f"nova-compute-{zone}"),
        region.named("nova"),
        module + _options("nova", "nova.conf", f"compute-{zone}.conf", region=region),
        Ready.ON_BUS,
    )


def _stand_in(
    group: str, name: str, module: str, arguments: Sequence[object], *, region: Region = REGIONS[0]
) -> Service:
    """One of our own processes, which plays a part that no real process plays here."""
    command = _command("python", "-m", f"practice_backends.{module}", *arguments)
    environment = {"PRACTICE_CLOUD_PASSWORD": PASSWORD}
    return Service(region.named(name), region.named(group), command, Ready.ALIVE, environment=environment)


def _swift(part: str) -> Service:
    port = PORTS["swift" if part == "proxy" else f"swift_{part}"]
    command = _command(f"swift-{part}-server", ETC / f"swift/{part}-server.conf")
    return Service(f"swift-{part}", "swift", command, Ready.LISTENS, port)


def _command(name: str, *arguments: object) -> list[str]:
    return [f"{BIN}/{name}", *map(str, arguments)]


def _options(group: str, *files: str, region: Region = REGIONS[0]) -> list[str]:
    names = files or (f"{group}.conf",)
    return [word for name in names for word in ("--config-file", f"{region.etc}/{group}/{name}")]
