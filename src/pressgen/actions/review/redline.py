"""What one version of a release says otherwise than another: by the fields of its data, or as a Word file or PDF."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pressgen.actions.approve.changes import POSITION, pairs
from pressgen.errors import Place, Problem, Refused
from pressgen.files.writing import write_into
from pressgen.load.source import read_source
from pressgen.model.artifact import Variant
from pressgen.model.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.review.versions import Version
    from pressgen.actions.workspace.folder import Desk
    from pressgen.load.source import SourceText
    from pressgen.model.document import Document

HOUSE = "house.yaml"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that differs.

    Attributes:
        kind: a text that was `changed`, `added`, `removed` or `moved`; or a `file` that has other bytes.
        path: of the data; for a file, its name.
        before, after: the text, None where it is absent; both of a file.
        place: in the new version, or in the old one where it has gone.
        was: where a text that moved stood in the old version.
    """

    kind: Literal["changed", "added", "removed", "moved", "file"]
    path: str
    before: str | None
    after: str | None
    place: Place
    was: str = ""

    @property
    def label(self) -> str:
        """What it is called in the margin of a review copy: `4.2`, `note report`."""
        return "" if self.kind == "file" else label(self.path)


def differences(old: Version, new: Version) -> list[Difference]:
    """Every text that differs, of the release, of its translations and of its house, in the order of the files.

    Files that are no data are told where their bytes differ.
    """
    before, after = ({desk.suffix: desk for desk in each.desks} for each in (old, new))
    found: list[Difference] = []
    for suffix in dict.fromkeys([*after, *before]):
        one, other = before.get(suffix), after.get(suffix)
        if one and other:
            found += _in_order(_differing(one.source, other.source, old.side.name))
        else:
            name = f"release{suffix}.yaml"
            found.append(_file(name, "was added" if other else "was taken out"))
    return [*found, *_of_house(old, new), *_of_files(old, new)]


def _differing(old: SourceText, new: SourceText, name: str, under: str = "") -> Iterator[Difference]:
    """The texts that differ between two files; `under` stands before their paths."""
    told = list(pairs(list(old.typed.items()), list(new.typed.items())))
    gone = {(POSITION.sub("[]", path), before): path for path, before, after in told if after is None}
    moved = {
        key for path, before, after in told if before is None and (key := (POSITION.sub("[]", path), after)) in gone
    }
    entries = {path.rpartition(".")[0] for path, before, after in told if not path.endswith(".id") and before != after}
    for path, before, after in told:
        key = POSITION.sub("[]", path), before if after is None else after
        if (key in moved and after is None) or (path.endswith(".id") and path[: -len(".id")] in entries):
            continue  # told where it came; or with the entry that bears the id
        if after is None:
            place = old.place(path)
            place = replace(place, file=f"{place.file} ({name})")
            yield Difference("removed", under + path, before, None, place)
        elif key in moved:
            yield Difference("moved", under + path, after, after, new.place(path), under + str(gone[key]))
        else:
            kind: Literal["added", "changed"] = "added" if before is None else "changed"
            yield Difference(kind, under + path, before, after, new.place(path))


def _in_order(found: Iterator[Difference]) -> list[Difference]:
    """By their lines in the new file; what has gone from there stays behind what it followed."""
    lines: list[tuple[int, Difference]] = []
    for each in found:
        gone = each.kind == "removed"
        lines.append(((lines[-1][0] if lines else 0) if gone else each.place.line, each))
    return [each for _, each in sorted(lines, key=lambda line: line[0])]


def _of_house(old: Version, new: Version) -> Iterator[Difference]:
    """The wording of the house, where it is the same house."""
    one, other = (each.desks[0].house for each in (old, new))
    if one.name == other.name and one.files[HOUSE] != other.files[HOUSE]:
        sources = [read_source(each.files[HOUSE], f"templates/{each.name}/{HOUSE}")[0] for each in (one, other)]
        yield from _in_order(_differing(sources[0], sources[1], old.side.name, "house."))


