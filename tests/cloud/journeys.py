"""The life of a deployed template: deployed, looked at, changed, led back, destroyed. Several at a time.

The product runs once and serves all of them, as it would several customers; each has a project of its own.
"""

import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import openstack
import yaml

from tests.cloud.conftest import own_project
from tests.cloud.expectations import Template, templates
from tests.cloud.figures import Figures, Regions, read_figures, wait_for_removals
from tests.cloud.page import STAGES
from tests.cloud.product import Person
from tests.cloud.traces import Trace, led_back, read_trace, touches

AT_ONCE = 4  # the cloud is bound by the processors, so more would only wait for each other


@dataclass
class Journey:
    """What was seen of one template. `seen` has words for each stage that went well."""

    template: str
    seen: dict[str, str] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def cells(self) -> list[str]:
        return [self.seen.get(stage, "no") for stage in STAGES]

    def look(self, stage: str, found: dict[str, Figures], expected: dict[str, Figures], words: str) -> None:
        """Compare what stands; a difference is kept, with all the others, and the journey goes on."""
        wrong = [
            f"{stage}: {region}: {topic} is {found[region].get(topic)}"
            for region, figures in expected.items()
            for topic in sorted({*found[region], *figures})
            if not _alike(topic, found[region].get(topic), figures.get(topic))
        ]
        self.troubles += wrong
        if not wrong:
            self.seen[stage] = words

    def follow(self, stage: str, found: Any, expected: Any) -> None:
        """Compare what was touched on the way there; one thing too many, and the stage is not seen."""
        if found != expected:
            self.troubles.append(f"{stage}: touched {found} instead of {expected}")
            self.seen.pop(stage, None)


class Journeys:
    """Those that were asked for, under way side by side."""

    def __init__(self, person: Person, chosen: list[str]) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="journey")
        self._journeys: dict[str, Future[Journey]] = {
            one: self._pool.submit(travel, person, templates()[one]) for one in chosen
        }

    def of(self, template: str) -> Journey:
        return self._journeys[template].result()

    def all(self) -> list[Journey]:
        return [self.of(template) for template in sorted(self._journeys)]

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def travel(person: Person, template: Template) -> Journey:
    journey = Journey(template.key)
    try:
        with own_project() as entry:
            _travel(person, template.at(f"{entry['auth']['project_name']}.example.org"), journey, entry)
    except Exception:  # noqa: BLE001  the test of this template tells it, and the others go on
        journey.troubles.append(traceback.format_exc(limit=-3))
    return journey


def _travel(person: Person, template: Template, journey: Journey, entry: dict[str, Any]) -> None:
    regions: Regions = {name: openstack.connect(**{**entry, "region_name": name}) for name in template.stands}
    before = read_trace(regions)
    entries = yaml.safe_dump({"clouds": {"one": entry}})
    cloud = person.post("/api/clouds/", name=template.key, clouds_yaml=entries)
    start = {"template": template.key, "form": "hardened", "parameters": template.parameters}
    design = person.post("/api/designs/", name=template.key, **start)
    where = {"design": design["id"], "cloud": cloud["id"], "intent": "deploy"}
    try:
        plan = person.post("/api/plans/", **where, **template.choice)
        person.carry_out(plan)
        journey.seen["deployed"] = f"{plan['counts']['create']} resources"
        first = _arrive(journey, "verified", regions, template.stands, template.facts_in_words)

        person.patch(f"/api/designs/{design['id']}/document/", template.edit)
        person.carry_out(person.post("/api/plans/", **where))
        second = _arrive(journey, "updated", regions, template.updated(), template.update_in_words)
        journey.follow("updated", touches(first, second), template.touches)

        back = person.post("/api/plans/", **where, revision=plan["revision"])
        person.carry_out(back, confirm=[one["check"] for one in back["preflight"] if one["to_confirm"]])
        third = _arrive(journey, "rolled back", regions, template.stands, "yes")
        journey.follow("rolled back", touches(second, third), template.back or led_back(template.touches))
        again = person.post("/api/plans/", **where, revision=plan["revision"])
        left = {action: count for action, count in again["counts"].items() if count and action != "nothing"}
        journey.follow("rolled back", left, {})
    finally:
        gone = person.carry_out(person.post("/api/plans/", **{**where, "intent": "destroy"}))
        journey.seen["destroyed"] = "yes"
        assert gone["residue"]["clean"], gone["residue"]
        assert read_trace(regions) == before
        journey.seen["residue"] = "empty"


def _arrive(
    journey: Journey, stage: str, regions: Regions, expected: dict[str, Figures], words: str
) -> Trace:
    for conn in regions.values():
        wait_for_removals(conn)
    try:
        journey.look(stage, read_figures(regions), expected, words)
    except AssertionError:
        journey.troubles.append(f"{stage}: {traceback.format_exc(limit=-2)}")
    return read_trace(regions)


def _alike(topic: str, found: Any, expected: Any) -> bool:
    if topic in ("zones", "images"):  # told only where it matters; elsewhere the cloud or a default chooses
        return all((found or {}).get(label) == words for label, words in (expected or {}).items())
    return bool(found == expected)
