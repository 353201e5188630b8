"""Plays the heartbeats of amphorae: whatever is ACTIVE and enabled goes
ONLINE; a member whose name contains "practice-down" goes to ERROR (and makes its
pool DEGRADED).  usage: octavia_health IP MYSQL_PORT (PRACTICE_DB_PASSWORD in env)
"""
import os
import sys
import time

import pymysql

SQL = [
    "UPDATE load_balancer SET operating_status='ONLINE' WHERE enabled=1 AND "
    "provisioning_status='ACTIVE' AND operating_status='OFFLINE'",
    "UPDATE listener SET operating_status='ONLINE' WHERE enabled=1 AND "
    "provisioning_status='ACTIVE' AND operating_status='OFFLINE'",
    "UPDATE pool SET operating_status='ONLINE' WHERE enabled=1 AND "
    "provisioning_status='ACTIVE' AND operating_status='OFFLINE'",
    "UPDATE member m JOIN health_monitor h ON h.pool_id=m.pool_id AND "
    "h.provisioning_status='ACTIVE' SET m.operating_status="
    "IF(m.name LIKE '%%practice-down%%', 'ERROR', 'ONLINE') WHERE m.enabled=1 AND "
    "m.provisioning_status='ACTIVE' AND m.operating_status IN "
    "('OFFLINE','NO_MONITOR')",
    "UPDATE pool p JOIN member m ON m.pool_id=p.id SET "
    "p.operating_status='DEGRADED' WHERE m.operating_status='ERROR' AND "
    "p.operating_status='ONLINE'",
]


def main():
    db = None
    while True:
        try:
            db = db or pymysql.connect(
                host=sys.argv[1], port=int(sys.argv[2]), user='root',
                password=os.environ['PRACTICE_DB_PASSWORD'], database='octavia',
                autocommit=True)
            with db.cursor() as c:
                for q in SQL:
                    c.execute(q.replace('%%', '%'))
        except pymysql.MySQLError as e:
            print(e, flush=True)
            db = None
        time.sleep(1)


if __name__ == '__main__':
    main()
