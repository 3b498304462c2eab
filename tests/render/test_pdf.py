"""The PDF."""

from __future__ import annotations

import io
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pressgen.errors import InputError
from pressgen.model.artifact import Format
from pressgen.model.document import Document, Heading, Paragraph, iter_leaves
from pressgen.pdf.text import read_body, read_text
from pressgen.render import pdf
from render.documents import grid, leaf, piece, sample
from render.folders import HOUSES, MEDIA, locate, real, small

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.model.document import Leaf
    from pressgen.model.house import HouseFolder

PAPER = {"inspectorate": (595.28, 841.89), "university": (612.0, 792.0)}
LONG = "x" * 4000


def made(house_folder: HouseFolder, document: Document | None = None) -> bytes:
    return pdf.render(document or sample(), house_folder, MEDIA, locate).content


def folded(text: str) -> str:
    """`text` without what paper does not tell apart: white space, soft hyphens, and twin characters of one shape."""
    shapes = unicodedata.normalize("NFKC", text)
    return "".join(each for each in shapes if not each.isspace() and unicodedata.category(each) != "Cf")


def runs_on(character: str) -> bool:
    """Whether `character` just follows: pdfium turns lines that run both ways, and merges stacked marks."""
    return unicodedata.bidirectional(character) not in {"R", "AL", "AN", "NSM"}


def in_order(words: Iterable[Leaf], text: str) -> bool:
    """Whether all `words` stand in `text`, one after the other."""
    at = 0
    for each in words:
        at = text.find(folded(str(each)), at)
        if at < 0:
            return False
        at += len(folded(str(each)))
    return True


@pytest.mark.parametrize("name", HOUSES)
def test_every_block_stands_in_the_pdf_in_order(name: str) -> None:
    document = sample()
    body = folded("".join(read_body(made(real(name), document))))

    assert in_order(iter_leaves(document.blocks), body)


@pytest.mark.parametrize("name", HOUSES)
def test_the_embargo_stands_on_every_page(name: str) -> None:
    document = sample()
    pages = read_text(made(real(name), document))
    banner = folded(str(document.banner[0]))

    assert len(pages) > 1
    assert all(folded(each).count(banner) == 1 for each in pages)


@pytest.mark.parametrize("name", HOUSES)
def test_the_embargo_is_the_first_paragraph_of_the_text(name: str) -> None:
    first = read_body(made(real(name)))[0]

    assert str(sample().banner[0]) in first.partition(str(sample().headline)[:20])[0]


@pytest.mark.parametrize("name", HOUSES)
def test_pages_are_numbered(name: str) -> None:
    pages = read_text(made(real(name)))

    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text


@pytest.mark.parametrize("name", HOUSES)
def test_the_paper_is_the_houses(name: str) -> None:
    document = pypdfium2.PdfDocument(made(real(name)))

    assert PAPER[name] == pytest.approx(document[0].get_size(), abs=0.1)
    document.close()


@pytest.mark.parametrize("name", HOUSES)
def test_nothing_is_cut_off_the_page(name: str) -> None:
    wide = grid("body[1]", None, [["Long"] * 3, [LONG[:500]] * 3, ["Short", "word " * 50, "123"]])
    document = sample(
        headline=leaf(Heading, "headline", "word " * 300, level=1),
        subhead=leaf(Paragraph, "subhead", LONG),
        body=(leaf(Paragraph, "body[0]", LONG), wide),
    )
    content = made(real(name), document)
    paper = pypdfium2.PdfDocument(content)

    assert LONG in "".join("".join(read_body(content)).split())
    for sheet in paper:
        width, height = sheet.get_size()
        for shape in sheet.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            left, bottom, right, top = shape.get_bounds()
            assert left > 36
            assert bottom > 18
            assert right < width - 36
            assert top < height - 18
    paper.close()


