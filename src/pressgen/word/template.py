"""A Word template: compiled once for each file, filled many times."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from pressgen.errors import Place, Refused
from pressgen.word.archive import Entry, write
from pressgen.word.compiled import Compiled
from pressgen.word.drop_unused import drop_relations, settle_notes
from pressgen.word.faults import Fault, fault
from pressgen.word.fill import play
from pressgen.word.names import serialise
from pressgen.word.package import Package, rels_of
from pressgen.word.part_builder import Draft, Sheet
from pressgen.word.repair import tidy
from pressgen.word.review_copy import MARGIN, proof
from pressgen.word.styles import Numbering, in_language
from pressgen.word.undefined_names import unknown_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pressgen.errors import Problem
    from pressgen.word.fill import BlockSetter
    from pressgen.word.names import Element
    from pressgen.word.part_builder import Citing
    from pressgen.word.properties import Imprint
    from pressgen.word.review_copy import Proof
    from pressgen.word.styles import StyleName


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What goes into a template.

    Attributes:
        values: what its names stand for.
        anchors: the id of each note, by the key that prose cites it by.
        closing: the paragraph styles of what never stands alone at the head of a page.
        imprint: what the file says of itself.
        cited: what cites each note first, by the note's id, for a link back to it.
        proof: what a review copy shows beside its text; None for what is none.
    """

    values: Mapping[str, object]
    anchors: Mapping[str, str]
    closing: Collection[str]
    imprint: Imprint
    cited: Mapping[str, Citing] = field(default_factory=dict)
    proof: Proof | None = None


class WordTemplate:
    """A .docx with tags in it."""

    @staticmethod
    def load(data: bytes, shown: str) -> WordTemplate:
        """The template in `data`; the same bytes are compiled once in a process.

        Args:
            data: a .docx or .dotx.
            shown: what messages call it, such as `templates/inspectorate/release.docx`.

        Raises:
            Refused: no Word file, or a broken one. What is wrong with its tags, `check` tells.
        """
        return _loaded(data, shown)

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._place = Place(compiled.shown)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The parts of the template that no file made from it has."""
        return self._compiled.left_out

    def check(self, names: Collection[str], styles: Iterable[StyleName]) -> list[Problem]:
        """What is wrong before there is any data: with its tags, for names other than `names`, for lack of `styles`."""
        problems = list(self._compiled.problems)
        for script in self._compiled.scripts.values():
            problems += unknown_names(script, names)
        return [*dict.fromkeys(problems), *self._styles_at_fault(tuple(styles))]

    def render(self, manuscript: Manuscript, set_blocks: BlockSetter) -> bytes:
        """The finished file: the same bytes for the same manuscript.

        Raises:
            Refused: every fault of the template, or every one that shows when it is filled.
        """
        compiled = self._compiled
        if compiled.problems:
            raise Refused(compiled.problems)
        numbering, cited = Numbering(deepcopy(compiled.numbering)), dict(manuscript.cited)
        draft = Draft(compiled.styles, numbering, manuscript.anchors, cited, manuscript.proof)
        width, height = compiled.room[0] - (MARGIN if manuscript.proof else 0), compiled.room[1]
        sheets = {name: Sheet(draft, name, deepcopy(rels), width, height) for name, rels in compiled.rels.items()}
        roots: dict[str, Element] = {}
        for name, script in compiled.scripts.items():
            roots[name] = play(script, manuscript.values, sheets[name], set_blocks)
        closing = {compiled.styles.find("paragraph", name) for name in manuscript.closing}
        tidy(roots.values(), closing - {""})
        self._settle_notes(roots, draft)
        if draft.problems:
            raise Refused(draft.problems)
        made = self._bind(manuscript.imprint, draft, sheets, roots)
        return proof(made, manuscript.proof) if manuscript.proof else made

    def _settle_notes(self, roots: dict[str, Element], draft: Draft) -> None:
        for name, notes in self._compiled.notes.items():
            roots[name], problems = settle_notes(roots[self._compiled.body], roots.get(name, notes), self._place)
            draft.problems += problems

    def _bind(self, imprint: Imprint, draft: Draft, sheets: Mapping[str, Sheet], roots: Mapping[str, Element]) -> bytes:
        """Put the sheets, their relationships and the cover together."""
        compiled = self._compiled
        parts = compiled.cover.parts(imprint)
        if compiled.cover.record in parts:
            target = posixpath.relpath(compiled.cover.record, posixpath.dirname(compiled.body) or ".")
            sheets[compiled.body].relate("customXml", target)
        unused = [part for name, root in roots.items() for part in drop_relations(name, root, sheets[name].rels)]
        for name, sheet in sheets.items():
            if len(sheet.rels) or rels_of(name) in compiled.entries:
                parts[rels_of(name)] = serialise(sheet.rels)
        parts |= {name: serialise(root) for name, root in roots.items()}
        if draft.numbering.changed:
            parts[compiled.numbering_part] = serialise(draft.numbering.root)
        entries = {**compiled.entries} | {name: Entry.of(part) for name, part in parts.items()}
        entries |= {name: Entry.as_it_is(picture) for name, picture in draft.pictures.items()}
        if compiled.styles_part:
            entries[compiled.styles_part] = in_language(compiled.styles_data, imprint.language)
        for name in set(unused) - draft.pictures.keys():
            if unused.count(name) == compiled.uses[name]:
                entries.pop(name, None)
        return write(entries)

    def _styles_at_fault(self, needed: tuple[StyleName, ...]) -> list[Problem]:
        styles, problems = self._compiled.styles, []
        if missing := [f"“{style.name}” ({style.kind})" for style in styles.missing(needed)]:
            message = f"lacks {_styles(missing)}; make {_them(missing)} in Word’s Styles pane"
            problems.append(fault(Fault.MISSING_STYLE, message, self._place))
        if hiding := [f"“{each.name}”" for each in needed if styles.find(each.kind, each.name) in styles.hiding]:
            message = f"hides what is set in {_styles(hiding)}; take Hidden off {_them(hiding)} in Word (Modify, Font)"
            problems.append(fault(Fault.HIDDEN, message, self._place))
        known = Numbering(self._compiled.numbering).knows
        if plain := [f"“{style.name}”" for style in styles.unnumbered(needed, known)]:
            message = f"does not number {_styles(plain)}; give {_them(plain)} a list format in Word"
            problems.append(fault(Fault.MISSING_STYLE, message, self._place))
        return problems


def _styles(names: list[str]) -> str:
    return f"the style{'s' * (len(names) > 1)} {', '.join(names)}"


def _them(names: list[str]) -> str:
    return "it" if len(names) == 1 else "them"


@lru_cache(maxsize=32)
def _loaded(data: bytes, shown: str) -> WordTemplate:
    return WordTemplate(Compiled.of(Package.of(data, shown)))
