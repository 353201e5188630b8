"""Runs Graphviz on a scene in a process of its own, and reads back where everything stands."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

from designer.diagrams.arrangement import Curve, Placement
from designer.diagrams.dot import FRAME_GAP, dot_source, laid_out_backwards
from designer.diagrams.folding import Fold, in_reading_order
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.limits import LAYOUT_BYTES, LAYOUT_MEMORY_MIB, LAYOUT_SECONDS, DiagramTimeout
from designer.diagrams.scene import Scene

_RUNNER = Path(__file__).resolve().with_name("run_dot.py")


def place_automatically(scene: Scene, directions: Sequence[str]) -> list[Placement]:
    """One placement for each direction, all from one Graphviz process.

    Raises: DiagramTimeout.
    """
    return _placements(scene, directions, [dot_source(scene, direction) for direction in directions])


def place_in_several_ways(scene: Scene) -> list[Placement]:
    """In both directions, and each told from the front and from the back.

    Raises: DiagramTimeout.
    """
    ways = [(direction, last_first) for last_first in (False, True) for direction in ("LR", "TB")]
    sources = [dot_source(scene, direction, last_first=last_first) for direction, last_first in ways]
    return _placements(scene, [direction for direction, _ in ways], sources)


def _placements(scene: Scene, directions: Sequence[str], sources: Sequence[str]) -> list[Placement]:
    answers = run_graphviz(sources)
    return [
        _placement(scene, direction, answer) for direction, answer in zip(directions, answers, strict=True)
    ]


def place_folded(scene: Scene, folds: Sequence[Fold]) -> list[Placement]:
    """The same for folds. Those that Graphviz can't lay out cleanly are left out.

    Raises: DiagramTimeout.
    """
    if not folds:
        return []
    sources = [dot_source(scene, fold.direction, fold) for fold in folds]
    laid_out = _placements(scene, [fold.direction for fold in folds], sources)
    placements = map(partial(in_reading_order, scene), laid_out, folds)
    return [placement for placement in placements if placement]


def run_graphviz(sources: Sequence[str]) -> list[dict[str, Any]]:
    """The json0 layout of each DOT text.

    Raises: DiagramTimeout when time or memory runs out; RuntimeError when Graphviz fails in any other way.
    """
    try:
        done = subprocess.run(
            # -I: neither the caller's folder nor its environment decides what is imported.
            [sys.executable, "-I", str(_RUNNER), str(ceil(LAYOUT_SECONDS)), str(LAYOUT_MEMORY_MIB)],
            input=json.dumps(list(sources)).encode(),
            capture_output=True,
            timeout=LAYOUT_SECONDS,
            # No fonts are measured, so no font configuration is wanted; HOME keeps caches out of the way.
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DiagramTimeout("time", f"{LAYOUT_SECONDS} seconds") from error
    if done.returncode == 0 and len(done.stdout) <= LAYOUT_BYTES:
        answers: list[dict[str, Any]] = json.loads(done.stdout)
        return answers
    complaint = done.stderr.decode(errors="replace").strip()
    if done.returncode in (-24, -9):  # SIGXCPU, then SIGKILL: the limit on processor time
        raise DiagramTimeout("time", f"{LAYOUT_SECONDS} seconds")
    if "MemoryError" in complaint or "out of memory" in complaint.lower() or len(done.stdout) > LAYOUT_BYTES:
        raise DiagramTimeout("memory", f"{LAYOUT_MEMORY_MIB} MiB")
    last = complaint.splitlines()[-1] if complaint else "it said nothing"
    raise RuntimeError(f"Graphviz ended with status {done.returncode}: {last}")


def _placement(scene: Scene, direction: str, answer: Mapping[str, Any]) -> Placement:
    """json0's y axis points up; ours points down."""
    height = float(answer["bb"].split(",")[3])

    def point(text: str) -> Point:
        x, y = text.split(",")
        return Point(float(x), height - float(y))

    node_keys = {f"n{number}": key for number, key in enumerate(scene.cards)}
    frame_keys = {f"cluster_{number}": key for number, key in enumerate(scene.frames)}
    cards, frames = {}, {}
    for one in answer.get("objects", ()):
        if one["name"] in node_keys:
            card = scene.cards[node_keys[one["name"]]]
            center = point(one["pos"])
            # The box that Graphviz placed has room for the cards behind at its right and lower edge.
            front = Point(center.x - card.overhang / 2, center.y - card.overhang / 2)
            cards[card.key] = Rect.around(front, card.width, card.height)
        elif one["name"] in frame_keys and "bb" in one:
            left, lower, right, upper = map(float, one["bb"].split(","))
            frames[frame_keys[one["name"]]] = Rect(left, height - upper, right, height - lower).grown(
                -FRAME_GAP
            )
    curves, pills = {}, {}
    lines = list(scene.lines.values())
    for edge in answer.get("edges", ()):
        if "id" not in edge:  # an invisible one, of a fold
            continue
        line = lines[int(edge["id"][1:])]
        if "pos" in edge:
            curve = _curve(edge["pos"], point)
            curves[line.key] = _reversed(curve) if laid_out_backwards(scene, line) else curve
        if "lp" in edge and line.pill_width:
            pills[line.key] = point(edge["lp"])
    return Placement(cards, frames, direction, curves, pills)


def _curve(position: str, point: Any) -> Curve:
    """Graphviz' own notation: optional "e,x,y" and "s,x,y" where heads point, then the control points."""
    ends: dict[str, Point] = {}
    points = []
    for token in position.split():
        if token[:2] in ("e,", "s,"):
            ends[token[0]] = point(token[2:])
        else:
            points.append(point(token))
    return Curve(tuple(points), head=ends.get("e"), tail=ends.get("s"))


def _reversed(curve: Curve) -> Curve:
    return Curve(curve.points[::-1], head=curve.tail, tail=curve.head)
