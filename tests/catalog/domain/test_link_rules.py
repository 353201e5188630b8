import re
from itertools import product

import pytest
from django.conf import settings

from catalog.domain.link_rules import LINK_KINDS, accepted_by, default_link, find_refusal
from catalog.selectors import component_types

TYPES = component_types()
ALLOWED = [
    (source.key, target, kind)
    for source in TYPES.values()
    for kind, targets in source.links.items()
    for target in targets
]


def refusal(source: str, target: str, kind: str = "traffic") -> str | None:
    return find_refusal(TYPES[source], TYPES[target], kind, TYPES)


@pytest.mark.parametrize(("source", "target", "kind"), ALLOWED)
def test_a_listed_link_is_accepted(source: str, target: str, kind: str) -> None:
    assert refusal(source, target, kind) is None
    assert find_refusal(TYPES[source], TYPES[target], kind) is None


def test_what_the_table_does_not_list_is_refused_with_a_reason() -> None:
    allowed = set(ALLOWED)
    for source, target, kind in product(TYPES, TYPES, LINK_KINDS):
        if (source, target, kind) not in allowed:
            sentence = refusal(source, target, kind)
            assert sentence is not None
            assert sentence[0].isupper()
            assert sentence.endswith(".")
            assert TYPES[target].noun in sentence


@pytest.mark.parametrize(
    ("source", "target", "kind", "sentence"),
    [
        (
            "load_balancer",
            "dbaas",
            "traffic",
            "A load balancer doesn't reach a managed database. Link an app server on MySQL 3306 instead.",
        ),
        (
            "web_server",
            "volume",
            "traffic",
            "A web server doesn't reach a volume. Use a link of kind attach between them.",
        ),
        (
            "volume",
            "web_server",
            "attach",
            "A volume doesn't attach a web server. Draw the link the other way round.",
        ),
        (
            "monitoring",
            "volume",
            "monitor",
            "Monitoring doesn't monitor a volume. It can monitor a web server, an app server or a server.",
        ),
        (
            "internet",
            "db_server",
            "replication",
            "The internet doesn't replicate to an SQL server. Use a link of kind admin between them.",
        ),
        (
            "subnet",
            "volume",
            "attach",
            "A subnet doesn't attach a volume. "
            "Draw it from an analytics cluster, an app server or a business service inside instead.",
        ),
        (
            "zone",
            "region",
            "traffic",
            "An availability zone doesn't reach a region. Put the availability zone in the region instead.",
        ),
        (
            "client",
            "web_server",
            "traffic",
            "A visitor doesn't reach a web server. Link the internet on HTTP 80 instead.",
        ),
        (
            "security_group",
            "web_server",
            "attach",
            "A security group doesn't attach a web server. "
            "Choose the web server under Members of the security group instead.",
        ),
        (
            "load_balancer",
            "scaling_group",
            "traffic",
            "A load balancer doesn't reach a scaling group. Use a link of kind burst between them.",
        ),
        (
            "load_balancer",
            "tier",
            "traffic",
            "A load balancer doesn't reach a tier. "
            "Draw it to an app server, a web server or a business service inside instead.",
        ),
        (
            "file_share",
            "object_store",
            "backup",
            "A file share doesn't back up to an object container. "
            "That is done by an object container, a volume or a dedicated database.",
        ),
        (
            "reserved_capacity",
            "web_server",
            "burst",
            "Reserved capacity doesn't burst into a web server. It has no outgoing links.",
        ),
    ],
)
def test_a_refusal_says_what_to_draw_instead(source: str, target: str, kind: str, sentence: str) -> None:
    assert refusal(source, target, kind) == sentence


def test_without_the_other_types_a_refusal_still_says_why() -> None:
    sentence = find_refusal(TYPES["load_balancer"], TYPES["dbaas"], "traffic")

    assert sentence is not None
    assert sentence.startswith("A load balancer doesn't reach a managed database.")


def test_an_unknown_kind_is_refused_with_the_kinds_there_are() -> None:
    sentence = refusal("web_server", "dbaas", "telepathy")

    assert sentence is not None
    assert "'telepathy'" in sentence
    assert "traffic" in sentence


def test_a_hostile_kind_stays_one_short_line() -> None:
    sentence = refusal("web_server", "dbaas", "x\n" * 10_000)

    assert sentence is not None
    assert "\n" not in sentence
    assert len(sentence) < 400


@pytest.mark.parametrize(
    ("source", "target", "kind", "properties"),
    [
        ("load_balancer", "web_server", "traffic", {"protocol": "HTTP", "port": 80}),
        ("web_server", "dbaas", "traffic", {"protocol": "MySQL", "port": 3306}),
        ("web_server", "object_store", "publish", {"protocol": "HTTPS", "port": 443}),
        ("object_store", "cdn", "origin", {"protocol": "HTTPS", "port": 443}),
        ("cdn", "internet", "deliver", {"protocol": "HTTPS", "port": 443}),
        ("db_server", "db_server", "replication", {"protocol": "MySQL", "port": 3306}),
        ("db_server", "volume", "attach", {"protocol": "virtio"}),
        ("volume", "backup_policy", "backup", {"protocol": "snapshot"}),
        ("monitoring", "internet", "monitor", {"protocol": "HTTPS", "port": 443}),
        ("bastion", "db_server", "admin", {"protocol": "SSH", "port": 22}),
        ("internet", "bastion", "traffic", {"protocol": "SSH", "port": 22}),
        ("vpn_gateway", "vpn_gateway", "tunnel", {"protocol": "IPsec"}),
        ("vpn_vm", "vpn_vm", "tunnel", {"protocol": "tinc", "port": 655}),
        ("hw_load_balancer", "hw_load_balancer", "ha", {"protocol": "VRRP"}),
        ("automation", "web_server", "provision", {"protocol": "SSH", "port": 22}),
        ("web_server", "nas", "attach", {"protocol": "NFS", "port": 2049}),
        ("app_server", "message_queue", "traffic", {"protocol": "AMQP", "port": 5672}),
        ("app_server", "docdb_node", "traffic", {"protocol": "MongoDB", "port": 27017}),
        ("client", "dns_external", "traffic", {"protocol": "DNS", "port": 53}),
        ("load_balancer", "scaling_group", "burst", {"protocol": "HTTP", "port": 80}),
    ],
)
def test_a_new_link_starts_as_people_mean_it(
    source: str, target: str, kind: str, properties: dict[str, object]
) -> None:
    link = default_link(TYPES[source], TYPES[target])

    assert link == {"kind": kind, "style": LINK_KINDS[kind].style, "properties": properties}


def test_types_that_cannot_be_linked_have_no_usual_link() -> None:
    assert default_link(TYPES["load_balancer"], TYPES["dbaas"]) is None


def test_what_a_target_accepts_is_not_shared_between_links() -> None:
    accepted_by(TYPES["web_server"], "traffic")["port"] = 1

    assert accepted_by(TYPES["web_server"], "traffic") == {"protocol": "HTTP", "port": 80}


def test_the_canvas_prefers_the_same_kinds_as_the_server() -> None:
    rules = (settings.BASE_DIR / "frontend/src/document/linkRules.ts").read_text()
    listed = re.search(r"const KINDS = \[(.*?)\];", rules, re.DOTALL)

    assert listed and re.findall(r'"(\w+)"', listed[1]) == list(LINK_KINDS)
