"""Play interleavings by their seeds: PYTHONPATH=src:tests python -m storm.play FIRST [COUNT] [--postgres].

Each seed that fails is printed with what was wrong; with `--trace` every step is printed.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from postgres import cluster
from storm import oracle
from storm.crossings import meet_crossings
from storm.locks import let_go
from storm.office import HOUR, Office, Shelf, calm, replace_engine_and_making
from storm.roles import (
    EARLIER,
    LATER,
    Act,
    Saves,
    Worker,
    approving,
    correcting,
    editing,
    issuing,
    mending,
    moving,
    reviewing,
    submitting,
    withdrawing,
)
from storm.scheduler import Process, Scheduler, StuckError
from storm.world import World, storm

SETTLED = 100.0
"""Seconds after the hour for which the workers go on."""


LATEST = 120.0
"""Seconds after the first hour at which the last lift may be due, however it was moved."""
AGED = 7200.0
"""Seconds after which nobody is taken to be still at work on what lies about."""


@dataclass
class Played:
    """What came of an interleaving."""

    seed: int
    scene: str
    faults: list[str]
    trace: list[str] = field(default_factory=list)
    kills: int = 0
    crossings: int = 0


@dataclass
class Scene:
    """Who acts where, from when on."""

    kind: str
    begins: float
    acts: list[Act]
    workers: int
    saves: Saves

    def __str__(self) -> str:
        return f"{self.kind}, {self.workers} workers, {', '.join(each.name for each in self.acts)}"


def scene_of(chance: Random) -> Scene:
    """Who acts: two to four."""
    kind, saves = chance.choice(["issued", "issued", "approved", "drafted", "corrected"]), Saves()
    slug = chance.choice(["bridge", "tower"])
    count = chance.choice([1, 1, 2, 3])
    match kind:
        case "issued":
            menu = [withdrawing(slug), moving(slug, LATER), moving(slug, EARLIER), editing("bridge", saves, 1)]
            acts, workers = chance.sample(menu, count - 1), 2
        case "approved":
            menu = [issuing(slug), issuing(slug), withdrawing(slug), moving(slug, LATER), issuing(slug)]
            acts, workers = [issuing(slug), *chance.sample(menu, count)], chance.choice([0, 1])
        case "drafted":
            menu = [
                reviewing("bridge", saves, (2,)),
                mending("bridge", saves),
                submitting("bridge"),
                approving("bridge"),
            ]
            acts = [reviewing("bridge", saves, (1,)), editing("bridge", saves, 2), *chance.sample(menu, count - 1)]
            workers = 0
        case _:
            menu = [correcting("bridge"), withdrawing("bridge"), editing("bridge", saves, 1), correcting("bridge")]
            acts, workers = [correcting("bridge"), *chance.sample(menu, count)], 0
    begins = HOUR - chance.uniform(1, 30)
    if kind == "corrected":
        begins = HOUR + 1000
    if kind == "approved":
        begins = HOUR - chance.choice([3600, 5, 1])
    return Scene(kind, begins, acts, workers, saves)


def play(made: Shelf, seed: int) -> Played:
    """Play one interleaving."""
    chance = Random(seed)  # noqa: S311
    scene = scene_of(chance)
    with made.copy(scene.kind) as office:
        random.seed(seed)
        return _played(office, scene, seed, chance)


def _played(office: Office, scene: Scene, seed: int, chance: Random) -> Played:
    kills, jumps = chance.choice([0, 0, 1, 2, 3]), chance.choice([0, 0, 1, 2])
    office.mail.chance, office.mail.faults = chance, chance.choice([0.0, 0.0, 0.2])
    scheduler = Scheduler(seed, scene.begins, kills, jumps)
    watcher = oracle.Watcher(office, scheduler)
    watcher.look()
    scheduler.looked = watcher.look
    killed: set[str] = set()
    found: list[str] = []
    _begin(scene, office, scheduler, killed)
    with storm(World(scheduler, office.root, office.mail, office.wakings)):
        try:
            scheduler.run()
        except StuckError as stuck:
            found.append(f"stuck: {stuck}")
    crossings = len(scheduler.trace)
    found += scheduler.strange()
    scheduler.trace.append("--- calm")
    if not found:
        found += _settle(scene, office, scheduler)
        found += oracle.faults(watcher, scene.saves, [said for each in scene.acts for said in each.said])
    watcher.close()
    return Played(seed, str(scene), found, scheduler.trace, len(killed), crossings)


def _begin(scene: Scene, office: Office, scheduler: Scheduler, killed: set[str]) -> None:
    """Start everybody, and start again whoever is killed."""
    numbers = iter(range(1000))

    def start(name: str, work: object, after: float) -> None:
        process = Process(f"{name}#{next(numbers)}")
        if isinstance(work, Worker):
            worker = work

            def do() -> None:
                while scheduler.clock.ahead:  # who starts a worker vouches for the clock, and sees that it is right
                    scheduler.sleep(1.0)
                worker.run(office, scheduler, process)
        else:
            assert isinstance(work, Act)
            act = work

            def do() -> None:
                act.run(office)

        scheduler.again[process.name] = lambda: start(name, work, scheduler.chance.uniform(0.0, 5.0))
        scheduler.spawn(process.name, process, do, after)

    def died(process: Process, _: str) -> None:
        killed.add(process.name)
        let_go(process)
        scheduler.again[process.name]()

    scheduler.died = died
    chance = scheduler.chance
    ends = max(HOUR, scene.begins) + SETTLED
    for number in range(scene.workers):
        start(f"worker{number}", Worker(f"worker{number}", ends), chance.uniform(0, 3))
    for number, act in enumerate(scene.acts):
        start(
            f"{act.name} {number}",
            act,
            chance.choice([0.0, chance.uniform(0, 0.1), chance.uniform(0, 3), chance.uniform(0, 35)]),
        )


def _settle(scene: Scene, office: Office, scheduler: Scheduler) -> list[str]:
    """In calm weather: have every command ended, and a worker look after the rest."""
    office.mail.faults = 0.0
    at = max(scheduler.clock.true, HOUR + LATEST) + SETTLED
    acts = [act for act in scene.acts if not act.name.startswith(("edit", "review", "fix", "submit", "approve"))]
    for act in acts:
        calm(office, at, lambda act=act: act.run(office))  # type: ignore[misc]
    scheduler.clock.true = at
    for after in (0, AGED):
        _age(office, after)
        quiet = Scheduler(0, at + after)
        process = Process("calm", immortal=True)
        worker = Worker("calm", at + after + 20)
        quiet.spawn("calm", process, lambda: worker.run(office, quiet, process))  # noqa: B023 - runs within the round
        with storm(World(quiet, office.root, office.mail, office.wakings)):
            quiet.run()
        scheduler.trace += quiet.trace
        scheduler.clock.true = quiet.clock.true
        if strange := quiet.strange():
            return strange
    return []


def _age(office: Office, seconds: float) -> None:
    """Make what lies about so much older."""
    for place in (office.root / "public", office.root / ".pressgen" / "aside"):
        for path in place.rglob(".incoming-*"):
            os.utime(path, (time.time() - seconds, time.time() - seconds))


def main(arguments: Sequence[str]) -> int:
    """Play, print what failed, and how it went on the whole."""
    parser = argparse.ArgumentParser()
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int, nargs="?", default=1)
    parser.add_argument("--more", type=int, nargs="+", default=[], help="seeds to play besides")
    parser.add_argument("--only", help="a kind of office: drafted, approved, issued or corrected")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    parser.add_argument("--trace", action="store_true", help="print every step")
    parser.add_argument("--first-fault", action="store_true", help="end at the first that fails")
    given = parser.parse_args(arguments)
    memory = Path("/dev/shm")  # noqa: S108 - the storms are about order, not about disks
    with ExitStack() as things:
        tempfile.tempdir = str(memory) if memory.is_dir() else None
        servers = things.enter_context(cluster()) if given.postgres else None
        folder = tempfile.tempdir = things.enter_context(tempfile.TemporaryDirectory(prefix="storm-"))
        replace_engine_and_making()
        meet_crossings()
        return _play_all(Shelf(Path(folder), servers), given)


def _play_all(made: Shelf, given: argparse.Namespace) -> int:
    failed: Counter[str] = Counter()
    count = crossings = kills = 0
    began = time.process_time()
    for seed in [*range(given.first, given.first + given.count), *given.more]:
        if given.only and scene_of(Random(seed)).kind != given.only:  # noqa: S311
            continue
        played = play(made, seed)
        count, crossings, kills = count + 1, crossings + played.crossings, kills + played.kills
        if given.trace:
            sys.stdout.write("\n".join(played.trace) + "\n")
        if played.faults:
            failed[played.faults[0].partition(":")[0]] += 1
            told = "; ".join(played.faults).replace("\n", " ")
            sys.stdout.write(f"seed {seed} ({played.scene}): {told}\n")
            sys.stdout.flush()
            if given.first_fault:
                break
    spent = (time.process_time() - began) / max(count, 1)
    sys.stdout.write(
        f"{count} interleavings, {crossings} crossings, {kills} kills, {1000 * spent:.0f} ms each;"
        f" {sum(failed.values())} failed {dict(failed)}\n"
    )
    return int(bool(failed))


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S606
    sys.exit(main(sys.argv[1:]))
