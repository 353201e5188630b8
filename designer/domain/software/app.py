"""A plain application server: a small service that stands where the customer's application will be."""

from designer.domain.software.cloud_config import CloudConfig, File
from designer.domain.software.connections import CONNECTIONS_FILE, connections
from designer.domain.software.site import Site


def app(site: Site) -> CloudConfig:
    return connections(site) + CloudConfig(
        packages=("python3",),
        files=(
            File("/opt/stackdraft/app.py", _APP),
            File("/etc/systemd/system/stackdraft-app.service", _unit(site)),
        ),
        commands=(
            ("systemctl", "daemon-reload"),
            ("systemctl", "enable", "stackdraft-app"),
            ("systemctl", "restart", "stackdraft-app"),
        ),
    )


def _unit(site: Site) -> str:
    return f"""\
[Unit]
Description=Application placed by Stackdraft
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=/usr/bin/python3 /opt/stackdraft/app.py
Environment=PORT={site.port}
Environment=CONCURRENCY={int(site.component.properties.get("concurrency", 0))}
EnvironmentFile=-{CONNECTIONS_FILE}
DynamicUser=yes
AmbientCapabilities=CAP_NET_BIND_SERVICE
ProtectSystem=strict
NoNewPrivileges=yes
Restart=always

[Install]
WantedBy=multi-user.target
"""


_APP = '''\
"""Says which server answers and whether it reaches its database. The place for your application."""
import json
import os
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def reaches(host, port):
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
        return True
    except OSError:
        return False


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        facts = {"server": socket.gethostname()}
        if os.environ.get("DATABASE_HOST"):
            facts["reaches_database"] = reaches(os.environ["DATABASE_HOST"], os.environ["DATABASE_PORT"])
        body = json.dumps(facts).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", int(os.environ["PORT"])), Answer).serve_forever()
'''
