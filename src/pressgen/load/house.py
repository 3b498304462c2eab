"""Read a house from its folder, or report every fault of `house.yaml`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place, Problem
from pressgen.load.faults import make_problem
from pressgen.load.files import FileReference, find_file_problems
from pressgen.load.schema import SchemaCodes, validate_data
from pressgen.load.source import SourceText, read_source
from pressgen.load.tree import Scalar
from pressgen.load.zones import explain_unknown_zone
from pressgen.model.house import House, HouseFolder
from pressgen.text.expression import explain_unknown_name, find_names
from pressgen.text.prose import Expression, ProseError, find_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = "house.yaml"
TEMPLATES = ("release.docx", "release.html", "release.css", "mail.txt")
SHAPE = SchemaCodes(unknown="H01", missing="H02", shape="H03", form="H04", few="H05")
LOGO = (FileReference(re.compile(r"logo\.file"), (".svg", ".png", ".jpg", ".jpeg")),)

PERSON = ("name", "role", "organisation")
PHRASES = {  # the names that each phrase may use, as in the model's descriptions
    r"wording\.(?:embargo\[\d+\]|lifted)": ("embargo",),
    r"wording\.immediate": (),
    r"wording\.contact\[\d+\]": (*PERSON, "phone", "email", "out_of_hours"),
    r"wording\.dateline": ("place", "dated"),
    r"wording\.attribution\.(?:first|later)": (*PERSON, "later", "verb"),
}
IN_LANGUAGE = re.compile(r"^languages\.[^.]+\.")
PROSE = re.compile(
    r"wording\.(?:notes|contacts|reasons|findings\[\d+\])|boilerplate\[\d+\]\.(?:heading|text(?:\[\d+\])?)"
)


def read_house(files: Mapping[str, bytes], name: str, shown: str) -> tuple[HouseFolder, SourceText]:
    """Read a house from the files of its folder.

    Args:
        files: the bytes of every file in it, by path relative to the folder with `/`.
        name: the folder's name under `templates/`.
        shown: the folder's path in messages, such as `templates/inspectorate`.

    Raises:
        InputError: with every fault of `house.yaml`, and every required file that is missing.
    """
    problems = list(_missing_files(files, shown))
    if FILE not in files:
        raise InputError(problems)
    try:
        source, faults = read_source(files[FILE], f"{shown}/{FILE}")
    except InputError as refusal:
        raise InputError([*problems, *refusal.problems]) from None
    problems += faults
    house, faults = validate_data(House, source, SHAPE)
    problems += faults
    problems += find_file_problems(source, LOGO, files, ("H07", "H08"))
    problems += _phrase_problems(source)
    if (zone := source.text_at("zone")) and (message := explain_unknown_zone(zone)):
        problems.append(make_problem("H11", message, source.place("zone"), "zone"))
    if problems or house is None:
        raise InputError(problems)
    return HouseFolder(name, shown, house, files), source


def _missing_files(files: Mapping[str, bytes], shown: str) -> Iterator[Problem]:
    for each in (FILE, *TEMPLATES):
        if each not in files:
            message = f"a house needs {each}; copy it from another house and change it"
            yield make_problem("H06", message, Place(f"{shown}/{each}"))


def _phrase_problems(source: SourceText) -> Iterator[Problem]:
    for path, node in source.nodes.items():
        if not isinstance(node, Scalar) or node.refused:
            continue
        own = IN_LANGUAGE.sub("", path)
        known = next((each for pattern, each in PHRASES.items() if re.fullmatch(pattern, own)), None)
        if known is not None or PROSE.fullmatch(own):
            for code, message, offset in _find_faults(node.value, known):
                yield make_problem(code, message, source.place(path, offset), path)


def _find_faults(text: str, known: tuple[str, ...] | None) -> Iterator[tuple[str, str, int]]:
    """Find the problems of a phrase or of prose.

    Names in prose are not checked: only a release defines them.
    """
    parts, unreadable = find_mentions(text)
    for message, offset in unreadable:
        yield "H09", message, offset
    for part in parts:
        if isinstance(part, Expression):
            yield from _unknown_names(part, known)


def _unknown_names(part: Expression, known: tuple[str, ...] | None) -> Iterator[tuple[str, str, int]]:
    try:
        for dotted, at in find_names(part.code):
            if known is not None and (message := explain_unknown_name(dotted, dict.fromkeys(known, ""))):
                yield "H10", message, part.code_start + at
    except ProseError as refusal:
        for message, at in refusal.faults:
            yield "H09", message, part.code_start + at
