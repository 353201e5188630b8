"""SQL servers with their data on a volume: MySQL and MariaDB with GTID replication, PostgreSQL alone."""

from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.connections import DATABASE_NAME, DATABASE_USER
from designer.domain.software.site import DATA_MOUNT, Site

REPLICATION_USER = "replicator"
_SETUP = "/usr/local/sbin/stackdraft-database"
_SQL = "/etc/stackdraft/database.sql"
_APT = "DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Options::=--force-confold"


def mysql(site: Site) -> CloudConfig:
    settings = (
        f"log-bin = mysql-bin\ngtid-mode = ON\nenforce-gtid-consistency = ON\n{_read_only(site, 'super_')}"
    )
    return _sql_server(
        site,
        package="mysql-server",
        service="mysql",
        settings_file="/etc/mysql/mysql.conf.d/zz-stackdraft.cnf",
        settings=settings,
        follow=(
            "CHANGE REPLICATION SOURCE TO SOURCE_HOST='{host}', SOURCE_PORT={port}, SOURCE_USER='{user}', "
            "SOURCE_PASSWORD='{password}', SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1, "
            "SOURCE_CONNECT_RETRY=10;\nSTART REPLICA;\n"
        ),
    )


def mariadb(site: Site) -> CloudConfig:
    if len(site.cluster) > 1:
        return _galera(site)
    return _sql_server(
        site,
        package="mariadb-server",
        service="mariadb",
        settings_file="/etc/mysql/mariadb.conf.d/zz-stackdraft.cnf",
        settings=f"log-bin = mysql-bin\ngtid_strict_mode = ON\n{_read_only(site, '')}",
        follow=(
            "CHANGE MASTER TO MASTER_HOST='{host}', MASTER_PORT={port}, MASTER_USER='{user}', "
            "MASTER_PASSWORD='{password}', MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=10;\n"
            "START SLAVE;\n"
        ),
    )


def _galera(site: Site) -> CloudConfig:
    """Masters that all take writes. The first one starts the cluster, once in the life of its data."""
    members = ",".join(placeholder(place.address) for place in site.cluster)
    settings = (
        "binlog_format = ROW\ndefault_storage_engine = InnoDB\ninnodb_autoinc_lock_mode = 2\n\n"
        "[galera]\nwsrep_on = ON\nwsrep_provider = /usr/lib/galera/libgalera_smm.so\n"
        f"wsrep_cluster_name = stackdraft\nwsrep_cluster_address = gcomm://{members}\n"
        f"wsrep_node_address = {placeholder(site.place.address)}\nwsrep_sst_method = rsync\n"
    )
    is_first = site.place == site.cluster[0]
    sql = _primary_sql(site) if is_first else "SELECT 1;\n"
    prepared = "/etc/stackdraft/database.cnf"
    return CloudConfig(
        files=(
            File(prepared, _head(site) + settings),
            File(_SQL, sql.replace("RESET MASTER;\n", ""), mode="0600"),
            File(_SETUP, _galera_script(prepared, is_first), mode="0700"),
            _waits_for_data("mariadb", "/var/lib/mysql"),
        ),
        commands=((_SETUP,),),
    )


def _galera_script(prepared: str, is_first: bool) -> str:
    """A later member waits for the others to answer; it takes its data from them when it joins."""
    start = "galera_new_cluster" if is_first else "joined systemctl start mariadb"
    return f"""\
#!/bin/sh
set -eu
joined() {{
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 90 ]; then echo "the cluster did not answer in time" >&2; exit 1; fi
    systemctl reset-failed mariadb
    sleep 20
  done
}}
{_data_directory("/var/lib/mysql")}
apt-get -q update
{_APT} install mariadb-server galera-4 rsync
install -m 0644 {prepared} /etc/mysql/mariadb.conf.d/zz-stackdraft.cnf
systemctl stop mariadb
if [ ! -e {DATA_MOUNT}/.prepared ]; then
  {start}
  mysql < {_SQL}
  touch {DATA_MOUNT}/.prepared
else
  joined systemctl start mariadb
fi
rm -f {_SQL}
"""


def _head(site: Site) -> str:
    """No names: accounts are let in by password, and a cloud's addresses often have no name to wait for."""
    return (
        f"[mysqld]\nbind-address = 0.0.0.0\nport = {site.port}\nserver-id = {site.number}\n"
        "skip-name-resolve = ON\n"
    )


def _read_only(site: Site, prefix: str) -> str:
    return f"{prefix}read_only = ON\n" if site.follows else ""


