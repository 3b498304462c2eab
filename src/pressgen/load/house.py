"""A house from the files of its folder, or every fault of its `house.yaml`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Refused
from pressgen.load.faults import fault
from pressgen.load.files import Named, file_problems
from pressgen.load.schema import ShapeCodes, judge
from pressgen.load.source import SourceText, read_source
from pressgen.load.tree import Scalar
from pressgen.load.zones import zone_fault
from pressgen.model.house import House, HouseFolder
from pressgen.text.expression import names, unknown
from pressgen.text.prose import Expression, ProseFault, mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = "house.yaml"
TEMPLATES = ("release.docx", "release.html", "release.css", "mail.txt")
SHAPE = ShapeCodes(unknown="H01", missing="H02", shape="H03", form="H04", few="H05")
LOGO = (Named(re.compile(r"logo\.file"), (".svg", ".png", ".jpg", ".jpeg")),)

PERSON = ("name", "role", "organisation")
PHRASES = {  # what each phrase may name, as the descriptions of the model say
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
    """A house from its folder.

    Args:
        files: the bytes of every file in it, by path relative to the folder with `/`.
        name: the folder's name under `templates/`.
        shown: the folder's path in messages, such as `templates/inspectorate`.

    Raises:
        Refused: with every fault of `house.yaml`, and every file that a house needs and this one lacks.
    """
    problems = list(_missing_files(files, shown))
    if FILE not in files:
        raise Refused(problems)
    try:
        source, faults = read_source(files[FILE], f"{shown}/{FILE}")
    except Refused as refusal:
        raise Refused([*problems, *refusal.problems]) from None
    problems += faults
    house, faults = judge(House, source, SHAPE)
    problems += faults
    problems += file_problems(source, LOGO, files, ("H07", "H08"))
    problems += _phrase_problems(source)
    if (zone := source.text_at("zone")) and (message := zone_fault(zone)):
        problems.append(fault("H11", message, source.place("zone"), "zone"))
    if problems or house is None:
        raise Refused(problems)
    return HouseFolder(name, shown, house, files), source


def _missing_files(files: Mapping[str, bytes], shown: str) -> Iterator[Problem]:
    for each in (FILE, *TEMPLATES):
        if each not in files:
            message = f"a house needs {each}; copy it from another house and change it"
            yield fault("H06", message, Place(f"{shown}/{each}"))


def _phrase_problems(source: SourceText) -> Iterator[Problem]:
    for path, node in source.nodes.items():
        if not isinstance(node, Scalar) or node.refused:
            continue
        own = IN_LANGUAGE.sub("", path)
        known = next((each for pattern, each in PHRASES.items() if re.fullmatch(pattern, own)), None)
        if known is not None or PROSE.fullmatch(own):
            for code, message, offset in _faults(node.value, known):
                yield fault(code, message, source.place(path, offset), path)


def _faults(text: str, known: tuple[str, ...] | None) -> Iterator[tuple[str, str, int]]:
    """What is wrong with a phrase, or with prose, whose names only a release can settle."""
    parts, unreadable = mentions(text)
    for message, offset in unreadable:
        yield "H09", message, offset
    for part in parts:
        if isinstance(part, Expression):
            yield from _unknown_names(part, known)


def _unknown_names(part: Expression, known: tuple[str, ...] | None) -> Iterator[tuple[str, str, int]]:
    try:
        for dotted, at in names(part.code):
            if known is not None and (message := unknown(dotted, dict.fromkeys(known, ""))):
                yield "H10", message, part.code_start + at
    except ProseFault as refusal:
        for message, at in refusal.faults:
            yield "H09", message, part.code_start + at
