"""Links become lines: there-and-back is one line with two heads, and what many say is said once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from designer.diagrams import scene as sizes
from designer.diagrams.fates import Fates
from designer.diagrams.measuring import REGULAR, SEMIBOLD, one_line, shorten
from designer.diagrams.scene import Card, Frame, Line
from designer.diagrams.sizing import measured_line
from designer.diagrams.subject import Subject
from designer.diagrams.wording import pill_words
from designer.domain.document import Link

_BUNDLE = 3  # from so many lines with the same words at one card, only the middle one says them
_CAPTION_ROOM, _WORDS_ROOM, _PORT_ROOM = 140, 130, 100


def drawn_lines(
    subject: Subject, fates: Fates, cards: Mapping[str, Card], frames: Mapping[str, Frame]
) -> list[Line]:
    """What goes there and back alike is one line with two heads; what is said twice is drawn once."""
    lines: dict[tuple[str, ...], Line] = {}
    for link in subject.links:
        if link.kind == "attach" and fates.docked.get(link.target) == link.source:
            continue
        line = _line(subject, fates, link, cards, frames)
        if line is None:
            continue
        back = (line.end, line.start, *line.saying)
        if back in lines:
            lines[back] = replace(lines[back], both_ways=True)
        else:
            lines.setdefault((line.start, line.end, *line.saying), line)
    return list(lines.values())


def _line(
    subject: Subject, fates: Fates, link: Link, cards: Mapping[str, Card], frames: Mapping[str, Frame]
) -> Line | None:
    """None when both ends are one and the same card."""
    start, end = fates.spokesman(link.source), fates.spokesman(link.target)
    kind = _kind(subject, link)
    words, port = pill_words(link, kind)
    line = line_between(start, end, cards, frames, key=link.id, kind=kind)
    if line is None:
        return None
    return worded_line(
        replace(line, dashed=link.style == "dashed"), one_line(link.label, limit=60), words, port
    )


def line_between(
    start: str, end: str, cards: Mapping[str, Card], frames: Mapping[str, Frame], *, key: str, kind: str
) -> Line | None:
    """A line without words. A frame is reached by way of a card in it, which Graphviz ties the line to."""
    source = _card_for(start, cards, frames, other=end)
    target = _card_for(end, cards, frames, other=start)
    if source is None or target is None or source == target:
        return None
    return Line(
        key=key,
        source=source,
        target=target,
        kind=kind,
        # A line from a frame into that same frame begins at the card that stands for it.
        source_frame=start if start != source and start not in _around(cards[target], frames) else None,
        target_frame=end if end != target and end not in _around(cards[source], frames) else None,
    )


def worded_line(line: Line, caption: str, words: str, port: str) -> Line:
    """Raw words: they are cut to what a pill holds."""
    return measured_line(
        replace(
            line,
            caption=shorten(caption, sizes.PILL, REGULAR, _CAPTION_ROOM),
            words=shorten(words, sizes.PILL, REGULAR, _WORDS_ROOM),
            port=shorten(port, sizes.PILL, SEMIBOLD, _PORT_ROOM),
            full_name=" ".join(part for part in (caption, words, port) if part),
        )
    )


def _kind(subject: Subject, link: Link) -> str:
    """Traffic of servers that don't exist yet is a kind of its own."""
    ends = (subject.components[link.source].type, subject.components[link.target].type)
    return "growth" if link.kind == "traffic" and "growth_pool" in ends else link.kind


def _card_for(key: str, cards: Mapping[str, Card], frames: Mapping[str, Frame], *, other: str) -> str | None:
    if key in cards:
        return key
    return next(
        (card.key for card in cards.values() if card.key != other and key in _around(card, frames)), None
    )


def _around(card: Card, frames: Mapping[str, Frame]) -> Iterator[str]:
    """The frames around a card, innermost first."""
    frame = card.frame
    while frame is not None:
        yield frame
        frame = frames[frame].parent


def say_once(lines: list[Line]) -> dict[str, Line]:
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
    return {line.key: silent(line) if line.key in quiet else line for line in lines}


def silent(line: Line) -> Line:
    return replace(line, caption="", words="", port="", pill_width=0, pill_height=0)
