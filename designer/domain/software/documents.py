"""MongoDB from its makers' package archive: a replica set for each shard, and routers in front of the shards.

    router (on every server, where applications ask) ──► config servers (three at most: what is where)
      └──► shard 1: three copies   shard 2: three copies   ...

A database of one shard is a plain replica set, without routers and config servers.
"""

from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.clusters import Place, shard_port
from designer.domain.software.connections import DATABASE_NAME, DATABASE_USER
from designer.domain.software.php_site import ADMINISTRATOR
from designer.domain.software.site import DATA_MOUNT, Site

SERIES = "8.0"
CONFIG_SET = "config"
MOST_CONFIG_SERVERS = 3
_SETUP = "/usr/local/sbin/stackdraft-documents"
_KEY = "/etc/stackdraft/mongodb.key"
_USERS = "/etc/stackdraft/mongodb-users.js"
_DATA_MOUNTED = "RequiresMountsFor=/var/lib/mongodb\n"


def mongodb(site: Site) -> CloudConfig:
    assert site.secret is not None
    files = [
        File(_KEY, f"{placeholder(site.secret)}\n", mode="0600"),
        File("/etc/stackdraft/mongod.conf", _mongod(_shard_name(site), shard_port(site.component), site)),
        File(_SETUP, _script(site), mode="0700"),
        File("/etc/systemd/system/mongod.service.d/stackdraft.conf", f"[Unit]\n{_DATA_MOUNTED}"),
    ]
    if _is_sharded(site):
        files.append(File("/etc/stackdraft/mongos.conf", _mongos(site)))
        files.append(File("/etc/systemd/system/stackdraft-mongos.service", _unit("mongos")))
    if _has_config_server(site):
        text = _mongod(CONFIG_SET, int(site.component.properties["config_port"]), site)
        files.append(File("/etc/stackdraft/configsvr.conf", text))
        files.append(File("/etc/systemd/system/stackdraft-configsvr.service", _unit("configsvr")))
    if site.copy == 0:
        files.append(File(_USERS, _users(site), mode="0600"))
    return CloudConfig(files=tuple(files), commands=((_SETUP,),))


# --- Who is what ------------------------------------------------------------------------------------


def _is_sharded(site: Site) -> bool:
    return int(site.component.properties["shards"]) > 1


def _replicas(site: Site) -> int:
    return int(site.component.properties["replicas_per_shard"])


def _shard_name(site: Site, number: int | None = None) -> str:
    return f"shard-{(site.copy // _replicas(site) if number is None else number) + 1}"


def _shard(site: Site, number: int) -> tuple[Place, ...]:
    """The servers of one shard: the first so many are shard 1, the next shard 2, ..."""
    return site.cluster[number * _replicas(site) : (number + 1) * _replicas(site)]


def _config_servers(site: Site) -> tuple[Place, ...]:
    """The first server of each shard, then the second ones, until there are enough."""
    by_rank = sorted(site.cluster, key=lambda place: (place.copy % _replicas(site), place.copy))
    return tuple(by_rank[:MOST_CONFIG_SERVERS])


def _has_config_server(site: Site) -> bool:
    return _is_sharded(site) and site.cluster[site.copy] in _config_servers(site)


# --- Settings ---------------------------------------------------------------------------------------


def _mongod(name: str, port: int, site: Site) -> str:
    is_config = name == CONFIG_SET
    role = "configsvr" if is_config else "shardsvr"
    sharding = f"sharding:\n  clusterRole: {role}\n" if _is_sharded(site) else ""
    file = "configsvr" if is_config else "mongod"
    return (
        f"storage:\n  dbPath: /var/lib/mongodb/{file}\n"
        f"systemLog:\n  destination: file\n  logAppend: true\n  path: /var/log/mongodb/{file}.log\n"
        f"net:\n  port: {port}\n  bindIpAll: true\nsecurity:\n  keyFile: /etc/mongodb.key\n"
        f"replication:\n  replSetName: {name}\n{sharding}"
    )


def _mongos(site: Site) -> str:
    return (
        "systemLog:\n  destination: file\n  logAppend: true\n  path: /var/log/mongodb/mongos.log\n"
        f"net:\n  port: {site.port}\n  bindIpAll: true\nsecurity:\n  keyFile: /etc/mongodb.key\n"
        f"sharding:\n  configDB: {CONFIG_SET}/{_hosts(_config_servers(site), _config_port(site))}\n"
    )


def _config_port(site: Site) -> int:
    return int(site.component.properties["config_port"])


def _unit(name: str) -> str:
    program = "mongos" if name == "mongos" else "mongod"
    return (
        f"[Unit]\nDescription=MongoDB {name}\nAfter=network-online.target\nWants=network-online.target\n"
        f"{_DATA_MOUNTED}\n"
        f"[Service]\nUser=mongodb\nGroup=mongodb\nLimitNOFILE=64000\n"
        f"ExecStart=/usr/bin/{program} --config /etc/{name}.conf\nRestart=always\nRestartSec=5\n\n"
        "[Install]\nWantedBy=multi-user.target\n"
    )


