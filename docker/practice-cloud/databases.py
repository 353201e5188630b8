"""MariaDB: its data directory, one database or more a group with its schema, and the SQL door."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

from configuring import database_url
from console import Failure, say
from processes import environment, run
from services import program
from settings import (
    AUTH_URL,
    BIN,
    DATA,
    DONE,
    ETC,
    GROUPS,
    LOG,
    PASSWORD,
    REGION,
    REGIONAL,
    REGIONS,
    RUN,
    Region,
    write,
)

DATABASES = {
    "neutron": ["neutron"],
    "nova": ["nova_api", "nova", "nova_cell0"],
    "keystone": ["keystone"],
    "cinder": ["cinder"],
    "heat": ["heat"],
    "glance": ["glance"],
    "placement": ["placement"],
    "octavia": ["octavia"],
    "trove": ["trove"],
    "barbican": ["barbican"],
    "designate": ["designate"],
    "aodh": ["aodh"],
    "gnocchi": ["gnocchi"],
}
KEYSTONE_MANAGE = f"keystone-manage --config-file {ETC}/keystone/keystone.conf"
_OWNER = f"--keystone-user {os.getuid()} --keystone-group {os.getgid()}"  # root has to say whose the keys are
# group -> the commands that fill its empty databases
SCHEMAS = {
    "keystone": [
        f"{KEYSTONE_MANAGE} fernet_setup {_OWNER}",
        f"{KEYSTONE_MANAGE} credential_setup {_OWNER}",
        f"{KEYSTONE_MANAGE} db_sync",
        f"{KEYSTONE_MANAGE} bootstrap --bootstrap-username admin --bootstrap-password {PASSWORD}"
        f" --bootstrap-project-name admin --bootstrap-region-id {REGION} --bootstrap-public-url {AUTH_URL}"
        f" --bootstrap-internal-url {AUTH_URL} --bootstrap-admin-url {AUTH_URL}",
    ],
    "glance": [f"glance-manage --config-file {ETC}/glance/glance-api.conf db_sync"],
    "trove": [f"trove-manage --config-file {ETC}/trove/trove.conf db_sync"],
    "barbican": [f"barbican-manage db upgrade --db-url {database_url('barbican')}"],
    "designate": [f"designate-manage --config-file {ETC}/designate/designate.conf database sync"],
    "aodh": [f"aodh-dbsync --config-file {ETC}/aodh/aodh.conf"],
    "gnocchi": [f"gnocchi-upgrade --config-file {ETC}/gnocchi/gnocchi.conf"],
}


def nova_manage(region: Region) -> str:
    return (
        f"nova-manage --config-file {region.etc}/nova/nova.conf --config-file {region.etc}/nova/nova-db.conf"
    )


def regional_schemas(region: Region) -> dict[str, list[str]]:
    """The same for what each region has of its own."""
    etc, manage = region.etc, nova_manage(region)
    return {
        "nova": [
            f"{manage} api_db sync",
            f"{manage} cell_v2 map_cell0 --database_connection {database_url(region.database('nova_cell0'))}",
            f"{manage} db sync",
            f"{manage} cell_v2 create_cell --name cell1",
        ],
        "placement": [f"placement-manage --config-file {etc}/placement/placement.conf db sync"],
        "neutron": [f"neutron-db-manage --config-file {etc}/neutron/neutron.conf upgrade heads"],
        "cinder": [f"cinder-manage --config-file {etc}/cinder/cinder.conf db sync"],
        "octavia": [f"octavia-db-manage --config-file {etc}/octavia/octavia.conf upgrade head"],
        "heat": [f"heat-manage --config-file {etc}/heat/heat.conf db_sync"],
    }


def databases() -> dict[str, list[str]]:
    """The databases of each chosen group, those of the second region under the group's name there."""
    return {
        region.named(group): [region.database(name) for name in names]
        for region in REGIONS
        for group, names in DATABASES.items()
        if group in GROUPS and (group in REGIONAL or not region.suffix)
    }


def make_data_directory() -> None:
    """Make MariaDB's own tables, before its first start."""
    if (DATA / "mysql/mysql").exists():
        return
    say("making the database directory ...")
    words = [program("mariadb-install-db", "mysql_install_db"), f"--defaults-file={ETC}/mariadb/my.cnf"]
    words += ["--auth-root-authentication-method=normal", "--skip-test-db"]
    run(words + ["--user=root"] * (os.getuid() == 0), log="mariadb-install")


