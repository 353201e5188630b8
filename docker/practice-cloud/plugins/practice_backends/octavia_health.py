"""Plays the heartbeats of Octavia's machines: whatever is ACTIVE and enabled goes ONLINE.

A member whose name contains "practice-down" goes to ERROR where a health monitor watches it, and
makes its pool DEGRADED. Arguments: address and port of the database.
"""

import os
import sys
import time

import pymysql

READY = "enabled = 1 AND provisioning_status = 'ACTIVE' AND operating_status = 'OFFLINE'"
# Each finds rows of a table and the status they should have.
NEWS = {
    "load_balancer": f"SELECT id, 'ONLINE' FROM load_balancer WHERE {READY}",
    "listener": f"SELECT id, 'ONLINE' FROM listener WHERE {READY}",
    "member": """
        SELECT member.id, IF(member.name LIKE '%practice-down%', 'ERROR', 'ONLINE')
        FROM member JOIN health_monitor USING (pool_id)
        WHERE member.enabled = 1
          AND member.provisioning_status = 'ACTIVE' AND health_monitor.provisioning_status = 'ACTIVE'
          AND member.operating_status IN ('OFFLINE', 'NO_MONITOR')
    """,
    "pool": """
        SELECT id, wanted
        FROM (
            SELECT pool.*, IF(
                EXISTS (SELECT 1 FROM member WHERE pool_id = pool.id AND operating_status = 'ERROR'),
                'DEGRADED', 'ONLINE'
            ) AS wanted
            FROM pool
        ) AS pools
        WHERE enabled = 1 AND provisioning_status = 'ACTIVE' AND operating_status <> wanted
    """,
}


def beat(cursor: pymysql.cursors.Cursor) -> None:
    """Read first, then write single rows by their keys: an UPDATE that searches would lock the table."""
    for table, news in NEWS.items():
        cursor.execute(news)
        for row_id, status in cursor.fetchall():
            cursor.execute(f"UPDATE {table} SET operating_status = %s WHERE id = %s", (status, row_id))


def beat_for_ever(address: str, port: str, name: str = "octavia") -> None:
    password = os.environ["PRACTICE_CLOUD_PASSWORD"]
    database = pymysql.connect(
        host=address, port=int(port), user="root", password=password, database=name, autocommit=True
    )
    with database, database.cursor() as cursor:
        while True:
            beat(cursor)
            time.sleep(1)


if __name__ == "__main__":
    while True:
        try:
            beat_for_ever(*sys.argv[1:])
        except pymysql.MySQLError as error:  # the database restarts
            print(error, flush=True)
            time.sleep(1)
