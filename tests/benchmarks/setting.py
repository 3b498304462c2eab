"""The time that a PDF takes, against bare WeasyPrint that sets the same page with the same fonts.

Three processes live as long as the measurement: WeasyPrint as it is, WeasyPrint with the patches, and all of pressgen's
PDF (filling the page, setting it, PDF/UA-1 and PDF/A-3a, looking for missing glyphs). Each is given the same release
in turn, every time with its words in another order, so that nothing but the house is met twice; what counts is the
processor's time of each.

Alone: `python -m benchmarks.setting [ROUNDS]`.
"""

from __future__ import annotations

import gc
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.archive import SEED
from benchmarks.measuring import Measurement
from benchmarks.repair import Press
from machine import ROOT
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.model.artifact import Variant
from pressgen.model.words import Piece
from pressgen.pdf.speed.patches import STOCK
from pressgen.render.pdf import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS, WARM = 40, 5
LONG = 4
"""Words of a text that is prose, and not a name or a number."""
WAYS = {"as it is": "1", "patched": "0", "whole": "0"}


def against_bare_weasyprint(rounds: int = ROUNDS) -> list[Measurement]:
    """The patched page, whose bytes must be the same, and the whole PDF, each against WeasyPrint as it is."""
    with ExitStack() as ends:
        running = {way: ends.enter_context(serving(way)) for way in WAYS}
        times: dict[str, list[float]] = {way: [] for way in WAYS}
        for number in range(WARM + rounds):
            made = {}
            for way, ask in running.items():
                taken, _, made[way] = ask(number)
                if number >= WARM:
                    times[way].append(taken)
            assert made["as it is"] == made["patched"]
    stock, patched, whole = (median(each) * 1000 for each in times.values())
    return [
        _ratio("a page set by patched WeasyPrint, the same bytes", patched, stock),
        _ratio("the whole PDF of a release, UA-1 and A-3a,", whole, stock),
    ]


def _ratio(what: str, ours: float, theirs: float) -> Measurement:
    detail = f"{ours:.0f} ms against {theirs:.0f} ms of processor time, load {os.getloadavg()[0]:.1f}"
    return Measurement(f"{what} against bare WeasyPrint", ours / theirs, 0.65, "x", detail)


@contextmanager
def serving(way: str) -> Iterator[Callable[[int], tuple[float, float, str]]]:
    """A process that sets the page of a number: the processor's seconds, those of the clock, the digest."""
    command = [sys.executable, "-m", "benchmarks.setting", way]
    environment = {**os.environ, STOCK: WAYS[way], "PYTHONPATH": str(ROOT / "tests")}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, text=True, **pipes) as process:

        def ask(number: int) -> tuple[float, float, str]:
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{number}\n")
            process.stdin.flush()
            processor, clock, made = process.stdout.readline().split()
            return float(processor), float(clock), made

        yield ask


def shuffled(thing: Any, chance: random.Random) -> Any:  # noqa: ANN401 - a Document, or any part of one
    """`thing` with the words of its prose in another order."""
    if isinstance(thing, Piece):
        words = thing.text.split(" ")
        if len(words) > LONG:
            chance.shuffle(words)
        return replace(thing, text=" ".join(words))
    if isinstance(thing, tuple):
        return tuple(shuffled(each, chance) for each in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        changed = {field.name: shuffled(getattr(thing, field.name), chance) for field in fields(thing) if field.init}
        return replace(thing, **changed)
    return thing


def _serve(way: str) -> None:
    """Set the release with the number that each line of input has: seconds, and the digest of what was made."""
    desk = load_release(Workspace(ROOT), SEED)[0]
    (document,) = compose_release(desk, [Variant.PUBLIC])
    for line in sys.stdin:
        given = shuffled(document, random.Random(int(line)))  # noqa: S311 - nobody is to guess anything
        work: Callable[[], bytes] = Press.of(given).bare
        if way == "whole":

            def work() -> bytes:
                return render(given, desk.house, desk.media, desk.locate).content  # noqa: B023 - called at once

        gc.collect()
        start, clock = time.process_time(), time.perf_counter()
        made = work()
        taken, passed = time.process_time() - start, time.perf_counter() - clock
        sys.stdout.write(f"{taken} {passed} {sha256(made).hexdigest()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in WAYS:
        _serve(sys.argv[1])
    else:
        for measurement in against_bare_weasyprint(*map(int, sys.argv[1:])):
            sys.stdout.write(measurement.line() + "\n")
