"""What each view of a design shows, and what it leaves out."""

from decimal import Decimal

import pytest

from designer.diagrams.costs import ACCOUNT, ComponentCost
from designer.diagrams.scene import Scene
from designer.diagrams.subject import Subject
from designer.diagrams.views import VIEWS


@pytest.fixture
def view(types):
    def compose(name, design, **options) -> Scene:
        return VIEWS[name](Subject(design, types, **options))

    return compose


def dollars(amount: str | None, unpriced: int = 0) -> ComponentCost:
    return ComponentCost(None if amount is None else Decimal(amount), "USD", unpriced)


def arrows(scene: Scene) -> set[tuple[str, str, str]]:
    names = {key: one.full_name for key, one in scene.cards.items()}
    frames = {key: one.full_name for key, one in scene.frames.items()}
    return {
        (names.get(line.start) or frames[line.start], names.get(line.end) or frames[line.end], line.full_name)
        for line in scene.lines.values()
    }


# --- network -------------------------------------------------------------------------------------------


def test_the_network_view_shows_which_subnets_a_router_serves(view, template) -> None:
    scene = view("network", template("osc-net"))

    served = {line.end for line in scene.lines.values() if line.kind == "serves"}
    assert served == {"adm", "front", "intel", "dbs"}
    assert {frame.detail for frame in scene.frames.values() if "subnet" in frame.look} == {
        "10.0.0.0/24",
        "10.0.1.0/24",
        "10.0.2.0/24",
        "10.0.3.0/24",
    }


def test_the_network_view_draws_the_router_that_nobody_drew(view, template) -> None:
    scene = view("network", template("rax-basic"))

    router = next(card for card in scene.cards.values() if card.type == "router")
    assert (router.title, router.frame) == (("Router",), "svc")
    assert {
        (line.start, line.end) for line in scene.lines.values() if router.key in (line.start, line.end)
    } == {
        ("www", router.key),
        (router.key, "sn"),
    }


def test_the_network_view_counts_addresses_and_not_conversations(view, template) -> None:
    scene = view("network", template("osc-net"))

    assert scene.cards["ngx"].fact == "2 addresses"
    assert [dock.text for dock in scene.cards["bas"].docks] == ["1 public address"]
    assert not {line.kind for line in scene.lines.values()} & {"admin", "publish", "replication", "backup"}
    assert "oos" not in scene.cards


def test_servers_of_one_type_in_one_subnet_are_one_stack_of_addresses(view, template) -> None:
    scene = view("network", template("rax-webapp"))

    apps = [card for card in scene.cards.values() if card.type == "app_server"]
    assert [(card.count, card.fact) for card in apps] == [(4, "4 addresses")]


def test_as_placed_the_network_view_keeps_every_server_where_it_is(view, template) -> None:
    scene = view("network", template("rax-webapp"), as_placed=True)

    assert len([card for card in scene.cards.values() if card.type == "app_server"]) == 4


# --- security ------------------------------------------------------------------------------------------


def test_each_arrow_of_the_security_view_is_a_rule(view, template) -> None:
    scene = view("security", template("osc-net"))

    assert arrows(scene) == {
        ("Anywhere (0.0.0.0/0)", "Security group of NGINX front", "tcp 80, 443"),
        ("Security group of NGINX front", "Security group of Intel application VM", "tcp 8080"),
        ("Security group of Intel application VM", "Security group of Database VM (primary)", "tcp 3306"),
        ("Security group of Database VM (standby)", "Security group of Database VM (primary)", "tcp 3306"),
    }
    assert [line.both_ways for line in scene.lines.values() if line.source == "dbr"] == [True]
    assert {line.kind for line in scene.lines.values()} == {"rule"}


@pytest.mark.parametrize("key", ["rax-tiered", "rax-webapp", "cyb-multi", "beh-hybrid"])
def test_no_rule_of_the_security_view_goes_unsaid(view, template, key) -> None:
    scene = view("security", template(key))

    assert {line.key for line in scene.lines.values() if not line.words + line.port} == set()


def test_rules_for_administrators_are_chips(view, template) -> None:
    scene = view("security", template("osc-net"))

    said = {key: [chip.text for chip in frame.chips] for key, frame in scene.frames.items()}
    assert said["int/groups"] == ["tcp 22 from Bastion"]
    assert said["bas/groups"] == ["tcp 22 from 203.0.113.0/24"]


def test_ssh_from_anywhere_is_an_arrow(view, a_drawing) -> None:
    design = open_to_the_world(a_drawing)
    scene = view("security", design)

    assert ("Anywhere (0.0.0.0/0)", "Security group of web", "tcp 22") in arrows(scene)


