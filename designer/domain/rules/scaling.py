"""Rules about growing."""

from collections.abc import Iterator

from designer.domain.document import Component
from designer.domain.rules.evidence import BALANCERS, Evidence
from designer.domain.rules.notices import Notice, changed, joined
from designer.domain.rules.roles import APP, BATCH, CACHE, PROXY, QUEUE, TIER_NAMES, WEB

POLLING_SECONDS = 300  # how often the telemetry of today's clouds measures a server
INSTALL_SECONDS = 600  # a server that installs its software when it boots
BOOT_SECONDS = 120  # one that has nothing to install
USUAL = {"up_threshold_percent": 50, "down_threshold_percent": 20}
KEEPING = frozenset({WEB, PROXY, APP, None})  # roles whose servers may hold a visitor's session
EVERYTHING = frozenset({"", "*", "all", "any"})


def alarms_on_the_whole_project(design: Evidence) -> Iterator[Notice]:
    for group in design.topology.of_family("scaling_group"):
        selector = group.properties.get("selector")
        if selector is not None and str(selector).rpartition("=")[2].strip().lower() in EVERYTHING:
            detail = (
                f"{design.label(group)} measures every server of the project, so the load of strangers to it "
                "would make it grow. Leave the selector out: then it measures its own servers."
            )
            yield Notice(detail, (group.id,), changed(group, selector=None))
    for alarm in design.topology.of_family("alarm"):
        if not alarm.properties["watches"]:
            detail = (
                f"{design.label(alarm)} watches nothing in particular, so every server of the project would "
                "set it off. Name the components that it watches."
            )
            yield Notice(detail, (alarm.id,))


def alarms_quicker_than_measurements(design: Evidence) -> Iterator[Notice]:
    for group in design.topology.of_family("scaling_group"):
        period = int(group.properties["period_seconds"])
        if period <= POLLING_SECONDS:
            detail = (
                f"{design.label(group)} decides on {period} s, and clouds measure every {POLLING_SECONDS} "
                "s, so most periods hold no value and the alarm never goes off. Make the period longer."
            )
            yield Notice(detail, (group.id,), changed(group, period_seconds=2 * POLLING_SECONDS))
    for alarm in design.topology.of_family("alarm"):
        span = int(alarm.properties["granularity_seconds"])
        if span < POLLING_SECONDS and alarm.properties["metric"] in {"cpu", "memory"}:
            detail = (
                f"{design.label(alarm)} looks at spans of {span} s, and clouds measure every "
                f"{POLLING_SECONDS} s, so most spans hold no value and it never goes off. Make the span "
                "longer."
            )
            yield Notice(detail, (alarm.id,), changed(alarm, granularity_seconds=POLLING_SECONDS))


def groups_that_scale_one_way(design: Evidence) -> Iterator[Notice]:
    for group in design.topology.of_family("scaling_group"):
        up, down = (int(group.properties[name]) for name in USUAL)
        if up <= down:
            detail = (
                f"{design.label(group)} adds a server above {up} % and takes one away below {down} %, so it "
                "does both at once and never settles. Leave a gap between the two."
            )
            yield Notice(detail, (group.id,), changed(group, **USUAL))


def cooldowns_shorter_than_a_start(design: Evidence) -> Iterator[Notice]:
    for group in design.topology.of_family("scaling_group"):
        cooldown = int(group.properties["cooldown_seconds"])
        starts = [_seconds_to_start(design, one) for one in design.topology.scaled(group.id)]
        longest = max(starts, default=0)
        if cooldown < longest:
            detail = (
                f"{design.label(group)} waits {cooldown} s before it adds another server, and a new one "
                f"takes about {longest} s until it helps, so one peak starts several. Wait longer, or start "
                "from an image that has the software in it."
            )
            yield Notice(detail, (group.id,), changed(group, cooldown_seconds=longest * 3 // 2))


def _seconds_to_start(design: Evidence, member: Component) -> int:
    installs = member.properties.get("software", "none") != "none"
    return (
        INSTALL_SECONDS
        if installs and member.properties.get("image") not in design.golden_images
        else BOOT_SECONDS
    )


def groups_that_nothing_feeds(design: Evidence) -> Iterator[Notice]:
    """Servers behind a balancer, and workers that take their jobs from a broker, get something to do."""
    fed = {one.id for balancer in design.topology.of_type(*BALANCERS) for one in design.pool(balancer.id)}
    for group in design.topology.of_family("scaling_group"):
        idle = [one for one in design.topology.scaled(group.id) if one.id not in fed]
        idle = [one for one in idle if not _has_jobs(design, one)]
        if idle:
            detail = (
                f"No balancer leads to {design.labels(idle)}, so servers that {design.label(group)} adds get "
                "no traffic. Link a balancer to what is in the group: then new servers join its pool by "
                "themselves."
            )
            yield Notice(detail, (group.id, *(one.id for one in idle)))


def _has_jobs(design: Evidence, member: Component) -> bool:
    given = [link.source for link in design.topology.inbound(member.id, "traffic")]
    taken = [link.target for link in design.topology.outbound(member.id, "traffic")]
    return any(design.role(design.component(one)) == QUEUE for one in (*given, *taken))


def groups_of_one(design: Evidence) -> Iterator[Notice]:
    for group in design.topology.of_family("scaling_group"):
        least, most, desired = (int(group.properties[name]) for name in ("min", "max", "desired"))
        if least < 2:
            detail = (
                f"{design.label(group)} may shrink to {least or 'no'} server{'s' * (least != 1)}, and then "
                "one failure stops the service. Keep two at least."
            )
            fix = changed(group, min=2, max=max(2, most), desired=max(2, desired))
            yield Notice(detail, (group.id,), fix)


def sessions_without_stickiness(design: Evidence) -> Iterator[Notice]:
    if design.by_role.get(CACHE):
        return  # sessions can be kept where every server finds them
    for balancer in design.topology.of_family("load_balancer"):
        web_links = [
            link
            for link in design.server_targets(balancer.id)
            if link.protocol in {"HTTP", "HTTPS"} and design.role(design.component(link.target)) in KEEPING
        ]
        if balancer.properties["session_persistence"] == "none" and web_links:
            detail = (
                f"{design.label(balancer)} may send each request of a visitor to another server, and a "
                "session kept on one is lost on the next. Make it sticky, or keep sessions in a cache."
            )
            # Octavia can set a cookie only where it reads HTTP; else the visitor's address has to do.
            reads_http = all(link.protocol == "HTTP" for link in web_links)
            sticky = "HTTP_COOKIE" if reads_http else "SOURCE_IP"
            yield Notice(detail, (balancer.id,), changed(balancer, session_persistence=sticky))


def tiers_that_wait_for_each_other(design: Evidence) -> Iterator[Notice]:
    if design.topology.of_type("message_queue"):
        return
    tiers = [role for role in (WEB, PROXY, APP, BATCH) if design.by_role.get(role)]
    services = {one.properties["service"] for one in design.of_role(APP) if "service" in one.properties}
    if len(tiers) >= 2 or len(services) >= 2:
        names = [TIER_NAMES[role] for role in tiers]
        who = joined(names) if len(tiers) >= 2 else f"{len(services)} services"
        detail = (
            f"The {who} wait for each other's answers, so a slow one holds up the others. A message broker "
            "lets them work at their own pace."
        )
        yield Notice(detail, tuple(one.id for one in design.of_role(*tiers)))
