"""`python -m bench`: every benchmark, each beside its budget. Exit status 1 when one is missed.

`python -m bench estimate` runs one.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from bench import diagrams, estimate, findings  # noqa: E402

BENCHMARKS = {
    "diagrams": diagrams.run,
    "estimate": estimate.run,
    "findings": findings.run,
}


def main(wanted: list[str]) -> int:
    if unknown := [name for name in wanted if name not in BENCHMARKS]:
        print(f"No benchmark is called {unknown[0]}. There are {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    results = [BENCHMARKS[name]() for name in wanted or BENCHMARKS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
