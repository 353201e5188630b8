"""What Terraform's provider `openstack` takes, read off its source (openstack_provider.json).

Shape: {"resource" | "data": {type: {attribute: is | {"is", "conflicts", "one_of", "block"}}}}. `is` says
required, optional or computed; a block has attributes of its own.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_READ = json.loads((Path(__file__).parent / "openstack_provider.json").read_text())
RESOURCES: Mapping[str, Mapping[str, Any]] = _READ["resource"]
LOOKUPS: Mapping[str, Mapping[str, Any]] = _READ["data"]
META = frozenset({"depends_on", "lifecycle"})  # the language's own


def faults(schema: Mapping[str, Any], body: Mapping[str, Any], at: str) -> Iterator[str]:
    """What the provider would refuse of a resource's or a block's body."""
    facts = {name: fact if isinstance(fact, dict) else {"is": fact} for name, fact in schema.items()}
    for name, fact in facts.items():
        if fact["is"] == "required" and name not in body:
            yield f"{at} lacks {name}"
    for name, value in body.items():
        if name in META:
            continue
        fact = facts.get(name)
        if fact is None or fact["is"] == "computed":
            yield f"{at} has no argument {name}"
            continue
        if both := [other for other in fact.get("conflicts", ()) if other in body and other != name]:
            yield f"{at}: {name} excludes {both[0]}"
        text = value.strip('"') if isinstance(value, str) and value.startswith('"') else None
        if text is not None and "${" not in text and text not in fact.get("one_of", [text]):
            yield f"{at}: {name} cannot be {text}"
        if "block" in fact:
            for inner in value if isinstance(value, list) else [value]:
                said = {key: one for key, one in inner.items() if not key.startswith("__")}
                yield from faults(fact["block"], said, f"{at}.{name}")
