"""Which differences a deployment can put right, and how: what of it is decided here, plan.py makes steps."""

from collections.abc import Iterable, Mapping, Sequence

from deployer.domain.cloud import CloudProfile, Live, LiveStatus
from deployer.domain.drift import Difference, Drift
from deployer.domain.kinds import facts_of
from deployer.domain.observing import POWER, RUNNING
from deployer.domain.plan import Action, Mend, PlannedStep, Recorded, build_plan, recorded_graph
from designer.domain import resources as kind

# What is put back in place though a changed design would not change it there.
_MENDABLE: Mapping[str, frozenset[str]] = {
    kind.SERVER: frozenset({POWER, "ports"}),
    kind.MEMBER: frozenset({"enabled"}),
}
# Replacing these would lose data.
_KEEPS_DATA = frozenset({kind.VOLUME, kind.DATABASE_INSTANCE, kind.OBJECT_CONTAINER, kind.FILE_SHARE})
# Of what others put into our things, this much is taken out again. The rest is somebody's server or address.
REMOVABLE = frozenset(
    {
        kind.SECURITY_GROUP_RULE,
        kind.MEMBER,
        kind.LISTENER,
        kind.POOL,
        kind.HEALTH_MONITOR,
        kind.ROUTER_ROUTE,
        kind.ROUTER_INTERFACE,
        kind.VOLUME_ATTACHMENT,
    }
)
_GROWS = frozenset({"size_gib", "volume_gib"})


def mends_of(differences: Iterable[Difference], *, replaces: bool = False) -> dict[str, Mend]:
    """What a plan puts back, by key. `replaces`: also what takes making something anew, if no data goes."""
    changed: dict[str, list[Difference]] = {}
    for one in differences:
        if one.drift == Drift.CHANGED:
            changed.setdefault(one.key, []).append(one)
    return {key: _mend(ones, replaces=replaces) for key, ones in changed.items()}


def _mend(differences: Sequence[Difference], *, replaces: bool) -> Mend:
    in_place = [one for one in differences if is_mended_in_place(one)]
    beyond = [one for one in differences if one not in in_place]
    allowed = replaces and not any(why_not_redeployed(one) for one in beyond)
    said = ""
    if beyond:
        said = told(beyond) if allowed else f"It {told(beyond)}; that cannot be put back in place."
    return Mend(_names(in_place), told(in_place) if in_place else "", said, allowed)


def build_repair_plan(
    recorded: Sequence[Recorded],
    live: Mapping[str, Live],
    profile: CloudProfile,
    chosen: Sequence[Difference],
) -> list[PlannedStep]:
    """What makes the chosen differences as they were recorded. Everything else counts as being so."""
    wanted = {one.key for one in chosen}
    standing = {
        one.key: Live(one.cloud_id, LiveStatus.ACTIVE) if one.key not in wanted else live.get(one.key)
        for one in recorded
    }
    steps = build_plan(
        recorded_graph(recorded),
        {one.key: one for one in recorded},
        {key: one for key, one in standing.items() if one is not None},
        profile,
        mends=mends_of(chosen, replaces=True),
    )
    return [*steps, *(_removal(one) for one in chosen if one.drift in (Drift.EXTRA, Drift.STRAY))]


def _removal(one: Difference) -> PlannedStep:
    return PlannedStep(
        key=one.key,
        kind=one.kind,
        component=one.component,
        label=one.label,
        action=Action.DELETE,
        reason=one.detail,
        cloud_id=one.cloud_id,
        region=one.region,
        old_region=one.region,
    )


def is_mended_in_place(one: Difference) -> bool:
    facts = facts_of(one.kind)
    if one.attribute in _GROWS and _number(one.live) > _number(one.recorded):
        return False
    if one.attribute == POWER and one.recorded == RUNNING and one.live != "stopped":
        return False  # paused, suspended, shelved: woken up by whoever put it to sleep
    return one.attribute in facts.updatable | _MENDABLE.get(one.kind, frozenset())


def _names(differences: Sequence[Difference]) -> frozenset[str]:
    """What to tell the cloud has changed: property names, and for power which way."""
    return frozenset(
        (f"{POWER}_on" if one.recorded == RUNNING else f"{POWER}_off")
        if one.attribute == POWER
        else one.attribute
        for one in differences
    )


def why_not_redeployed(one: Difference) -> str:
    """The reason why a deployment cannot put it right. Empty where it can."""
    if one.drift in (Drift.MISSING, Drift.FAILED):
        return ""
    if one.drift == Drift.STRAY:
        return ""
    if one.drift == Drift.EXTRA:
        if one.kind in REMOVABLE:
            return ""
        return (
            f"The {facts_of(one.kind).title.lower()} is somebody else's. Whoever added it has to remove it."
        )
    if is_mended_in_place(one):
        return ""
    if one.attribute in _GROWS:
        return "It has grown, and cannot shrink without losing its data. Adopt its size."
    if one.attribute == POWER:
        return f"It is {one.live}. Wake it up in the cloud."
    if one.kind in _KEEPS_DATA:
        return "It would have to be made anew, which would lose its data."
    return ""


def told(differences: Iterable[Difference]) -> str:
    """In a plan's reason: `was changed in the cloud: size_gib from 10 to 20`."""
    return "was changed in the cloud: " + ", ".join(
        f"{one.attribute} from {value_text(one.recorded)} to {value_text(one.live)}" for one in differences
    )


def value_text(value: object) -> str:
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(value_text(one) for one in value)
    if isinstance(value, Mapping):
        return " ".join(f"{name} {value_text(one)}" for name, one in value.items())
    return str(value)


def _number(value: object) -> float:
    return float(str(value or 0))
