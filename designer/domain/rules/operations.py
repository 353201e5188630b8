"""Rules about running it day by day."""

from collections.abc import Iterator

from designer.domain.rules.evidence import STATELESS, Evidence, Notice


def nothing_is_monitored(design: Evidence) -> Iterator[Notice]:
    if design.by_role and not design.topology.of_type("monitoring"):
        detail = (
            "Nobody notices when something here stops or fills up. Add monitoring of CPU, memory, file "
            "systems and the site itself."
        )
        fix = {"components": {design.free_id("monitoring"): {"type": "monitoring", "label": "Monitoring"}}}
        yield Notice(detail, fix=fix)


def no_self_healing(design: Evidence) -> Iterator[Notice]:
    servers = [
        one
        for one in design.of_role(*sorted(STATELESS))
        if not any(around.type == "scaling_group" for around in design.document.ancestors(one.id))
    ]
    if servers:
        detail = (
            f"A server of {design.labels(servers)} that fails stays failed until somebody acts. A scaling "
            "group builds a new one by itself."
        )
        yield Notice(detail, tuple(one.id for one in servers))
