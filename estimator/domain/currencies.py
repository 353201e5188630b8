"""One currency in another, at a rate of a day that is shown wherever it was used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.domain.money import plain_text

OUTDATED_AFTER_DAYS = 92  # a quarter: prices in other currencies are proposals, not bookings
_MOST_DIGITS = 12


class RateMissing(ValueError):
    status, code = 409, "currency_rate_missing"

    def __init__(self, source: str, target: str) -> None:
        super().__init__(f"There is no rate from {source} to {target}. Add one with its date and source.")


class RateOutdated(ValueError):
    status, code = 409, "currency_rate_outdated"

    def __init__(self, rate: "Rate") -> None:
        super().__init__(
            f"The newest rate from {rate.source} to {rate.target} is of {rate.day}, more than "
            f"{OUTDATED_AFTER_DAYS} days ago. Add a newer one."
        )


@dataclass(frozen=True)
class Rate:
    """One unit of `source` is `rate` units of `target`, said by `origin` for `day`."""

    source: str
    target: str
    rate: Decimal
    day: date
    origin: str = ""

    def of(self, amount: Decimal) -> Decimal:
        return amount * self.rate

    def inverted(self) -> "Rate":
        return Rate(self.target, self.source, 1 / self.rate, self.day, self.origin)

    def __str__(self) -> str:
        shown = plain_text(+self.rate.quantize(Decimal(1).scaleb(-_MOST_DIGITS)))
        said_by = f" ({self.origin})" if self.origin else ""
        return f"1 {self.source} = {shown} {self.target}, of {self.day.isoformat()}{said_by}"

    def to_json(self) -> dict[str, str]:
        return {
            "from": self.source,
            "to": self.target,
            "rate": plain_text(self.rate),
            "date": self.day.isoformat(),
            "source": self.origin,
        }


def find_rate(rates: Iterable[Rate], source: str, target: str, *, today: date) -> Rate | None:
    """The newest rate up to today, also where only the opposite direction is known; None within one currency.

    Raises: RateMissing, RateOutdated.
    """
    if source == target:
        return None
    known = [rate for rate in rates if rate.day <= today and rate.rate > 0]
    fitting = [rate for rate in known if (rate.source, rate.target) == (source, target)]
    fitting += [rate.inverted() for rate in known if (rate.target, rate.source) == (source, target)]
    if not fitting:
        raise RateMissing(source, target)
    newest = max(fitting, key=lambda rate: rate.day)
    if (today - newest.day).days > OUTDATED_AFTER_DAYS:
        raise RateOutdated(newest)
    return newest
