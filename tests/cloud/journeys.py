"""The life of a deployed template: deployed, looked at, changed, led back, destroyed. Several at a time.

The product runs once and serves all of them, as it would several customers; each has a project of its own.
"""

import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openstack
import yaml
from openstack.connection import Connection

from tests.cloud.conftest import everything, own_project
from tests.cloud.figures import Figures, count_of, read_figures
from tests.cloud.product import Person

AT_ONCE = 4  # the cloud is bound by the processors, so more would only wait for each other
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "expected_templates.yaml").read_text()
)
STAGES = ("deployed", "verified", "updated", "rolled back", "destroyed", "residue")


@dataclass
class Journey:
    """What was seen of one template. `seen` has words for each stage that went well."""

    template: str
    seen: dict[str, str] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def cells(self) -> list[str]:
        return [self.seen.get(stage, "no") for stage in STAGES]

    def look(self, stage: str, outside: Connection, expected: Figures, words: str) -> None:
        """Compare what stands; a difference is kept, with all the others, and the journey goes on."""
        try:
            found = read_figures(outside)
        except AssertionError:
            self.troubles.append(f"{stage}: {traceback.format_exc(limit=-2)}")
            return
        wrong = [topic for topic in sorted({*found, *expected}) if found.get(topic) != expected.get(topic)]
        self.troubles += [f"{stage}: {topic} is {found.get(topic)}" for topic in wrong]
        if not wrong:
            self.seen[stage] = words


class Journeys:
    """Those that were asked for, under way side by side."""

    def __init__(self, person: Person, templates: list[str]) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="journey")
        self._journeys: dict[str, Future[Journey]] = {
            one: self._pool.submit(travel, person, one) for one in templates
        }

    def of(self, template: str) -> Journey:
        return self._journeys[template].result()

    def all(self) -> list[Journey]:
        return [self.of(template) for template in sorted(self._journeys)]

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def travel(person: Person, template: str) -> Journey:
    journey = Journey(template)
    try:
        with own_project() as entry:
            _travel(person, journey, entry)
    except Exception:  # noqa: BLE001  the test of this template tells it, and the others go on
        journey.troubles.append(traceback.format_exc(limit=3))
    return journey


def _travel(person: Person, journey: Journey, entry: dict[str, Any]) -> None:
    template, expected = journey.template, EXPECTED[journey.template]
    stands, update = expected["stands"], expected["update"]
    outside = openstack.connect(**entry)
    before = everything(outside)
    cloud = person.post("/api/clouds/", name=template, clouds_yaml=yaml.safe_dump({"clouds": {"one": entry}}))
    design = person.post("/api/designs/", name=template, template=template, form="hardened")
    where = {"design": design["id"], "cloud": cloud["id"]}
    try:
        plan = person.post("/api/plans/", **where, intent="deploy")
        person.carry_out(plan)
        journey.seen["deployed"] = f"{plan['counts']['create']} resources"
        journey.look("verified", outside, stands, f"{count_of(stands)} facts")

        person.patch(f"/api/designs/{design['id']}/document/", update["edit"])
        person.carry_out(person.post("/api/plans/", **where, intent="deploy"))
        journey.look("updated", outside, _changed(stands, update["changes"]), update["says"])

        back = person.post("/api/plans/", **where, intent="deploy", revision=plan["revision"])
        person.carry_out(back)
        journey.look("rolled back", outside, stands, "yes")
    finally:
        gone = person.carry_out(person.post("/api/plans/", **where, intent="destroy"))
        journey.seen["destroyed"] = "yes"
        assert gone["residue"]["clean"], gone["residue"]
        assert everything(outside) == before
        journey.seen["residue"] = "empty"


def _changed(stands: Figures, changes: Figures) -> Figures:
    """Topics of labels take the new words, topics of lists lose and gain lines."""
    merged = dict(stands)
    for topic, new in changes.items():
        if topic == "open":
            kept = [line for line in stands["open"] if line not in new.get("less", ())]
            merged[topic] = sorted([*kept, *new.get("more", ())])
        else:
            merged[topic] = {**stands.get(topic, {}), **new}
    return merged
