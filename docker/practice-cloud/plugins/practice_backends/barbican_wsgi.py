"""Barbican's API from its paste file; its own entry point knows no path but /etc/barbican."""

import sys
from pathlib import Path

from paste import deploy

application = deploy.loadapp(f"config:{Path(sys.prefix) / 'etc/barbican/barbican-api-paste.ini'}")
