"""OpenCart at one exact commit of a repository, which brings the libraries it needs.

Release 4.1.0.3 (March 2025), unless the design names a mirror or another commit. A Git commit names all its
content, so it is the checksum too.
"""

from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.php_site import (
    ADMINISTRATOR,
    Program,
    database_php,
    php_site,
    scheme_php,
    sql_database,
)
from designer.domain.software.site import DatabaseEndpoint, Site

COMMIT = "2c4efa4d95d29a510f59037b2a302f8e2a229e4a"
_REPOSITORY = "https://github.com/opencart/opencart.git"
_HOME = "/var/www/opencart"
_SHOP = f"{_HOME}/upload"
_SETTINGS = "/etc/stackdraft/opencart.php"
_ADMINISTRATOR = "/etc/stackdraft/administrator.env"


def opencart(site: Site) -> CloudConfig:
    database = sql_database(site)
    return php_site(site, _program(site, database) if database else None)


def _program(site: Site, database: DatabaseEndpoint) -> Program:
    assert site.administrator is not None
    password = f"ADMINISTRATOR_PASSWORD={placeholder(site.administrator)}\n"
    return Program(
        root=_SHOP,
        packages=("git", "php-cli", "php-curl", "php-gd", "php-mbstring", "php-xml", "php-zip"),
        files=(
            File(_SETTINGS, _settings(site, database), mode="0600"),
            File("/etc/stackdraft/opencart-shop.php", _entry("Catalog", "catalog/")),
            File("/etc/stackdraft/opencart-admin.php", _entry("Admin", "admin/")),
            File(_ADMINISTRATOR, password, mode="0600"),
        ),
        fetch=_fetch(*_source(site)),
        install=_INSTALL,
        finish=_FINISH,
        refuse=(f"{_SHOP}/system", f"{_SHOP}/install"),
    )


def _settings(site: Site, database: DatabaseEndpoint) -> str:
    """Links in pages begin with the name that the visitor used, so that they come back by the same way."""
    constants = database_php(
        database,
        host="DB_HOSTNAME",
        port="DB_PORT",
        name="DB_DATABASE",
        user="DB_USERNAME",
        key="DB_PASSWORD",
    )
    return (
        f"<?php\n{constants}define('DB_DRIVER', 'mysqli');\ndefine('DB_PREFIX', 'oc_');\n"
        f"{scheme_php(site)}"
        "$address = $scheme . '://' . ($_SERVER['HTTP_HOST'] ?? 'localhost') . '/';\n"
    )


def _entry(application: str, directory: str) -> str:
    """config.php of the shop, or of its administration."""
    inside = "'admin/'" if application == "Admin" else "''"
    extra = (
        "define('HTTP_CATALOG', $address);\ndefine('DIR_CATALOG', DIR_OPENCART . 'catalog/');\n"
        "define('OPENCART_SERVER', 'https://www.opencart.com/');\n"
        if application == "Admin"
        else ""
    )
    return f"""\
<?php
require '/etc/opencart.php';
define('APPLICATION', '{application}');
define('HTTP_SERVER', $address . {inside});
define('DIR_OPENCART', '{_SHOP}/');
define('DIR_APPLICATION', DIR_OPENCART . '{directory}');
define('DIR_SYSTEM', DIR_OPENCART . 'system/');
define('DIR_EXTENSION', DIR_OPENCART . 'extension/');
define('DIR_IMAGE', DIR_OPENCART . 'image/');
define('DIR_STORAGE', DIR_SYSTEM . 'storage/');
define('DIR_LANGUAGE', DIR_APPLICATION . 'language/');
define('DIR_TEMPLATE', DIR_APPLICATION . 'view/template/');
define('DIR_CONFIG', DIR_SYSTEM . 'config/');
define('DIR_CACHE', DIR_STORAGE . 'cache/');
define('DIR_DOWNLOAD', DIR_STORAGE . 'download/');
define('DIR_LOGS', DIR_STORAGE . 'logs/');
define('DIR_SESSION', DIR_STORAGE . 'session/');
define('DIR_UPLOAD', DIR_STORAGE . 'upload/');
{extra}"""


def _source(site: Site) -> tuple[str, str]:
    """Repository and commit."""
    address, _, commit = str(site.component.properties.get("opencart_source") or "").partition("#")
    return (address, commit) if commit else (_REPOSITORY, COMMIT)


def _fetch(repository: str, commit: str) -> str:
    """That commit and nothing before it. An interrupted download is no program yet, so it begins anew."""
    part = f"{_HOME}.part"
    return f"""\
if [ ! -d {_HOME}/.git ]; then
  rm -rf {part}
  git init -q {part}
  git -C {part} fetch -q --depth 1 {repository} {commit}
  git -C {part} checkout -q FETCH_HEAD
  mv {part} {_HOME}
fi
if [ "$(git -C {_HOME} rev-parse HEAD)" != {commit} ]; then
  echo "OpenCart in {_HOME} is not the commit that this design was made for." >&2
  exit 1
fi
rm -rf {_HOME}/.git/hooks
install -m 0640 -o root -g www-data {_SETTINGS} /etc/opencart.php"""


_INSTALL = f"""\
  . {_ADMINISTRATOR}
  touch {_SHOP}/config.php {_SHOP}/admin/config.php
  php {_SHOP}/install/cli_install.php install --username {ADMINISTRATOR} \\
    --email administrator@example.com --password "$ADMINISTRATOR_PASSWORD" \\
    --http_server http://localhost/ --db_driver mysqli --db_hostname "$DATABASE_HOST" \\
    --db_username "$DATABASE_USER" --db_password "$DATABASE_PASSWORD" --db_database "$DATABASE_NAME" \\
    --db_port "$DATABASE_PORT" --db_prefix oc_ | tee /dev/stderr | grep -q SUCCESS"""

# Signing in is at /admin/ as "administrator", with the password in administrator.env.
_FINISH = f"""\
install -m 0644 /etc/stackdraft/opencart-shop.php {_SHOP}/config.php
install -m 0644 /etc/stackdraft/opencart-admin.php {_SHOP}/admin/config.php
rm -rf {_SHOP}/install
chown -R www-data:www-data {_SHOP}/system/storage {_SHOP}/image"""
