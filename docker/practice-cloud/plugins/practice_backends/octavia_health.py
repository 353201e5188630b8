"""Plays the heartbeats of Octavia's machines: whatever is ACTIVE and enabled goes ONLINE.

A member whose name contains "practice-down" goes to ERROR where a health monitor watches it, and
makes its pool DEGRADED. Arguments: address and port of the database.
"""

import os
import sys
import time

import pymysql

READY = "enabled = 1 AND provisioning_status = 'ACTIVE' AND operating_status = 'OFFLINE'"
BEAT = (
    f"UPDATE load_balancer SET operating_status = 'ONLINE' WHERE {READY}",
    f"UPDATE listener SET operating_status = 'ONLINE' WHERE {READY}",
    f"UPDATE pool SET operating_status = 'ONLINE' WHERE {READY}",
    """
    UPDATE member JOIN health_monitor USING (pool_id)
    SET member.operating_status = IF(member.name LIKE '%practice-down%', 'ERROR', 'ONLINE')
    WHERE member.enabled = 1
      AND member.provisioning_status = 'ACTIVE' AND health_monitor.provisioning_status = 'ACTIVE'
      AND member.operating_status IN ('OFFLINE', 'NO_MONITOR')
    """,
    """
    UPDATE pool JOIN member ON member.pool_id = pool.id
    SET pool.operating_status = 'DEGRADED'
    WHERE member.operating_status = 'ERROR' AND pool.operating_status = 'ONLINE'
    """,
)


def beat(address: str, port: str) -> None:
    password = os.environ["PRACTICE_CLOUD_PASSWORD"]
    database = pymysql.connect(
        host=address, port=int(port), user="root", password=password, database="octavia", autocommit=True
    )
    while True:
        with database.cursor() as cursor:
            for statement in BEAT:
                cursor.execute(statement)
        time.sleep(1)


if __name__ == "__main__":
    while True:
        try:
            beat(*sys.argv[1:])
        except pymysql.MySQLError as error:  # the database restarts
            print(error, flush=True)
            time.sleep(1)
