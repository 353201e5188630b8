"""Text is measured without a font system, and any label becomes one drawable line."""

import pytest
from PIL import ImageFont

from designer.diagrams.measuring import FONTS, REGULAR, SEMIBOLD, one_line, shorten, text_width, wrap


@pytest.mark.parametrize("weight", [REGULAR, SEMIBOLD])
@pytest.mark.parametrize(
    "text", ["Load balancer", "MySQL 3306", "Größe, żółć", "Привет", "×2 · 4 GiB – 10.0.0.0/16"]
)
def test_words_are_as_wide_as_the_shipped_font_draws_them(text: str, weight: str) -> None:
    font = ImageFont.truetype(FONTS / f"Inter-{weight}.ttf", 1000, layout_engine=ImageFont.Layout.BASIC)

    assert text_width(text, 1000, weight) == pytest.approx(font.getlength(text), abs=len(text))


def test_a_fallback_script_has_a_width_too() -> None:
    assert text_width("数据库", 10) == 30
    assert 0 < text_width("مرحبا", 10) < 50
    assert text_width("e\u0301", 10) == text_width("e", 10)


@pytest.mark.parametrize(
    ("label", "drawn"),
    [
        ("  two\n lines\t", "two lines"),
        ("nul\x00\x07end", "nul end"),
        ("lone \ud800 surrogate", "lone ? surrogate"),
        ("\u202eevil\u202c \u2066text", "evil text"),
        ("not\ufffe\uffffxml", "not??xml"),
        ("Z" + "\u0301" * 9, "Ź\u0301\u0301\u0301"),
        ("no glyph for \u0321this accent", "no glyph for this accent"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (7, "7"),
    ],
)
def test_a_label_becomes_one_line_that_xml_can_hold(label: object, drawn: str) -> None:
    assert one_line(label) == drawn


def test_endless_text_is_cut_before_anything_else_happens_to_it() -> None:
    assert one_line("word " * 1_000_000, limit=20) == "word word word word…"


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "word " * 50, "数据库" * 20, "مرحبا بالعالم " * 9, "👩\u200d👩\u200d👧" * 30]
)
def test_shortened_text_fits_and_says_that_it_goes_on(text: str) -> None:
    short = shorten(text, 12, SEMIBOLD, 110)

    assert text_width(short, 12, SEMIBOLD) <= 110
    assert short.endswith("…")
    assert text.startswith(short[:-1])


def test_text_that_fits_stays_whole() -> None:
    assert shorten("Web server", 12, REGULAR, 110) == "Web server"
    assert shorten("", 12, REGULAR, 110) == ""


def test_long_names_wrap_between_words_and_end_in_an_ellipsis() -> None:
    assert wrap("Web instance cloud server", 12.5, SEMIBOLD, 112, lines=3) == ("Web instance", "cloud server")
    *_, last = lines = wrap("word " * 40, 12.5, SEMIBOLD, 112, lines=3)
    assert len(lines) == 3
    assert last.endswith("…")
    assert all(text_width(line, 12.5, SEMIBOLD) <= 112 for line in lines)


def test_chinese_wraps_between_any_two_characters() -> None:
    assert wrap("中文标签服务器測試ラベル", 10, REGULAR, 60, lines=3) == ("中文标签服务", "器測試ラベル")
