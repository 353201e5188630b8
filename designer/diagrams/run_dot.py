"""The short-lived process that runs Graphviz: a JSON list of DOT texts in, a JSON list of json0 layouts out.

Started by layout.py as a file of its own, so it imports nothing of the product. Graphviz is C code that
can't be interrupted and may crash: here it takes nobody else along.
"""

import json
import sys


def limit_resources(seconds: int, memory_mib: int) -> None:
    try:
        import resource
    except ImportError:  # Windows; the parent's timeout still holds
        return
    for limit, value in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory_mib * 1024 * 1024)):
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):  # macOS knows no limit on address space
            continue


def main() -> None:
    limit_resources(int(sys.argv[1]), int(sys.argv[2]))
    import pygraphviz

    layouts = [
        pygraphviz.AGraph(string=source).draw(format="json0", prog="dot") for source in json.load(sys.stdin)
    ]
    sys.stdout.buffer.write(b"[" + b",".join(layouts) + b"]")


if __name__ == "__main__":
    main()
