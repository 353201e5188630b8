"""The lists that CloudKitty's API answers with become rules; what isn't in force stays out, by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.domain.price_book_fields import BookProblem
from catalog.domain.price_imports.conversion import Json, LeftOut, Record, exact_text, objects, part, words
from catalog.domain.price_imports.hashmap_rules import Rule


@dataclass
class Reading:
    """One set of rules being read, and what came of it."""

    file: str
    hours: Decimal  # in one collect period
    units: Mapping[str, str]
    prices: list[Record] = field(default_factory=list)
    problems: list[BookProblem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def rules_of(data: Json, today: str, reading: Reading) -> list[Rule]:
    """Those in force today and for everybody; what else there is goes to `reading`, with its reason."""
    groups = {words(one.get("group_id")): words(one.get("name")) for one in objects(data.get("groups"))}
    services = {words(one.get("service_id")): words(one.get("name")) for one in objects(data.get("services"))}
    fields = {words(one.get("field_id")): one for one in objects(data.get("fields"))}
    rules: list[Rule] = []
    for name in ("mappings", "thresholds"):
        for index, one in enumerate(objects(data.get(name))):
            place = f"{name}[{index}] {words(one.get('value') or one.get('level'), 60)}".strip()
            about = fields.get(words(one.get("field_id")))
            service = services.get(
                words(part(about, "service_id")) if about else words(one.get("service_id")), ""
            )
            cost, level = exact_text(one.get("cost")), exact_text(one.get("level"))
            if reason := _not_in_force(one, today):
                reading.left_out.append(LeftOut(place, reason))
            elif not service or (words(one.get("field_id")) and about is None):
                reason = "No service or field of this list has the id that it names."
                reading.problems.append(BookProblem(reading.file, place, reason))
            elif cost is None or (name == "thresholds" and level is None):
                which = "cost" if cost is None else "level"
                reason = "This is no number from 0 up."
                reading.problems.append(BookProblem(reading.file, f"{place}.{which}", reason))
            elif one.get("type") not in ("flat", "rate"):
                reason = f"{words(one.get('type'), 20)!r} is neither flat nor rate."
                reading.problems.append(BookProblem(reading.file, f"{place}.type", reason))
            else:
                rules.append(
                    Rule(
                        group=groups.get(words(one.get("group_id")), "_DEFAULT_"),
                        service=service,
                        field=words(part(about, "name")),
                        value=words(one.get("value")),
                        is_rate=one["type"] == "rate",
                        cost=Decimal(cost),
                        level=Decimal(level or 0) if name == "thresholds" else None,
                    )
                )
    return rules


def _not_in_force(one: Json, today: str) -> str:
    start, end = words(one.get("start"), 10), words(one.get("end"), 10)
    if one.get("tenant_id"):
        return "It is for one project only."
    if one.get("deleted"):
        return "It was deleted."
    if start and start > today:
        return f"It begins on {start}."
    return f"It ended on {end}." if end and end <= today else ""