def open_to_the_world(a_drawing):
    size = {"vcpus": 1, "ram_gib": 2, "disk_gib": 20}
    server = {
        **{"count": 1, "size": size, "software": "none", "image": "ubuntu-24.04", "boot_volume_gib": 0},
        **{"public_address": True, "zones": []},
    }
    parts = {
        "net": ("network", None, {"cidr": "10.0.0.0/16", "kind": "isolated"}),
        "sn": ("subnet", "net", {"cidr": "10.0.1.0/24", "public": True, "dns_nameservers": []}),
        "web": ("server", "sn", server),
        "www": ("internet", None, {}),
    }
    return a_drawing(parts, ["www -> web SSH 22"])


def test_a_balancers_members_let_in_the_balancer_and_a_database_its_list(view, template) -> None:
    scene = view("security", template("rax-basic"))

    assert arrows(scene) == {
        ("Anywhere (0.0.0.0/0)", "Listeners of Cloud Load Balancer", "tcp 443"),
        (
            "Listeners of Cloud Load Balancer",
            "Security group of Web instance cloud server",
            "from 10.0.10.0/24 tcp 80",
        ),
        ("All of Service subnet (10.0.10.0/24)", "Allow list of Cloud Databases (MySQL)", "tcp 3306"),
    }


def test_a_group_that_somebody_drew_guards_the_servers_that_carry_it(view, template) -> None:
    scene = view("security", template("os-ecommerce-auto"))

    (web,) = (frame for frame in scene.frames.values() if frame.title == "eCommerce_Web_SG")
    assert [card.full_name for card in scene.cards_within(web.key)] == ["Web proxies"]
    assert ("Anywhere (0.0.0.0/0)", web.full_name, "tcp 22, 80") in arrows(scene)
    assert "security_group" not in {card.type for card in scene.cards.values()}


def test_without_the_arrow_there_is_no_rule(view, template) -> None:
    from dataclasses import replace

    design = template("osc-net")
    links = {key: link for key, link in design.links.items() if link.target != "int"}
    scene = view("security", replace(design, links=links))

    assert not [line for line in scene.lines.values() if line.end == "int/groups"]
    assert scene.frames["int/groups"].detail == "lets nothing in"


def test_as_placed_rules_run_between_cards_where_they_stand(view, template) -> None:
    design = template("osc-net")
    scene = view("security", design, as_placed=True)

    assert {*scene.cards, *scene.frames} == set(design.components)
    assert ("www", "ngx") in {(line.start, line.end) for line in scene.lines.values()}
    assert scene.cards["ngx"].fact == "3 rules"


# --- flow ----------------------------------------------------------------------------------------------


def test_the_flow_view_shows_where_data_goes_and_no_networks(view, template) -> None:
    scene = view("flow", template("rax-basic"))

    assert {line.kind for line in scene.lines.values()} == {
        "traffic",
        "growth",
        "publish",
        "origin",
        "deliver",
    }
    assert {frame.look for frame in scene.frames.values()} == {"region"}
    assert "mon" not in scene.cards


def test_a_view_keeps_the_notes_of_what_it_shows(view, a_drawing) -> None:
    parts = {
        **{"www": ("internet", None, {}), "web": ("web_server", None, {})},
        "mon": ("monitoring", None, {}),
    }
    notes = {1: ("Visitors arrive here.", ["www"]), 2: ("Watches.", ["mon"])}
    scene = view("flow", a_drawing(parts, ["www -> web HTTP 80", "mon -> web monitor"], callouts=notes))

    assert [note.number for note in scene.notes] == [1]
    assert set(scene.cards) == {"www", "web"}


# --- cost ----------------------------------------------------------------------------------------------


def test_the_cost_view_shows_amounts_warmth_sums_and_shares(view, template) -> None:
    costs = {"web": dollars("90"), "db": dollars("10"), "lb": dollars("0")}
    scene = view("cost", template("rax-basic"), costs=costs)

    web, db, internet = (scene.cards[key].cost for key in ("web", "db", "www"))
    assert (web.said, web.heat) == ("$90.00", 1.0)
    assert db.said == "$10.00"
    assert 0 < db.heat < 0.5
    assert internet is None
    assert scene.frames["sn"].cost == "$100.00 · 100 %"
    assert scene.subtitle == "Cost a month: $100.00"


