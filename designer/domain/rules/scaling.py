"""Rules about growing."""

from collections.abc import Iterator

from designer.domain.rules.evidence import (
    APP,
    BATCH,
    CACHE,
    PROXY,
    TIER_NAMES,
    WEB,
    Evidence,
    Notice,
    changed,
)


def sessions_without_stickiness(design: Evidence) -> Iterator[Notice]:
    if design.by_role.get(CACHE):
        return  # sessions can be kept where every server finds them
    for balancer in design.topology.of_family("load_balancer"):
        web_links = [
            link for link in design.server_targets(balancer.id) if link.protocol in {"HTTP", "HTTPS"}
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
    tiers = [role for role in (WEB, PROXY, APP, BATCH) if design.by_role.get(role)]
    if len(tiers) >= 2 and not design.topology.of_type("message_queue"):
        names = [TIER_NAMES[role] for role in tiers]
        detail = (
            f"The {', '.join(names[:-1])} and {names[-1]} wait for each other's answers, so a slow one "
            "holds up the others. A message broker lets them work at their own pace."
        )
        yield Notice(detail, tuple(one.id for one in design.of_role(*tiers)))
