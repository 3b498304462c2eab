"""Read a release from `release.yaml`, or report every fault in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Problem
from pressgen.load.charts import find_chart_problems
from pressgen.load.faults import make_problem
from pressgen.load.files import FileReference, find_file_problems
from pressgen.load.names_in_prose import find_citation_problems
from pressgen.load.references import find_reference_problems
from pressgen.load.schema import SchemaCodes, validate_data
from pressgen.load.source import SourceText, read_source
from pressgen.load.times import find_time_problems
from pressgen.load.unplaced import find_unplaced_problems
from pressgen.model.release import Person, Release
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SHAPE = SchemaCodes(unknown="R01", missing="R02", shape="R03", form="R04", few="R05")
FILES = (
    FileReference(re.compile(r"body\[\d+\]\.image\.file"), (".png", ".jpg", ".jpeg")),
    FileReference(re.compile(r"attachments\[\d+\]\.file"), ()),
)
NOBODY = "R07"
BEARABLE = {NOBODY, "R27", "R28"}
"""The codes of faults that leave the rest of a release as it is: unknown people, pull quotes, what is unplaced."""
PULL = re.compile(r"body\[\d+\]\.pull\.words")
SPOKEN = re.compile(r"(body\[\d+\]\.quote)\.words(?:\[\d+\])?")


@dataclass(frozen=True, slots=True)
class ParsedRelease:
    """A release, and the file that it was read from."""

    release: Release
    source: SourceText


def read_release(
    data: bytes, shown: str, *, beside: Collection[str] | None = None, houses: Collection[str] | None = None
) -> ParsedRelease:
    """Read a release from its file.

    Args:
        data: the bytes of the file.
        shown: its name in messages.
        beside: the files in its folder, as relative paths with `/`; None to skip the check for missing pictures and
            attachments.
        houses: the names of all houses; None to skip the check of the house.

    Raises:
        InputError: with every fault of the file.
    """
    release, source, problems = _read_parts(data, shown, beside, houses)
    if problems or release is None:
        raise InputError(problems)
    return ParsedRelease(release, source)


def read_incomplete_release(
    data: bytes, shown: str, *, beside: Collection[str] | None = None, houses: Collection[str] | None = None
) -> ParsedRelease:
    """Read a release to look for further faults in it.

    Arguments are as for `read_release`. Faults of `BEARABLE` codes are passed over, and people who are named but not
    there get their id as their name: nothing is to be made from the result.

    Raises:
        InputError: with every fault, if there is one of another kind.
    """
    release, source, problems = _read_parts(data, shown, beside, houses)
    if release is None or any(each.code not in BEARABLE for each in problems):
        raise InputError(problems)
    named = (source.text_at(each.path) for each in problems if each.code == NOBODY)
    strangers = {each: Person(name=each) for each in named if each}
    return ParsedRelease(release.model_copy(update={"people": {**strangers, **release.people}}), source)


def _read_parts(
    data: bytes, shown: str, beside: Collection[str] | None, houses: Collection[str] | None
) -> tuple[Release | None, SourceText, list[Problem]]:
    source, problems = read_source(data, shown)
    release, faults = validate_data(Release, source, SHAPE)
    problems += faults
    problems += find_reference_problems(source)
    problems += find_chart_problems(source)
    problems += _find_pull_quote_problems(source)
    problems += find_citation_problems(source)
    problems += find_time_problems(source)
    problems += find_file_problems(source, FILES, beside, ("R14", "R15"))
    problems += find_unplaced_problems(source)
    problems += _house_problems(source, houses)
    return release, source, problems


def _house_problems(source: SourceText, houses: Collection[str] | None) -> Iterator[Problem]:
    house = source.text_at("house")
    if houses is not None and house is not None and house not in houses:
        message = f"there is no house “{house}” under templates/{suggest_name(house, houses)}"
        yield make_problem("R22", message, source.place("house"), "house")


def _find_pull_quote_problems(source: SourceText) -> Iterator[Problem]:
    """Find pull quotes that are in no quotation of their speaker.

    The problem names the lines of the speaker's quotations.
    """
    for path in filter(PULL.fullmatch, source.nodes):
        words, speaker = source.text_at(path), source.text_at(path.replace(".words", ".by"))
        if words is None or speaker is None:
            continue
        said = list(_list_spoken_paragraphs(source, speaker))
        if any(_normalise_spaces(words) in _normalise_spaces(text) for _, text in said):
            continue
        lines = ", ".join(str(source.place(where).line) for where, _ in said)
        found = f"what was said begins in line {lines}" if said else "there is none"
        message = f"no quotation of “{speaker}” in the body has these words; {found}"
        yield make_problem("R27", message, source.place(path), path)


def _list_spoken_paragraphs(source: SourceText, speaker: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a speaker's quotations, each with its path."""
    for path in source.nodes:
        match, text = SPOKEN.fullmatch(path), source.text_at(path)
        if match and text is not None and source.text_at(f"{match[1]}.by") == speaker:
            yield path, text


def _normalise_spaces(text: str) -> str:
    """Return the text with single spaces, as in print."""
    return " ".join(text.split())