def test_what_has_no_price_looks_unpriced_and_never_free(view, template) -> None:
    costs = {"web": dollars(None, 2), "db": dollars("10", 1)}
    scene = view("cost", template("rax-basic"), costs=costs)

    assert (scene.cards["web"].cost.said, scene.cards["web"].cost.unpriced) == ("No price", True)
    assert (scene.cards["db"].cost.said, scene.cards["db"].cost.unpriced) == ("$10.00 + ?", True)
    assert scene.frames["sn"].cost == "$10.00 + ? · 100 %"
    assert scene.subtitle == "Cost a month: $10.00, 3 parts without a price, not in the sum"


def test_what_is_fastened_to_a_card_or_a_chip_is_in_the_sums(view, a_drawing) -> None:
    parts = {
        "reg": ("region", None, {}),
        "db": ("db_server", "reg", {}),
        "disk": ("volume", "reg", {"size_gib": 100}),
        "ip": ("floating_ip", "reg", {}),
    }
    costs = {"db": dollars("20"), "disk": dollars("5"), "ip": dollars("3"), ACCOUNT: dollars("2")}
    scene = view("cost", a_drawing(parts, ["db -> disk attach virtio"]), costs=costs)

    assert scene.cards["db"].cost.said == "$25.00"
    assert scene.frames["reg"].cost == "$28.00 · 93 %"
    assert [chip.text for chip in scene.frames["reg"].chips] == ["$3.00 · ip"]
    assert scene.subtitle == "Cost a month: $30.00, $2.00 of it for the account"


def test_a_scaling_groups_cost_is_on_the_servers_it_starts(view, template) -> None:
    scene = view("cost", template("os-ecommerce-auto"), costs={"wasg": dollars("50")})

    (member,) = (card for card in scene.cards.values() if card.frame == "wasg")
    assert member.cost.said == "$50.00"


def test_the_cost_view_speaks_of_nothing_but_cost(view, template) -> None:
    scene = view("cost", template("rax-basic"), costs={"web": dollars("90")})

    assert not scene.notes
    assert all(line.faint and not line.pill_width for line in scene.lines.values())
    assert not any(card.badges for card in scene.cards.values())


# --- executive -----------------------------------------------------------------------------------------


def test_the_executive_view_has_one_card_for_each_tier(view, template) -> None:
    scene = view("executive", template("rax-webapp"))

    said = {card.full_name: card.fact for card in scene.cards.values() if card.frame}
    assert said["Web tier"] == "2 servers"
    assert said["Application tier"] == "4 servers"
    assert len(scene.frames) == 1
    assert all(not line.full_name for line in scene.lines.values())


def test_a_tier_of_one_says_its_name_where_there_is_room_for_it(view, template) -> None:
    scene = view("executive", template("rax-webapp"))

    said = {card.full_name: card.fact for card in scene.cards.values() if card.frame}
    assert said["Network edge"] == "Cloud Load Balancer"
    assert said["Data tier"] == "1 database"  # "Cloud Databases (MySQL)" is too long


def test_mirrored_regions_have_their_tiers_each(view, template) -> None:
    scene = view("executive", template("cyb-multi"))

    tiers = [
        sorted(card.full_name for card in scene.cards.values() if card.frame == key) for key in scene.frames
    ]
    assert len(tiers) == 2
    assert tiers[0] == tiers[1]


def test_a_line_through_a_router_joins_the_tiers_around_it(view, template) -> None:
    scene = view("executive", template("osc-net"))
    names = {key: card.full_name for key, card in scene.cards.items()}

    joined = {(names[line.start], names[line.end]) for line in scene.lines.values()}
    assert ("Internet", "Web tier") in joined
    assert ("Application tier", "Data tier") in joined


def test_an_internal_balancer_belongs_to_the_tier_behind_it(view, template) -> None:
    scene = view("executive", template("rax-webapp"))
    names = {key: card.full_name for key, card in scene.cards.items()}

    (line,) = (one for one in scene.lines.values() if names[one.end] == "Application tier")
    assert (names[line.start], line.both_ways) == ("Web tier", False)


def test_the_executive_view_has_no_place_on_the_canvas(view, template) -> None:
    design = template("rax-basic")

    assert view("executive", design, as_placed=True) == view("executive", design)


# --- every view ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_of_an_empty_design_is_empty(name, view, a_drawing) -> None:
    scene = view(name, a_drawing({}))

    assert (dict(scene.cards), dict(scene.lines)) == ({}, {})


def test_components_without_a_label_go_by_the_names_of_a_provider(types, a_drawing) -> None:
    design = a_drawing({"db": ("dbaas", None, {"label": ""})})

    said = {
        naming: VIEWS["full"](Subject(design, types, naming=naming)).cards["db"].full_name
        for naming in ("generic", "rackspace", "openstack", "outscale")
    }
    assert said["generic"] == types["dbaas"].label
    assert len(set(said.values())) >= 3
