"""Rounds of known edits in Word files, each judged by where it came to be in the release."""

from __future__ import annotations

import io
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner
from docx import Document

from importer import drafts, samples
from machine import ROOT
from pressgen.actions.setup.importing import create_release_slug
from pressgen.cli.app import main
from review.libreoffice import edited
from saves.edits import KINDS, Edit, choose, load
from saves.hand import add_table, count_words, read, word_files, work
from saves.judge import judge
from soak.result import Result

SHARED = ROOT.parent / "shared" / "corpus" / "word"
LEAST_RIGHT = 0.95
REMARK = "# checked by the desk: do not lose this line"


@dataclass
class Work:
    """A file that is worked on, with what became of its saves.

    Attributes:
        file: the Word file.
        release: its `release.yaml`.
        kinds: the kinds of edits in their order.
        take_in: has pressgen take in a save; the exit code and what it prints.
        asks: words in what it prints where it asks a person.
    """

    name: str
    file: Path
    release: Path
    kinds: list[str]
    take_in: Callable[[], tuple[int, str]]
    asks: tuple[str, ...]
    data: bytes = b""
    edit: Edit | None = None
    faults: list[str] = field(default_factory=list)


Begin = Callable[[Path, str, bytes, int], Work | None]


def play(size: int, seed: int, begin: Begin, *, short: bool) -> Result:
    """Work on as many files, five saves each, from a seed on.

    Args:
        size: how many files.
        seed: the first.
        begin: makes a release of a file in a workspace; None where it is not to be used.
        short: only with invented files.
    """
    with TemporaryDirectory() as folder:
        room = Path(folder) / "room"
        room.mkdir()
        shutil.copytree(ROOT / "templates", room / "templates")
        works = [each for each in (begin(room, *one, seed) for one in _sources(size, short=short)) if each]
        counts: Counter[str] = Counter()
        for step in range(len(KINDS)):
            _save(Path(folder) / f"office{step}", works, step, seed)
            for each in works:
                _take_in(each, counts)
    faults = [f"{seed} {each.name} {fault}" for each in works for fault in each.faults]
    saves = counts["right"] + counts["asked"] + counts["wrong"]
    if counts["right"] < LEAST_RIGHT * saves or not saves:
        faults.append(f"{seed}: only {counts['right']} of {saves} changes are in the right field without a question")
    figures = f"{len(works)} files, {saves} saves: {dict(sorted(counts.items()))}"
    return Result(len(works), tuple(faults), figures)


def _sources(size: int, *, short: bool) -> list[tuple[str, bytes]]:
    """Names and contents of files: invented ones first where there are no others to be had."""
    texts = {"museum": drafts.MUSEUM, "charity": samples.CHARITY, "german": samples.GERMAN, "french": samples.FRENCH}
    invented = [(name, _type_file(text)) for name, text in texts.items()]
    named = os.environ.get("PRESSGEN_WORD_FILES", "")
    public = [(each.stem, each.read_bytes()) for each in word_files(*([Path(named)] if named else []), SHARED)]
    return (invented if short else [*public, *invented])[:size]


def _type_file(text: str) -> bytes:
    """A Word file with a paragraph for each paragraph of a text."""
    document = Document()
    for paragraph in text.split("\n\n"):
        for line in paragraph.split("\n") if paragraph[:1] in "•-1" else [paragraph.replace("\n", " ")]:
            document.add_paragraph(line.strip())
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def import_with_table(room: Path, name: str, data: bytes, seed: int) -> tuple[Path, Path] | None:
    """Import a file for the first time, with a table in it, and a remark in the release.

    Return both files; None where the file has no paragraph that is certain.
    """
    file = room / f"{name.replace(' ', '-')}.docx"
    file.write_bytes(data)
    run_command(room, "import", str(file))
    release = room / "releases" / create_release_slug(file) / "release.yaml"
    edit = choose("quote", *read(data), release.read_text(), seed) if release.is_file() else None
    if edit is None:
        return None
    shutil.rmtree(release.parent)
    file.write_bytes(add_table(data, edit.paragraph, seed))
    run_command(room, "import", str(file))
    release.write_text(release.read_text().replace("\nbody:\n", f"\n{REMARK}\nbody:\n", 1))
    return file, release


def shuffle_kinds(name: str, seed: int) -> list[str]:
    """The kinds of edits in an order of the file's own."""
    kinds = list(KINDS)
    random.Random(f"{name}{seed}").shuffle(kinds)  # noqa: S311 - the same order again
    return kinds


def run_command(room: Path, *arguments: str) -> tuple[int, str]:
    """Run pressgen in a workspace; the exit code and what it prints."""
    done = CliRunner().invoke(main, [*arguments, "--workspace", str(room)])
    return done.exit_code, done.output


def _save(folder: Path, works: list[Work], step: int, seed: int) -> None:
    """Make the next edit of each file: every other one in LibreOffice."""
    folder.mkdir()
    office = []
    for number, each in enumerate(works):
        each.data = each.file.read_bytes()
        each.edit = choose(each.kinds[step], *read(each.data), each.release.read_text(), seed * 100 + number)
        if each.edit is None:
            continue
        if (number + step) % 2:
            office.append(each)
        else:
            each.file.write_bytes(work(each.data, each.edit))
    if not office:
        return
    said = edited(
        folder, [(each.file, each.file.with_suffix(".new"), asdict(each.edit)) for each in office if each.edit]
    )
    for each, missing in zip(office, said, strict=True):
        if missing and each.edit:  # LibreOffice numbers the characters of this paragraph otherwise
            each.file.write_bytes(work(each.data, each.edit))
        else:
            each.file.with_suffix(".new").replace(each.file)


def _take_in(each: Work, counts: Counter[str]) -> None:
    if each.edit is None:
        counts["no such place"] += 1
        return
    before = each.release.read_text()
    code, output = each.take_in()
    if code or any(words in output for words in each.asks):
        counts["asked"] += 1
        untold = code and not any(words in output for words in each.asks)
        each.faults += [f"{each.edit.kind}: {output}"] if untold else []
        return
    after = each.release.read_text()
    verdict = judge(each.edit, (count_words(each.data), count_words(each.file.read_bytes())), (before, after))
    counts["right" if verdict.right and not verdict.wrong else "wrong"] += 1
    counts["words lost"] += len(verdict.lost)
    told = [f"lost {verdict.lost}"] if verdict.lost else []
    told += [f"wrong {verdict.wrong}"] if verdict.wrong else []
    told += [] if verdict.right else ["not in its field"]
    told += [] if REMARK in after and load(after) else ["a comment is gone"]
    each.faults += (
        [f"{each.edit.kind} {each.edit.words or each.edit.paragraph[:60]!r}: {'; '.join(told)}"] if told else []
    )
