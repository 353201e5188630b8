"""WordPress as the distribution packages it; all its servers have their content from one database."""

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

_CONTENT = "/var/lib/wordpress/wp-content"
_INSTALLER = "/etc/stackdraft/install-wordpress.php"
_PREPARED = "/etc/stackdraft/wordpress.php"
_CONFIG = "/etc/wordpress/config-default.php"


def wordpress(site: Site) -> CloudConfig:
    database = sql_database(site)
    return php_site(site, _program(site, database) if database else None)


def _program(site: Site, database: DatabaseEndpoint) -> Program:
    content = f"{site.mounts[0].path}/wp-content" if site.mounts else _CONTENT
    assert site.administrator is not None
    installer = _INSTALL.replace("PASSWORD", placeholder(site.administrator))
    return Program(
        root="/usr/share/wordpress",
        packages=("wordpress", "php-gd", "php-curl", "php-mbstring", "php-xml", "php-zip", "php-intl"),
        files=(
            File(_PREPARED, _settings(site, database, content), mode="0600"),
            File(_INSTALLER, installer, mode="0600"),
        ),
        fetch=_FETCH.format(content=content),
        install=f"  php {_INSTALLER}",
        finish=f"rm -f {_INSTALLER}",
        refuse=("/usr/share/wordpress/wp-admin/setup-config.php",),
    )


def _settings(site: Site, database: DatabaseEndpoint, content: str) -> str:
    """The package's wp-config.php reads this file for every host name that has none of its own."""
    constants = database_php(database, name="DB_NAME", user="DB_USER", key="DB_PASSWORD")
    return (
        f"<?php\n{constants}"
        f"define('DB_HOST', '{placeholder(database.address)}:{database.port}');\n"
        f"define('WP_CONTENT_DIR', '{content}');\n"
        f"{scheme_php(site)}"
        "if ($scheme === 'https') { $_SERVER['HTTPS'] = 'on'; }\n"
        "define('WP_HOME', $scheme . '://' . ($_SERVER['HTTP_HOST'] ?? 'localhost'));\n"
        "define('WP_SITEURL', WP_HOME);\n"
        "define('DISALLOW_FILE_EDIT', true);\n"
    )


_FETCH = f"""\
install -m 0640 -o root -g www-data {_PREPARED} {_CONFIG}
if [ ! -d {{content}} ]; then cp -a {_CONTENT} {{content}}; fi
mkdir -p {{content}}/uploads
chown -R www-data:www-data {{content}}/uploads"""

# Signing in is at /wp-admin/ as "administrator", with the password that this design made.
_INSTALL = f"""\
<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = 'localhost';
$_SERVER['REQUEST_METHOD'] = 'GET';
require '/usr/share/wordpress/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
if (!is_blog_installed()) {{
    wp_install('New site', '{ADMINISTRATOR}', 'administrator@example.com', true, '', 'PASSWORD');
}}
"""
