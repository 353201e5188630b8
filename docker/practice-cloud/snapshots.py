"""The seeded state, and the way back to it under a second while all services keep running."""

import shutil
import socket
import subprocess

from console import Failure
from databases import databases, sql
from processes import environment
from services import program
from settings import DATA, HOME, IP, PASSWORD, PORTS, RUN, SECOND

SNAPSHOT = HOME / "snapshot"
IMAGES = DATA / "glance/images"
SWIFT_DISK = DATA / "swift/disk"

# Rows that belong to the running services: which of them are alive, what the hosts offer.
KEPT_TABLES = {
    "nova": {"services", "compute_nodes"},
    "cinder": {"services"},
    "heat": {"service"},
    "designate": {"service_statuses"},
    "placement": {
        "resource_providers",
        "inventories",
        "resource_provider_traits",
        "resource_provider_aggregates",
    },
}


def take_snapshot() -> None:
    """Remember the present content of all databases and images as the seeded state."""
    shutil.rmtree(SNAPSHOT, ignore_errors=True)
    SNAPSHOT.mkdir()
    for database in _tables():
        (SNAPSHOT / f"{database}.sql").write_bytes(_dump(database))
    # Copied last: its presence says that the snapshot is complete.
    shutil.copytree(IMAGES, SNAPSHOT / "images")


def add_to_snapshot() -> None:
    """An older one lacks the second region: its databases, and Keystone's, which knows where they answer."""
    for database in _tables():
        path = SNAPSHOT / f"{database}.sql"
        if database == "keystone" or not path.exists():
            path.write_bytes(_dump(database))


def has_snapshot() -> bool:
    return (SNAPSHOT / "images").exists()


def restore_snapshot() -> None:
    """Put databases, images and objects back. Work that is under way finds its rows gone."""
    for database, tables in _tables().items():
        replaced = [table for table in tables if table not in _kept(database)]
        statements = [
            "SET FOREIGN_KEY_CHECKS=0; SET UNIQUE_CHECKS=0; SET AUTOCOMMIT=0;",
            *(f"DELETE FROM `{table}`;" for table in replaced),
            (SNAPSHOT / f"{database}.sql").read_text(),
            "COMMIT;",
        ]
        sql("\n".join(statements), database=database)
    _forget_cached_answers()
    shutil.rmtree(IMAGES)
    shutil.copytree(SNAPSHOT / "images", IMAGES)
    for folder in ("accounts", "containers", "objects", "tmp", "async_pending"):
        shutil.rmtree(SWIFT_DISK / folder, ignore_errors=True)


def _tables() -> dict[str, list[str]]:
    names = ", ".join(f"'{name}'" for group in databases().values() for name in group)
    rows = sql(
        "SELECT table_schema, table_name FROM information_schema.tables"
        f" WHERE table_type = 'BASE TABLE' AND table_schema IN ({names})"
    )
    tables: dict[str, list[str]] = {}
    for database, table in rows:
        tables.setdefault(database, []).append(table)
    return tables


def _kept(database: str) -> set[str]:
    return KEPT_TABLES.get(database.removesuffix(f"_{SECOND}"), set())


def _dump(database: str) -> bytes:
    words = [program("mariadb-dump", "mysqldump"), "--no-defaults", "-uroot", f"--socket={RUN}/mysql.sock"]
    words += ["--no-create-info", "--skip-triggers", "--skip-add-locks", "--single-transaction"]
    # Binary columns have to survive, and an ALTER TABLE would commit half-way through a reset.
    words += ["--complete-insert", "--hex-blob", "--skip-disable-keys"]
    words += [f"--ignore-table={database}.{table}" for table in _kept(database)]
    dump = subprocess.run(
        [*words, database], capture_output=True, check=False, env=environment(MYSQL_PWD=PASSWORD)
    )
    if dump.returncode:
        raise Failure(f"The database {database} could not be saved: {dump.stderr.decode().strip()}")
    return dump.stdout


def _forget_cached_answers() -> None:
    with socket.create_connection((IP, PORTS["memcached"]), timeout=5) as connection:
        connection.sendall(b"flush_all\r\n")
        connection.recv(16)
