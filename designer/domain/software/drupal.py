"""Drupal by Composer, the way its makers ask for, at one exact release."""

from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.connections import DATABASE_NAME, DATABASE_USER
from designer.domain.software.php_site import ADMINISTRATOR, Program, php_site, scheme_php, sql_database
from designer.domain.software.site import DatabaseEndpoint, Site

RELEASE = "10.5.8"
_HOME = "/opt/drupal"
_SETTINGS = "/etc/stackdraft/drupal-settings.php"
_ADMINISTRATOR = "/etc/stackdraft/administrator.env"
_CACHE_READY = "/etc/stackdraft/drupal-cache-ready"


def drupal(site: Site) -> CloudConfig:
    database = sql_database(site)
    return php_site(site, _program(site, database) if database else None)


def _program(site: Site, database: DatabaseEndpoint) -> Program:
    assert site.administrator is not None
    has_cache = bool(_memcached(site))
    files_at = f"{site.mounts[0].path}/files" if site.mounts else f"{_HOME}/web/sites/default/files"
    password = f"ADMINISTRATOR_PASSWORD={placeholder(site.administrator)}\n"
    return Program(
        root=f"{_HOME}/web",
        packages=(
            "composer",
            "php-cli",
            "php-curl",
            "php-gd",
            "php-mbstring",
            "php-xml",
            "php-zip",
            *(("php-memcached",) if has_cache else ()),
        ),
        files=(
            File(_SETTINGS, _settings(site, database), mode="0600"),
            File(_ADMINISTRATOR, password, mode="0600"),
        ),
        fetch=_fetch(has_cache, files_at),
        install=_install(has_cache),
        finish=f"touch {_CACHE_READY}" if has_cache else "",
    )


def _memcached(site: Site) -> list[str]:
    caches = [one for one in site.caches if one.engine == "memcached"]
    return [f"{placeholder(one.address)}:{one.port}" for one in caches]


def _settings(site: Site, database: DatabaseEndpoint) -> str:
    """All servers share the salt, which comes from what all of them know."""
    cache = ""
    if servers := _memcached(site):
        listed = ", ".join(f"'{server}' => 'default'" for server in servers)
        cache = (
            f"if (file_exists('{_CACHE_READY}')) {{\n"
            f"  $settings['memcache']['servers'] = [{listed}];\n"
            "  $settings['memcache']['bins'] = ['default' => 'default'];\n"
            "  $settings['cache']['default'] = 'cache.backend.memcache';\n}\n"
        )
    return (
        "<?php\n"
        "$databases['default']['default'] = [\n"
        f"  'driver' => 'mysql', 'host' => '{placeholder(database.address)}', 'port' => '{database.port}',\n"
        f"  'database' => '{DATABASE_NAME}', 'username' => '{DATABASE_USER}',\n"
        f"  'password' => '{placeholder(database.password)}', 'prefix' => '',\n];\n"
        "$settings['hash_salt'] = hash('sha256', $databases['default']['default']['password']);\n"
        f"$settings['config_sync_directory'] = '{_HOME}/config';\n"
        "$settings['file_public_path'] = 'sites/default/files';\n"
        f"{scheme_php(site)}"
        "if ($scheme === 'https') { $_SERVER['HTTPS'] = 'on'; }\n"
        f"{cache}"
    )


def _fetch(has_cache: bool, files_at: str) -> str:
    link_files = (
        f"mkdir -p {files_at}\n"
        + (
            f"if [ ! -e {_HOME}/web/sites/default/files ]; then "
            f"ln -s {files_at} {_HOME}/web/sites/default/files; fi\n"
            if not files_at.startswith(_HOME)
            else ""
        )
        + f"chown -R www-data:www-data {files_at}"
    )
    extras = ["drush/drush:^13", *(["drupal/memcache:^2.7"] if has_cache else [])]
    return f"""\
export COMPOSER_ALLOW_SUPERUSER=1
if [ ! -e {_HOME}/vendor/bin/drush ]; then
  rm -rf {_HOME}
  composer --no-interaction --quiet create-project drupal/recommended-project:{RELEASE} {_HOME}
  composer --no-interaction --quiet --working-dir={_HOME} require {" ".join(extras)}
fi
mkdir -p {_HOME}/config
install -m 0640 -o root -g www-data {_SETTINGS} {_HOME}/web/sites/default/settings.php
{link_files}"""


# Signing in is at /user/login as "administrator", with the password in administrator.env.
def _install(has_cache: bool) -> str:
    return (
        f"""\
  . {_ADMINISTRATOR}
  {_HOME}/vendor/bin/drush --root={_HOME}/web --yes site:install standard \\
    --account-name={ADMINISTRATOR} --account-pass="$ADMINISTRATOR_PASSWORD" --site-name="New site"
"""
        + (f"  {_HOME}/vendor/bin/drush --root={_HOME}/web --yes pm:install memcache\n" if has_cache else "")
    ).rstrip("\n")
