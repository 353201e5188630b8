"""`manage.py diagram FILE|KEY -o FILE`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.selectors import get_template

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("name", "begins"),
    [("out.svg", b"<svg"), ("out.png", b"\x89PNG"), ("OUT.PDF", b"%PDF-1."), ("out.txt", b"Basic")],
)
def test_the_files_ending_chooses_the_format(name, begins, tmp_path, capsys) -> None:
    call_command("diagram", "rax-basic", "-o", str(tmp_path / name))

    assert (tmp_path / name).read_bytes().startswith(begins)
    assert f"{name}: " in capsys.readouterr().out


def test_a_template_carries_its_own_title_and_a_file_its_name(tmp_path) -> None:
    design = tmp_path / "web-shop.json"
    design.write_text(json.dumps(get_template("rax-basic").document))

    call_command("diagram", "rax-basic", "-o", str(tmp_path / "a.svg"))
    call_command("diagram", str(design), "-o", str(tmp_path / "b.svg"))
    call_command("diagram", str(design), "-o", str(tmp_path / "c.svg"), "--title", "Shop")

    titles = [
        (tmp_path / f"{name}.svg").read_text().split("</title>")[0].rpartition(">")[2] for name in "abc"
    ]
    assert titles == [get_template("rax-basic").title, "web-shop", "Shop"]


def test_layout_and_theme_can_be_chosen(tmp_path) -> None:
    pictures = set()
    for options in ([], ["--layout", "placed"], ["--theme", "dark"]):
        call_command("diagram", "osc-net", "-o", str(tmp_path / "out.svg"), *options)
        pictures.add((tmp_path / "out.svg").read_bytes())

    assert len(pictures) == 3


def test_a_view_can_be_chosen_and_a_template_is_priced_with_its_own_book(tmp_path) -> None:
    call_command("diagram", "osc-net", "-o", str(tmp_path / "cost.txt"), "--view", "cost")
    call_command("diagram", "osc-net", "-o", str(tmp_path / "net.txt"), "--view", "network")

    assert "Cost a month: €" in (tmp_path / "cost.txt").read_text()
    assert "way into a subnet" in (tmp_path / "net.txt").read_text()


def test_a_file_is_priced_with_the_book_that_is_named(tmp_path, capsys) -> None:
    design = tmp_path / "shop.json"
    design.write_text(json.dumps(get_template("rax-basic").document))
    arguments = [str(design), "-o", str(tmp_path / "cost.txt"), "--view", "cost"]

    with pytest.raises(CommandError, match="Name a price book with --price-book: "):
        call_command("diagram", *arguments)
    call_command("diagram", *arguments, "--price-book", "outscale")
    assert "€" in (tmp_path / "cost.txt").read_text()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["rax-basic", "-o", "out.gif"], "out.gif ends in none of .svg, .png, .pdf and .txt."),
        (["rax-basic", "-o", "out"], "out ends in none of .svg, .png, .pdf and .txt."),
        (["no-such", "-o", "out.svg"], 'called "no-such"'),
        (["rax-basic", "-o", "no/such/folder/out.svg"], "no/such/folder/out.svg can't be written"),
    ],
)
def test_bad_input_is_one_clear_line_with_status_2(arguments, sentence, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as refused:
        call_command("diagram", *arguments)

    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_shell_sees_one_line_and_status_2(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "diagram", "rax-basic", "-o", str(tmp_path / "out.bmp")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert "out.bmp ends in none of" in done.stderr
