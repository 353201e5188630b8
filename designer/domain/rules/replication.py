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
    databases = {one.id for one in design.of_role(DATA)}
    for database in sorted(databases):
        for link in design.topology.outbound(database, "replication"):
            for target, meshes in _ends(design, link):
                if target == database or target not in databases:
                    continue
                ends = (database, target) if database < target else (target, database)
                known = found.get(ends)
                if known is None:
                    found[ends] = Pair(*ends, link, meshes)
                elif not set(meshes) <= set(known.meshes):
                    carried = tuple(sorted({*meshes, *known.meshes}))
                    found[ends] = Pair(*ends, known.link, carried)
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
