"""Workers on hosts of their own, cut off and killed at random: python -m benchmarks.hosts [options].

Each host is a network namespace with a cable to PostgreSQL and to an S3-compatible store, and no disk in common. All
releases must lie there in the end as one machine makes them, each put there once. The exit code is 1 where they do not.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from actions.conftest import RELEASE
from bucket import NAME, Bucket, bucket
from hosts import Host, hosts
from machine import ROOT
from postgres import cluster, wait_until
from pressgen.actions.batch.send_to_build_services import BatchSender, SentBatch
from pressgen.actions.batch.shared_database import open_batches
from pressgen.actions.batch.work_package import BatchRequest
from pressgen.actions.build.build import BuildRequest
from pressgen.actions.build.build_many import build_many
from pressgen.actions.build.cache import BuildCache
from pressgen.actions.workspace.folder import Workspace
from pressgen.channels.object_store import ObjectStore
from pressgen.model.artifact import Format
from pressgen.scheduler.client import JobState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.scheduler.batches import Batch

PRESSGEN = Path(sys.executable).with_name("pressgen")
FORMATS = (Format.DOCX, Format.PDF, Format.TXT)
DEPOT = f"s3://{NAME}/archive"


@dataclass
class Stage:
    """Releases, hosts, and what they share: a database and a store.

    Attributes:
        chunks: how many each batch is cut into.
        database: its URL on this machine.
    """

    root: Path
    chunks: int
    hosts: list[Host]
    database: str
    store: Bucket
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What commands on this machine need."""
        return {"PRESSGEN_DATABASE": self.database, **self.store.environment()}

    def files(self) -> list[Path]:
        return [folder / "release.yaml" for folder in Workspace(self.root).releases]

    def send(self) -> SentBatch:
        files = self.files()
        ordered = BatchRequest(FORMATS, (), force=False)
        sender = BatchSender(Workspace(self.root), ObjectStore(DEPOT), ordered, -(-len(files) // self.chunks))
        return sender.send(files, datetime.now(UTC))

    def change(self) -> None:
        """Change one release."""
        file = self.files()[0]
        file.write_text(file.read_text().replace("opens", "opened"))

    def begin(self, host: Host) -> subprocess.Popen[bytes]:
        """A worker on a host, called as the host is, with a disk of its own."""
        command = [*host.inside, PRESSGEN, "worker", "--queue", "archive", "--id", host.name, "--jobs", "1"]
        own = {
            "PRESSGEN_DATABASE": self.database.replace("127.0.0.1", host.ours),
            "PRESSGEN_SCRATCH": str(self.root / "scratch" / host.name),
            **self.store.environment(host.ours),
        }
        with self._log(host).open("a") as log:
            process = subprocess.Popen(
                command, cwd="/", env={**os.environ, **own}, stdout=log, stderr=subprocess.STDOUT
            )
        self.workers[host.name] = process
        return process

    def said(self, host: Host) -> str:
        return self._log(host).read_text()

    def made_by(self, host: Host, batch: str) -> set[int]:
        """The numbers of the chunks of a batch that a host says it has made."""
        return {int(each) for each in re.findall(rf"batch {batch}, chunk (\d+) of \d+: \d+ built", self.said(host))}

    def end(self, host: Host) -> None:
        self.workers[host.name].kill()
        self.workers[host.name].wait()

    def batch(self, name: str) -> Batch:
        with open_batches() as held:
            found = held.batch(name)
        assert found
        return found

    def latest(self) -> Batch:
        with open_batches() as held:
            return held.batches()[-1]

    def at_work(self) -> dict[str, int]:
        """The number of the chunk that each worker has in hand, by its name."""
        return {each.worker: each.chunk.number for each in self.latest().sent if each.state is JobState.RUNNING}

    def wait_until_both_put(self, *some: Host) -> None:
        """Until each of these hosts has a chunk in hand, and has put a release of it into the store."""
        slugs = [file.parent.name for file in self.files()]
        size = -(-len(slugs) // self.chunks)
        depot = ObjectStore(DEPOT)

        def put() -> bool:
            there, chunks = depot.names(), self.at_work()
            own = [slugs[size * (chunks[host.name] - 1) :][:size] for host in some if host.name in chunks]
            return len(own) == len(some) and all(there & set(each) for each in own)

        wait_until(put)

    def wait_until_taken_over(self, number: int, by: Host) -> None:
        """Until a chunk is in the hand of another."""
        wait_until(lambda: self.at_work().get(by.name) == number)

    def finish(self, batch: str, seconds: float = 300) -> None:
        wait_until(lambda: not self.batch(batch).under_way, seconds)

    def faults(self, batch: str) -> list[str]:
        """What is not as it should be: files that differ or are missing, releases that were lost or finished twice.

        The manifest of the public variant is a release's last file; of what a host left half done, the others are put
        again.
        """
        here, out = Workspace(self.root), self.root / "plain"
        for _ in build_many([BuildRequest(here, file, FORMATS, out=out) for file in self.files()], BuildCache(here)):
            pass
        expected = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
        depot = ObjectStore(DEPOT)
        found = depot.get_many(expected)
        faults = [
            f"{name} differs or is missing" for name, path in expected.items() if found[name] != path.read_bytes()
        ]
        put = self.store.ask(
            f"print(*[each['Key'] for page in s3.get_paginator('list_object_versions').paginate(Bucket={NAME!r})"
            " for each in page.get('Versions', []) if each['Key'].endswith('public/manifest.json')], sep='\\n')"
        ).splitlines()
        faults += [f"{name} was put {put.count(name)} times" for name in set(put) if put.count(name) > 1]
        counted = self.batch(batch).counted()
        if counted["made"] + counted["unchanged"] != len(self.files()):
            faults.append(f"counted are {counted}")
        return faults

    def _log(self, host: Host) -> Path:
        return self.root / f"{host.name}.log"


@contextmanager
def stage(root: Path, *, releases: int, chunks: int, hosts: int, network: int) -> Iterator[Stage]:
    """A stage in the folder `root`; its hosts have the addresses 10.NETWORK.x.x."""
    shutil.copytree(ROOT / "templates", root / "templates")
    for number in range(releases):
        folder = root / "releases" / f"bridge-{number:04}"
        folder.mkdir(parents=True)
        text = RELEASE.replace("B-1", f"B-{number}").replace("Bridge opens", f"Bridge {number} opens")
        (folder / "release.yaml").write_text(text)
    with ExitStack() as things:
        made = things.enter_context(_hosts(network, hosts))
        listening = ",".join(["127.0.0.1", *(host.ours for host in made)])
        database = things.enter_context(cluster(listening)).new_database()
        store = things.enter_context(bucket("0.0.0.0"))  # noqa: S104 - the hosts are on this machine
        store.ask(f"s3.put_bucket_versioning(Bucket={NAME!r}, VersioningConfiguration={{'Status': 'Enabled'}})")
        here = Stage(root, chunks, made, database, store)
        try:
            yield here
        finally:
            for process in here.workers.values():
                process.kill()
                process.wait()


def _hosts(network: int, count: int) -> AbstractContextManager[list[Host]]:
    return hosts(f"share{network}h", network, count)


def soak(here: Stage, chance: random.Random, harm: int) -> Iterator[str]:
    """A batch whose hosts are cut off and killed, so many times in turn, and begun again."""
    sent = here.send()
    yield f"{sent.releases} releases in {sent.chunks} chunks"
    for host in here.hosts:
        here.begin(host)
    began = time.monotonic()
    for number in range(harm):
        time.sleep(chance.uniform(3, 12))
        if not here.batch(sent.batch).under_way:
            break
        host = chance.choice(here.hosts)
        if number % 2:
            here.end(host)
            here.begin(host)
            yield f"{host.name} was killed, and begun again"
        else:
            seconds = chance.uniform(2, 25)
            host.cut()
            time.sleep(seconds)
            host.join()
            yield f"{host.name} was cut off for {seconds:.0f} s"
    here.finish(sent.batch, 1800)
    yield f"done in {time.monotonic() - began:.0f} s: {here.batch(sent.batch).counted()}"
    yield from (f"BROKEN {fault}" for fault in here.faults(sent.batch))


def main() -> int:
    """Run the show; 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=400)
    parser.add_argument("--chunks", type=int, default=12)
    parser.add_argument("--hosts", type=int, default=3)
    parser.add_argument("--harm", type=int, default=6, help="How often a host is cut off or killed.")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - moments, no secrets
    broken = False
    with (
        tempfile.TemporaryDirectory() as name,
        stage(Path(name), releases=given.releases, chunks=given.chunks, hosts=given.hosts, network=215) as here,
    ):
        os.environ.update(here.environment())
        for line in soak(here, chance, given.harm):
            print(line, flush=True)  # noqa: T201 - the result
            broken |= line.startswith("BROKEN")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
