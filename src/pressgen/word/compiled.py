"""Compile a template: the parts with text become scripts, all others are made ready to be written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.errors import Place
from pressgen.word.archive import Entry
from pressgen.word.attributes import read_int
from pressgen.word.carried import carry
from pressgen.word.faults import Fault, fault
from pressgen.word.hidden import find_hidden_text
from pressgen.word.language import environment
from pressgen.word.language_tags import spoken
from pressgen.word.marks import mark_tags
from pressgen.word.names import WML, W, parse
from pressgen.word.package import NO_RELS, Package, rels_of, target_of
from pressgen.word.package_parts import Cover
from pressgen.word.program import Script, write_script
from pressgen.word.styles import Styles
from pressgen.word.tags import LOOSE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.errors import Problem
    from pressgen.word.names import Element

TAG_BYTES = re.compile(rb"\{\{|\{%|%7[Bb]%7[Bb]")
NO_NUMBERING = parse(f'<w:numbering xmlns:w="{WML}"/>'.encode())
A4 = {"w": 11906, "h": 16838}
MARGINS = {"w": ("left", "right"), "h": ("top", "bottom")}
USUAL_MARGIN = 1440


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template, ready to be filled.

    Attributes:
        shown: what messages call it.
        body: the name of its main part.
        styles, numbering: what it offers for paragraphs and lists.
        styles_part, numbering_part: the names of those parts, or empty.
        styles_data: the styles part, for the language to be set in.
        scripts: the parts with tags, the body first.
        notes: the footnotes and endnotes.
        rels: the relationships of each part that may hold tags.
        uses: how many relationships lead to each part.
        entries: every part that stays as it is.
        room: width and height of the text on a page, in twentieths of a point.
        problems: what is wrong with the tags, and what no release may carry.
        left_out: the parts that no file made from it has.
    """

    shown: str
    body: str
    styles: Styles
    styles_part: str
    styles_data: bytes
    numbering: Element
    numbering_part: str
    scripts: Mapping[str, Script]
    notes: Mapping[str, Element]
    rels: Mapping[str, Element]
    uses: Counter[str]
    entries: Mapping[str, Entry]
    cover: Cover
    room: tuple[int, int]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]

    @classmethod
    def of(cls, package: Package) -> Compiled:
        """Compile a template.

        Raises:
            Refused: one of its parts is broken.
        """
        related = package.related(package.body)
        carried = carry(package)
        package = spoken(Package(carried.parts, package.shown))
        styles_part, numbering_part = (_there(package, related.get(kind, "")) for kind in ("styles", "numbering"))
        styles = Styles.of(package.xml(styles_part)) if styles_part else Styles()
        roots = {
            name: package.xml(name) for name in sorted(package.titles, key=lambda name: (name != package.body, name))
        }
        rels = {name: package.xml(rels_of(name), NO_RELS) for name in roots}
        scripts, problems = _scripts(package, roots, styles)
        return cls(
            shown=package.shown,
            body=package.body,
            styles=styles,
            styles_part=styles_part,
            styles_data=package.parts.get(styles_part, b""),
            numbering=package.xml(numbering_part) if numbering_part else NO_NUMBERING,
            numbering_part=numbering_part,
            scripts=scripts,
            notes={name: root for name, root in roots.items() if root.tag in (W + "footnotes", W + "endnotes")},
            rels=rels,
            uses=Counter(target_of(rel, name) for name, each in rels.items() for rel in each),
            entries={name: Entry.of(part) for name, part in package.parts.items() if name not in scripts},
            cover=Cover.of(package),
            room=_room(roots[package.body]),
            problems=(*carried.problems, *problems, *_beyond_reach(package)),
            left_out=tuple(carried.left_out),
        )


def _there(package: Package, name: str) -> str:
    return name if name in package.parts else ""


def _scripts(package: Package, roots: Mapping[str, Element], styles: Styles) -> tuple[dict[str, Script], list[Problem]]:
    scripts: dict[str, Script] = {}
    problems: list[Problem] = []
    jinja = environment()
    for name, root in roots.items():
        title, file = package.titles[name], package.shown
        problems += find_hidden_text(root, file, title, styles.hiding)
        tags, found = mark_tags(root, file, title, styles.headings)
        script = write_script(root, tags, jinja, Place(file, inside=title))
        if isinstance(script, Script):
            found += _loose(root, Place(file, inside=title)) if not found else ()
            if tags or name == package.body:
                scripts[name] = script
        else:
            found += script
        problems += found
    return scripts, problems


def _loose(root: Element, place: Place) -> Iterator[Problem]:
    """Tags where no text is: in a field's code, a picture's description, a chart."""
    for node in root.iter():
        for text in (node.text or "", *map(str, node.values())):
            if LOOSE.search(text):
                what = str(node.tag).rpartition("}")[2]
                yield fault(Fault.OUT_OF_REACH, f"a tag cannot be filled in {what}", place, text.strip()[:60])


def _beyond_reach(package: Package) -> Iterator[Problem]:
    """Tags in parts that hold no text."""
    for name, part in package.parts.items():
        if name.endswith((".xml", ".rels")) and name not in package.titles and TAG_BYTES.search(part):
            yield fault(Fault.OUT_OF_REACH, "a tag cannot be filled in this part", Place(package.shown, inside=name))


def _room(body: Element) -> tuple[int, int]:
    """Width and height of the text on the page of the last section."""
    section: Element | None = None
    for section in body.iter(W + "sectPr"):  # noqa: B007 - the last one
        pass
    across, down = (
        _measure(section, "pgSz", side, A4[side])
        - sum(abs(_measure(section, "pgMar", margin, USUAL_MARGIN)) for margin in MARGINS[side])
        for side in ("w", "h")
    )
    return max(across, USUAL_MARGIN), max(down, USUAL_MARGIN)


def _measure(section: Element | None, name: str, side: str, usual: int) -> int:
    found = None if section is None else section.find(W + name)
    measure = read_int(found, W + side)
    return usual if measure is None else measure
