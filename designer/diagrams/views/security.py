"""Security: groups are frames, and each arrow is a rule that will be in the cloud."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from designer.diagrams import scene as sizes
from designer.diagrams.cards import measured_card
from designer.diagrams.compose import compose_all
from designer.diagrams.facts import container_detail, fact_line
from designer.diagrams.lines import line_between, worded_line
from designer.diagrams.measuring import REGULAR, SEMIBOLD, one_line, shorten, wrap
from designer.diagrams.scene import Card, Chip, Frame, Line, Scene
from designer.diagrams.sizing import measured_frame
from designer.diagrams.subject import Subject
from designer.diagrams.views.rules import Firewall, Opening, read_firewall
from designer.domain.document import Component
from designer.domain.resources import SECURITY_GROUP

SUBTITLE = "Security groups and what they let in"
_ANYWHERE = "anywhere"
_CHIP_ROOM = 240
_MOST_CHIPS = 6


def compose_security(subject: Subject) -> Scene:
    firewall = read_firewall(subject.graph)
    arrows = [one for one in firewall.openings if not (one.is_own or one.is_administration)]
    if subject.as_placed:
        return _on_the_canvas(subject, firewall, arrows)
    frames = {_group(key): _frame(subject, firewall, key) for key in _guarded(subject, firewall)}
    cards = {key: _member(subject, key) for key in _guarded(subject, firewall)}
    for opening in arrows:
        if _group(opening.source) not in frames:
            card = _source(subject, opening)
            cards.setdefault(card.key, card)
    ends = {key: _group(key) for key in firewall.groups}
    return Scene(subject.heading, cards, frames, _lines(arrows, ends, cards, frames), (), SUBTITLE)


def _guarded(subject: Subject, firewall: Firewall) -> list[str]:
    return [key for key in subject.components if key in firewall.groups]


def _group(component: str) -> str:
    return f"{component}/groups"


# --- frames ------------------------------------------------------------------------------------------


def _frame(subject: Subject, firewall: Firewall, key: str) -> Frame:
    title = _title(subject, firewall, key)
    rules = [one for one in firewall.openings if one.target == key]
    number = len(rules) + len(firewall.outgoing.get(key, ()))
    return measured_frame(
        Frame(
            key=_group(key),
            look="security_group",
            icon="shield-check",
            title=shorten(title, sizes.TAB, SEMIBOLD, _CHIP_ROOM),
            detail=f"{number} rule{'s' * (number != 1)}" if number else "lets nothing in",
            full_name=f"{title} of {subject.name(subject.components[key])}",
            parent=None,
            chips=tuple(_chips(subject, rules, firewall.outgoing.get(key, ()))),
        )
    )


def _title(subject: Subject, firewall: Firewall, key: str) -> str:
    """Groups that somebody drew have a name; what isn't a group is called by what it is."""
    if not firewall.groups[key]:
        balancer = subject.family(subject.components[key]) == "load_balancer"
        return "Listeners" if balancer else "Allow list"
    drawn = [
        subject.name(subject.components[group.component])
        for name in firewall.groups[key]
        if (group := subject.graph[name]).kind == SECURITY_GROUP
        and group.component in subject.components
        and subject.components[group.component].type == "security_group"
    ]
    return " + ".join(drawn) or "Security group"


def _chips(subject: Subject, rules: list[Opening], outgoing: tuple[str, ...]) -> Iterator[Chip]:
    """Administrators, copies of the same component and outgoing rules: words rather than arrows."""
    own = [rule for rule in rules if rule.is_own]
    said = [("arrows-exchange", f"{_words(own)} among themselves")] if own else []
    for rule in rules:
        if rule.is_administration and not rule.is_own:
            source = subject.components.get(rule.source)
            said.append(("key", f"{_words([rule])} from {subject.name(source) if source else rule.cidr}"))
    said += [("arrows-exchange", words) for words in outgoing]
    for icon, words in said[:_MOST_CHIPS]:
        yield Chip(icon, shorten(one_line(words), sizes.PILL, REGULAR, _CHIP_ROOM))
    if len(said) > _MOST_CHIPS:
        yield Chip("key", f"and {len(said) - _MOST_CHIPS} more")


# --- cards -------------------------------------------------------------------------------------------


def _member(subject: Subject, key: str) -> Card:
    component: Component = subject.components[key]
    name = subject.name(component)
    return measured_card(
        Card(
            key=key,
            type=component.type,
            category=subject.category(component),
            icon=subject.icon(component),
            title=wrap(name, sizes.TITLE, SEMIBOLD, sizes.TEXT_ROOM, lines=3),
            fact=container_detail(component) or fact_line(component),
            full_name=name,
            frame=_group(key),
            count=max(component.count, 1),
        )
    )


