"""Containers become frames; one that holds nothing drawn becomes a small card of a frame's look."""

from collections.abc import Iterator, Mapping

from designer.diagrams import scene as sizes
from designer.diagrams.facts import container_detail, scaling_range
from designer.diagrams.fates import Fates, is_container
from designer.diagrams.measuring import REGULAR, SEMIBOLD, shorten, text_width
from designer.diagrams.scene import Card, Chip, Frame
from designer.diagrams.sizing import measured_frame
from designer.diagrams.subject import Subject
from designer.domain.document import Component

_TAB_ROOM, _CHIP_ROOM, _HOLLOW_ROOM = 300, 260, 200
_LONGEST_DOUBLE_NAME = 46  # characters; a longer pair of names is cut to the first


def drawn_containers(subject: Subject, fates: Fates) -> dict[str, Frame]:
    """Every container that is drawn, with contents or without."""
    facts_of: dict[str, list[Component]] = {}
    for key, component in subject.components.items():
        if key in fates.chips:
            facts_of.setdefault(fates.chips[key], []).append(component)
    return {
        key: _frame(subject, fates, component, facts_of)
        for key, component in subject.components.items()
        if is_container(component, subject.types) and fates.is_drawn(key)
    }


def _frame(
    subject: Subject, fates: Fates, component: Component, facts_of: Mapping[str, list[Component]]
) -> Frame:
    hosts = [subject.components[key] for key in fates.hosts_of(component.id)]
    names = [subject.name(host) for host in hosts]
    title = " › ".join(names)
    if len(title) > _LONGEST_DOUBLE_NAME or (len(names) > 1 and names[-1].lower() in names[0].lower()):
        title = names[0]
    # A merged frame looks like the network that it is, unless its subnet is open to the public.
    look = frame_look(component)
    detail = next((said for host in reversed(hosts) if (said := container_detail(host))), "")
    facts = [fact for host in hosts for fact in facts_of.get(host.id, ())]
    return measured_frame(
        Frame(
            key=component.id,
            look=look if look.endswith("-public") else frame_look(hosts[0]),
            icon=subject.icon(hosts[0]),
            title=shorten(title, sizes.TAB, SEMIBOLD, _TAB_ROOM),
            detail=shorten(detail, sizes.DETAIL, REGULAR, _TAB_ROOM),
            full_name=" › ".join(names),
            parent=frame_around(subject, fates, component),
            chips=tuple(_chips(subject, facts)),
            badges=subject.numbers(hosts),
            scales=scaling_range(component),
        )
    )


def _chips(subject: Subject, facts: list[Component]) -> Iterator[Chip]:
    for component in facts:
        count = f"{component.count} × " if component.count > 1 else ""
        text = shorten(count + subject.name(component), sizes.PILL, REGULAR, _CHIP_ROOM)
        yield Chip(subject.icon(component), text, subject.numbers([component]), component.id)


def frame_around(subject: Subject, fates: Fates, component: Component) -> str | None:
    outermost = subject.components[fates.hosts_of(component.id)[0]]
    return fates.spokesman(outermost.parent) if outermost.parent else None


def frame_look(component: Component) -> str:
    """The palette's name for a container: public subnets differ from private ones."""
    public = component.type == "subnet" and component.properties.get("public")
    return "subnet-public" if public else component.type


def hollow_card(subject: Subject, component: Component, frame: Frame) -> Card:
    """A container without contents: a small frame of its own look that lines can reach."""
    said = [frame.detail, frame.scales, ", ".join(chip.text for chip in frame.chips)]
    fact = shorten(" · ".join(filter(None, said)), sizes.DETAIL, REGULAR, _HOLLOW_ROOM)
    title = shorten(frame.title, sizes.TAB, SEMIBOLD, _HOLLOW_ROOM)
    words = max(text_width(title, sizes.TAB, SEMIBOLD), text_width(fact, sizes.DETAIL))
    badges = {*frame.badges, *(number for chip in frame.chips for number in chip.badges)}
    return Card(
        key=component.id,
        type=component.type,
        category=subject.category(component),
        icon=frame.icon,
        title=(title,),
        fact=fact,
        full_name=frame.full_name,
        frame=frame.parent,
        badges=tuple(sorted(badges)),
        hollow=frame.look,
        width=max(sizes.CARD_WIDTH, words + 48),
        height=sizes.TILE + 20,
    )
