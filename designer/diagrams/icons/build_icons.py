"""Make icons.json anew from the @tabler/icons package. Maintenance only: the product never runs this.

    python build_icons.py PACKAGE_DIR [NAME...]

NAME is the name of an icon, such as map-2; without names, those that icons.json has now.
"""

import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().with_name("icons.json")
SOURCE = "@tabler/icons {version}, outline, 24 px grid. MIT licence, see LICENSE beside this file."


def paths_of(svg: str) -> list[str]:
    """The strokes of an icon; the invisible square that every tabler icon begins with is left out."""
    return [path for path in re.findall(r'<path\s[^>]*?\bd="([^"]+)"', svg) if path != "M0 0h24v24H0z"]


def main(package: Path, names: list[str]) -> None:
    names = names or list(json.loads(TARGET.read_text())["icons"])
    version = json.loads((package / "package.json").read_text())["version"]
    outline = package / "icons" / "outline"
    icons = {name: paths_of((outline / f"{name}.svg").read_text()) for name in sorted(set(names))}
    TARGET.write_text(json.dumps({"source": SOURCE.format(version=version), "icons": icons}, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
