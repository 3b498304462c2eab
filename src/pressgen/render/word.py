"""The release as a Word file, through the template that the house has designed in Word."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Refused
from pressgen.model.artifact import Artifact, Format, Variant
from pressgen.model.direction import direction
from pressgen.model.document import Chart, Figure, leaves
from pressgen.model.labels import labels
from pressgen.model.words import flatten
from pressgen.render import word_styles as styles
from pressgen.render.chart_dress import chart_dress
from pressgen.render.citations import cited, way_back
from pressgen.render.urn import urn
from pressgen.render.vocabulary import vocabulary
from pressgen.render.word_blocks import BlockSetter
from pressgen.word.faults import Fault, fault
from pressgen.word.part_builder import FORBIDDEN, Citing
from pressgen.word.properties import Imprint
from pressgen.word.review_copy import Proof
from pressgen.word.template import Manuscript, WordTemplate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder
    from pressgen.word.styles import StyleName

TEMPLATE = "release.docx"


def render(document: Document, folder: HouseFolder, media: Mapping[str, bytes]) -> Artifact:
    """The Word file of `document`: the same bytes for the same document, template and pictures.

    Args:
        document: what to show.
        folder: the house, with its `release.docx`.
        media: the bytes of the release's pictures, by path relative to its folder.

    Raises:
        Refused: every fault of the template, or every one that shows when it is filled.
    """
    template, values = _template(folder), vocabulary(document, folder.house)
    if problems := _faults(template, tuple(sorted(values))) or tuple(_unfit(document)):
        raise Refused(problems)
    manuscript = Manuscript(
        values=values,
        anchors={note.key: note.id for note in document.notes},
        closing=(styles.END,),
        imprint=_imprint(document),
        cited=_cited(document),
        proof=_proof(document),
    )
    setter = BlockSetter(media, chart_dress(folder))
    return Artifact(f"{document.slug}.docx", Format.DOCX, template.render(manuscript, setter))


def required_styles() -> tuple[StyleName, ...]:
    """The styles that a house's `release.docx` must have, by the names that Word shows."""
    return styles.REQUIRED


def check_template(folder: HouseFolder, names: Collection[str]) -> list[Problem]:
    """What is wrong with a house's `release.docx` before any release is made; `names` are those that it may use."""
    try:
        return list(_faults(_template(folder), tuple(sorted(names))))
    except Refused as refusal:
        return list(refusal.problems)


def left_out(folder: HouseFolder) -> tuple[str, ...]:
    """The parts of a house's `release.docx` that no file made from it has.

    Raises:
        Refused: it is no Word file, or a broken one.
    """
    return _template(folder).left_out


@lru_cache(maxsize=32)
def _faults(template: WordTemplate, names: tuple[str, ...]) -> tuple[Problem, ...]:
    return tuple(template.check(names, required_styles()))


def _template(folder: HouseFolder) -> WordTemplate:
    shown = f"{folder.shown}/{TEMPLATE}"
    if TEMPLATE not in folder.files:
        message = "is missing; copy the one of another house and change it in Word"
        raise Refused([fault(Fault.NOT_WORD, message, Place(shown))])
    return WordTemplate.load(folder.files[TEMPLATE], shown)


def _unfit(document: Document) -> Iterator[Problem]:
    """Texts with characters that no Word file can hold."""
    texts = [(leaf.path, str(leaf)) for leaf in leaves(document.blocks)]
    texts += [(f"{block.path}.alt", block.alt) for block in document.body if isinstance(block, Figure | Chart)]
    texts += [("house.name", document.publisher), ("reference", document.reference)]
    for path, text in texts:
        for bad in FORBIDDEN.findall(text):
            message = f"no Word file can hold the character U+{ord(bad):04X}; take it out"
            yield fault(Fault.CHARACTER, message, Place(f"{document.slug}.docx", inside=path), path=path)


def _cited(document: Document) -> dict[str, Citing]:
    citing = cited(document)
    return {
        note.id: Citing(citing[note.key].id, way_back(citing[note.key]))
        for note in document.notes
        if note.key in citing
    }


def _imprint(document: Document) -> Imprint:
    record = tuple((leaf.id, str(leaf)) for leaf in leaves(document.blocks))
    return Imprint(
        title=flatten(document.headline.words),
        subject=flatten(document.banner[0].words) if document.banner else "",
        publisher=document.publisher,
        language=document.language,
        urn=urn(document),
        dated=document.dated.instant if document.dated else None,
        record=None if document.variant is Variant.PUBLIC else _hashed(record),
    )


def _proof(document: Document) -> Proof | None:
    if document.edition is None:
        return None
    line = document.edition.line(document.reference)
    beside = {} if document.edition.since else labels(document)  # a label of a struck text would stay when it goes
    return Proof(beside, line, backwards=direction(document.language) == "rtl")


def _hashed(record: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((ident, sha256(text.encode()).hexdigest()[:16]) for ident, text in record)
