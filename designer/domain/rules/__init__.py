"""Everything that is checked about a design, on one screen."""

import logging
from collections.abc import Iterator, Mapping

from catalog.domain.component_specs import ComponentType
from designer.domain.document import DesignDocument
from designer.domain.findings import Finding, Severity
from designer.domain.resources import ResourceGraph
from designer.domain.rules import (
    address_ranges,
    availability,
    balancing,
    content,
    credentials,
    data,
    hybrid,
    network,
    openings,
    operations,
    payments,
    recovery,
    scaling,
    security,
)
from designer.domain.rules.evidence import Evidence, Rule
from designer.domain.topology import Topology

logger = logging.getLogger(__name__)

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES = (
    Rule("NET-01", ERROR, "Outside any subnet", network.components_without_a_subnet),
    Rule("NET-02", WARNING, "Several services in one subnet", network.subnets_with_several_services),
    Rule("NET-03", WARNING, "Mixed groups in one subnet", network.subnets_with_mixed_groups),
    Rule("NET-04", INFO, "Subnet without one route table", network.subnets_without_one_route_table),
    Rule("NET-05", ERROR, "Layer skipped", network.links_past_the_application),
    Rule("NET-06", ERROR, "Address range does not fit", address_ranges.misplaced_address_ranges),
    Rule("NET-07", WARNING, "No way out for installs", network.installs_without_a_way_out),
    Rule("NET-08", ERROR, "NAT gateway in a private subnet", network.nat_gateways_in_private_subnets),
    Rule("SEC-01", ERROR, "Database open to the internet", openings.databases_open_to_the_world),
    Rule("SEC-02", ERROR, "SSH open to the internet", openings.ssh_open_to_the_world),
    Rule("SEC-03", WARNING, "No bastion or VPN", security.no_door_for_administrators),
    Rule("SEC-04", ERROR, "Public address on an inner tier", security.public_addresses_on_inner_tiers),
    Rule("SEC-05", WARNING, "Address range on an inner tier", openings.ranges_on_inner_tiers),
    Rule("SEC-06", ERROR, "Link that opens no port", security.links_that_open_nothing),
    Rule("SEC-07", INFO, "Rule that no link uses", openings.rules_that_no_arrow_uses),
    Rule("SEC-08", WARNING, "Plain HTTP from the internet", security.plain_http_from_the_internet),
    Rule("SEC-09", WARNING, "HTTPS without a certificate", security.https_without_a_certificate),
    Rule("SEC-10", WARNING, "Data at rest not encrypted", security.unencrypted_database_volumes),
    Rule("SEC-11", ERROR, "Data crosses regions in the clear", security.replication_in_the_clear),
    Rule("SEC-12", INFO, "No perimeter firewall", security.no_perimeter_firewall),
    Rule("SEC-13", ERROR, "Payments without segments", payments.payments_without_segments),
    Rule("SEC-14", WARNING, "Card data readable on a balancer", payments.card_data_readable_on_a_balancer),
    Rule("SEC-15", ERROR, "Secret in the drawing", credentials.secrets_in_the_drawing),
    Rule("HA-01", WARNING, "Single server in a tier", availability.single_stateless_servers),
    Rule("HA-02", WARNING, "Tier in one zone", availability.tiers_in_one_zone),
    Rule("HA-03", ERROR, "Several servers, nothing in front", balancing.several_servers_and_nothing_in_front),
    Rule("HA-04", WARNING, "Balancer is alone", balancing.balancers_that_are_alone),
    Rule("HA-05", ERROR, "Balancers that nobody finds", balancing.balancers_nobody_finds),
    Rule("HA-06", WARNING, "Names change too slowly", balancing.names_that_change_too_slowly),
    Rule("HA-07", ERROR, "Pool crosses regions", balancing.pools_across_regions),
    Rule("HA-08", WARNING, "Database without standby", availability.databases_without_a_standby),
    Rule("HA-09", INFO, "Region outlives its only database", recovery.regions_that_outlive_their_database),
    Rule("HA-10", INFO, "Masters without a majority", recovery.masters_without_a_majority),
    Rule("HA-11", WARNING, "Single tunnel under replication", recovery.single_tunnels_under_replication),
    Rule(
        "HA-12", WARNING, "Standby without a movable address", availability.standbys_without_a_movable_address
    ),
    Rule("HA-13", INFO, "No reserved capacity", recovery.no_capacity_kept_for_an_emergency),
    Rule("HA-14", INFO, "Everything in one region", recovery.everything_in_one_region),
    Rule("HA-15", WARNING, "Balancer without health check", balancing.balancers_without_a_health_check),
    Rule("DAT-01", ERROR, "Database without a volume", data.database_servers_without_a_volume),
    Rule("DAT-02", ERROR, "Volume linked twice", data.volumes_with_two_owners),
    Rule("DAT-03", ERROR, "Database without backup", data.databases_without_a_backup),
    Rule("DAT-04", WARNING, "Backup stays in the region", data.backups_that_stay_in_the_region),
    Rule("DAT-05", WARNING, "Web servers keep separate content", content.web_servers_with_own_content),
    Rule("DAT-06", WARNING, "No object storage for static files", content.no_place_for_static_files),
    Rule("DAT-07", INFO, "Object storage not served directly", content.object_stores_behind_the_application),
    Rule("DAT-08", ERROR, "CDN without an origin", content.cdns_without_an_origin),
    Rule("DAT-09", INFO, "Large uploads in one piece", content.large_uploads_in_one_piece),
    Rule("DAT-10", INFO, "Database on a shared host", payments.databases_that_want_their_own_machine),
    Rule("DAT-11", WARNING, "Shard without replicas", data.shards_without_a_majority),
    Rule("DAT-12", INFO, "Images in one region only", recovery.images_in_one_region_only),
    Rule("DAT-13", INFO, "Shared files cross regions", data.shares_copied_across_regions),
    Rule("SCL-01", ERROR, "Alarm looks at the whole project", scaling.alarms_on_the_whole_project),
    Rule("SCL-02", ERROR, "Alarm quicker than measurements", scaling.alarms_quicker_than_measurements),
    Rule("SCL-03", WARNING, "One-way scaling", scaling.groups_that_scale_one_way),
    Rule("SCL-04", WARNING, "Cooldown shorter than a start", scaling.cooldowns_shorter_than_a_start),
    Rule("SCL-05", ERROR, "Scaling group not behind a balancer", scaling.groups_that_nothing_feeds),
    Rule("SCL-06", WARNING, "Scaling group of one", scaling.groups_of_one),
    Rule("SCL-07", INFO, "Sessions without stickiness", scaling.sessions_without_stickiness),
    Rule("SCL-08", INFO, "Tightly coupled tiers", scaling.tiers_that_wait_for_each_other),
    Rule("OPS-01", WARNING, "Nothing is monitored", operations.nothing_is_monitored),
    Rule("OPS-02", WARNING, "Several services on one server", operations.servers_with_several_services),
    Rule("OPS-03", INFO, "Server starts empty", operations.servers_that_start_empty),
    Rule("OPS-04", INFO, "No self-healing", operations.no_self_healing),
    Rule("OPS-05", INFO, "Mail sent by servers", operations.mail_sent_by_servers),
    Rule("HYB-01", ERROR, "Link to a site without a way", hybrid.links_without_a_way),
    Rule("HYB-02", ERROR, "Mixed pool on a cloud balancer", hybrid.mixed_pools),
    Rule("HYB-03", WARNING, "Single way to a site", hybrid.single_ways_to_a_site),
    Rule("HYB-04", WARNING, "Way too small or too slow", hybrid.ways_too_small_or_slow),
    Rule("HYB-05", INFO, "Workload in the wrong place", hybrid.workloads_in_the_wrong_place),
    Rule("HYB-06", WARNING, "Hardware without a twin", hybrid.hardware_without_a_twin),
    Rule("HYB-07", INFO, "Crowd let in by its subnets", hybrid.crowds_let_in_by_their_subnets),
)
"""The ids are those of the reference rules, where one can read what a rule is for; HYB-07 is our own."""

_BY_SEVERITY = {severity: place for place, severity in enumerate((ERROR, WARNING, INFO))}


def review(
    document: DesignDocument,
    graph: ResourceGraph,
    types: Mapping[str, ComponentType],
    *,
    rules: tuple[Rule, ...] = RULES,
) -> list[Finding]:
    """All findings, the worst first, then in the order of the rules. The graph is the document's own."""
    design = Evidence(Topology(document, types), graph=graph)
    findings = [finding for rule in rules for finding in _findings(rule, design)]
    return sorted(findings, key=lambda finding: _BY_SEVERITY[finding.severity])


def _findings(rule: Rule, design: Evidence) -> Iterator[Finding]:
    """A rule that breaks tells so itself, and the others go on."""
    try:
        for notice in rule.look(design):
            yield Finding(rule.id, rule.severity, rule.summary, notice.detail, notice.components, notice.fix)
    except Exception:
        logger.exception("rule failed", extra={"rule": rule.id})
        yield Finding(
            rule.id,
            INFO,
            "This check could not run",
            f"The check {rule.id} ({rule.summary.lower()}) stopped with an error of ours; all others ran.",
        )
