"""Names of resources in a cloud, made from labels that people typed."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 200
UNNAMED = "Unnamed"


def resource_name(label: str, *suffixes: str | int) -> str:
    """The label and its suffixes as one name that every OpenStack service accepts.

    Nova refuses control characters and blanks at the ends. The services' MySQL tables are commonly `utf8`
    with three bytes a character, so what lies beyond U+FFFF (emoji) would end in their error 500.
    """
    tail = "".join(f" {suffix}" for suffix in suffixes)
    return (_printable(label)[: LONGEST - len(tail)].strip() or UNNAMED) + tail


def container_name(label: str, component_id: str) -> str:
    """A Swift container's name: part of a URL, no slash, and unique in the design."""
    plain = re.sub(r"[^a-z0-9]+", "-", _printable(label).lower())[:LONGEST].strip("-")
    return f"{plain}-{component_id}" if plain else component_id


@lru_cache(maxsize=1024)  # a component's label names all its resources
def _printable(label: str) -> str:
    kept = "".join(
        " " if category == "Zs" or character in "\t\n\r" else character
        for character in label
        if (category := unicodedata.category(character)) == "Zs"
        or character in "\t\n\r"
        or (category[0] not in "CZ" and ord(character) <= 0xFFFF)
    )
    return " ".join(kept.split())
