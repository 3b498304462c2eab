"""Releases to be shared out, a PostgreSQL, and workers as processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from actions.conftest import RELEASE
from postgres import Cluster, cluster, wait_until
from pressgen.actions.batch.send_to_build_services import BatchSender, SentBatch
from pressgen.actions.batch.shared_database import open_batches
from pressgen.actions.batch.work_package import BatchRequest
from pressgen.actions.build.build import BuildRequest
from pressgen.actions.build.build_many import build_many
from pressgen.actions.build.cache import BuildCache
from pressgen.actions.workspace.folder import Workspace
from pressgen.channels.object_store import ObjectStore
from pressgen.model.artifact import Format
from pressgen.scheduler.batches import Batch

PRESSGEN = Path(sys.executable).with_name("pressgen")
FORMATS = (Format.DOCX, Format.TXT)


@dataclass
class Archive:
    """A workspace with releases, and where they are made into.

    Attributes:
        database: the URL of a database of its own.
        to: the depot's address.
        environment: what workers need beside it.
        command: what stands before each command, such as the host that it runs on.
    """

    root: Path
    database: str
    to: str
    environment: Mapping[str, str] = field(default_factory=dict)
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    def files(self) -> list[Path]:
        return [folder / "release.yaml" for folder in Workspace(self.root).releases]

    def add(self, slugs: Sequence[str]) -> None:
        for number, slug in enumerate(slugs):
            folder = self.root / "releases" / slug
            folder.mkdir(parents=True)
            text = RELEASE.replace("B-1", f"B-{number}").replace("Bridge opens", f"Bridge {number} opens")
            (folder / "release.yaml").write_text(text)

    def send(
        self, most: int = 2, formats: Sequence[Format] = FORMATS, *, force: bool = False, now: datetime | None = None
    ) -> SentBatch:
        sender = BatchSender(Workspace(self.root), ObjectStore(self.to), BatchRequest(tuple(formats), (), force), most)
        return sender.send(self.files(), now or datetime.now(UTC))

    def worker(self, name: str, *options: str, before: Sequence[str] = (), **environment: str) -> subprocess.Popen[str]:
        """The command `pressgen worker --queue archive`, with a scratch folder of its own."""
        command = [*before, PRESSGEN, "worker", "--queue", "archive", "--id", name, "--jobs", "1", *options]
        own = {"PRESSGEN_SCRATCH": str(self.root / "scratch" / name), **self.environment, **environment}
        with self.log(name).open("a") as log:
            process = subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, text=True, cwd="/", env={**os.environ, **own}
            )
        self.workers.append(process)
        return process

    def log(self, name: str) -> Path:
        return self.root / f"{name}.log"

    def batch(self, name: str) -> Batch:
        with open_batches() as held:
            found = held.batch(name)
        assert found
        return found

    def finish(self, name: str) -> Batch:
        """The batch, once nothing of it is to be made."""
        wait_until(lambda: not self.batch(name).under_way)
        return self.batch(name)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command, in the workspace."""
        return subprocess.run(
            [PRESSGEN, *arguments], cwd=self.root, env={**os.environ, **self.environment},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def results(self) -> dict[str, bytes]:
        """Every file that lies in the depot as a result, by path."""
        return lying(ObjectStore(self.to))

    def plain(self) -> dict[str, bytes]:
        """Every file that one machine makes of the same releases, by path."""
        here, out = Workspace(self.root), self.root / "plain"
        for _ in build_many([BuildRequest(here, file, FORMATS, out=out) for file in self.files()], BuildCache(here), 1):
            pass
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}

    def recorded(self) -> str:
        """Everything in the engine's tables, as one text."""
        with psycopg.connect(self.database) as connection:
            names = connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'dbos'"
            ).fetchall()
            return str([connection.execute(f'SELECT * FROM dbos."{name}"').fetchall() for (name,) in names])  # noqa: S608

    def end(self) -> None:
        for process in self.workers:
            process.kill()
            process.wait()


def lying(depot: ObjectStore, folder: str = "") -> dict[str, bytes]:
    """Every file in a depot but those of the queue."""
    found: dict[str, bytes] = {}
    for name in depot.names(folder) - {".queue"}:
        path = f"{folder}/{name}".lstrip("/")
        content = None if "." not in name else depot.get(path)
        found |= lying(depot, path) if content is None else {path: content}
    return found


def whole(results: Mapping[str, bytes]) -> Counter[str]:
    """How many variants of each release lie there whole, by the sums of their manifests."""
    found: Counter[str] = Counter()
    for path, content in results.items():
        folder, _, name = path.rpartition("/")
        if name == "manifest.json":
            outputs = json.loads(content)["outputs"]
            assert all(
                sha256(results[f"{folder}/{each}"]).hexdigest() == told["sha256"] for each, told in outputs.items()
            )
            found[folder.partition("/")[0]] += 1
    return found


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture
def archive(workspace: Path, postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """Six releases, a folder for what is made of them, and no worker yet."""
    shutil.rmtree(workspace / "releases" / "bridge")
    made = Archive(workspace, postgres.new_database(), str(workspace / "depot"))
    made.add([f"bridge-{number}" for number in range(6)])
    monkeypatch.setenv("PRESSGEN_DATABASE", made.database)
    yield made
    made.end()
