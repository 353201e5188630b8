"""Data flow: what goes from whom to whom. No networks, no administration, no monitoring."""

from dataclasses import replace

from designer.diagrams.compose import compose_all
from designer.diagrams.scene import Scene
from designer.diagrams.subject import Subject
from designer.diagrams.views.parts import ends, part_of, with_surroundings

FLOWS = frozenset({"traffic", "publish", "origin", "deliver", "replication"})
# Containers that say how packets travel rather than where data is.
_PLUMBING = frozenset({"network", "subnet", "zone", "public_network"})


def compose_flow(subject: Subject) -> Scene:
    links = [link for link in subject.links if link.kind in FLOWS]
    shown = with_surroundings(subject, ends(links), but=_PLUMBING)
    return replace(compose_all(part_of(subject, shown, links)), subtitle="Data flow")