def set_password() -> None:
    """Give the database's root a password, on its socket and on loopback. Until then it has none."""
    if (DONE / "database-password").exists():
        return
    statements = f"""
        CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';
        GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
        DROP USER IF EXISTS 'root'@'::1', ''@'%', ''@'localhost';
        ALTER USER 'root'@'localhost' IDENTIFIED BY '{PASSWORD}';
        FLUSH PRIVILEGES;
    """
    try:
        sql(statements, password="")
    except Failure:
        sql(statements)  # an earlier start was interrupted right here
    write(DONE / "database-password", "")


def make_schemas() -> None:
    """Create the databases that are missing, two groups at a time: they keep a core each busy."""
    missing = [group for group in databases() if not _is_made(group)]
    if not missing:
        return
    say(f"making the databases of {len(missing)} services ...")
    first, second = REGIONS
    # Migrating from nothing takes a minute; what has just been made for one region is copied for the other.
    copied = [group for group in REGIONAL if group in missing and second.named(group) in missing]
    made_anew = [group for group in missing if group not in map(second.named, copied)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for made in as_completed([pool.submit(_make_schema, group) for group in made_anew]):
            say(f"  {made.result()}")
    for group in copied:
        _copy_schema(group, first, second)


def _is_made(group: str) -> bool:
    return (DONE / f"schema-{group}").exists()


def sql(statements: str, *, database: str = "", password: str = PASSWORD) -> list[list[str]]:
    """Run SQL as root. Returns the rows of what it selected."""
    client = subprocess.run(
        [
            program("mariadb", "mysql"),
            "--no-defaults",
            "-uroot",
            "-N",
            "-B",
            f"--socket={RUN}/mysql.sock",
            database,
        ],
        input=statements.encode(),
        capture_output=True,
        check=False,
        env=environment(MYSQL_PWD=password),
    )
    if client.returncode:
        raise Failure(f"The database refused: {client.stderr.decode().strip()} ({LOG}/mariadb.log)")
    return [line.split("\t") for line in client.stdout.decode().splitlines()]


def _make_schema(group: str) -> str:
    began = time.monotonic()
    for name in databases()[group]:
        # Whatever an interrupted start left there, the commands want to begin with nothing.
        sql(f"DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name}")
    commands = SCHEMAS | {
        region.named(one): lines for region in REGIONS for one, lines in regional_schemas(region).items()
    }
    for command in commands[group]:
        name, *arguments = command.split()
        run([BIN / name, *arguments], log=f"schema-{group}")
    write(DONE / f"schema-{group}", "")
    return f"{group} {time.monotonic() - began:.0f} s"


def _copy_schema(group: str, source: Region, target: Region) -> None:
    """Before any service has started on them, so there is nothing in them but what a migration writes."""
    for name in DATABASES[group]:
        copy = target.database(name)
        sql(f"DROP DATABASE IF EXISTS {copy}; CREATE DATABASE {copy}")
        words = [
            program("mariadb-dump", "mysqldump"),
            "--no-defaults",
            "-uroot",
            f"--socket={RUN}/mysql.sock",
        ]
        words += ["--single-transaction", "--hex-blob", source.database(name)]
        dump = subprocess.run(words, capture_output=True, check=False, env=environment(MYSQL_PWD=PASSWORD))
        if dump.returncode:
            raise Failure(f"The database {name} could not be copied: {dump.stderr.decode().strip()}")
        sql(dump.stdout.decode(), database=copy)
    if group == "nova":
        _lead_cells_to(source, target)
    write(DONE / f"schema-{target.named(group)}", "")


def _lead_cells_to(source: Region, target: Region) -> None:
    """Nova keeps the addresses of its cells in a database."""
    for name in ("nova", "nova_cell0"):
        old, new = (database_url(region.database(name)) for region in (source, target))
        sql(
            f"UPDATE cell_mappings SET database_connection = '{new}' WHERE database_connection = '{old}'",
            database=target.database("nova_api"),
        )
    old, new = (f"/{region.database('nova')}" for region in (source, target))
    sql(
        f"UPDATE cell_mappings SET transport_url = CONCAT(LEFT(transport_url, CHAR_LENGTH(transport_url) - "
        f"{len(old)}), '{new}') WHERE transport_url LIKE '%{old}'",
        database=target.database("nova_api"),
    )
