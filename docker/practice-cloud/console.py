"""What the person who runs a command gets to read."""

import time

_began = time.monotonic()


class Failure(SystemExit):
    """Ends the command with a sentence: what went wrong and which log to read."""


def say(text: str) -> None:
    print(f"[{time.monotonic() - _began:5.1f} s] {text}", flush=True)
