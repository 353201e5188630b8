"""What comes next in an operation on something that runs, read off what the cloud says of it."""

from dataclasses import dataclass
from enum import StrEnum

from designer.domain import resources as kind


class Verb(StrEnum):
    STOP = "stop"
    START = "start"
    REBOOT = "reboot"
    HARD_REBOOT = "hard_reboot"
    SNAPSHOT = "snapshot"


class OperationStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


ACTIVE = (OperationStatus.QUEUED, OperationStatus.RUNNING)
# What each kind of resource takes.
VERBS = {kind.SERVER: tuple(Verb), kind.VOLUME: (Verb.SNAPSHOT,)}
POWER_VERBS = frozenset({Verb.STOP, Verb.START})
LEFT_AS = {Verb.STOP: "stopped", Verb.START: "running"}
PATIENCE_SECONDS = 900


class Move(StrEnum):
    ASK = "ask"
    WAIT = "wait"
    DONE = "done"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Look:
    """A server as it is: its power, and whether the cloud is at work on it. `asked` was heard there."""

    power: str
    working: bool
    asked: bool = False


def next_move(verb: Verb, look: Look) -> tuple[Move, str]:
    """The move, and for a refusal the reason. Stop and start are the same however often they are asked."""
    if look.working:
        return Move.WAIT, ""
    if verb in POWER_VERBS:
        return (Move.DONE if look.power == LEFT_AS[verb] else Move.ASK), ""
    if look.asked:
        return Move.DONE, ""
    if verb == Verb.REBOOT and look.power != "running":
        return Move.REFUSE, f"It is {look.power}, so there is nothing to reboot. Start it."
    return Move.ASK, ""
