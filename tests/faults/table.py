"""The fault table in docs/faults.md: each suite checks its rows, and `GOLDEN=rewrite` writes them anew."""

import fcntl
import os
import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "faults.md"
HEAD = (
    "| Fault | Where it is provoked | Runs | Complete | Cleanly failed | Twins | Orphans |\n"
    "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
)


@dataclass
class Row:
    """What became of the deployments that one fault was done to."""

    fault: str
    where: str
    complete: int = 0
    failed: int = 0
    twins: int = 0
    orphans: int = 0

    def add(self, *, complete: bool, twins: int, orphans: int) -> None:
        self.complete += complete
        self.failed += not complete
        self.twins += twins
        self.orphans += orphans

    def __str__(self) -> str:
        runs = self.complete + self.failed
        cells = (self.fault, self.where, runs, self.complete, self.failed, self.twins, self.orphans)
        return f"| {' | '.join(map(str, cells))} |"


def expect(suite: str, rows: list[Row]) -> None:
    """The page says the same of this suite. Twins and orphans are never right, whatever the page says."""
    _write(suite, rows, is_kept=os.environ.get("GOLDEN") == "rewrite")


def keep(suite: str, rows: list[Row]) -> None:
    """Write what a long run saw, whose counts depend on how fast the machine was."""
    _write(suite, rows, is_kept=True)


def _write(suite: str, rows: list[Row], *, is_kept: bool) -> None:
    bad = [str(row) for row in rows if row.twins or row.orphans]
    assert not bad, "\n".join(bad)
    written = "\n".join([HEAD, *map(str, rows)])
    begin, end = f"<!-- {suite} -->", f"<!-- end of {suite} -->"
    part = re.compile(f"{re.escape(begin)}\n.*?{re.escape(end)}", re.DOTALL)
    with PAGE.open("r+") as page:
        fcntl.flock(page, fcntl.LOCK_EX)
        text = page.read()
        assert part.search(text), f"{PAGE.name} has no place for {suite}"
        wanted = part.sub(lambda _: f"{begin}\n{written}\n{end}", text)
        if is_kept:
            page.seek(0)
            page.write(wanted)
            page.truncate()
        else:
            assert text == wanted, f"docs/{PAGE.name} says otherwise; GOLDEN=rewrite writes:\n{written}"
