"""Which databases copy one another, directly or through an encrypted overlay."""

from collections.abc import Iterator
from dataclasses import dataclass

from designer.domain.document import Link
from designer.domain.rules.evidence import Evidence
from designer.domain.rules.roles import DATA


@dataclass(frozen=True)
class Pair:
    """Two databases in the order of their ids, the link that begins it, and the overlays that carry it."""

    left: str
    right: str
    link: Link
    meshes: tuple[str, ...] = ()


def pairs(design: Evidence) -> list[Pair]:
    """Each two databases that replicate, once, whichever way the data goes."""
    found: dict[tuple[str, str], Pair] = {}
    for database in design.of_role(DATA):
        for link in design.topology.outbound(database.id, "replication"):
            for target, meshes in _ends(design, link):
                if target != database.id and design.role(design.component(target)) == DATA:
                    left, right = sorted((database.id, target))
                    known = found.get((left, right))
                    carried = sorted({*meshes, *(known.meshes if known else ())})
                    found[left, right] = Pair(left, right, known.link if known else link, tuple(carried))
    return list(found.values())


def _ends(design: Evidence, link: Link) -> Iterator[tuple[str, tuple[str, ...]]]:
    if design.sort(link.target) != "vpn_mesh":
        yield link.target, ()
        return
    for onward in design.topology.outbound(link.target, "replication"):
        yield onward.target, (link.target,)


def pairs_across_regions(design: Evidence) -> list[Pair]:
    """Those whose data crosses from one region or site to another."""
    apart = []
    for pair in pairs(design):
        left, right = design.place(pair.left), design.place(pair.right)
        if left and right and left != right:
            apart.append(pair)
    return apart


def partners(design: Evidence) -> dict[str, set[str]]:
    """Each database that replicates, with all it does so with."""
    found: dict[str, set[str]] = {}
    for pair in pairs(design):
        found.setdefault(pair.left, set()).add(pair.right)
        found.setdefault(pair.right, set()).add(pair.left)
    return found
