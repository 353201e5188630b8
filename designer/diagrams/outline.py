"""A picture in words, for screen readers, for e-mails and for `diff`: containers, links and notes."""

from collections.abc import Iterator

from designer.diagrams.scene import Card, Frame, Line, Scene
from designer.diagrams.wording import legend_words

_LONGEST_NAME = 80
NOTHING = "Nothing has been drawn yet."


def outline(scene: Scene) -> str:
    """The whole picture, containers indented, without its title."""
    return "\n".join(_sections(scene)) or NOTHING


def text_alternative(scene: Scene) -> str:
    """A page of text that stands for the picture."""
    head = [said for said in (scene.title, scene.subtitle) if said]
    rule = ["=" * len(scene.title)] if scene.title else []
    return "\n".join([*head[:1], *rule, *head[1:], *[""] * bool(head), outline(scene)]) + "\n"


def _sections(scene: Scene) -> Iterator[str]:
    yield from _contents(scene, None, "")
    if scene.lines:
        yield "Links:"
        yield from (f"- {_sentence(scene, line)}" for line in scene.lines.values())
    if scene.notes:
        yield "Notes:"
        yield from (f"{note.number}. {note.text}" for note in scene.notes)


def _contents(scene: Scene, frame: str | None, indent: str) -> Iterator[str]:
    for card in scene.cards.values():
        if card.frame == frame:
            yield f"{indent}- {_card(card)}"
    for inner in scene.frames.values():
        if inner.parent == frame:
            yield f"{indent}- {_frame(inner)}"
            yield from _contents(scene, inner.key, indent + "  ")


def _card(card: Card) -> str:
    times = f" (×{card.count:,})" if card.count > 1 else ""
    planned = "planned" if card.planned else ""
    cost = card.cost.said if card.cost else ""
    facts = [planned, card.fact, *(dock.text for dock in card.docks), cost]
    return f"{_brief(card.full_name)}{times}{_after(': ', facts)}{_notes(card.badges)}"


def _frame(frame: Frame) -> str:
    facts = [frame.detail, frame.scales, *(chip.text for chip in frame.chips), frame.cost]
    in_brackets = f" ({said})" if (said := _after("", facts)) else ""
    badges = {*frame.badges, *(number for chip in frame.chips for number in chip.badges)}
    return f"{_brief(frame.full_name)}{in_brackets}{_notes(tuple(sorted(badges)))} contains:"


def _after(mark: str, facts: list[str]) -> str:
    said = ", ".join(fact for fact in facts if fact)
    return f"{mark}{said}" if said else ""


def _notes(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return ""
    return f" [note{'s' * (len(numbers) > 1)} {', '.join(str(number) for number in numbers)}]"


def _sentence(scene: Scene, line: Line) -> str:
    names = [
        _brief((scene.frames[key] if key in scene.frames else scene.cards[key]).full_name)
        for key in (line.start, line.end)
    ]
    said = f", {line.full_name}" if line.full_name else ""
    return f"{names[0]} {'and' if line.both_ways else 'to'} {names[1]}: {legend_words(line.kind)}{said}"


def _brief(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
