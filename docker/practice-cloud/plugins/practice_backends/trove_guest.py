"""Plays the guest agent of every trove instance.

Trove builds a real (fake-hypervisor) server, port and volume per instance,
then waits for the agent inside it.  This one process answers for all of
them: it listens on every instance's queue, keeps databases and users in
memory, and reports the service healthy.  An instance whose name contains
"practice-fail" reports a failed service instead.
"""
import os
import sys
import time

import oslo_messaging as messaging
import pymysql
from oslo_log import log as logging

from trove.common import cfg

CONF = cfg.CONF
LOG = logging.getLogger(__name__)
HEALTHY, FAILED = (0x21, 'healthy'), (0x08, 'failed to spawn')


class Guest:
    """RPC endpoint of one instance."""

    target = messaging.Target(version='1.5')

    def __init__(self, iid, name):
        self.iid, self.name = iid, name
        self.prepared = False
        self.dbs, self.users, self.grants, self.root = {}, {}, {}, False

    def __getattr__(self, method):
        if method.startswith('_'):
            raise AttributeError(method)

        def nothing(context, **kwargs):
            LOG.info('%s: %s %s', self.iid, method, sorted(kwargs))
        nothing.__name__ = method
        return nothing

    def prepare(self, context, databases=None, users=None, **kwargs):
        self.create_database(context, databases or [])
        self.create_user(context, users or [])
        self.root = bool(kwargs.get('root_password'))
        self.prepared = True

    def create_database(self, context, databases):
        for d in databases:
            self.dbs[d['_name']] = d

    def delete_database(self, context, database):
        self.dbs.pop(database['_name'], None)

    @staticmethod
    def _page(items, limit, marker, include_marker):
        names = sorted(items)
        if marker:
            names = [n for n in names
                     if n > marker or (include_marker and n == marker)]
        more = names[limit:] if limit else []
        names = names[:limit] if limit else names
        return [items[n] for n in names], (names[-1] if more else None)

    def list_databases(self, context, limit=None, marker=None,
                       include_marker=False):
        return self._page(self.dbs, limit, marker, include_marker)

    def _key(self, name, host=None):
        return '%s@%s' % (name, host or '%')

    def create_user(self, context, users):
        for u in users:
            u = dict(u)
            u['_host'] = u.get('_host') or '%'
            u.setdefault('_databases', [])
            self.users[self._key(u['_name'], u['_host'])] = u

    def delete_user(self, context, user):
        self.users.pop(self._key(user['_name'], user.get('_host')), None)

    def list_users(self, context, limit=None, marker=None,
                   include_marker=False):
        return self._page(self.users, limit, marker, include_marker)

    def get_user(self, context, username, hostname):
        return self.users.get(self._key(username, hostname))

    def change_passwords(self, context, users):
        pass

    def list_access(self, context, username, hostname):
        u = self.users.get(self._key(username, hostname)) or {}
        return u.get('_databases', [])

    def grant_access(self, context, username, hostname, databases):
        u = self.users.get(self._key(username, hostname))
        if u:
            have = {d['_name'] for d in u['_databases']}
            u['_databases'] += [{'_name': d} for d in databases
                                if d not in have]

    def revoke_access(self, context, username, hostname, database):
        u = self.users.get(self._key(username, hostname))
        if u:
            u['_databases'] = [d for d in u['_databases']
                               if d['_name'] != database]

    def enable_root(self, context):
        self.root = True
        return {'_name': 'root', '_host': '%', '_password': 'practice-root',
                '_databases': []}

    def enable_root_with_password(self, context, root_password=None):
        return dict(self.enable_root(context),
                    _password=root_password or 'practice-root')

    def is_root_enabled(self, context):
        return self.root

    def get_filesystem_stats(self, context, fs_path=None):
        return {'total': 5.0, 'used': 0.5, 'free': 4.5, 'block_size': 4096,
                'total_blocks': 1310720, 'free_blocks': 1179648}

    get_volume_info = get_filesystem_stats

    def backup_required_for_replication(self, context):
        return False


def connect():
    url = CONF.database.connection
    from sqlalchemy.engine import make_url
    u = make_url(url)
    return pymysql.connect(host=u.host, port=u.port, user=u.username,
                           password=u.password, database=u.database,
                           autocommit=True)


def main():
    cfg.parse_args(sys.argv)
    logging.setup(CONF, None)
    from trove import rpc
    from trove.common.rpc import secure_serializer as ssz
    from trove.common.rpc import serializer as sz
    rpc.set_defaults(control_exchange='trove')
    rpc.init(CONF)
    serializer = ssz.SecureSerializer(
        sz.TroveRequestContextSerializer(None), None)
    servers, beat, db = {}, {}, None
    while True:
        try:
            db = db or connect()
            with db.cursor() as c:
                c.execute('SELECT id, name, compute_instance_id FROM '
                          'instances WHERE deleted=0')
                found = {r[0]: r for r in c.fetchall()}
                for iid in set(servers) - set(found):
                    servers.pop(iid)[0].stop()
                for iid, (_, name, server) in found.items():
                    if iid not in servers:
                        g = Guest(iid, name)
                        s = messaging.get_rpc_server(
                            rpc.TRANSPORT, messaging.Target(
                                topic='guestagent.' + iid, server=iid,
                                version='1.5'), [g], executor='threading',
                            serializer=serializer)
                        s.start()
                        servers[iid] = (s, g)
                    if server and time.time() - beat.get(iid, 0) > 10:
                        code, text = (FAILED if 'practice-fail' in (name or '')
                                      else HEALTHY)
                        c.execute(
                            'UPDATE service_statuses SET status_id=%s, '
                            'status_description=%s, updated_at=UTC_TIMESTAMP()'
                            ' WHERE instance_id=%s', (code, text, iid))
                        beat[iid] = time.time()
                c.execute("UPDATE backups SET state='COMPLETED', size=0.1, "
                          "checksum='practice', location='practice' WHERE deleted=0 AND "
                          "state IN ('NEW', 'BUILDING', 'SAVING')")
        except pymysql.MySQLError:
            LOG.exception('database')
            db = None
        time.sleep(0.5)


if __name__ == '__main__':
    os.environ.setdefault('LANG', 'C.UTF-8')
    main()
