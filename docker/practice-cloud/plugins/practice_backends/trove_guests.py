"""Plays the guest agent of every Trove instance.

Trove builds a server, a port and a volume for an instance and then waits for the agent inside it.
This one process answers for all of them: it listens on every instance's queue, keeps databases and
users in memory, and reports the service healthy. An instance whose name contains "practice-fail"
reports a failed service. Backups complete at once and hold nothing.
"""

import sys
import time

import oslo_messaging as messaging
import pymysql
from oslo_log import log as logging
from sqlalchemy.engine import make_url
from trove import rpc
from trove.common import cfg
from trove.common.rpc.secure_serializer import SecureSerializer
from trove.common.rpc.serializer import TroveRequestContextSerializer

CONF = cfg.CONF
LOG = logging.getLogger(__name__)
VERSION = "1.5"
HEALTHY = (0x21, "healthy")
FAILED = (0x08, "failed to spawn")
SECONDS_BETWEEN_REPORTS = 10
DISK = {
    "total": 5.0,
    "used": 0.5,
    "free": 4.5,
    "block_size": 4096,
    "total_blocks": 1310720,
    "free_blocks": 1179648,
}


class Guest:
    """The RPC endpoint of one instance. What it does not define succeeds and does nothing."""

    target = messaging.Target(version=VERSION)

    def __init__(self, instance_id: str):
        self.instance_id = instance_id
        self.databases: dict[str, dict] = {}
        self.users: dict[str, dict] = {}
        self.root_enabled = False

    def __getattr__(self, method):
        if method.startswith("_"):
            raise AttributeError(method)

        def succeed(context, **kwargs):
            LOG.info("%s: %s", self.instance_id, method)

        return succeed

    def prepare(self, context, databases=None, users=None, root_password=None, **kwargs):
        self.create_database(context, databases or [])
        self.create_user(context, users or [])
        self.root_enabled = bool(root_password)

    def create_database(self, context, databases):
        self.databases |= {database["_name"]: database for database in databases}

    def delete_database(self, context, database):
        self.databases.pop(database["_name"], None)

    def list_databases(self, context, limit=None, marker=None, include_marker=False):
        return _page(self.databases, limit, marker, include_marker)

    def create_user(self, context, users):
        for user in users:
            self.users[_key(user["_name"], user.get("_host"))] = {"_databases": [], "_host": "%"} | user

    def delete_user(self, context, user):
        self.users.pop(_key(user["_name"], user.get("_host")), None)

    def list_users(self, context, limit=None, marker=None, include_marker=False):
        return _page(self.users, limit, marker, include_marker)

    def get_user(self, context, username, hostname):
        return self.users.get(_key(username, hostname))

    def list_access(self, context, username, hostname):
        return (self.get_user(context, username, hostname) or {}).get("_databases", [])

    def grant_access(self, context, username, hostname, databases):
        if user := self.get_user(context, username, hostname):
            known = {database["_name"] for database in user["_databases"]}
            user["_databases"] += [{"_name": name} for name in databases if name not in known]

    def revoke_access(self, context, username, hostname, database):
        if user := self.get_user(context, username, hostname):
            user["_databases"] = [known for known in user["_databases"] if known["_name"] != database]

    def enable_root(self, context):
        return self.enable_root_with_password(context)

    def enable_root_with_password(self, context, root_password=None):
        self.root_enabled = True
        return {
            "_name": "root",
            "_host": "%",
            "_password": root_password or "practice-root",
            "_databases": [],
        }

    def is_root_enabled(self, context):
        return self.root_enabled

    def get_filesystem_stats(self, context, fs_path=None):
        return DISK

    def get_volume_info(self, context):
        return DISK

    def backup_required_for_replication(self, context):
        return False


class Guests:
    """All instances' agents, kept in step with Trove's database."""

    def __init__(self):
        self.serializer = SecureSerializer(TroveRequestContextSerializer(None), None)
        self.servers: dict[str, messaging.MessageHandlingServer] = {}
        self.reported: dict[str, float] = {}

    def look_after_all(self, cursor: pymysql.cursors.Cursor) -> None:
        cursor.execute("SELECT id, name, compute_instance_id FROM instances WHERE deleted = 0")
        instances = cursor.fetchall()
        for gone in self.servers.keys() - {instance_id for instance_id, _, _ in instances}:
            self.servers.pop(gone).stop()
        for instance_id, name, server in instances:
            if instance_id not in self.servers:
                self.servers[instance_id] = self._listen(instance_id)
            if server and time.monotonic() - self.reported.get(instance_id, 0) > SECONDS_BETWEEN_REPORTS:
                self._report(cursor, instance_id, FAILED if "practice-fail" in (name or "") else HEALTHY)
        cursor.execute(
            "UPDATE backups SET state = 'COMPLETED', size = 0.1, checksum = 'none', location = 'none'"
            " WHERE deleted = 0 AND state IN ('NEW', 'BUILDING', 'SAVING')"
        )

    def _listen(self, instance_id: str) -> messaging.MessageHandlingServer:
        target = messaging.Target(topic=f"guestagent.{instance_id}", server=instance_id, version=VERSION)
        server = messaging.get_rpc_server(
            rpc.TRANSPORT, target, [Guest(instance_id)], executor="threading", serializer=self.serializer
        )
        server.start()
        return server

    def _report(self, cursor: pymysql.cursors.Cursor, instance_id: str, status: tuple[int, str]) -> None:
        cursor.execute(
            "UPDATE service_statuses SET status_id = %s, status_description = %s,"
            " updated_at = UTC_TIMESTAMP() WHERE instance_id = %s",
            (*status, instance_id),
        )
        self.reported[instance_id] = time.monotonic()


def connect() -> pymysql.Connection:
    url = make_url(CONF.database.connection)
    return pymysql.connect(
        host=url.host,
        port=url.port,
        user=url.username,
        password=url.password,
        database=url.database,
        autocommit=True,
    )


def main() -> None:
    cfg.parse_args(sys.argv)
    logging.setup(CONF, None)
    rpc.set_defaults(control_exchange="trove")
    rpc.init(CONF)
    guests = Guests()
    while True:
        try:
            with connect() as database, database.cursor() as cursor:
                while True:
                    guests.look_after_all(cursor)
                    time.sleep(0.5)
        except pymysql.MySQLError:  # the database restarts
            LOG.exception("database")
            time.sleep(1)


def _key(name: str, host: str | None) -> str:
    return f"{name}@{host or '%'}"


def _page(items: dict[str, dict], limit: int | None, marker: str | None, include_marker: bool):
    """One page of the items in order of their names, and the name to go on from."""
    names = sorted(items)
    if marker:
        names = [name for name in names if name > marker or (include_marker and name == marker)]
    page = names[:limit] if limit else names
    return [items[name] for name in page], (page[-1] if len(page) < len(names) else None)


if __name__ == "__main__":
    main()
