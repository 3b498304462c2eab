"""Differences between two versions of a release.

They are listed by the fields of the data, or written as a Word file or PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pressgen.actions.review.source_changes import compare_sources
from pressgen.errors import InputError, Place, Problem, guard_writing
from pressgen.files.atomic import write_into
from pressgen.load.source import read_source
from pressgen.model.artifact import Variant
from pressgen.model.labels import label_path
from pressgen.model.redline import RedlineSummary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.review.versions import ReleaseVersion
    from pressgen.actions.workspace.folder import LoadedRelease
    from pressgen.load.source import SourceText
    from pressgen.model.document import Document

HOUSE = "house.yaml"


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """A difference between two versions of a release.

    Attributes:
        kind: a text that was `changed`, `added`, `removed` or `moved`; or a `file` that has changed.
        path: of the data; for a file, its name.
        before, after: the text, None where it is absent; both of a file. A text that moved may have changed as well.
        place: in the new version, or in the old one where it was removed.
        was: the place of a moved text in the old version.
    """

    kind: Literal["changed", "added", "removed", "moved", "file"]
    path: str
    before: str | None
    after: str | None
    place: Place
    was: str = ""

    @property
    def label(self) -> str:
        """Its name in the margin of a review copy.

        Examples are `4.2` and `note report`.
        """
        return "" if self.kind == "file" else label_path(self.path)


def compare_versions(old: ReleaseVersion, new: ReleaseVersion) -> list[VersionDifference]:
    """List every difference between two versions, in file order.

    The texts of the release, its translations and its house are compared. Other files are listed where their bytes
    differ.
    """
    before, after = ({loaded.suffix: loaded for loaded in each.languages} for each in (old, new))
    found: list[VersionDifference] = []
    for suffix in dict.fromkeys([*after, *before]):
        one, other = before.get(suffix), after.get(suffix)
        if one and other:
            found += _sort_differences(_compare_sources(one.source, other.source, old.side.name))
        else:
            name = f"release{suffix}.yaml"
            found.append(_build_file_difference(name, "was added" if other else "was taken out"))
    return [*found, *_compare_houses(old, new), *_compare_files(old, new)]


def _compare_sources(old: SourceText, new: SourceText, name: str, under: str = "") -> Iterator[VersionDifference]:
    """Compare the texts of two files; `under` goes before their paths."""
    for kind, path, before, after, was in compare_sources(old, new):
        place = new.place(path)
        if kind == "removed":
            place = old.place(path)
            place = replace(place, file=f"{place.file} ({name})")
        yield VersionDifference(kind, under + path, before, after, place, was and under + was)


def _sort_differences(found: Iterator[VersionDifference]) -> list[VersionDifference]:
    """Sort differences by their lines in the new file.

    A removed text stays after the text that it followed.
    """
    lines: list[tuple[int, VersionDifference]] = []
    for each in found:
        gone = each.kind == "removed"
        lines.append(((lines[-1][0] if lines else 0) if gone else each.place.line, each))
    return [each for _, each in sorted(lines, key=lambda line: line[0])]


def _compare_houses(old: ReleaseVersion, new: ReleaseVersion) -> Iterator[VersionDifference]:
    """Compare the wording of the house, where both versions use the same."""
    one, other = (each.languages[0].house for each in (old, new))
    if one.name == other.name and one.files[HOUSE] != other.files[HOUSE]:
        sources = [read_source(each.files[HOUSE], f"templates/{each.name}/{HOUSE}")[0] for each in (one, other)]
        yield from _sort_differences(_compare_sources(sources[0], sources[1], old.side.name, "house."))


def _compare_files(old: ReleaseVersion, new: ReleaseVersion) -> Iterator[VersionDifference]:
    one, other = ({name: each for loaded in of.languages for name, each in loaded.inputs.items()} for of in (old, new))
    for name in sorted(one.keys() | other.keys()):
        same_house = old.languages[0].house.name == new.languages[0].house.name or not name.startswith("templates/")
        if name.endswith((".yaml", ".yml")) or not same_house or one.get(name) == other.get(name):
            continue
        yield _build_file_difference(
            name, "was added" if name not in one else "was taken out" if name not in other else "has other bytes"
        )


def _build_file_difference(name: str, what: str) -> VersionDifference:
    return VersionDifference("file", name, None, what, Place(name))


def summarise_changes(old: ReleaseVersion, new: ReleaseVersion) -> RedlineSummary:
    """Count what differs between two versions, in every language that both have.

    Raises:
        InputError: a version cannot be composed.
    """
    found = (_merge_documents(old, new, *each) for each in _compose_both_versions(old, new))
    return sum((each.redline.summary for each in found if each.redline), RedlineSummary())


def write_word_redline(
    old: ReleaseVersion, new: ReleaseVersion, file: Path, now: datetime
) -> tuple[list[Path], RedlineSummary]:
    """Write the differences as Word files with tracked changes.

    The template is that of the new version's house.

    Returns: the written files, one for each language that both have, and how much differs; `file` is that of the
        release itself.

    Raises:
        InputError: a version cannot be rendered, or a file cannot be written.
    """
    from pressgen.render import word as setter
    from pressgen.review.word_redline import build_redline

    names = [side.name.rstrip("/").rpartition("/")[2] for side in (old.side, new.side)]  # its path is shown to nobody
    author, date = " to ".join(names), f"{now:%Y-%m-%dT%H:%M:%SZ}"
    made, summary = {}, RedlineSummary()
    for before, after, documents in _compose_both_versions(old, new):
        house = after.house
        contents = [
            setter.render(document, house, loaded.media).content
            for loaded, document in zip((before, after), documents, strict=True)
        ]
        made[_format_file_name(file, after)] = build_redline(contents[0], contents[1], author, date)
        shown = _merge_documents(old, new, before, after, documents)
        summary += shown.redline.summary if shown.redline else RedlineSummary()
    return _write_files(file, made), summary


def write_pdf_redline(old: ReleaseVersion, new: ReleaseVersion, file: Path) -> tuple[list[Path], RedlineSummary]:
    """Write the differences as PDFs, with changes marked.

    Deleted text is struck, inserted text is underlined, moved text is marked at both places, and bars in the margin
    mark changed lines.

    Returns:
        as `write_word_redline`.

    Raises:
        InputError: a version cannot be rendered, a PDF does not contain every word of both versions, or it cannot
            be written.
        EnvironmentFailureError: a library for PDF is missing on this machine.
    """
    from pressgen.render import pdf
    from pressgen.review.document_merge import OLD
    from pressgen.validate import file as judge
    from pressgen.validate.content import check_content as untrue

    made, problems, summary = {}, list[Problem](), RedlineSummary()
    for before, after, documents in _compose_both_versions(old, new):
        shown = _merge_documents(old, new, before, after, documents)
        summary += shown.redline.summary if shown.redline else RedlineSummary()
        media = {**{f"{OLD}{name}": content for name, content in before.media.items()}, **after.media}
        artifact = pdf.render(shown, after.house, media, after.locate)
        problems += [*untrue(shown, artifact, after.locate), *judge.validate_file(artifact.content, artifact.name)]
        made[_format_file_name(file, after)] = artifact.content
    if problems:
        raise InputError(problems)
    return _write_files(file, made), summary


def _merge_documents(
    old: ReleaseVersion,
    new: ReleaseVersion,
    before: LoadedRelease,
    after: LoadedRelease,
    documents: tuple[Document, Document],
) -> Document:
    """Merge both versions of one language into one document."""
    from pressgen.review.document_merge import merge_versions

    redrawn = {name for name in before.media.keys() & after.media.keys() if before.media[name] != after.media[name]}
    return merge_versions(*documents, (old.side, new.side), frozenset(redrawn))


def _compose_both_versions(
    old: ReleaseVersion, new: ReleaseVersion
) -> Iterator[tuple[LoadedRelease, LoadedRelease, tuple[Document, Document]]]:
    """Compose both versions of each language that both have.

    The documents name both states, so that a redline says which it compares.
    """
    from pressgen.actions.workspace.compose import compose_release

    before = {loaded.suffix: loaded for loaded in old.languages}
    for after in new.languages:
        if (one := before.get(after.suffix)) is None:
            continue
        was, is_ = (document for loaded in (one, after) for document in compose_release(loaded, [Variant.REVIEW]))
        if was.edition and is_.edition:
            edition = replace(is_.edition, since=was.edition.digest)
            was, is_ = replace(was, edition=edition, reference=is_.reference), replace(is_, edition=edition)
        yield one, after, (was, is_)


def _format_file_name(file: Path, loaded: LoadedRelease) -> str:
    return f"{file.stem}{loaded.suffix}{file.suffix}"


def _write_files(file: Path, made: dict[str, bytes]) -> list[Path]:
    with guard_writing(str(file)):
        write_into(file.parent, made)
    return [file.parent / name for name in made]
