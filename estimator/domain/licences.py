"""Operating systems that cost a licence, told from the name of the image that a server starts from."""

import re
from typing import Any

# As price books name them under `os`, most particular first. What is none of these is free to run.
_SYSTEMS = (
    ("mssql-web", re.compile(r"(ms|microsoft)[ _-]?sql.*web|sql[ _-]?server.*web")),
    ("mssql-standard", re.compile(r"(ms|microsoft)[ _-]?sql|sql[ _-]?server")),
    ("windows", re.compile(r"windows|\bwin[ _-]?[0-9]")),
    ("redhat", re.compile(r"\brhel|red[ _-]?hat")),
    ("vyatta", re.compile("vyatta")),
)
NAMES = {
    "mssql-web": "SQL Server Web",
    "mssql-standard": "SQL Server Standard",
    "windows": "Windows",
    "redhat": "Red Hat Enterprise Linux",
    "vyatta": "Vyatta",
}


def licensed_system(image: Any) -> str | None:
    """`windows` for `Windows Server 2022 (en)`; None for Ubuntu, and for an image that nobody named."""
    if not isinstance(image, str):
        return None
    name = image.casefold()
    return next((system for system, pattern in _SYSTEMS if pattern.search(name)), None)
