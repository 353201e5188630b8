"""Builders of operators' own component types, for tests."""

from typing import Any

from catalog.domain.own_types import OwnType
from catalog.models import ComponentTypeVersion

PROBES = """
size:
  default: {vcpus: 2, ram_gib: 8, disk_gib: 40}
probes:
  title: Probes
  description: How many sensors report to it.
  type: integer
  minimum: 1
  maximum: 64
  default: 8
  x-unit: probes
"""
# The second version knows no probes, counts racks, and is never alone.
RACKS = """
count: {minimum: 2, default: 2}
software: {enum: [none], default: none}
racks:
  title: Racks
  description: Which racks it watches.
  type: string
  enum: [left, right, both]
  default: both
"""


def a_type(**said: Any) -> OwnType:
    facts: dict[str, Any] = {
        "key": "rack_probe",
        "version": 1,
        "like": "server",
        "icon": "bell",
        "singular": "a rack probe",
        "labels": {
            "generic": "Rack probe",
            "rackspace": "Rack probe (RAX)",
            "openstack": "Rack probe (Nova)",
            "outscale": "Rack probe (VM)",
        },
        "summary": "Reads the sensors of a rack.",
        "properties": PROBES,
    }
    return OwnType(**{**facts, **said})


def a_draft(**said: Any) -> ComponentTypeVersion:
    """A row as the admin's form writes it."""
    written = a_type(**said)
    return ComponentTypeVersion.objects.create(
        key=written.key,
        version=written.version,
        like=written.like,
        icon=written.icon,
        singular=written.singular,
        summary=written.summary,
        properties=written.properties,
        **{f"label_{naming}": label for naming, label in written.labels.items()},
    )
