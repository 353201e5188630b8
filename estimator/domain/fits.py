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

    def to_json(self) -> dict[str, str]:
        return {"kind": self.kind.value, "text": self.text}


@dataclass(frozen=True)
class Sized:
    """A size that was asked for and what it was matched to. `match` None: nothing fits."""

    match: SizeMatch | None
    need: SizeNeed | None
    is_pinned: bool = False

    @property
    def fit(self) -> Fit:
        if self.match is None:
            return Fit(FitKind.NO_MATCH)
        if self.is_pinned or self.need is None:
            return Fit(FitKind.PINNED, "pinned")
        vcpus, ram_gib = self.match.vcpus - self.need.vcpus, self.match.ram_gib - self.need.ram_gib
        disk_gib = Decimal(self.match.price.attributes.get("disk_gib", "0")) - self.need.disk_gib
        spare = [f"+{plain_text(vcpus)} vCPU"] if vcpus > 0 else []
        spare += [f"+{plain_text(ram_gib)} GiB"] if ram_gib > 0 else []
        disk = f"{plain_text(disk_gib)} GiB more disk" if disk_gib > 0 and self.need.disk_gib else ""
        if spare:
            text = f"{' and '.join(spare)} spare"
            return Fit(FitKind.SPARE, f"{text}, {disk}" if disk else text)
        return Fit(FitKind.LARGER_DISK, disk) if disk else Fit(FitKind.EXACT, "exact")