def test_the_properties_come_from_the_release() -> None:
    document = sample()
    with pikepdf.open(io.BytesIO(made(real("inspectorate"), document))) as file:
        info = {key: str(value) for key, value in file.docinfo.items()}

    assert str(document.headline) == info["/Title"]
    assert document.publisher == info["/Author"]
    assert info["/Subject"].startswith(str(document.banner[0]))
    assert "D:20310312000100Z" == info["/CreationDate"] == info["/ModDate"]
    assert "/Keywords" not in info


def test_a_release_without_times_has_no_dates() -> None:
    with pikepdf.open(io.BytesIO(made(small(), sample(dated=None)))) as file:
        assert not {"/CreationDate", "/ModDate"} & set(file.docinfo.keys())


def test_a_decorative_picture_is_no_figure() -> None:
    with pikepdf.open(io.BytesIO(made(small()))) as file:
        figures = [
            each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]

    told = [str(each.Alt) for each in figures if not str(each.Alt).startswith("↩")]  # the way back from a note

    assert told == ["Two pupils plane the keel of a dinghy in a workshop."]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]).filter(runs_on), min_size=1, max_size=40))
def test_any_text_is_read_back_from_the_pdf_or_refused(text: str) -> None:
    document = sample(
        headline=leaf(Heading, "headline", "A", text, "Z", level=1),
        body=(leaf(Paragraph, "body[0]", "B", piece(f"b{text}", strong=True), "Y"),),
    )
    try:
        content = made(real("inspectorate"), document)
    except InputError as refused:
        assert {"P09"} == {each.code for each in refused.problems}  # noqa: PT017 - either is right
        return
    body = folded("".join(read_body(content)))

    assert folded(f"A{text}Z") in body
    assert folded(f"Bb{text}Y") in body


def test_text_from_right_to_left_is_all_there() -> None:
    text = "הודעה לעיתונות: “שלום” (2031)"
    document = sample(body=(leaf(Paragraph, "body[0]", text),), notes=(), contacts=())
    lines = [sorted(folded(line)) for line in read_body(made(small(), document))[0].splitlines()]

    assert sorted(folded(text)) in lines


@pytest.mark.parametrize(
    "text",
    [
        "R&D <5% {{ x }} {% y %} ]]> </style> <!-- -->",
        "office affluent first floor fjord",
        "well-being, post-war and evidence-based " * 8,
        "w\u0302 y\u0302 e\u0301",
        "Ŵŷ ŵŶ Łódź žluťoučký Ελλάδα Україна ẞ",
        "€5 £3 50–60 ½ × 2 − 1 ≤ 3 ′ ″ … † → ©",
    ],
)
@pytest.mark.parametrize("name", HOUSES)
def test_words_stay_whole(name: str, text: str) -> None:
    document = sample(body=(leaf(Paragraph, "body[0]", text),), notes=(), contacts=())

    assert folded(text) in folded("".join(read_body(made(real(name), document))))


def test_characters_beyond_the_first_plane_stay_whole() -> None:
    document = sample(body=(leaf(Paragraph, "body[0]", "\U0001d56e and \U0001d7d8"),), notes=(), contacts=())

    assert folded("\U0001d56e and \U0001d7d8") in folded("".join(read_body(made(small(), document))))


def test_the_same_pdf_comes_out_whatever_the_day_and_the_seed() -> None:
    script = (
        "import hashlib; from render.documents import MEDIA, sample; from render.folders import real, locate;"
        "from pressgen.render import pdf;"
        "print(hashlib.sha256(pdf.render(sample(), real('university'), MEDIA, locate).content).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone, folder in (("0", "UTC", "/"), ("7", "Pacific/Apia", "/tmp"))  # noqa: S108 - two folders that exist
    }

    assert len(digests) == 1


def test_a_second_pdf_of_one_run_is_the_same_as_the_first() -> None:
    first = made(real("inspectorate"))
    made(real("university"))

    assert first == made(real("inspectorate"))


def test_the_pdf_is_named_after_the_release() -> None:
    artifact = pdf.render(sample(), small(), MEDIA, locate)

    assert (artifact.name, artifact.format) == ("harbour-tuition.pdf", Format.PDF)
