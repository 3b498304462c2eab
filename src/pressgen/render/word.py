"""Render the release through the house's Word template."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place, Problem
from pressgen.model.artifact import Artifact, Format, Variant
from pressgen.model.direction import get_direction
from pressgen.model.document import Chart, Figure, iter_leaves
from pressgen.model.labels import label_blocks
from pressgen.model.words import flatten
from pressgen.render import word_styles as styles
from pressgen.render.chart_style import read_chart_style
from pressgen.render.citations import find_citing_blocks, format_backlink_label
from pressgen.render.urn import make_urn
from pressgen.render.vocabulary import build_vocabulary
from pressgen.render.word_blocks import WordBlockSetter
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.margin_labels import ReviewCopyMarks
from pressgen.word.part_builder import FORBIDDEN, NoteBacklink
from pressgen.word.properties import DocumentProperties
from pressgen.word.template import FillContext, WordTemplate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder
    from pressgen.word.styles import RequiredStyle

TEMPLATE = "release.docx"


def render(document: Document, folder: HouseFolder, media: Mapping[str, bytes]) -> Artifact:
    """Render a document as a Word file.

    The same document, template and pictures give the same bytes.

    Args:
        document: what to show.
        folder: the house, with its `release.docx`.
        media: the bytes of the release's pictures, by path relative to its folder.

    Raises:
        InputError: every fault of the template, or every one that shows when it is filled.
    """
    template, values = _load_template(folder), build_vocabulary(document, folder.house)
    if problems := _find_faults(template, tuple(sorted(values))) or tuple(_find_unfit_characters(document)):
        raise InputError(problems)
    context = FillContext(
        values=values,
        anchors={note.key: note.id for note in document.notes},
        closing=(styles.END,),
        properties=_make_properties(document),
        cited=_map_citing_blocks(document),
        review_marks=_make_review_copy(document),
    )
    setter = WordBlockSetter(media, read_chart_style(folder))
    return Artifact(f"{document.slug}.docx", Format.DOCX, template.render(context, setter))


def list_required_styles() -> tuple[RequiredStyle, ...]:
    """Return the Word styles that a house's `release.docx` must have."""
    return styles.REQUIRED


def check_template(folder: HouseFolder, names: Collection[str]) -> list[Problem]:
    """Return the faults of a house's `release.docx`.

    No release is needed; `names` are those that the template may use.
    """
    try:
        return list(_find_faults(_load_template(folder), tuple(sorted(names))))
    except InputError as refusal:
        return list(refusal.problems)


def list_omitted_parts(folder: HouseFolder) -> tuple[str, ...]:
    """Return the parts of `release.docx` that no built file has.

    Raises:
        InputError: it is not a Word file, or a broken one.
    """
    return _load_template(folder).left_out


@lru_cache(maxsize=32)
def _find_faults(template: WordTemplate, names: tuple[str, ...]) -> tuple[Problem, ...]:
    return tuple(template.check(names, list_required_styles()))


def _load_template(folder: HouseFolder) -> WordTemplate:
    shown = f"{folder.shown}/{TEMPLATE}"
    if TEMPLATE not in folder.files:
        message = "is missing; copy it from another house and change it in Word"
        raise InputError([make_problem(FaultCode.NOT_WORD, message, Place(shown))])
    return WordTemplate.load(folder.files[TEMPLATE], shown)


def _find_unfit_characters(document: Document) -> Iterator[Problem]:
    """Yield texts with characters that no Word file can hold."""
    texts = [(leaf.path, str(leaf)) for leaf in iter_leaves(document.blocks)]
    texts += [(f"{block.path}.alt", block.alt) for block in document.body if isinstance(block, Figure | Chart)]
    texts += [("house.name", document.publisher), ("reference", document.reference)]
    for path, text in texts:
        for bad in FORBIDDEN.findall(text):
            message = f"a Word file cannot contain the character U+{ord(bad):04X}; delete it"
            yield make_problem(FaultCode.CHARACTER, message, Place(f"{document.slug}.docx", inside=path), path=path)


def _map_citing_blocks(document: Document) -> dict[str, NoteBacklink]:
    citing = find_citing_blocks(document)
    return {
        note.id: NoteBacklink(citing[note.key].id, format_backlink_label(citing[note.key]))
        for note in document.notes
        if note.key in citing
    }


def _make_properties(document: Document) -> DocumentProperties:
    record = tuple((leaf.id, str(leaf)) for leaf in iter_leaves(document.blocks))
    return DocumentProperties(
        title=flatten(document.headline.words),
        subject=flatten(document.banner[0].words) if document.banner else "",
        publisher=document.publisher,
        language=document.language,
        urn=make_urn(document),
        dated=document.dated.instant if document.dated else None,
        record=None if document.variant is Variant.PUBLIC else _hash_texts(record),
    )


def _make_review_copy(document: Document) -> ReviewCopyMarks | None:
    if document.edition is None:
        return None
    line = document.edition.line(document.reference)
    labels = {} if document.edition.since else label_blocks(document)  # the label of a deleted text would stay
    return ReviewCopyMarks(labels, line, backwards=get_direction(document.language) == "rtl")


def _hash_texts(record: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((ident, sha256(text.encode()).hexdigest()[:16]) for ident, text in record)
