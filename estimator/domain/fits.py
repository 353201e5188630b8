"""How well what a price book sells fits what a design asks for."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalog.domain.money import plain_text
from catalog.domain.size_matching import SizeMatch, SizeNeed


class FitKind(StrEnum):
    """From the best to the worst."""

    AS_ASKED = "as_asked"  # sold by quantity: nothing to fit
    EXACT = "exact"
    PINNED = "pinned"
    LARGER_DISK = "larger_disk"
    SPARE = "spare"  # more CPU or memory than asked for
    NO_PRICE = "no_price"
    NO_MATCH = "no_match"  # the book sells sizes, and none that is large enough or named so


@dataclass(frozen=True)
class Fit:
    kind: FitKind
    text: str = ""  # `+2 vCPU and +4 GiB spare`; why there is none

    @classmethod
    def of(cls, match: SizeMatch, need: SizeNeed | None, *, is_pinned: bool) -> "Fit":
        if is_pinned or need is None:
            return cls(FitKind.PINNED, "pinned")
        disk_gib = Decimal(match.price.attributes.get("disk_gib", "0")) - need.disk_gib
        disk = f"{plain_text(disk_gib)} GiB more disk" if disk_gib > 0 and need.disk_gib else ""
        if match.spare:
            return cls(FitKind.SPARE, f"{match.spare}, {disk}" if disk else match.spare)
        return cls(FitKind.LARGER_DISK, disk) if disk else cls(FitKind.EXACT, "exact")

    def to_json(self) -> dict[str, str]:
        return {"kind": self.kind.value, "text": self.text}
