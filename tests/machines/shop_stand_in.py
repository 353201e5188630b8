"""A Git repository laid out like OpenCart's, for machines that reach no other: the same files where recipes
look for them, the same installer's options and answers, pages from the same tables.

What it can't show is that OpenCart itself runs. For that, name a clone of the real repository in
$OPENCART_REPOSITORY.
"""

import os
import subprocess
from pathlib import Path

from designer.domain.software.opencart import COMMIT

_INSTALLER = """<?php
// install --username U --email E --password P --http_server URL --db_driver mysqli --db_hostname H ...
$said = [];
for ($i = 2; $i < $argc; $i += 2) { $said[substr($argv[$i], 2)] = $argv[$i + 1]; }
$problems = [];
foreach (['../config.php', '../admin/config.php'] as $file) {
    if (!is_file(__DIR__ . '/' . $file)) { $problems[] = "ERROR: $file does not exist."; }
}
$length = strlen($said['password']);
if ($length < 5 || $length > 20) { $problems[] = 'ERROR: Password must be between 5 and 20 characters!'; }
foreach (['curl', 'gd', 'mbstring', 'mysqli', 'xml', 'zip'] as $one) {
    if (!extension_loaded($one)) { $problems[] = "ERROR: $one is missing."; }
}
if ($problems) { echo implode("\\n", $problems) . "\\n"; exit; }
$db = new mysqli($said['db_hostname'], $said['db_username'], $said['db_password'], $said['db_database'],
    (int)$said['db_port']);
$p = $said['db_prefix'];
$db->query("CREATE TABLE {$p}user (username VARCHAR(20), password VARCHAR(255))");
$db->query("CREATE TABLE {$p}product_description (product_id INT PRIMARY KEY, name VARCHAR(255))");
$hash = password_hash($said['password'], PASSWORD_DEFAULT);
$db->query("INSERT INTO {$p}user VALUES ('{$said['username']}', '$hash')");
$db->query("INSERT INTO {$p}product_description VALUES (40, 'iPhone'), (43, 'MacBook')");
echo "SUCCESS! Opencart successfully installed on your server\\n";
"""

_SHOP = """<?php
require 'config.php';
session_save_path(DIR_SESSION);
$db = new mysqli(DB_HOSTNAME, DB_USERNAME, DB_PASSWORD, DB_DATABASE, (int)DB_PORT);
echo '<title>Your Store</title><a href="' . HTTP_SERVER . 'index.php">Home</a>';
foreach ($db->query('SELECT name FROM ' . DB_PREFIX . 'product_description') as $row) { echo $row['name']; }
file_put_contents(DIR_CACHE . 'seen', 'x');
"""

_ADMIN = (
    "<?php\nrequire 'config.php';\necho '<title>Administration</title><base href=\"' . HTTP_SERVER . '\">';\n"
)

_FILES = {
    "upload/index.php": _SHOP,
    "upload/admin/index.php": _ADMIN,
    "upload/install/cli_install.php": _INSTALLER,
    "upload/install/index.php": "<?php echo 'installer';\n",
    "upload/system/startup.php": "<?php echo 'inside';\n",
    "upload/image/no_image.png": "png\n",
    **{f"upload/system/storage/{name}/index.html": "\n" for name in ("cache", "logs", "session", "download")},
}


def repository(place: Path) -> tuple[Path, str]:
    """A repository and the commit to take of it."""
    if real := os.environ.get("OPENCART_REPOSITORY"):
        return Path(real), COMMIT
    for name, text in _FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    author = ["-c", "user.name=stand-in", "-c", "user.email=stand-in@example.com"]
    for words in (["init", "-q"], ["add", "."], [*author, "commit", "-qm", "A shop"]):
        subprocess.run(["git", "-C", str(place), *words], check=True)
    said = subprocess.run(["git", "-C", str(place), "rev-parse", "HEAD"], check=True, capture_output=True)
    return place / ".git", said.stdout.decode().strip()
