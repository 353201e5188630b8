"""What people keep in a cloud, and what a plan would do to it: said before it is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from deployer.domain.cloud import Item, Live
from deployer.domain.plan import Action, PlannedStep, Recorded
from designer.domain import resources as kind

# Where people's data is. A server's own disk, and a boot volume, hold what is made again from the image.
DATA_KINDS = frozenset({kind.VOLUME, kind.DATABASE_INSTANCE, kind.FILE_SHARE})


@dataclass(frozen=True)
class Loss:
    """One thing whose contents go."""

    key: str
    component: str
    label: str
    what: str

    def to_json(self) -> dict[str, str]:
        return {"key": self.key, "component": self.component, "label": self.label, "what": self.what}


def data_destroyed(
    steps: Sequence[PlannedStep], recorded: Mapping[str, Recorded], live: Mapping[str, Live]
) -> list[Loss]:
    """What goes with its contents, removed or replaced. What is gone already is not lost again."""
    return [
        Loss(step.key, step.component, step.label, _what(step, recorded.get(step.key)))
        for step in steps
        if step.kind in DATA_KINDS
        and step.action in (Action.DELETE, Action.REPLACE)
        and not step.properties.get("image")
        and (step.key in live or step.is_stray)
    ]


def data_in_the_way(steps: Sequence[PlannedStep], inventory: Iterable[Item]) -> list[str]:
    """What a removal would meet and leave alone: objects in a container, snapshots of a volume."""
    holds = {(item.kind, item.cloud_id): item.holds for item in inventory if item.holds}
    return [
        f"{step.label} holds {found}."
        for step in steps
        if step.action in (Action.DELETE, Action.REPLACE) and (found := holds.get((step.kind, step.cloud_id)))
    ]


def _what(step: PlannedStep, row: Recorded | None) -> str:
    was = row.properties if row else step.properties
    size = was.get("size_gib") or was.get("volume_gib") or was.get("size_gb")
    noun = {kind.VOLUME: "volume", kind.DATABASE_INSTANCE: "database", kind.FILE_SHARE: "file share"}[
        step.kind
    ]
    how = "is removed" if step.action == Action.DELETE else "is made anew, empty"
    return f"{noun}{f' of {size} GiB' if size else ''} {how}"