def _source(subject: Subject, opening: Opening) -> Card:
    """Where traffic comes from that belongs to no group: the whole Internet, a subnet, a range."""
    if opening.is_anywhere:
        return _outside(_ANYWHERE, "internet", "world", "Anywhere", opening.cidr)
    if opening.source:
        return replace(_member(subject, opening.source), frame=None)
    names = [subject.name(one) for one in _of_range(subject, opening.cidr)]
    title = f"All of {names[0]}" if names else "Address range"
    return _outside(f"range {opening.cidr}", "range", "sitemap", title, opening.cidr)


def _of_range(subject: Subject, cidr: str) -> list[Component]:
    """The subnet of exactly this range; else the network, else the site."""
    drawn = [one for one in subject.components.values() if _has_range(one, cidr)]
    return sorted(
        drawn, key=lambda one: ("subnet", "network").index(one.type) if "cidr" in one.properties else 2
    )


def _has_range(component: Component, cidr: str) -> bool:
    if component.type in ("subnet", "network"):
        return component.properties.get("cidr") == cidr
    return component.type == "datacenter" and cidr in component.properties.get("peer_cidrs", ())


def _outside(key: str, kind: str, icon: str, title: str, fact: str) -> Card:
    words = wrap(title, sizes.TITLE, SEMIBOLD, sizes.TEXT_ROOM, lines=3)
    return measured_card(Card(key, kind, "edge", icon, words, one_line(fact), f"{title} ({fact})", None))


# --- arrows ------------------------------------------------------------------------------------------


def _lines(
    arrows: list[Opening], ends: Mapping[str, str], cards: Mapping[str, Card], frames: Mapping[str, Frame]
) -> dict[str, Line]:
    """One arrow from each source to each target, with all the ports that it opens: each says its own rule."""
    between: dict[tuple[str, str], list[Opening]] = {}
    for opening in arrows:
        source = ends.get(opening.source, opening.source)
        if opening.cidr:
            source = _ANYWHERE if opening.is_anywhere else f"range {opening.cidr}"
            source = ends.get(source, source)
        between.setdefault((source, ends[opening.target]), []).append(opening)
    lines: dict[tuple[str, str], Line] = {}
    for (start, end), openings in between.items():
        line = line_between(start, end, cards, frames, key=f"{start} → {end}", kind="rule")
        if line is None:
            continue
        line = worded_line(line, *_pill(openings))
        back = lines.get((end, start))
        if back and back.saying == line.saying:
            lines[end, start] = replace(back, both_ways=True)
        else:
            lines[start, end] = line
    return {line.key: line for line in lines.values()}


def _pill(openings: list[Opening]) -> tuple[str, str, str]:
    """("", "tcp", "80, 443"); above it a second protocol, and the range that the rule really names."""
    *others, protocol = sorted({one.protocol for one in openings}, reverse=True)
    above = _words([one for one in openings if one.protocol in others])
    ports = _in_runs({one.ports for one in openings if one.protocol == protocol})
    ranges = [f"from {one}" for one in sorted({one.by_range for one in openings} - {""})]
    above = ", ".join([*ranges, *filter(None, [above])])
    return above, _protocol(protocol), ", ".join(ports)


def _in_runs(ports: set[str]) -> list[str]:
    """Ports in order, neighbours as a run: 4444, 4567–4568."""
    runs: list[list[int]] = []
    for port in sorted(int(port) for port in ports if port.isdigit()):
        if runs and port == runs[-1][-1] + 1:
            runs[-1][1:] = [port]
        else:
            runs.append([port])
    said = ["–".join(str(end) for end in run) for run in runs]
    return said + sorted(port for port in ports if port and not port.isdigit())


def _words(openings: list[Opening]) -> str:
    ports: dict[str, set[str]] = {}
    for one in openings:
        ports.setdefault(_protocol(one.protocol), set()).add(one.ports)
    return ", ".join(f"{name} {', '.join(_in_runs(some))}".strip() for name, some in sorted(ports.items()))


def _protocol(name: str) -> str:
    return "any traffic" if name == "any" else name


# --- as placed -----------------------------------------------------------------------------------------


def _on_the_canvas(subject: Subject, firewall: Firewall, arrows: list[Opening]) -> Scene:
    """Everything where it stands on the canvas; cards say how many rules guard them."""
    scene = compose_all(subject)
    cards = {
        key: measured_card(replace(card, fact=_frame(subject, firewall, key).detail, badges=()))
        if key in firewall.groups and not card.hollow
        else replace(card, badges=())
        for key, card in scene.cards.items()
    }
    ends = {key: key for key in firewall.groups}
    world = next((one.key for one in cards.values() if one.type == "internet"), None)
    for opening in arrows:
        if opening.cidr or (opening.source not in cards and opening.source not in scene.frames):
            card = _source(subject, opening)
            around = [one.id for one in _of_range(subject, opening.cidr) if one.id in scene.frames]
            if opening.is_anywhere and world:
                ends[card.key] = world
            elif around:
                ends[card.key] = around[0]
            else:
                cards.setdefault(card.key, card)
    lines = _lines(arrows, ends, cards, scene.frames)
    return replace(scene, cards=cards, lines=lines, notes=(), subtitle=SUBTITLE)
