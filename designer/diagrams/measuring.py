"""How wide words are, by the shipped font's own advance widths: the same on every machine."""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from designer.diagrams.limits import FULL_TEXT

REGULAR, SEMIBOLD = "Regular", "SemiBold"
FONTS = Path(__file__).resolve().parent / "fonts"
# Characters outside the font are drawn by a fallback: wide ones take a full em, others about this.
_FOREIGN_EMS, _WIDE_EMS, _EMOJI_EMS = 0.62, 1.0, 1.25
_JOINERS = "\u200c\u200d"  # these invisible characters shape Persian words and emoji; all others are removed
_MOST_MARKS = 3  # combining marks on one letter; more would climb over the neighbouring lines


@cache
def _advances(weight: str) -> dict[str, int]:
    widths: dict[str, int] = json.loads((FONTS / "advances.json").read_text(encoding="utf-8"))[weight]
    return widths


@lru_cache(maxsize=65_536)
def _advance(character: str, weight: str) -> float:
    """In ems."""
    if (known := _advances(weight).get(character)) is not None:
        return known / 1000
    if unicodedata.combining(character) or character in _JOINERS:
        return 0.0
    if (known := _advances("Fallback").get(character)) is not None:
        return known / 1000
    if character >= "\U0001f000":
        return _EMOJI_EMS
    return _WIDE_EMS if unicodedata.east_asian_width(character) in "WF" else _FOREIGN_EMS


def has_glyph(character: str) -> bool:
    """Whether one of the shipped fonts draws it, as far as their widths tell."""
    known = character in _advances(REGULAR) or character in _advances("Fallback")
    foreign = unicodedata.east_asian_width(character) in "WF" or character >= "\U0001f000"
    return known or foreign or not character.isprintable()


def _is_mark_without_glyph(character: str) -> bool:
    """An accent for Latin letters that the font lacks: it would be drawn as a box across its letter."""
    return "\u0300" <= character <= "\u036f" and character not in _advances(REGULAR)


def text_width(text: str, size: float, weight: str = REGULAR) -> float:
    return size * sum(_advance(character, weight) for character in text)


_piece_width = lru_cache(maxsize=16_384)(text_width)  # notes are wrapped again for every layout that is tried


def one_line(text: object, *, limit: int = FULL_TEXT) -> str:
    """Any label as one line that can stand in XML: no control, bidi-override or surrogate characters."""
    drawable, marks = [], 0
    for character in unicodedata.normalize("NFC", str(text)[: limit * 2]):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in ("Cc", "Zl", "Zp"):
            drawable.append(" ")
        elif category == "Cs" or character in "\ufffe\uffff":
            drawable.append("?")
        elif category == "Cf" and character not in _JOINERS:
            continue
        elif marks <= _MOST_MARKS and not _is_mark_without_glyph(character):
            drawable.append(character)
    words = re.sub(r"\s+", " ", "".join(drawable)).strip()
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def shorten(text: str, size: float, weight: str, room: float) -> str:
    """The text, or as much of it as fits in front of an ellipsis."""
    if text_width(text, size, weight) <= room:
        return text
    room -= text_width("…", size, weight)
    kept = 0
    for kept, character in enumerate(text):  # noqa: B007  (the count is what is wanted)
        room -= size * _advance(character, weight)
        if room < 0:
            break
    return text[:kept].rstrip(" " + _JOINERS) + "…"


def wrap(text: str, size: float, weight: str, room: float, *, lines: int) -> tuple[str, ...]:
    """The text on at most so many lines; what doesn't fit ends in an ellipsis."""
    done: list[str] = []
    current, used = "", 0.0
    for gap, piece in _breakable(text):
        width = _piece_width(piece, size, weight)
        gap_width = _piece_width(gap, size, weight) if gap else 0.0
        if current and len(done) < lines - 1 and used + gap_width + width > room:
            done.append(current)
            current, used = piece, width
        elif current:
            current, used = current + gap + piece, used + gap_width + width
        else:
            current, used = piece, width
    return tuple(shorten(line, size, weight, room) for line in [*done, current])


# Between two of these a line may end anywhere, and within a word behind a _, - or /.
_IDEOGRAPH = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(f"[{_IDEOGRAPH}]|[^{_IDEOGRAPH}_/-]+[_/-]*|[_/-]+")


def _breakable(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a text between which a line may end, each with the space that stood before it."""
    for word in text.split(" "):
        gap = " "
        for piece in _PIECES.findall(word):
            yield gap, piece
            gap = ""
