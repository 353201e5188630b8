"""Make the shipped fonts anew from their originals. Maintenance only: the product never runs this.

    pip install fonttools brotli
    python build_fonts.py INTER_DIR FALLBACK_DIR

INTER_DIR holds Inter-Regular.woff2 and Inter-SemiBold.woff2 (npm package inter-ui, folder web).
FALLBACK_DIR holds DroidSansFallback.ttf (Debian fonts-droid-fallback), NotoSans{Arabic,Hebrew,Devanagari,
Thai}-Regular.ttf (Debian fonts-noto-core) and NotoEmoji-Regular.woff2 (npm package @fontsource/noto-emoji).
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
WEIGHTS = ("Regular", "SemiBold")
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "–—‘’“”„…›‹•×·−→←↑↓≤≥€₂²³")]
EUROPEAN = [*LATIN, *range(0x180, 0x250), *range(0x2B0, 0x370), *range(0x370, 0x530), *range(0x1E00, 0x1F00)]
EUROPEAN += [*range(0x2010, 0x2050)]
EUROPEAN += [*range(0x20A0, 0x20C0), *range(0x2190, 0x2200), *range(0x2200, 0x2270), 0x2122, 0xFFFD]
SCRIPTS = {
    "Arabic": (0x600, 0x700),
    "Hebrew": (0x590, 0x600),
    "Devanagari": (0x900, 0x980),
    "Thai": (0xE00, 0xE80),
}
# The characters that each country's own standard calls common: 13,000 instead of 40,000.
COMMON_CJK = ("gb2312", "shift_jis", "euc_kr")


def common_cjk() -> Iterable[int]:
    yield from range(0x3000, 0x3100)
    yield from range(0xFF01, 0xFFE7)
    for code in [*range(0x4E00, 0x9FFF), *range(0xAC00, 0xD7A4)]:
        if any(_encodes(chr(code), codec) for codec in COMMON_CJK):
            yield code


def _encodes(character: str, codec: str) -> bool:
    try:
        return len(character.encode(codec)) == 2
    except UnicodeEncodeError:
        return False


def cut(
    source: Path, target: Path, codes: Iterable[int], *, features: list[str], flavor: str | None = None
) -> None:
    options = subset.Options(layout_features=features, flavor=flavor, hinting=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    font = subset.load_font(str(source), options)
    font.recalcTimestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")  # noqa: T201


def advances(font_file: Path) -> dict[str, int]:
    """Advance width of each character, in thousandths of the font size."""
    font = TTFont(font_file)
    per_em = font["head"].unitsPerEm
    return {
        chr(code): round(font["hmtx"][glyph][0] * 1000 / per_em)
        for code, glyph in sorted(font.getBestCmap().items())
    }


def main(inter: Path, fallback: Path) -> None:
    widths: dict[str, dict[str, int]] = {"Fallback": {}}
    for weight in WEIGHTS:
        source = inter / f"Inter-{weight}.woff2"
        cut(source, HERE / f"Inter-{weight}.ttf", EUROPEAN, features=["ccmp", "mark", "mkmk", "locl"])
        cut(source, HERE / f"Inter-{weight}.latin.woff2", LATIN, features=["ccmp"], flavor="woff2")
        widths[weight] = advances(HERE / f"Inter-{weight}.ttf")
    cut(fallback / "DroidSansFallback.ttf", HERE / "Fallback-CJK.ttf", common_cjk(), features=[])
    emoji = range(0x203C, 0x1FB00), range(0xE0020, 0xE0080)
    source = fallback / "NotoEmoji-Regular.woff2"
    cut(source, HERE / "Fallback-Emoji.ttf", [code for part in emoji for code in part], features=[])
    for script, (first, last) in SCRIPTS.items():
        source = fallback / f"NotoSans{script}-Regular.ttf"
        cut(source, HERE / f"Fallback-{script}.ttf", range(first, last), features=["*"])
        widths["Fallback"] |= advances(HERE / f"Fallback-{script}.ttf")
    (HERE / "advances.json").write_text(json.dumps(widths, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