def _hosts(places: tuple[Place, ...], port: int) -> str:
    return ",".join(f"{placeholder(place.address)}:{port}" for place in places)


# --- Setting up -------------------------------------------------------------------------------------


def _initiate(name: str, places: tuple[Place, ...], port: int) -> str:
    """JavaScript that makes a replica set; 23 says that there is one already."""
    members = ", ".join(
        f'{{ _id: {number}, host: "{placeholder(place.address)}:{port}" }}'
        for number, place in enumerate(places)
    )
    is_config = "configsvr: true, " if name == CONFIG_SET else ""
    described = f'{{ _id: "{name}", {is_config}members: [{members}] }}'
    return f"try {{ rs.initiate({described}) }} catch (e) {{ if (e.code !== 23) throw e }}"


def _users(site: Site) -> str:
    """Run where nobody has an account yet; 51003 says that the account is there."""
    assert site.password is not None
    assert site.administrator is not None
    added = "".join(
        f'admin.runCommand({{ addShard: "{_shard_name(site, number)}/'
        f'{_hosts(_shard(site, number), shard_port(site.component))}" }});\n'
        for number in range(int(site.component.properties["shards"]))
        if _is_sharded(site)
    )
    return f"""\
const admin = db.getSiblingDB("admin");
try {{
  admin.createUser({{ user: "{ADMINISTRATOR}", pwd: "{placeholder(site.administrator)}", roles: ["root"] }});
}} catch (e) {{ if (e.code !== 51003 && e.code !== 13) throw e }}
admin.auth("{ADMINISTRATOR}", "{placeholder(site.administrator)}");
{added}const app = db.getSiblingDB("{DATABASE_NAME}");
if (app.getUser("{DATABASE_USER}") === null) {{
  app.createUser({{ user: "{DATABASE_USER}", pwd: "{placeholder(site.password)}", roles: ["readWrite"] }});
}}
"""


def _script(site: Site) -> str:
    port = shard_port(site.component)
    steps = ["start mongod"]
    if _has_config_server(site):
        steps.append("start stackdraft-configsvr")
    if site.copy % _replicas(site) == 0:
        own = _shard(site, site.copy // _replicas(site))
        steps.append(f"ask {port} --eval '{_initiate(_shard_name(site), own, port)}'")
    if _is_sharded(site):
        if site.cluster[site.copy] == _config_servers(site)[0]:
            initiate = _initiate(CONFIG_SET, _config_servers(site), _config_port(site))
            steps.append(f"ask {_config_port(site)} --eval '{initiate}'")
        steps.append("start stackdraft-mongos")
    if site.copy == 0:
        steps.append(f"ask {site.port} --file {_USERS}")
        steps.append(f"rm -f {_USERS}")
    return f"""\
#!/bin/sh
set -eu
export DEBIAN_FRONTEND=noninteractive HOME=/root

start() {{ systemctl enable "$1"; systemctl restart "$1"; }}

ask() {{
  port=$1
  shift
  tries=0
  until mongosh --quiet --port "$port" "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 180 ]; then echo "MongoDB on port $port was not set up in time" >&2; exit 1; fi
    sleep 10
  done
}}

kept=/var/lib/mongodb
if mountpoint -q {DATA_MOUNT}; then
  mkdir -p {DATA_MOUNT}/mongodb $kept
  if ! mountpoint -q $kept; then
    echo "{DATA_MOUNT}/mongodb $kept none bind,nofail 0 0" >> /etc/fstab
    mount $kept
  fi
fi
. /etc/os-release
apt-get -q update
apt-get -q -y install curl gnupg
curl -fsSL https://www.mongodb.org/static/pgp/server-{SERIES}.asc | \\
  gpg --dearmor --yes -o /usr/share/keyrings/mongodb.gpg
echo "deb [signed-by=/usr/share/keyrings/mongodb.gpg] https://repo.mongodb.org/apt/ubuntu \\
$VERSION_CODENAME/mongodb-org/{SERIES} multiverse" > /etc/apt/sources.list.d/mongodb.list
apt-get -q update
apt-get -q -y install mongodb-org
for file in /etc/stackdraft/mongo*.conf /etc/stackdraft/configsvr*.conf; do
  if [ -e "$file" ]; then install -m 0644 "$file" /etc/; fi
done
install -m 0400 -o mongodb -g mongodb {_KEY} /etc/mongodb.key
mkdir -p $kept/mongod $kept/configsvr
chown -R mongodb:mongodb $kept
systemctl daemon-reload
{chr(10).join(steps)}
"""
