"""`python -m bench`: every benchmark, each beside its budget. Exit status 1 when one is missed.

`python -m bench estimate` runs one. `python -m bench diagrams --pictures FOLDER` also keeps what it drew.
"""

import argparse
import os
import sys
from functools import partial
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from bench import comparison, deploy, diagrams, estimate, findings  # noqa: E402

BENCHMARKS = {
    "comparison": comparison.run,
    "deploy": deploy.run,
    "diagrams": diagrams.run,
    "estimate": estimate.run,
    "findings": findings.run,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument(
        "--pictures", type=Path, metavar="FOLDER", help="keep the pictures of `diagrams` here"
    )
    said = parser.parse_args(arguments)
    if unknown := [name for name in said.names if name not in BENCHMARKS]:
        parser.error(f"No benchmark is called {unknown[0]}. There are {', '.join(BENCHMARKS)}.")
    benchmarks = {**BENCHMARKS, "diagrams": partial(diagrams.run, said.pictures)}
    results = [benchmarks[name]() for name in said.names or benchmarks]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
