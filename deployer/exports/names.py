"""Names that Heat, HCL and Ansible take, made from keys and labels that may hold anything."""

import re
from collections.abc import Iterable, Mapping

LONGEST = 60


def identifiers(keys: Iterable[str]) -> Mapping[str, str]:
    """`web/server[0]` becomes `web_server_0`. No two keys share a name, and the same keys give the same."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        names[key] = _free(identifier(key), taken)
        taken.add(names[key])
    return names


def identifier(text: str) -> str:
    """ASCII letters, digits and _, beginning with a letter."""
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:LONGEST].strip("_") or "unnamed"
    return plain if plain[0].isalpha() else f"n_{plain}"


def one_line(text: object) -> str:
    """For a comment: nothing in it may begin a line of its own."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", " ", str(text)).split())


def _free(name: str, taken: set[str]) -> str:
    number = 2
    found = name
    while found in taken:
        found = f"{name}_{number}"
        number += 1
    return found
