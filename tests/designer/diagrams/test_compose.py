"""What becomes of the parts of a design: cards, frames, chips, docks and lines."""

from dataclasses import replace

from designer.diagrams.compose import compose
from designer.domain.document import DesignDocument

REGION = {"reg": ("region", None, {}), "net": ("network", "reg", {"cidr": "10.0.0.0/16"})}
SUBNET = {**REGION, "sn": ("subnet", "net", {"cidr": "10.0.1.0/24", "public": False})}


def test_a_server_card_says_its_name_size_and_number(a_drawing, types) -> None:
    web = {"label": "Web", "count": 3, "size": {"vcpus": 2, "ram_gib": 4}}
    scene = compose(a_drawing({**SUBNET, "web": ("web_server", "sn", web)}), types)

    card = scene.cards["web"]
    assert (card.title, card.fact, card.count, card.stack) == (("Web",), "2 vCPU · 4 GiB", 3, 2)
    assert (card.category, card.icon) == (types["web_server"].category, types["web_server"].icon)


def test_facts_are_said_in_units(a_drawing, types) -> None:
    scene = compose(
        a_drawing(
            {
                "files": ("object_store", None, {"size_gb": 200}),
                "cdn": ("cdn", None, {"egress_gb_month": 500}),
                "lb": ("load_balancer", None, {"scheme": "public", "tls": True}),
                "grow": ("growth_pool", None, {"current": 0, "max": 3, "size": {"vcpus": 2, "ram_gib": 4}}),
                "half": ("web_server", None, {"size": {"vcpus": 1, "ram_gib": 0.5}}),
                "bare": ("internet", None, {}),
            }
        ),
        types,
    )

    assert {key: card.fact for key, card in scene.cards.items()} == {
        "files": "200 GB",
        "cdn": "500 GB a month",
        "lb": "Public, TLS",
        "grow": "up to 3 more",
        "half": "1 vCPU · 0.5 GiB",
        "bare": "",
    }
    assert scene.cards["grow"].planned


def test_a_component_without_a_label_is_called_by_its_type(a_drawing, types) -> None:
    scene = compose(
        a_drawing(
            {"web": ("web_server", None, {"label": " \u200b "}), "x": ("no_such_type", None, {"label": ""})}
        ),
        types,
    )

    assert scene.cards["web"].title == ("Web server",)
    assert scene.cards["x"].title == ("no_such_type",)


def test_a_volume_hangs_on_its_server_and_its_links_start_there(a_drawing, types) -> None:
    parts = {
        **SUBNET,
        "db": ("db_server", "sn", {"count": 2}),
        "disk": ("volume", "sn", {"size_gib": 100}),
        "bk": ("backup_policy", "reg", {}),
    }
    scene = compose(a_drawing(parts, ["db -> disk attach virtio", "disk -> bk backup snapshot"]), types)

    assert "disk" not in scene.cards
    assert [dock.text for dock in scene.cards["db"].docks] == ["100 GiB volume each"]
    assert [(line.source, line.target, line.words) for line in scene.lines.values()] == [
        ("db", "bk", "Snapshot")
    ]


def test_an_address_hangs_on_what_it_is_bound_to(a_drawing, types) -> None:
    parts = {
        **SUBNET,
        "web": ("web_server", "sn", {}),
        "eip": ("floating_ip", "reg", {"count": 2, "bound_to": "web"}),
    }

    scene = compose(a_drawing(parts, callouts={4: ("Moves to the stand-by.", ["eip"])}), types)

    assert [dock.text for dock in scene.cards["web"].docks] == ["2 floating IPs"]
    assert scene.cards["web"].badges == (4,)


def test_things_without_links_are_chips_of_their_container(a_drawing, types) -> None:
    parts = {
        **SUBNET,
        "web": ("web_server", "sn", {}),
        "rt": ("route_table", "sn", {"label": "rt-front"}),
        "az": ("zone", "reg", {}),
    }
    scene = compose(a_drawing(parts, callouts={1: ("Two of them.", ["az"])}), types)

    assert [chip.text for chip in scene.frames["sn"].chips] == ["rt-front"]
    assert [(chip.text, chip.badges) for chip in scene.frames["reg"].chips] == [("az", (1,))]
    assert set(scene.cards) == {"web"}


def test_a_network_with_one_subnet_is_one_frame(a_drawing, types) -> None:
    parts = {**SUBNET, "web": ("web_server", "sn", {})}
    scene = compose(a_drawing(parts, callouts={2: ("Internal.", ["net"])}), types)

    assert set(scene.frames) == {"reg", "sn"}
    frame = scene.frames["sn"]
    assert (frame.title, frame.detail, frame.look, frame.parent, frame.badges) == (
        "net › sn",
        "10.0.1.0/24",
        "network",
        "reg",
        (2,),
    )
    assert scene.cards["web"].frame == "sn"


