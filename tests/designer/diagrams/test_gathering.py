"""What a line to each card of a frame would say, one line to the frame says; and nothing else is gathered."""

from designer.diagrams.compose import compose
from designer.diagrams.outline import outline
from tests.designer.diagrams.test_compose import REGION, SUBNET

TIER = {**SUBNET, "tier": ("tier", "sn", {}), **{f"web{n}": ("web_server", "tier", {}) for n in (1, 2, 3)}}
OTHERS = {
    "bas": ("bastion", "sn", {"label": "Bastion"}),
    "lb": ("load_balancer", "sn", {}),
    "db": ("db_server", "net", {}),
}
TO_WEB = [f"lb -> web{n} HTTP 80" for n in (1, 2, 3)]
FROM_WEB = [f"web{n} -> db MySQL 3306" for n in (1, 2, 3)]


def ends(scene) -> set[tuple[str, str, str]]:
    return {(line.start, line.end, line.full_name) for line in scene.lines.values()}


def test_lines_to_all_of_a_tier_are_one_line_to_the_tier(a_drawing, types) -> None:
    scene = compose(a_drawing({**TIER, **OTHERS}, [*TO_WEB, *FROM_WEB]), types)

    assert ends(scene) == {("lb", "tier", "HTTP 80"), ("tier", "db", "MySQL 3306")}


def test_a_card_left_out_keeps_the_lines_apart(a_drawing, types) -> None:
    scene = compose(a_drawing({**TIER, **OTHERS}, TO_WEB[:2]), types)

    assert ends(scene) == {("lb", "web1", "HTTP 80"), ("lb", "web2", "HTTP 80")}


def test_lines_that_say_something_else_are_not_gathered(a_drawing, types) -> None:
    scene = compose(a_drawing({**TIER, **OTHERS}, [*TO_WEB[:2], "lb -> web3 HTTP 8080"]), types)

    assert len(scene.lines) == 3


def test_two_lines_of_traffic_to_a_subnet_stay_two(a_drawing, types) -> None:
    pair = {**SUBNET, "web1": ("web_server", "sn", {}), "web2": ("web_server", "sn", {})}
    parts = {**pair, "lb": ("load_balancer", "net", {})}

    assert len(compose(a_drawing(parts, TO_WEB[:2]), types).lines) == 2


def test_a_frame_is_not_reached_from_inside_itself(a_drawing, types) -> None:
    group = {**SUBNET, **{f"web{n}": ("web_server", "sn", {}) for n in (1, 2, 3, 4)}}
    scene = compose(a_drawing(group, [f"web1 -> web{n} SSH 22" for n in (2, 3, 4)]), types)

    assert {line.end for line in scene.lines.values()} == {"web2", "web3", "web4"}


def test_who_reaches_every_server_says_so_on_the_card(a_drawing, types) -> None:
    watched = [*(f"bas -> web{n} admin SSH 22" for n in (1, 2, 3)), "bas -> db admin SSH 22"]
    scene = compose(a_drawing({**TIER, **OTHERS}, watched), types)

    assert not scene.lines
    assert [dock.text for dock in scene.cards["bas"].docks] == ["SSH 22 to all servers"]
    assert "Bastion: SSH 22 to all servers" in outline(scene)


def test_who_leaves_a_server_out_keeps_its_lines(a_drawing, types) -> None:
    scene = compose(a_drawing({**TIER, **OTHERS}, [f"bas -> web{n} admin SSH 22" for n in (1, 2, 3)]), types)

    assert ends(scene) == {("bas", "tier", "Admin SSH 22")}
    assert not scene.cards["bas"].docks


def test_what_is_no_server_keeps_its_line(a_drawing, types) -> None:
    parts = {**REGION, **TIER, **OTHERS, "mon": ("monitoring", None, {}), "www": ("internet", None, {})}
    seen = [f"mon -> {key} monitor HTTPS 443" for key in ("web1", "web2", "web3", "db", "bas", "www")]
    scene = compose(a_drawing(parts, seen), types)

    assert ends(scene) == {("mon", "www", "Monitor HTTPS 443")}
    assert [dock.text for dock in scene.cards["mon"].docks] == ["HTTPS 443 to all servers"]


def test_as_placed_cards_keep_the_canvas_size_so_lines_stay(a_drawing, types) -> None:
    watched = [*(f"bas -> web{n} admin SSH 22" for n in (1, 2, 3)), "bas -> db admin SSH 22"]
    scene = compose(a_drawing({**TIER, **OTHERS}, watched), types, as_placed=True)

    assert not scene.cards["bas"].docks
    assert ends(scene) == {("bas", "tier", "Admin SSH 22"), ("bas", "db", "Admin SSH 22")}