def _sql_server(
    site: Site, *, package: str, service: str, settings_file: str, settings: str, follow: str
) -> CloudConfig:
    """The settings come after the installation, so that what the package writes starts no history."""
    prepared = "/etc/stackdraft/database.cnf"
    return CloudConfig(
        files=(
            File(prepared, _head(site) + settings),
            File(_SQL, _follow_sql(site, follow) if site.follows else _primary_sql(site), mode="0600"),
            File(_SETUP, _setup_script(package, service, prepared, settings_file), mode="0700"),
            _waits_for_data(service, "/var/lib/mysql"),
        ),
        commands=((_SETUP,),),
    )


def _primary_sql(site: Site) -> str:
    assert site.password is not None
    password = placeholder(site.password)
    return f"""\
RESET MASTER;
CREATE DATABASE IF NOT EXISTS {DATABASE_NAME};
CREATE USER IF NOT EXISTS '{DATABASE_USER}'@'%' IDENTIFIED BY '{password}';
GRANT ALL ON {DATABASE_NAME}.* TO '{DATABASE_USER}'@'%';
CREATE USER IF NOT EXISTS '{REPLICATION_USER}'@'%' IDENTIFIED BY '{password}';
GRANT REPLICATION SLAVE ON *.* TO '{REPLICATION_USER}'@'%';
"""


def _follow_sql(site: Site, follow: str) -> str:
    assert site.follows is not None
    primary = site.follows
    return "RESET MASTER;\n" + follow.format(
        host=placeholder(primary.address),
        port=primary.port,
        user=REPLICATION_USER,
        password=placeholder(primary.password),
    )


# What is on the volume already stays: the statements run once in the life of the data, not of the server.
def _setup_script(package: str, service: str, prepared: str, settings_file: str) -> str:
    return f"""\
#!/bin/sh
set -eu
{_data_directory("/var/lib/mysql")}
apt-get -q update
{_APT} install {package}
install -m 0644 {prepared} {settings_file}
systemctl restart {service}
if [ ! -e {DATA_MOUNT}/.prepared ]; then
  mysql < {_SQL}
  touch {DATA_MOUNT}/.prepared
fi
rm -f {_SQL}
"""


def postgresql(site: Site) -> CloudConfig:
    assert site.password is not None
    sql = f"""\
SELECT 'CREATE ROLE {DATABASE_USER} LOGIN' WHERE NOT EXISTS
  (SELECT 1 FROM pg_roles WHERE rolname = '{DATABASE_USER}') \\gexec
ALTER ROLE {DATABASE_USER} PASSWORD '{placeholder(site.password)}';
SELECT 'CREATE DATABASE {DATABASE_NAME} OWNER {DATABASE_USER}' WHERE NOT EXISTS
  (SELECT 1 FROM pg_database WHERE datname = '{DATABASE_NAME}') \\gexec
"""  # noqa: S608  constants of ours and a generated password
    script = f"""\
#!/bin/sh
set -eu
{_data_directory("/var/lib/postgresql")}
apt-get -q update
{_APT} install postgresql
for version in /etc/postgresql/*/main; do
  printf "listen_addresses = '*'\\nport = {site.port}\\n" > "$version/conf.d/stackdraft.conf"
  rule="host {DATABASE_NAME} {DATABASE_USER} 0.0.0.0/0 scram-sha-256"
  grep -qxF "$rule" "$version/pg_hba.conf" || echo "$rule" >> "$version/pg_hba.conf"
done
systemctl restart postgresql
cd /
runuser -u postgres -- psql -q -p {site.port} < {_SQL}
rm -f {_SQL}
"""
    files = (
        File(_SQL, sql, mode="0600"),
        File(_SETUP, script, mode="0700"),
        _waits_for_data("postgresql@", "/var/lib/postgresql"),
    )
    return CloudConfig(files=files, commands=((_SETUP,),))


def _waits_for_data(service: str, directory: str) -> File:
    """A volume that may be missing (nofail) is mounted while the boot goes on and starts the database."""
    path = f"/etc/systemd/system/{service}.service.d/stackdraft.conf"
    return File(path, f"[Unit]\nRequiresMountsFor={directory}\n")


def _data_directory(directory: str) -> str:
    """Shell that keeps the package's data on the volume; without one, in an ordinary directory."""
    kept = f"{DATA_MOUNT}/{directory.rpartition('/')[2]}"
    return f"""\
mkdir -p {kept} {directory}
if ! mountpoint -q {directory}; then
  echo "{kept} {directory} none bind,nofail 0 0" >> /etc/fstab
  mount {directory}
fi"""
