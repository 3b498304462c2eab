"""Compile a template.

The parts with tags become programs; all others are made ready to be written.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.errors import Place
from pressgen.word.archive import ZipEntry
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.hidden_text import find_hidden_text
from pressgen.word.language import make_environment
from pressgen.word.marks import mark_tags
from pressgen.word.names import OFF, VAL, WML, W, parse_xml
from pressgen.word.package import NO_RELS, Package, add_part, get_rels_name, resolve_target
from pressgen.word.package_parts import PackageParts
from pressgen.word.program import PartProgram, compile_part
from pressgen.word.run_properties import add_language_tags
from pressgen.word.styles import TemplateStyles
from pressgen.word.tags import LOOSE
from pressgen.word.template_parts import collect_copied_parts
from pressgen.word.text_area import measure_areas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pressgen.errors import Problem
    from pressgen.word.names import Element
    from pressgen.word.tags import Tag

UNREACHABLE = {
    "instrText": "the code of a field",
    "docPr": "the description of a picture",
    "cNvPr": "the description of a picture",
    "v": "a chart",
}
"""Places where a tag cannot be filled, by the name of their element."""
TAG_BYTES = re.compile(rb"\{\{|\{%|%7[Bb]%7[Bb]")
NO_SETTINGS = f'<w:settings xmlns:w="{WML}"/>'.encode()
NO_NUMBERING = parse_xml(f'<w:numbering xmlns:w="{WML}"/>'.encode())


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """A template, ready to be filled.

    Attributes:
        shown: what messages call it.
        body: the name of its main part.
        styles, numbering: what it offers for paragraphs and lists.
        styles_part, numbering_part: the names of those parts, or empty.
        styles_data: the styles part, for the language to be set in.
        scripts: the programs of the parts with tags, the body first.
        notes: the footnotes and endnotes.
        rels: the relationships of each part that may hold tags.
        uses: how many relationships lead to each part.
        entries: every part that does not change.
        problems: what is wrong with the tags, and what no release may carry.
        left_out: the parts that no file made from it has.
        broken: the tags of each part that cannot run.
    """

    shown: str
    body: str
    styles: TemplateStyles
    styles_part: str
    styles_data: bytes
    numbering: Element
    numbering_part: str
    scripts: Mapping[str, PartProgram]
    notes: Mapping[str, Element]
    rels: Mapping[str, Element]
    uses: Counter[str]
    entries: Mapping[str, ZipEntry]
    cover: PackageParts
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    broken: tuple[Sequence[Tag], ...]

    @classmethod
    def of(cls, package: Package) -> CompiledTemplate:
        """Compile a template.

        Raises:
            InputError: one of its parts is broken.
        """
        if package.related(package.body).get("settings") not in package.parts:
            package = add_part(package, "settings", NO_SETTINGS)  # without one, Word lays out as Word 2007 did
        related = package.related(package.body)
        carried = collect_copied_parts(package)
        package = add_language_tags(Package(carried.parts, package.shown))
        styles_part, numbering_part = (
            _get_existing_part(package, related.get(kind, "")) for kind in ("styles", "numbering")
        )
        styles = TemplateStyles.of(package.xml(styles_part)) if styles_part else TemplateStyles()
        roots = {
            name: package.xml(name) for name in sorted(package.titles, key=lambda name: (name != package.body, name))
        }
        rels = {name: package.xml(get_rels_name(name), NO_RELS) for name in roots}
        scripts, broken, problems = _compile_parts(package, roots, styles)
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
            uses=Counter(resolve_target(rel, name) for name, each in rels.items() for rel in each),
            entries={name: ZipEntry.of(part) for name, part in package.parts.items() if name not in scripts},
            cover=PackageParts.of(package),
            problems=(*carried.problems, *problems, *_find_tags_outside_text(package)),
            left_out=tuple(carried.left_out),
            broken=tuple(broken),
        )


def _get_existing_part(package: Package, name: str) -> str:
    return name if name in package.parts else ""


def _compile_parts(
    package: Package, roots: Mapping[str, Element], styles: TemplateStyles
) -> tuple[dict[str, PartProgram], list[list[Tag]], list[Problem]]:
    """Return the parts that run, the tags of others, and faults."""
    scripts: dict[str, PartProgram] = {}
    broken: list[list[Tag]] = []
    problems: list[Problem] = []
    jinja = make_environment()
    gutter_at_top = _has_setting(package, "gutterAtTop")
    for name, root in roots.items():
        title, file = package.titles[name], package.shown
        problems += find_hidden_text(root, file, title, styles.hiding)
        tags, found = mark_tags(root, file, title, styles.headings)
        areas = measure_areas(root, roots[package.body], styles, gutter_at_top=gutter_at_top)
        tags = [replace(tag, area=areas.get(number)) for number, tag in enumerate(tags)]
        script = compile_part(root, tags, jinja, Place(file, inside=title))
        if isinstance(script, PartProgram):
            found += _find_unreachable_tags(root, Place(file, inside=title)) if not found else ()
            if tags or name == package.body:
                scripts[name] = script
        else:
            found += script
            broken.append(tags)
        problems += found
    return scripts, broken, problems


def _has_setting(package: Package, name: str) -> bool:
    """Return whether a setting of the file is switched on."""
    settings = package.related(package.body).get("settings", "")
    found = package.xml(settings).find(W + name) if settings in package.parts else None
    return found is not None and found.get(VAL) not in OFF


def _find_unreachable_tags(root: Element, place: Place) -> Iterator[Problem]:
    """Yield the tags that are not in text.

    They may be in the code of a field, the description of a picture or a chart.
    """
    for node in root.iter():
        for text in (node.text or "", *map(str, node.values())):
            if LOOSE.search(text):
                what = UNREACHABLE.get(str(node.tag).rpartition("}")[2], "this part of the file")
                yield make_problem(
                    FaultCode.OUT_OF_REACH, f"a tag cannot be filled in {what}", place, text.strip()[:60]
                )


def _find_tags_outside_text(package: Package) -> Iterator[Problem]:
    """Yield the tags in parts that hold no text."""
    for name, part in package.parts.items():
        if name.endswith((".xml", ".rels")) and name not in package.titles and TAG_BYTES.search(part):
            yield make_problem(
                FaultCode.OUT_OF_REACH, "a tag cannot be filled in this part", Place(package.shown, inside=name)
            )