def test_a_network_with_two_subnets_keeps_its_own_frame(a_drawing, types) -> None:
    parts = {
        **SUBNET,
        "web": ("web_server", "sn", {}),
        "sn2": ("subnet", "net", {"public": True}),
        "db": ("dbaas", "sn2", {}),
    }
    scene = compose(a_drawing(parts), types)

    assert {key: (frame.look, frame.parent) for key, frame in scene.frames.items()} == {
        "reg": ("region", None),
        "net": ("network", "reg"),
        "sn": ("subnet", "net"),
        "sn2": ("subnet-public", "net"),
    }


def test_a_container_without_contents_is_a_hollow_card(a_drawing, types) -> None:
    scene = compose(a_drawing({**REGION, "web": ("web_server", "reg", {})}, ["web -> net"]), types)

    assert scene.cards["net"].hollow == "network"
    assert set(scene.frames) == {"reg"}
    assert len(scene.lines) == 1


def test_a_line_to_a_container_ends_at_its_frame(a_drawing, types) -> None:
    scene = compose(
        a_drawing(
            {**SUBNET, "web": ("web_server", "sn", {}), "www": ("internet", None, {})},
            ["www -> net HTTPS 443"],
        ),
        types,
    )

    (line,) = scene.lines.values()
    assert (line.start, line.end, line.target) == ("www", "sn", "web")


def test_a_line_from_a_container_into_itself_begins_at_a_card(a_drawing, types) -> None:
    parts = {**SUBNET, "a": ("web_server", "sn", {}), "b": ("dbaas", "sn", {})}
    scene = compose(a_drawing(parts, ["sn -> b MySQL 3306"]), types)

    (line,) = scene.lines.values()
    assert (line.start, line.end) == ("a", "b")


def test_a_pill_says_kind_protocol_and_port(a_drawing, types) -> None:
    links = [
        "a -> b HTTPS 80,443",
        "a -> b publish HTTPS 443",
        "b -> a admin SSH 22",
        "a -> b IP",
        "a -> b backup snapshot",
    ]
    scene = compose(a_drawing({"a": ("web_server", None, {}), "b": ("object_store", None, {})}, links), types)

    assert [(line.words, line.port) for line in scene.lines.values()] == [
        ("HTTPS", "80, 443"),
        ("Publish HTTPS", "443"),
        ("Admin SSH", "22"),
        ("", ""),
        ("Snapshot", ""),
    ]
    assert scene.lines["l4"].pill_width == 0


def test_a_links_own_label_stands_above_its_protocol(a_drawing, types) -> None:
    design = a_drawing({"a": ("internet", None, {}), "b": ("load_balancer", None, {})}, ["a -> b HTTPS 443"])
    labelled = replace(design.links["l1"], label="Public network", style="dashed")

    line = compose(replace(design, links={"l1": labelled}), types).lines["l1"]

    assert (line.caption, line.words, line.port, line.dashed) == ("Public network", "HTTPS", "443", True)


def test_there_and_back_alike_is_one_line_with_two_heads(a_drawing, types) -> None:
    parts = {"a": ("db_server", None, {}), "b": ("db_server", None, {})}
    alike = compose(
        a_drawing(parts, ["a -> b replication MySQL 3306", "b -> a replication MySQL 3306"]), types
    )
    different = compose(a_drawing(parts, ["a -> b MySQL 3306", "b -> a HTTP 80"]), types)

    assert [line.both_ways for line in alike.lines.values()] == [True]
    assert [line.both_ways for line in different.lines.values()] == [False, False]


def test_three_lines_that_say_the_same_at_one_card_say_it_once(a_drawing, types) -> None:
    parts = {"lb": ("load_balancer", None, {}), **{f"s{n}": ("server", None, {}) for n in range(3)}}
    scene = compose(a_drawing(parts, [f"lb -> s{n} HTTP 80" for n in range(3)]), types)

    assert [line.port for line in scene.lines.values()] == ["", "80", ""]
    assert {line.saying for line in scene.lines.values()} == {("traffic", "HTTP 80")}


def test_traffic_of_servers_that_may_come_is_planned(template, types) -> None:
    scene = compose(template("rax-basic"), types)

    assert {key for key, line in scene.lines.items() if line.kind == "growth"} == {"lb-grow", "grow-db"}


def test_the_order_of_the_documents_maps_changes_nothing(template, types) -> None:
    design = template("osc-net")
    shuffled = DesignDocument(
        design.settings,
        dict(reversed(design.components.items())),
        dict(reversed(design.links.items())),
        design.callouts,
    )

    assert compose(shuffled, types) == compose(design, types)


def test_as_placed_everything_keeps_a_card_or_frame_of_its_own(template, types) -> None:
    design = template("osc-net")
    scene = compose(design, types, as_placed=True)

    assert {*scene.cards, *scene.frames} == set(design.components)
    assert len(scene.lines) == len(design.links)
