"""A name server that answers straight from Designate's database, so Designate finds every change in effect.

Designate's own mini DNS keeps answering for zones that are being deleted: with it as the name
server no deletion would ever complete. Arguments: address, port to serve, port of the database.
"""

import os
import socketserver
import sys
import threading

import dns.flags
import dns.message
import dns.opcode
import dns.rcode
import dns.rdatatype
import dns.rrset
import pymysql

ZONE = "SELECT id, serial FROM zones WHERE name = %s AND deleted = '0' AND action <> 'DELETE'"
RECORDS = """
    SELECT recordsets.type, COALESCE(recordsets.ttl, zones.ttl, 3600), records.data
    FROM zones
    JOIN recordsets ON recordsets.zone_id = zones.id
    JOIN records ON records.recordset_id = recordsets.id
    WHERE recordsets.zone_id = %s AND recordsets.name = %s AND recordsets.type IN (%s, 'CNAME')
      AND records.action <> 'DELETE'
"""
ANY_RECORDS = "SELECT 1 FROM recordsets WHERE zone_id = %s AND name = %s LIMIT 1"


def answer(wire: bytes) -> bytes:
    query = dns.message.from_wire(wire)
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.AA
    if query.opcode() == dns.opcode.QUERY and query.question:
        with connect() as database, database.cursor() as cursor:
            look_up(query.question[0], reply, cursor)
    return reply.to_wire()


def look_up(question: dns.rrset.RRset, reply: dns.message.Message, cursor: pymysql.cursors.Cursor) -> None:
    zone = enclosing_zone(question.name, cursor)
    if zone is None:
        reply.set_rcode(dns.rcode.REFUSED)
        return
    zone_id, serial = zone
    name = question.name.to_text().lower()
    cursor.execute(RECORDS, (zone_id, name, dns.rdatatype.to_text(question.rdtype)))
    record_sets: dict[tuple[str, int], list[str]] = {}
    for kind, ttl, data in cursor.fetchall():
        record_sets.setdefault((kind, ttl), []).append(with_serial(data, serial) if kind == "SOA" else data)
    for (kind, ttl), records in record_sets.items():
        reply.answer.append(dns.rrset.from_text_list(question.name, ttl, "IN", kind, records))
    if not record_sets and not cursor.execute(ANY_RECORDS, (zone_id, name)):
        reply.set_rcode(dns.rcode.NXDOMAIN)


def enclosing_zone(name: dns.name.Name, cursor: pymysql.cursors.Cursor) -> tuple[str, int] | None:
    while len(name.labels) > 1:
        if cursor.execute(ZONE, (name.to_text().lower(),)):
            return cursor.fetchone()
        name = name.parent()
    return None


def with_serial(start_of_authority: str, serial: int) -> str:
    """The zone's row has the serial that is in force, its SOA record may have an older one."""
    words = start_of_authority.split()
    words[2] = str(serial)
    return " ".join(words)


def connect() -> pymysql.Connection:
    password = os.environ["PRACTICE_CLOUD_PASSWORD"]
    return pymysql.connect(
        host=ADDRESS,
        port=DATABASE_PORT,
        user="root",
        password=password,
        database="designate",
        autocommit=True,
    )


class Datagram(socketserver.BaseRequestHandler):
    def handle(self):
        wire, door = self.request
        door.sendto(answer(wire), self.client_address)


class Stream(socketserver.StreamRequestHandler):
    def handle(self):
        length = self.rfile.read(2)
        if len(length) == 2:
            reply = answer(self.rfile.read(int.from_bytes(length, "big")))
            self.wfile.write(len(reply).to_bytes(2, "big") + reply)


class DatagramServer(socketserver.ThreadingUDPServer):
    daemon_threads = True
    max_packet_size = 4096


class StreamServer(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True


if __name__ == "__main__":
    ADDRESS, PORT, DATABASE_PORT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    datagrams = DatagramServer((ADDRESS, PORT), Datagram)
    threading.Thread(target=datagrams.serve_forever, daemon=True).start()
    StreamServer((ADDRESS, PORT), Stream).serve_forever()
