"""What WordPress, Drupal and OpenCart have in common: Apache with PHP, one database, one installation.

Several servers, even of several components, may stand on one database. All of them fetch the program, but one
alone sets the database up: whoever is first to create a certain procedure in it. The others wait until it has
finished. (A procedure and no table, because Drupal's installer begins by dropping all tables.)
"""

from dataclasses import dataclass

from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.connections import DATABASE_NAME, DATABASE_USER, connections
from designer.domain.software.site import DatabaseEndpoint, Site
from designer.domain.software.varnish import varnish_before

ADMINISTRATOR = "administrator"
CLIENT = "/etc/stackdraft/client.cnf"
_SETUP = "/usr/local/sbin/stackdraft-site"
_PREPARED = "/etc/stackdraft/site.conf"
_PORTS = "/etc/stackdraft/ports.conf"
SQL = frozenset({"mysql", "mariadb"})


@dataclass(frozen=True)
class Program:
    """`fetch` and `finish` are shell for every server, `install` for the one that sets the database up.

    `refuse`: directories that are never served.
    """

    root: str
    packages: tuple[str, ...]
    files: tuple[File, ...]
    fetch: str
    install: str
    finish: str = ""
    refuse: tuple[str, ...] = ()


def sql_database(site: Site) -> DatabaseEndpoint | None:
    """The database that a site keeps its content in. None of these programs runs on PostgreSQL here."""
    return next((one for one in site.databases if one.engine in SQL and site.administrator), None)


def php_site(site: Site, program: Program | None) -> CloudConfig:
    """Without a database there is only Apache, so that no installer waits for whoever comes first."""
    in_front = varnish_before(site, site.backend_port) if site.has_varnish else CloudConfig()
    apache = CloudConfig(
        packages=("apache2", "libapache2-mod-php"),
        files=(File(_PREPARED, _virtual_host(site, program)), File(_PORTS, _listen(site))),
        commands=(
            ("install", "-m", "0644", _PREPARED, "/etc/apache2/sites-available/000-default.conf"),
            ("install", "-m", "0644", _PORTS, "/etc/apache2/ports.conf"),
            ("a2enmod", "-q", "rewrite", "remoteip"),
            ("systemctl", "enable", "apache2"),
            ("systemctl", "restart", "apache2"),
        ),
    )
    database = sql_database(site)
    if program is None or database is None:
        return connections(site) + apache + in_front
    client = "mariadb-client" if database.engine == "mariadb" else "default-mysql-client"
    files = (File(CLIENT, _client(database), mode="0600"), *program.files)
    setup = CloudConfig(
        packages=(client, "php-mysql", *program.packages),
        files=(*files, File(_SETUP, _setup_script(program, database), mode="0700")),
        commands=((_SETUP,),),
    )
    return connections(site) + setup + apache + in_front


def scheme_php(site: Site) -> str:
    """PHP that sets $scheme: what visitors typed, wherever their TLS ends before the request gets here."""
    if site.behind_tls:
        return "$scheme = 'https';\n"
    return "$scheme = ($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https' ? 'https' : 'http';\n"


def database_php(database: DatabaseEndpoint, **names: str) -> str:
    """PHP constants for a connection; `names`: what host, port, name, user and key are called there."""
    values = {
        "host": placeholder(database.address),
        "port": str(database.port),
        "name": DATABASE_NAME,
        "user": DATABASE_USER,
        "key": placeholder(database.password),
    }
    return "".join(f"define('{name}', '{values[what]}');\n" for what, name in names.items())


def _listen(site: Site) -> str:
    """Behind Varnish nobody else on the network reaches the site itself."""
    return f"Listen 127.0.0.1:{site.backend_port}\n" if site.has_varnish else f"Listen {site.port}\n"


def _virtual_host(site: Site, program: Program | None) -> str:
    port = site.backend_port if site.has_varnish else site.port
    root = program.root if program and sql_database(site) else "/var/www/html"
    refused = "".join(
        f"    <Directory {path}>\n        Require all denied\n    </Directory>\n"
        for path in (program.refuse if program else ())
    )
    return (
        f"<VirtualHost *:{port}>\n    DocumentRoot {root}\n"
        "    DirectoryIndex index.php index.html\n"
        "    RemoteIPHeader X-Forwarded-For\n    RemoteIPInternalProxy 10.0.0.0/8 172.16.0.0/12 "
        "192.168.0.0/16 127.0.0.0/8\n"
        f"    <Directory {root}>\n        Options FollowSymLinks\n        AllowOverride All\n"
        f"        Require all granted\n    </Directory>\n{refused}</VirtualHost>\n"
    )


def _client(database: DatabaseEndpoint) -> str:
    return (
        f"[client]\nhost={placeholder(database.address)}\nport={database.port}\n"
        f"user={DATABASE_USER}\npassword={placeholder(database.password)}\n"
    )


def _setup_script(program: Program, database: DatabaseEndpoint) -> str:
    return f"""\
#!/bin/sh
set -eu
export HOME=/root
DATABASE_HOST={placeholder(database.address)}
DATABASE_PORT={database.port}
DATABASE_NAME={DATABASE_NAME}
DATABASE_USER={DATABASE_USER}
DATABASE_PASSWORD={placeholder(database.password)}

sql() {{ mysql --defaults-extra-file={CLIENT} --batch --skip-column-names "$DATABASE_NAME" -e "$1"; }}

wait_for() {{
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 180 ]; then echo "gave up waiting: $*" >&2; exit 1; fi
    sleep 10
  done
}}

answers() {{ sql "SELECT 1" > /dev/null 2>&1; }}
is_first() {{ sql "CREATE PROCEDURE site_is_being_set_up() SELECT 1" 2> /dev/null; }}
is_set_up() {{
  [ "$(sql "SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = DATABASE()
    AND routine_name = 'site_is_set_up'")" = 1 ]
}}

wait_for answers
{program.fetch}
if is_first; then
{program.install}
  sql "CREATE PROCEDURE site_is_set_up() SELECT 1"
else
  wait_for is_set_up
fi
{program.finish}
"""  # noqa: S608  constants of ours, and placeholders
