"""Find pictures and names that a copied house kept of another body."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import Workspace, load_house
from pressgen.errors import InputError, Place, Problem, Severity
from pressgen.word.template_pictures import read_template_pictures
from pressgen.word.text import read_headers_and_footers, read_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.house import House, HouseFolder
    from pressgen.word.template_pictures import TemplatePicture

WORD, TEXTS = "release.docx", ("house.yaml", "release.html", "mail.txt")
REPLACE = "replace it in Word (right-click, Change Picture), and correct its Alt Text"


def find_borrowed_parts(workspace: Workspace, folder: HouseFolder) -> list[Problem]:
    """Return a warning for each picture and name of another body.

    Pictures are compared with the house's logo by their description, and with those of the other houses by their bytes.
    Names are those of the other houses of the workspace. A picture without a description that no other house has cannot
    be judged.
    """
    others = [each for each in _load_others(workspace, folder) if _fold(each.house.name) != _fold(folder.house.name)]
    problems = [each for other in others for file in TEXTS for each in _find_names(folder, file, other)]
    with suppress(InputError):  # a broken Word file is reported by its own check
        problems += _find_names_in_word(folder, others)
        problems += _find_pictures(folder, others)
    return problems


def _load_others(workspace: Workspace, folder: HouseFolder) -> Iterator[HouseFolder]:
    for name in workspace.houses:
        if name != folder.name:
            with suppress(InputError):  # a broken house is reported when it is used or checked itself
                yield load_house(workspace, name, Place("templates"))[0]


def _find_names(folder: HouseFolder, file: str, other: HouseFolder) -> Iterator[Problem]:
    source = folder.files.get(file, b"").decode("utf-8-sig", "replace")
    for name, at in _search_names(source, folder, other):
        place = Place.of(f"{folder.shown}/{file}", source, at)
        yield _warn(f"“{name}” is the name of the house {other.name}; if you copied it, write your own name", place)


def _find_names_in_word(folder: HouseFolder, others: list[HouseFolder]) -> Iterator[Problem]:
    place, data = Place(f"{folder.shown}/{WORD}"), folder.files.get(WORD, b"")
    texts = {text: None for read in (read_headers_and_footers, read_paragraphs) for text in read(data, place.file)}
    found = {name: each.name for each in others for text in texts for name, _ in _search_names(text, folder, each)}
    for name, house in found.items():
        yield _warn(
            f"its text has “{name}”, the name of the house {house}; if you copied it, correct it in Word", place
        )


def _find_pictures(folder: HouseFolder, others: list[HouseFolder]) -> Iterator[Problem]:
    place = Place(f"{folder.shown}/{WORD}")
    pictures = read_template_pictures(folder.files.get(WORD, b""), place.file)
    own = {_fold(each) for each in _list_marks(folder.house)}
    has_logo = any(mark in _fold(each.description) for each in pictures for mark in own)
    theirs = {data: other for other in others for data in _list_foreign_pictures(folder, other)}
    for each in pictures:
        if other := theirs.get(each.data):
            message = f"the picture in its {each.where} is that of the house {other.name}, whose logo is another"
            yield _warn(f"{message}; {REPLACE}", place)
        elif each.description and not has_logo:
            yield _warn(f"{_compare_description(each, folder.house)}; if it is another body’s, {REPLACE}", place)


def _list_foreign_pictures(folder: HouseFolder, other: HouseFolder) -> set[bytes]:
    """Return the pictures of another house's Word file.

    There are none where both have the same logo.
    """
    ours, theirs = (each.files.get(each.house.logo.file) if each.house.logo else None for each in (folder, other))
    if ours is not None and ours == theirs:
        return set()
    with suppress(InputError):
        return {each.data for each in read_template_pictures(other.files.get(WORD, b""), other.shown)}
    return set()


def _compare_description(picture: TemplatePicture, house: House) -> str:
    logo = f"the house’s logo as “{house.logo.alt}”" if house.logo else f"the house is called “{house.name}”"
    return f"the picture in its {picture.where} is described as “{picture.description}”, but {logo}"


def _search_names(text: str, folder: HouseFolder, other: HouseFolder) -> Iterator[tuple[str, int]]:
    """Yield the first place of each name of another house.

    A part of the house's own name is no such place.
    """
    own = re.compile(re.escape(folder.house.name), re.IGNORECASE)
    rest = own.sub(lambda found: " " * len(found[0]), text)
    translated = {each.name for each in other.house.languages.values() if each.name}
    for name in sorted({*_list_marks(other.house), *translated}):
        words = r"\s+".join(map(re.escape, name.split()))
        if found := re.search(rf"(?<!\w){words}(?!\w)", rest, re.IGNORECASE):
            yield name, found.start()


def _list_marks(house: House) -> list[str]:
    """Return a house's name and the description of its logo."""
    return [house.name, house.logo.alt] if house.logo else [house.name]


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _warn(message: str, place: Place) -> Problem:
    return Problem(code="P12", message=message, place=place, severity=Severity.WARNING)
