"""From a design to a scene: every component finds its card, its frame or its words, every link its line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from catalog.domain.component_specs import ComponentType
from designer.diagrams import scene as sizes
from designer.diagrams.fates import Fates, category_of, decide_fates, is_container, natural_order
from designer.diagrams.measuring import REGULAR, SEMIBOLD, one_line, shorten, text_width, wrap
from designer.diagrams.scene import Card, Chip, Dock, Frame, Line, Note, Scene
from designer.diagrams.sizing import measured_frame, measured_line
from designer.diagrams.wording import container_detail, display_name, dock_text, fact_line, pill_words
from designer.domain.document import Component, DesignDocument, Link

_FALLBACK_ICON = "server"
_BUNDLE = 3  # from so many lines with the same words at one card, only the middle one says them
_TAB_ROOM, _CHIP_ROOM, _HOLLOW_ROOM = 300, 260, 200
_LONGEST_DOUBLE_NAME = 46  # characters; a longer pair of names is cut to the first
_TITLE_LINES, _TITLE_LINES_AS_PLACED = 3, 2


def compose(
    document: DesignDocument, types: Mapping[str, ComponentType], *, title: str = "", as_placed: bool = False
) -> Scene:
    """`as_placed`: everything that has a place on the canvas keeps a card or a frame of its own."""
    writer = _Writer(document, types, Fates() if as_placed else decide_fates(document, types))
    writer.title_lines = _TITLE_LINES_AS_PLACED if as_placed else _TITLE_LINES
    containers = writer.containers()
    cards = writer.cards(containers)
    frames = {key: frame for key, frame in containers.items() if key not in cards}
    notes = tuple(
        Note(int(callout["number"]), text)
        for callout in document.callouts
        if (text := one_line(callout.get("text", ""), limit=400))
    )
    return Scene(one_line(title, limit=300), cards, frames, _say_once(writer.lines(cards, frames)), notes)


class _Writer:
    """Turns the parts of a design into those of a scene, in an order of their own."""

    title_lines = _TITLE_LINES

    def __init__(self, document: DesignDocument, types: Mapping[str, ComponentType], fates: Fates) -> None:
        self.document, self.types, self.fates = document, types, fates
        self.components = {
            key: document.components[key] for key in sorted(document.components, key=natural_order)
        }
        self.links = [document.links[key] for key in sorted(document.links, key=natural_order)]
        self.facts_of = self._grouped(fates.chips)
        self.fastened_to = self._grouped(fates.docked)
        self.badges: dict[str, list[int]] = {}
        for callout in document.callouts:
            for key in callout.get("components", ()):
                self.badges.setdefault(key, []).append(int(callout["number"]))

    def _grouped(self, hosts: Mapping[str, str]) -> dict[str, list[Component]]:
        groups: dict[str, list[Component]] = {}
        for key, component in self.components.items():
            if key in hosts:
                groups.setdefault(hosts[key], []).append(component)
        return groups

    # --- containers ------------------------------------------------------------------------------

    def containers(self) -> dict[str, Frame]:
        """Every container that is drawn, with contents or without."""
        return {
            key: self._frame(component)
            for key, component in self.components.items()
            if is_container(component, self.types) and self.fates.is_drawn(key)
        }

    def _frame(self, component: Component) -> Frame:
        hosts = [self.components[key] for key in self.fates.hosts_of(component.id)]
        names = [self._name(host) for host in hosts]
        title = " › ".join(names)
        if len(title) > _LONGEST_DOUBLE_NAME or (len(names) > 1 and names[-1].lower() in names[0].lower()):
            title = names[0]
        # A merged frame looks like the network that it is, unless its subnet is open to the public.
        look = frame_look(component)
        detail = next((said for host in reversed(hosts) if (said := container_detail(host))), "")
        return measured_frame(
            Frame(
                key=component.id,
                look=look if look.endswith("-public") else frame_look(hosts[0]),
                icon=self._icon(hosts[0]),
                title=shorten(title, sizes.TAB, SEMIBOLD, _TAB_ROOM),
                detail=shorten(detail, sizes.DETAIL, REGULAR, _TAB_ROOM),
                full_name=" › ".join(names),
                parent=self._frame_around(component),
                chips=tuple(self._chips(hosts)),
                badges=self._numbers(hosts),
            )
        )

    def _chips(self, hosts: list[Component]) -> Iterator[Chip]:
        for component in (fact for host in hosts for fact in self.facts_of.get(host.id, ())):
            count = f"{component.count} × " if component.count > 1 else ""
            text = shorten(count + self._name(component), sizes.PILL, REGULAR, _CHIP_ROOM)
            yield Chip(self._icon(component), text, self._numbers([component]))

    def _frame_around(self, component: Component) -> str | None:
        outermost = self.components[self.fates.hosts_of(component.id)[0]]
        return self.fates.spokesman(outermost.parent) if outermost.parent else None

    # --- cards -----------------------------------------------------------------------------------

    def cards(self, containers: Mapping[str, Frame]) -> dict[str, Card]:
        """A card for each component, and a hollow one for each container that holds nothing drawn."""
        drawn = [component for key, component in self.components.items() if self.fates.is_drawn(key)]
        filled = {self._frame_around(component) for component in drawn}
        return {
            component.id: self._hollow_card(component, containers[component.id])
            if component.id in containers
            else self._card(component)
            for component in drawn
            if component.id not in containers or component.id not in filled
        }

    def _card(self, component: Component) -> Card:
        name = self._name(component)
        fastened = self.fastened_to.get(component.id, [])
        title = wrap(name, sizes.TITLE, SEMIBOLD, sizes.TEXT_ROOM, lines=self.title_lines)
        fact = shorten(fact_line(component), sizes.FACT, REGULAR, sizes.TEXT_ROOM)
        words = sizes.TITLE_LINE * len(title) + (sizes.FACT_LINE if fact else 0)
        return Card(
            key=component.id,
            type=component.type,
            category=category_of(component, self.types),
            icon=self._icon(component),
            title=title,
            fact=fact,
            full_name=name,
            frame=self._frame_around(component),
            count=max(component.count, 1),
            docks=tuple(self._dock(one, component) for one in fastened),
            badges=self._numbers([component, *fastened]),
            planned=component.type == "growth_pool",
            height=max(words, sizes.TILE) + 20 + sizes.DOCK_HEIGHT * len(fastened),
        )

    def _dock(self, component: Component, host: Component) -> Dock:
        text = shorten(dock_text(component, servers=host.count), sizes.FACT, REGULAR, sizes.TEXT_ROOM)
        return Dock(self._icon(component), category_of(component, self.types), text)

    def _hollow_card(self, component: Component, frame: Frame) -> Card:
        """A container without contents: a small frame of its own look that lines can reach."""
        facts = " · ".join(filter(None, [frame.detail, ", ".join(chip.text for chip in frame.chips)]))
        fact = shorten(facts, sizes.DETAIL, REGULAR, _HOLLOW_ROOM)
        title = shorten(frame.title, sizes.TAB, SEMIBOLD, _HOLLOW_ROOM)
        words = max(text_width(title, sizes.TAB, SEMIBOLD), text_width(fact, sizes.DETAIL))
        return Card(
            key=component.id,
            type=component.type,
            category=category_of(component, self.types),
            icon=frame.icon,
            title=(title,),
            fact=fact,
            full_name=frame.full_name,
            frame=frame.parent,
            badges=tuple(
                sorted({*frame.badges, *(number for chip in frame.chips for number in chip.badges)})
            ),
            hollow=frame.look,
            width=max(sizes.CARD_WIDTH, words + 48),
            height=sizes.TILE + 20,
        )

    # --- lines -----------------------------------------------------------------------------------

    def lines(self, cards: Mapping[str, Card], frames: Mapping[str, Frame]) -> list[Line]:
        """What goes there and back alike is one line with two heads; what is said twice is drawn once."""
        lines: dict[tuple[str, ...], Line] = {}
        for link in self.links:
            if link.kind == "attach" and self.fates.docked.get(link.target) == link.source:
                continue
            line = self._line(link, cards, frames)
            if line is None:
                continue
            back = (line.end, line.start, *line.saying)
            if back in lines:
                lines[back] = replace(lines[back], both_ways=True)
            else:
                lines.setdefault((line.start, line.end, *line.saying), line)
        return list(lines.values())

    def _line(self, link: Link, cards: Mapping[str, Card], frames: Mapping[str, Frame]) -> Line | None:
        """None when both ends are one and the same card."""
        start, end = self.fates.spokesman(link.source), self.fates.spokesman(link.target)
        source = self._card_for(start, cards, frames, other=end)
        target = self._card_for(end, cards, frames, other=start)
        if source is None or target is None or source == target:
            return None
        kind = self._kind(link)
        words, port = pill_words(link, kind)
        caption = one_line(link.label, limit=60)
        return measured_line(
            Line(
                key=link.id,
                source=source,
                target=target,
                kind=kind,
                dashed=link.style == "dashed",
                caption=shorten(caption, sizes.PILL, REGULAR, 130),
                words=shorten(words, sizes.PILL, REGULAR, 110),
                port=shorten(port, sizes.PILL, SEMIBOLD, 80),
                # A line from a frame into that same frame begins at the card that stands for it.
                source_frame=start
                if start != source and start not in _around(cards[target], frames)
                else None,
                target_frame=end if end != target and end not in _around(cards[source], frames) else None,
                full_name=" ".join(part for part in (caption, words, port) if part),
            )
        )

    def _kind(self, link: Link) -> str:
        """Traffic of servers that don't exist yet is a kind of its own."""
        ends = (self.components[link.source].type, self.components[link.target].type)
        return "growth" if link.kind == "traffic" and "growth_pool" in ends else link.kind

    def _card_for(
        self, key: str, cards: Mapping[str, Card], frames: Mapping[str, Frame], *, other: str
    ) -> str | None:
        """The card that Graphviz ties a line to: for a container, one inside that isn't the other end."""
        if key in cards:
            return key
        return next(
            (card.key for card in cards.values() if card.key != other and key in _around(card, frames)), None
        )

    # --- what the catalogue and the callouts know --------------------------------------------------

    def _name(self, component: Component) -> str:
        return display_name(component, self.types.get(component.type))

    def _icon(self, component: Component) -> str:
        known = self.types.get(component.type)
        return known.icon if known else _FALLBACK_ICON

    def _numbers(self, components: list[Component]) -> tuple[int, ...]:
        return tuple(sorted({number for one in components for number in self.badges.get(one.id, ())}))


def frame_look(component: Component) -> str:
    """The palette's name for a container: public subnets differ from private ones."""
    public = component.type == "subnet" and component.properties.get("public")
    return "subnet-public" if public else component.type


def _around(card: Card, frames: Mapping[str, Frame]) -> list[str]:
    """The frames around a card, innermost first."""
    around = []
    frame = card.frame
    while frame is not None:
        around.append(frame)
        frame = frames[frame].parent
    return around


def _say_once(lines: list[Line]) -> dict[str, Line]:
    """Where several lines at one card say the same, the middle one says it for all."""
    quiet: set[str] = set()
    for end in ("start", "end"):
        bundles: dict[tuple[str, ...], list[Line]] = {}
        for line in lines:
            if line.full_name and line.key not in quiet:
                bundles.setdefault((getattr(line, end), *line.saying), []).append(line)
        for bundle in bundles.values():
            if len(bundle) >= _BUNDLE:
                quiet.update(line.key for line in bundle if line is not bundle[len(bundle) // 2])
    return {line.key: _silent(line) if line.key in quiet else line for line in lines}


def _silent(line: Line) -> Line:
    return replace(line, caption="", words="", port="", pill_width=0, pill_height=0)
