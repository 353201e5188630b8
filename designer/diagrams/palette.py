"""Colours and dashes, light and dark. The values are the design tokens of frontend/src/app/tokens.css."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FrameLook:
    fill: str
    border: str
    ink: str
    width: float = 1.2
    radius: float = 8
    dashed: bool = False
    double: bool = False  # a second border inside: a site with walls


@dataclass(frozen=True)
class Palette:
    page: str
    ink: str
    ink_2: str
    ink_3: str
    card: str
    card_border: str
    shadow: str
    shadow_opacity: float
    hairline: str
    pill: str
    badge: str
    badge_ink: str
    categories: Mapping[str, tuple[str, str]]  # category -> (colour, soft fill of its tile)
    frames: Mapping[str, FrameLook]
    lines: Mapping[str, str]  # strength -> colour
    heat: tuple[str, str, str]  # a card that costs nothing, something, the most
    unpriced: tuple[str, str]  # what the price book doesn't know: colour, soft fill

    def category(self, name: str) -> tuple[str, str]:
        return self.categories.get(name, self.categories["external"])

    def frame(self, look: str) -> FrameLook:
        return self.frames.get(look, self.frames["tier"])

    def warmth(self, heat: float) -> str:
        """The colour of a share of the largest amount, 0 to 1."""
        cold, warm, hot = self.heat
        return _between(cold, warm, heat * 2) if heat < 0.5 else _between(warm, hot, heat * 2 - 1)


def _between(one: str, other: str, share: float) -> str:
    channels = [
        round(int(one[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share)
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02X}" for channel in channels)


@dataclass(frozen=True)
class LineLook:
    """Kinds differ by dash, strength and heads, not by hue: they stay apart in print and for every eye."""

    dash: str = ""
    strength: str = "quiet"  # strong: the main path; quiet: services at its side; faint: not built yet
    width: float = 1.5
    double: bool = False  # two thin strokes: something runs inside


DASHED = "6 4"
LINES: Mapping[str, LineLook] = {
    "traffic": LineLook(strength="strong", width=1.6),
    "publish": LineLook(dash=DASHED),
    "origin": LineLook(dash=DASHED),
    "deliver": LineLook(dash=DASHED),
    "backup": LineLook(dash=DASHED),
    "ha": LineLook(dash="2 3"),
    "replication": LineLook(),
    "analyse": LineLook(),
    "attach": LineLook(),
    "tunnel": LineLook(width=4, double=True),
    "admin": LineLook(dash="8 3 2 3"),
    "monitor": LineLook(dash="1.5 4"),
    "provision": LineLook(dash="1.5 4"),
    "burst": LineLook(dash="3 3", strength="faint"),
    "growth": LineLook(dash="3 3", strength="faint"),
    "rule": LineLook(strength="rule", width=1.6),
    "serves": LineLook(),
}

# The legend lists categories in this order, by these names.
CATEGORY_NAMES: Mapping[str, str] = {
    "edge": "network edge",
    "compute": "compute",
    "data": "data",
    "storage": "storage",
    "network": "network",
    "security": "security",
    "messaging": "messaging",
    "observability": "observability",
    "dedicated": "dedicated",
    "external": "external",
}

_LIGHT_FRAMES = {
    "region": FrameLook("#F6F7F9", "#CDD3DC", "#4A5160", width=1.5, radius=12),
    "zone": FrameLook("#F6F7F9", "#CDD3DC", "#4A5160"),
    "datacenter": FrameLook("#F8F5F2", "#D3C6BA", "#4A2A14", width=1.5, radius=12, double=True),
    "private_cloud": FrameLook("#F4F1FB", "#CFC4EC", "#4A22B8", radius=10),
    "network": FrameLook("#EBF2FC", "#AFCBF3", "#0B4EAB", radius=10),
    "subnet": FrameLook("#F8FBFF", "#8DB6EE", "#0B4EAB"),
    "subnet-public": FrameLook("#F1F9F9", "#83BDC4", "#0E606C"),
    "public_network": FrameLook("#E7F1F3", "#9CC9CF", "#0E606C", radius=10),
    "tier": FrameLook("#F4F1FB", "#B8A8E4", "#4A22B8"),
    "scaling_group": FrameLook("#F4F1FB", "#B8A8E4", "#4A22B8", dashed=True),
    "security_group": FrameLook("#FCF4F7", "#D690AC", "#A80F50", radius=10, dashed=True),
}
_DARK_FRAMES = {
    "region": FrameLook("#15181E", "#3F4652", "#B7BEC9", width=1.5, radius=12),
    "zone": FrameLook("#15181E", "#3F4652", "#B7BEC9"),
    "datacenter": FrameLook("#1F1B19", "#5A4A40", "#F4C0A2", width=1.5, radius=12, double=True),
    "private_cloud": FrameLook("#1C1B2B", "#4B4880", "#B0AEFF", radius=10),
    "network": FrameLook("#172030", "#34527A", "#8FCBFF", radius=10),
    "subnet": FrameLook("#141A24", "#3E6796", "#8FCBFF"),
    "subnet-public": FrameLook("#122022", "#2F7478", "#5FCBCC"),
    "public_network": FrameLook("#183338", "#2F7478", "#5FCBCC", radius=10),
    "tier": FrameLook("#1C1B2B", "#5E5A9E", "#B0AEFF"),
    "scaling_group": FrameLook("#1C1B2B", "#5E5A9E", "#B0AEFF", dashed=True),
    "security_group": FrameLook("#21161B", "#7D3A56", "#FB5F8F", radius=10, dashed=True),
}

THEMES: Mapping[str, Palette] = {
    "light": Palette(
        page="#FFFFFF",
        ink="#14171F",
        ink_2="#4A5160",
        ink_3="#636C7B",
        card="#FFFFFF",
        card_border="#CDD3DC",
        shadow="#14171F",
        shadow_opacity=0.06,
        hairline="#E4E7EC",
        pill="#FFFFFF",
        badge="#14171F",
        badge_ink="#FFFFFF",
        lines={"strong": "#4A5160", "quiet": "#7C8696", "faint": "#9AA3B2", "rule": "#A80F50"},
        heat=("#FFFFFF", "#FFE2A6", "#F79A52"),
        unpriced=("#8A5300", "#FFF6E0"),
        frames=_LIGHT_FRAMES,
        categories={
            "edge": ("#127785", "#E7F1F3"),
            "compute": ("#4A22B8", "#EDE9F8"),
            "data": ("#8C3600", "#F4EBE6"),
            "storage": ("#6D6D03", "#F0F0E6"),
            "network": ("#0B62D6", "#E7EFFB"),
            "security": ("#A80F50", "#F6E7EE"),
            "messaging": ("#6B1A80", "#F0E8F2"),
            "observability": ("#0A5238", "#E6EEEB"),
            "external": ("#2C3A4C", "#EAEBED"),
            "dedicated": ("#4A2A14", "#EDEAE8"),
            "container": ("#545B68", "#EEEFF0"),
        },
    ),
    "dark": Palette(
        page="#0E1014",
        ink="#ECEEF2",
        ink_2="#B7BEC9",
        ink_3="#929BAA",
        card="#1D2128",
        card_border="#3F4652",
        shadow="#000000",
        shadow_opacity=0.4,
        hairline="#2B3039",
        pill="#0E1014",
        badge="#ECEEF2",
        badge_ink="#14171F",
        lines={"strong": "#B7BEC9", "quiet": "#79828F", "faint": "#5F6876", "rule": "#FB5F8F"},
        heat=("#1D2128", "#57431C", "#9C4F12"),
        unpriced=("#F0B54A", "#2E2412"),
        frames=_DARK_FRAMES,
        categories={
            "edge": ("#17AEB0", "#183338"),
            "compute": ("#918EFF", "#2B2D45"),
            "data": ("#E8943F", "#392E26"),
            "storage": ("#F0DC3C", "#3B3A25"),
            "network": ("#74C7FF", "#273745"),
            "security": ("#FB5F8F", "#3C2633"),
            "messaging": ("#C590D6", "#342E3E"),
            "observability": ("#A8FACC", "#2F3F3C"),
            "external": ("#CFDBF3", "#353A43"),
            "dedicated": ("#F4C0A2", "#3B3536"),
            "container": ("#B4B6B9", "#313439"),
        },
    ),
}


def line_look(kind: str) -> LineLook:
    return LINES.get(kind, LINES["replication"])
