"""Word templates: compiled once per file, filled many times."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place
from pressgen.model.direction import get_direction
from pressgen.word.archive import ZipEntry, write_zip
from pressgen.word.compiled import CompiledTemplate
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.fill import fill_part
from pressgen.word.names import serialise_xml
from pressgen.word.package import Package, get_rels_name, resolve_target
from pressgen.word.part_builder import PartBuilder, WordFileBuilder
from pressgen.word.repair import drop_unused_notes, drop_unused_relationships, repair_parts
from pressgen.word.styles import ListNumbering, write_styles_part
from pressgen.word.undefined_names import find_undefined_names, find_undefined_names_in_tags

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pressgen.errors import Problem
    from pressgen.word.fill import BlockSetter
    from pressgen.word.margin_labels import ReviewCopyMarks
    from pressgen.word.names import Element
    from pressgen.word.part_builder import NoteBacklink
    from pressgen.word.properties import DocumentProperties
    from pressgen.word.styles import RequiredStyle


@dataclass(frozen=True, slots=True)
class FillContext:
    """The values and settings that fill a template.

    Attributes:
        values: what its names stand for.
        anchors: the id of each note, by the key that prose cites it by.
        closing: the styles of paragraphs that never begin a page alone.
        properties: the properties of the file.
        cited: what cites each note first, by the note's id, for a link back to it.
        review_marks: the labels and lines of a review copy; None for any other file.
    """

    values: Mapping[str, object]
    anchors: Mapping[str, str]
    closing: Collection[str]
    properties: DocumentProperties
    cited: Mapping[str, NoteBacklink] = field(default_factory=dict)
    review_marks: ReviewCopyMarks | None = None


class WordTemplate:
    """A .docx with Jinja tags in it."""

    @staticmethod
    def load(data: bytes, shown: str) -> WordTemplate:
        """Load a template; the same bytes are compiled once per process.

        Args:
            data: a .docx or .dotx.
            shown: what messages call it, such as `templates/inspectorate/release.docx`.

        Raises:
            InputError: it is not a Word file, or a broken one. `check` reports what is wrong with its tags.
        """
        return _load_template(data, shown)

    def __init__(self, compiled: CompiledTemplate) -> None:
        self._compiled = compiled
        self._place = Place(compiled.shown)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The template's parts that are never copied into a file."""
        return self._compiled.left_out

    def check(self, names: Collection[str], styles: Iterable[RequiredStyle]) -> list[Problem]:
        """List the problems that show before there is any data.

        These are faults of its tags, names other than `names`, and missing `styles`.
        """
        problems = list(self._compiled.problems)
        for script in self._compiled.scripts.values():
            problems += find_undefined_names(script, names)
        for tags in self._compiled.broken:
            problems += find_undefined_names_in_tags(tags, names)
        return [*dict.fromkeys(problems), *self._styles_at_fault(tuple(styles))]

    def render(self, context: FillContext, set_blocks: BlockSetter) -> bytes:
        """Return the finished file, the same bytes for the same context.

        Raises:
            InputError: every fault of the template, or every one that shows when it is filled.
        """
        compiled = self._compiled
        if compiled.problems:
            raise InputError(compiled.problems)
        numbering, cited = ListNumbering(deepcopy(compiled.numbering)), dict(context.cited)
        backwards = get_direction(context.properties.language) == "rtl"
        word_file = WordFileBuilder(
            compiled.styles, numbering, context.anchors, cited, context.review_marks, backwards=backwards
        )
        builders = {name: PartBuilder(word_file, name, deepcopy(rels)) for name, rels in compiled.rels.items()}
        roots: dict[str, Element] = {}
        for name, script in compiled.scripts.items():
            roots[name] = fill_part(script, context.values, builders[name], set_blocks)
        closing = {compiled.styles.find("paragraph", name) for name in context.closing}
        repair_parts(roots.values(), closing - {""})
        self._settle_notes(roots, word_file)
        if word_file.problems:
            raise InputError(word_file.problems)
        made = self._bind(context.properties, word_file, builders, roots)
        if context.review_marks is None:
            return made
        from pressgen.word.review_copy import make_review_copy  # python-docx is slow to import

        return make_review_copy(made, context.review_marks)

    def _settle_notes(self, roots: dict[str, Element], word_file: WordFileBuilder) -> None:
        for name, notes in self._compiled.notes.items():
            roots[name], problems = drop_unused_notes(roots[self._compiled.body], roots.get(name, notes), self._place)
            word_file.problems += problems

    def _bind(
        self,
        properties: DocumentProperties,
        word_file: WordFileBuilder,
        builders: Mapping[str, PartBuilder],
        roots: Mapping[str, Element],
    ) -> bytes:
        """Put the parts, their relationships and the surrounding parts together."""
        compiled = self._compiled
        parts = compiled.cover.parts(properties)
        if compiled.cover.record in parts:
            target = posixpath.relpath(compiled.cover.record, posixpath.dirname(compiled.body) or ".")
            builders[compiled.body].relate("customXml", target)
        unused = [
            part for name, root in roots.items() for part in drop_unused_relationships(name, root, builders[name].rels)
        ]
        for name, builder in builders.items():
            if len(builder.rels) or get_rels_name(name) in compiled.entries:
                parts[get_rels_name(name)] = serialise_xml(builder.rels)
        parts |= {name: serialise_xml(root) for name, root in roots.items()}
        if word_file.numbering.changed:
            parts[compiled.numbering_part] = serialise_xml(word_file.numbering.root)
        entries = {**compiled.entries} | {name: ZipEntry.of(part) for name, part in parts.items()}
        shown = {resolve_target(rel, name) for name, builder in builders.items() for rel in builder.rels}
        entries |= {name: ZipEntry.as_it_is(data) for name, data in word_file.pictures.items() if name in shown}
        if compiled.styles_part:
            entries[compiled.styles_part] = write_styles_part(compiled.styles_data, properties.language)
        for name in set(unused) - word_file.pictures.keys():
            if unused.count(name) == compiled.uses[name]:
                entries.pop(name, None)
        return write_zip(entries)

    def _styles_at_fault(self, needed: tuple[RequiredStyle, ...]) -> list[Problem]:
        styles, problems = self._compiled.styles, []
        if missing := [f"“{style.name}” ({style.kind})" for style in styles.missing(needed)]:
            message = f"is missing {_format_styles(missing)}; create {_choose_pronoun(missing)} in Word’s Styles pane"
            problems.append(make_problem(FaultCode.MISSING_STYLE, message, self._place))
        if hiding := [f"“{each.name}”" for each in needed if styles.find(each.kind, each.name) in styles.hiding]:
            message = (
                f"hides text in {_format_styles(hiding)}; remove Hidden from"
                f" {_choose_pronoun(hiding)} in Word (Modify, Font)"
            )
            problems.append(make_problem(FaultCode.HIDDEN, message, self._place))
        known = ListNumbering(self._compiled.numbering).knows
        if plain := [f"“{style.name}”" for style in styles.unnumbered(needed, known)]:
            message = f"does not number {_format_styles(plain)}; give {_choose_pronoun(plain)} a list format in Word"
            problems.append(make_problem(FaultCode.MISSING_STYLE, message, self._place))
        return problems


def _format_styles(names: list[str]) -> str:
    return f"the style{'s' * (len(names) > 1)} {', '.join(names)}"


def _choose_pronoun(names: list[str]) -> str:
    return "it" if len(names) == 1 else "them"


@lru_cache(maxsize=32)
def _load_template(data: bytes, shown: str) -> WordTemplate:
    return WordTemplate(CompiledTemplate.of(Package.of(data, shown)))
