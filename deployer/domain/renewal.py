"""Whether a plan that waited in a queue may still be carried out, with what has changed meanwhile."""

from collections.abc import Mapping, Sequence

from deployer.domain.plan import Action, PlannedStep
from designer.domain import resources as kind

# What may be done now to a resource, by what was approved. A change in place of what was to be created leads
# to the same, because the deployment before it made the rest.
_COVERS: Mapping[Action, frozenset[Action]] = {
    Action.CREATE: frozenset({Action.CREATE, Action.UPDATE}),
    Action.UPDATE: frozenset({Action.UPDATE}),
    Action.REPLACE: frozenset({Action.REPLACE, Action.CREATE}),
    Action.DELETE: frozenset({Action.DELETE}),
    Action.NOTHING: frozenset(),
}
_WORDS = {
    Action.CREATE: "would be created",
    Action.UPDATE: "would be changed",
    Action.REPLACE: "would be replaced",
    Action.DELETE: "would be removed",
}
MOST_NAMED = 3
# What holds data or answers somebody; the rest hangs on these.
_MISSED_MOST = (kind.DATABASE_INSTANCE, kind.VOLUME, kind.FILE_SHARE, kind.SERVER, kind.LOAD_BALANCER)


def beyond_approval(approved: Sequence[PlannedStep], now: Sequence[PlannedStep]) -> list[str]:
    """What would be done now that nobody approved, as sentences. Less than was approved is fine.

    What would be missed most comes first. Removing something that carries our tag without a record needs no
    approval of its own.
    """
    before = {step.key: step for step in approved}
    beyond = [
        step
        for step in now
        if step.action != Action.NOTHING and not step.is_stray and not _is_covered(before.get(step.key), step)
    ]
    return [f"{step.key} {_WORDS[step.action]} ({step.reason})." for step in sorted(beyond, key=_missed_most)]


def in_short(sentences: Sequence[str]) -> str:
    more = len(sentences) - MOST_NAMED
    return " ".join(sentences[:MOST_NAMED]) + (f" And {more} more." if more > 0 else "")


def _missed_most(step: PlannedStep) -> int:
    return _MISSED_MOST.index(step.kind) if step.kind in _MISSED_MOST else len(_MISSED_MOST)


def _is_covered(approved: PlannedStep | None, now: PlannedStep) -> bool:
    if approved is None or now.action not in _COVERS[approved.action]:
        return False
    if now.action == Action.DELETE:
        return True
    if now.properties != approved.properties:
        return False
    if now.action == Action.UPDATE:
        return approved.action == Action.CREATE or now.changed <= approved.changed
    return now.matched == approved.matched
