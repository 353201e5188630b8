"""What an estimate takes for granted about use, and how that changes what a resource uses in a month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from catalog.domain.commitments import ON_DEMAND, Payment, Terms, committed
from catalog.domain.money import plain_text
from catalog.domain.months import MonthRule
from catalog.domain.size_matching import SERVER
from designer.domain.document import DesignDocument
from designer.domain.usage_assumptions import TERM_MONTHS
from estimator.domain import reasons
from estimator.domain.growth import growth_factor
from estimator.domain.metering import FOLLOWS_THE_LOAD, Usage
from estimator.domain.schedules import Schedule

HUNDRED = Decimal(100)


class Profile(StrEnum):
    LOW = "low"
    EXPECTED = "expected"
    HIGH = "high"


@dataclass(frozen=True)
class Use:
    """How much a design, or one component of it, is used. None is what nobody said."""

    schedule: Schedule | None = None
    low_percent: Decimal | None = None
    high_percent: Decimal | None = None
    growth_percent_month: Decimal | None = None
    hours: Decimal | None = None  # of a component: how long it is there in a month, server or not

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "Use":
        """From a document, where it was checked."""
        return cls(
            Schedule.read(said["schedule"]) if "schedule" in said else None,
            *(_decimal(said.get(name)) for name in ("low_percent", "high_percent", "growth_percent_month")),
        )

    def or_else(self, design: "Use") -> "Use":
        """What a component leaves open is what its design says."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(design, **said)

    def share(self, profile: Profile) -> Decimal:
        """What of a drawn quantity is used, as a factor."""
        percent = {Profile.LOW: self.low_percent, Profile.HIGH: self.high_percent}.get(profile)
        return Decimal(1) if percent is None else percent / HUNDRED


NOTHING_SAID = Use()


@dataclass(frozen=True)
class TaxRule:
    rate_percent: Decimal
    name: str = "Tax"


@dataclass(frozen=True)
class Assumptions:
    """`components` has those alone that differ from the design; `hours_per_month` is for servers."""

    design: Use = NOTHING_SAID
    components: Mapping[str, Use] = field(default_factory=dict)
    hours_per_month: Decimal | None = None
    profile: Profile = Profile.EXPECTED
    purchase: Terms = ON_DEMAND
    tax: TaxRule | None = None

    @classmethod
    def of(cls, document: DesignDocument) -> "Assumptions":
        settings = document.settings
        design = Use.read(settings)
        commitment, tax = settings.get("commitment"), settings.get("tax")
        return cls(
            design=design,
            components={
                one.id: replace(
                    Use.read(one.usage).or_else(design), hours=_decimal(one.usage.get("hours_per_month"))
                )
                for one in document.components.values()
                if one.usage
            },
            hours_per_month=_decimal(settings.get("hours_per_month")),
            profile=Profile(settings.get("usage_profile", Profile.EXPECTED)),
            purchase=committed(commitment["months"], Payment(commitment.get("payment", Payment.MONTHLY)))
            if commitment
            else ON_DEMAND,
            tax=TaxRule(Decimal(str(tax["rate_percent"])), tax.get("name", "Tax")) if tax else None,
        )

    def what_if(self, *, profile: Profile | None = None, purchase: Terms | None = None) -> "Assumptions":
        """The same design, looked at with another profile or commitment."""
        return replace(
            self,
            profile=self.profile if profile is None else profile,
            purchase=self.purchase if purchase is None else purchase,
        )

    def use_of(self, component: str) -> Use:
        return self.components.get(component, self.design)

    # --- What they make of a resource's usage -------------------------------------------------------

    def moves(self, usage: Usage, component: str) -> bool:
        """Another profile would count another quantity."""
        if usage.most is not None:
            return True
        use = self.use_of(component)
        return usage.service in FOLLOWS_THE_LOAD and use.share(Profile.LOW) != use.share(Profile.HIGH)

    def grows(self, usage: Usage, component: str) -> bool:
        return usage.service in FOLLOWS_THE_LOAD and bool(self.use_of(component).growth_percent_month)

    def applied(
        self, usage: Usage, component: str, month: MonthRule, *, profile: Profile, months_on: int = 0
    ) -> Usage:
        """The usage with this profile, so many months after the first."""
        use = self.use_of(component)
        if usage.most is not None:
            usage = _counted_with(usage, profile)
        if use.hours is not None or usage.service == SERVER:
            usage = replace(usage, hours=self._hours(use, month))
        if usage.service not in FOLLOWS_THE_LOAD or usage.quantity is None:
            return usage
        share = use.share(profile)
        grown = growth_factor(use.growth_percent_month, months_on) if use.growth_percent_month else Decimal(1)
        if share * grown == 1:
            return usage
        remark = (
            "" if share == 1 else f"{plain_text(share * HUNDRED)}% of what is drawn, as use is {profile}."
        )
        return replace(
            usage, quantity=usage.quantity * share * grown, assumption=reasons.join(usage.assumption, remark)
        )

    def _hours(self, use: Use, month: MonthRule) -> Decimal | None:
        if use.hours is not None:
            return use.hours
        if use.schedule is not None:
            return use.schedule.hours_of(month)
        return self.hours_per_month

    # --- In words -----------------------------------------------------------------------------------

    def sentences(self, labels: Mapping[str, str]) -> Iterator[str]:
        """`labels`: component id -> name, for those that differ from the design."""
        if self.profile is not Profile.EXPECTED:
            size = _size_word(self.profile)
            yield f"Counted with {self.profile} use; groups have the {size} servers there may be."
        if self.design.schedule is not None:
            yield f"Servers run {self.design.schedule}."
        elif self.hours_per_month is not None:
            yield f"Servers run {plain_text(self.hours_per_month)} hours a month."
        if self.design.growth_percent_month:
            growth = plain_text(self.design.growth_percent_month)
            yield f"Traffic, objects and requests grow {growth}% a month; servers and volumes stay as drawn."
        if self.purchase.is_reserved:
            yield f"Reserved where the price book sells that: {self.purchase}."
        for component, use in self.components.items():
            name = labels.get(component, component)
            if use.hours is not None:
                yield f"{name} is there {plain_text(use.hours)} hours a month."
            elif use.schedule is not None and use.schedule != self.design.schedule:
                yield f"{name} runs {use.schedule}."
            if use.growth_percent_month is not None and (
                use.growth_percent_month != self.design.growth_percent_month
            ):
                yield f"{name} grows {plain_text(use.growth_percent_month)}% a month."


class CommitmentInvalid(ValueError):
    def __init__(self) -> None:
        months = ", ".join(map(str, TERM_MONTHS))
        super().__init__(f"A commitment is none or one of {months} months, such as 12 or 36-upfront.")


def read_commitment(text: str) -> Terms:
    """As commands and addresses write it: `none`, `12`, `36-upfront`. Raises: CommitmentInvalid."""
    if text == "none":
        return ON_DEMAND
    months, _, payment = text.partition("-")
    if months not in map(str, TERM_MONTHS) or (payment and payment not in set(Payment)):
        raise CommitmentInvalid
    return committed(int(months), Payment(payment or Payment.MONTHLY))


def _counted_with(usage: Usage, profile: Profile) -> Usage:
    if profile is Profile.EXPECTED:
        return usage
    copies = usage.least if profile is Profile.LOW else usage.most
    return replace(
        usage, copies=copies, assumption=f"Counted with {copies}, the {_size_word(profile)} there may be."
    )


def _size_word(profile: Profile) -> str:
    return "least" if profile is Profile.LOW else "most"


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
