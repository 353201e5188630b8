"""`python -m bench`: every benchmark, each beside its budget. Exit status 1 when one is missed.

`python -m bench estimate` runs one. `python -m bench diagrams --pictures FOLDER` also keeps what it drew,
`python -m bench deploy --template rax-webapp --rounds 1` measures less.
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
    parser.add_argument(
        "--template", action="append", metavar="KEY", help="`deploy` only this one; may be given again"
    )
    parser.add_argument("--rounds", type=int, default=deploy.ROUNDS, help="how often `deploy` goes round")
    parser.add_argument("--without-ansible", action="store_true", help="`deploy` without its slowest peer")
    said = parser.parse_args(arguments)
    if unknown := [name for name in said.names if name not in BENCHMARKS]:
        parser.error(f"No benchmark is called {unknown[0]}. There are {', '.join(BENCHMARKS)}.")
    deploying = partial(
        deploy.run,
        rounds=said.rounds,
        templates=tuple(said.template or deploy.TEMPLATES),
        with_ansible=not said.without_ansible,
    )
    benchmarks = {**BENCHMARKS, "deploy": deploying, "diagrams": partial(diagrams.run, said.pictures)}
    results = [benchmarks[name]() for name in said.names or benchmarks]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
