"""What keeps a proposal from being sent, all at once, each with what to do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from catalog.domain.problems import shown
from designer.domain.findings import Severity
from estimator.domain.proposals.drafts import Draft, Option, finding_id


@dataclass(frozen=True)
class Obstacle:
    """`about` names what to mend: a field of the draft, a row's id, a finding's id."""

    kind: str
    about: str
    option: str
    sentence: str

    def to_json(self) -> dict[str, str]:
        return dict(vars(self))


def find_obstacles(draft: Draft, options: tuple[Option, ...], *, today: date) -> list[Obstacle]:
    return list(_find(draft, options, today))


def _find(draft: Draft, options: tuple[Option, ...], today: date) -> Iterator[Obstacle]:
    if not draft.buyer.name:
        yield Obstacle("customer", "customer", "", "It is for nobody yet. Choose a customer.")
    if not options:
        yield Obstacle("options", "options", "", "There is no option yet. Add a design.")
    if draft.valid_until < today:
        day = draft.valid_until.isoformat()
        yield Obstacle("valid_until", "valid_until", "", f"It was valid until {day}. Choose a later day.")
    currencies = sorted({option.estimate.currency for option in options})
    if len(currencies) > 1:
        said = " and ".join(currencies)
        sentence = f"Its options are in {said}. Give the customer a currency, or choose other price books."
        yield Obstacle("currency", "options", "", sentence)
    if draft.recommended and draft.recommended not in {option.letter for option in options}:
        sentence = f"Option {draft.recommended} is recommended, and there is none. Recommend another."
        yield Obstacle("recommended", "recommended", draft.recommended, sentence)
    for option in options:
        yield from _of_option(draft, option)


def _of_option(draft: Draft, option: Option) -> Iterator[Obstacle]:
    if not option.document.components:
        yield Obstacle("empty", "options", option.letter, f"Option {option.letter} draws nothing yet.")
    for row_id, item in unpriced_rows(option):
        if not draft.reasons.get(row_id, "").strip():
            sentence = f"{shown(item)} has no price. Write down why, or price it."
            yield Obstacle("unpriced", row_id, option.letter, sentence)
    for finding in option.findings:
        known = finding_id(finding)
        if finding.severity is Severity.ERROR and not draft.accepted.get(known, "").strip():
            sentence = f"{finding.summary}: {finding.detail} Repair it, or write down why it may stay."
            yield Obstacle("finding", known, option.letter, sentence)


def unpriced_rows(option: Option) -> Iterable[tuple[str, str]]:
    """Id and item of each row without a price, once."""
    found = {
        row.id: _named(row.item, row.description)
        for tier in option.bill
        for row in tier.rows
        if row.unit_price is None
    }
    return found.items()


def _named(item: str, description: str) -> str:
    """Not the same words twice: a description may begin with the item's own name."""
    return description if description.startswith(item) else f"{item}: {description}"