def _of_files(old: Version, new: Version) -> Iterator[Difference]:
    one, other = ({name: each for desk in of.desks for name, each in desk.inputs.items()} for of in (old, new))
    for name in sorted(one.keys() | other.keys()):
        same_house = old.desks[0].house.name == new.desks[0].house.name or not name.startswith("templates/")
        if name.endswith((".yaml", ".yml")) or not same_house or one.get(name) == other.get(name):
            continue
        yield _file(
            name, "was added" if name not in one else "was taken out" if name not in other else "has other bytes"
        )


def _file(name: str, what: str) -> Difference:
    return Difference("file", name, None, what, Place(name))


def word(old: Version, new: Version, file: Path, now: datetime) -> list[Path]:
    """Write the difference as Word files with tracked changes, in the template of the new version's house.

    Returns: what was written, a file for each language that both have; `file` is that of the release itself.

    Raises:
        Refused: a version cannot be set, or a file cannot be written.
    """
    from pressgen.render import word as setter  # noqa: PLC0415 - slow to import
    from pressgen.review.redlining import redlined  # noqa: PLC0415 - as above

    names = [
        side.name.rstrip("/").rpartition("/")[2] for side in (old.side, new.side)
    ]  # where it lies is told to nobody
    author, date = " to ".join(names), f"{now:%Y-%m-%dT%H:%M:%SZ}"
    made = {}
    for before, after, documents in _shown(old, new):
        house = after.house
        contents = [
            setter.render(document, house, desk.media).content
            for desk, document in zip((before, after), documents, strict=True)
        ]
        made[_name(file, after)] = redlined(contents[0], contents[1], author, date)
    return _written(file, made)


def paper(old: Version, new: Version, file: Path) -> list[Path]:
    """Write the difference as PDFs: struck and underlined, with bars in the margin.

    Returns: as `word` does.

    Raises:
        Refused: a version cannot be set, or what was made does not say every word of both; or it cannot be written.
        MachineLacks: a library that PDF needs is not on this machine.
    """
    from pressgen.render import pdf  # noqa: PLC0415 - as above
    from pressgen.review.revising import OLD, revised  # noqa: PLC0415 - as above
    from pressgen.validate import file as judge  # noqa: PLC0415 - as above
    from pressgen.validate.content import differences as untrue  # noqa: PLC0415 - as above

    made, problems = {}, list[Problem]()
    for before, after, (was, is_) in _shown(old, new):
        redrawn = {name for name in before.media.keys() & after.media.keys() if before.media[name] != after.media[name]}
        shown = revised(was, is_, (old.side, new.side), frozenset(redrawn))
        media = {**{f"{OLD}{name}": content for name, content in before.media.items()}, **after.media}
        artifact = pdf.render(shown, after.house, media, after.locate)
        problems += [*untrue(shown, artifact, after.locate), *judge.problems(artifact.content, artifact.name)]
        made[_name(file, after)] = artifact.content
    if problems:
        raise Refused(problems)
    return _written(file, made)


def _shown(old: Version, new: Version) -> Iterator[tuple[Desk, Desk, tuple[Document, Document]]]:
    """Each language that both versions have, with what both show; what is made of it says which states it shows."""
    from pressgen.actions.workspace.compose import composed  # noqa: PLC0415 - slow to import

    before = {desk.suffix: desk for desk in old.desks}
    for after in new.desks:
        if (one := before.get(after.suffix)) is None:
            continue
        was, is_ = (document for desk in (one, after) for document in composed(desk, [Variant.REVIEW]))
        if was.edition and is_.edition:
            edition = replace(is_.edition, since=was.edition.digest)
            was, is_ = replace(was, edition=edition, reference=is_.reference), replace(is_, edition=edition)
        yield one, after, (was, is_)


def _name(file: Path, desk: Desk) -> str:
    return f"{file.stem}{desk.suffix}{file.suffix}"


def _written(file: Path, made: dict[str, bytes]) -> list[Path]:
    try:
        write_into(file.parent, made)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise Refused([Problem(code="K02", message=message, place=Place(str(file)))]) from None
    return [file.parent / name for name in made]
