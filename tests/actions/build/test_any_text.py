"""Whatever is typed into any text comes out in every format as typed, or is refused with its place."""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html

from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import InputError
from pressgen.model.artifact import Format, Variant
from pressgen.pdf.text import read_body as pdf_text
from pressgen.text.prose import escape_marks
from pressgen.validate.content import UNSEEN
from pressgen.word.text import read_paragraphs as word_text

ROOT = Path(__file__).parents[3]
RELEASE = """\
reference: T-1
house: plain
headline: %(text)s
subhead: %(text)s
times: {zone: Europe/London, embargo: 2019-05-08 00:01}
people:
  ray: {name: %(plain)s, role: %(plain)s, later: %(plain)s, phone: "1"}
findings:
  scale: [Good, Poor]
  items: [{id: a, subject: %(text)s, rating: Good, text: %(text)s}]
body:
  - %(text)s
  - heading: %(text)s
  - quote: {by: ray, words: [%(text)s, %(text)s]}
  - list: [%(text)s, {text: %(text)s, items: [%(text)s]}]
  - findings: {caption: %(text)s}
  - table: {caption: %(text)s, header: [%(text)s], rows: [[%(text)s]]}
notes: [{id: one, text: %(text)s}]
contacts: [ray]
"""
TIMES = 20  # that the text is printed; `later` never comes
SHOWN = [  # what the houses' own fonts can show
    "R&D at <5% & more", "{{ x }} {% if %} {# #} ]]> </style> </script>", "ŵ ŷ Ŵ Ŷ", "e\u0301, o\u0302", "word " * 300,
    "a\u00a0b\u202fc", "\\ \\\\ * _ ` ~ # | > [a](b)", "0\n1\n2", "'", '"', "--", "&lt;&#38;",
]  # fmt: skip
AWKWARD = [
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "שלום עולם", "مرحبا بالعالم", "日本語の見出し", "a\u0308\u0323", "x" * 10_000,
    "\x07", "\ufffe", "\ud800", "\u2028", "\t", "\u202e", "\U000f0000",
]  # fmt: skip


def quoted(text: str) -> str:
    """The text as a double-quoted scalar of YAML."""
    return (
        '"'
        + "".join(each if each.isprintable() and each not in '"\\' else f"\\U{ord(each):08X}" for each in text)
        + '"'
    )


def squeezed(text: str) -> str:
    """The text as it looks: without what has no shape, composed."""
    return UNSEEN.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


def said(file: Path) -> str:
    content = file.read_bytes()
    match file.suffix:
        case ".docx":
            return "".join(word_text(content))
        case ".pdf":
            return "".join(pdf_text(content))
        case ".html":
            return "".join(html.document_fromstring(content.decode()).itertext())
        case _:
            return content.decode()


def count_text(page: str, text: str) -> int:
    """How often `page` holds `text`.

    Lines that run from right to left are read from a PDF in the order of the eye, with brackets turned round, and
    programs differ about that order: of such text each character is counted.
    """
    if not any(unicodedata.bidirectional(each) in {"R", "AL", "AN"} for each in text):
        return page.count(text)
    page, text = unturned(page), unturned(text)
    return max(page.count(text), min(page.count(each) // text.count(each) for each in text))


def unturned(text: str) -> str:
    """The text with one character for each pair that is turned round where lines run from right to left."""
    return text.translate(str.maketrans(">)]}»›”’", "<([{«‹“‘"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose one house leaves text as typed."""
    folder = tmp_path_factory.mktemp("office")
    house = folder / "templates" / "plain"
    shutil.copytree(ROOT / "templates" / "university", house)
    wording = (house / "house.yaml").read_text()
    wording = re.sub(r"\n  dateline:.*", "", wording) + "\ntypography: {headline: false, prose: false}\n"
    (house / "house.yaml").write_text(wording)
    (folder / "releases" / "any").mkdir(parents=True)
    return folder


def comes_out_or_is_refused(office: Path, text: str, formats: list[Format]) -> None:
    release = office / "releases" / "any"
    shutil.rmtree(office / "dist", ignore_errors=True)
    (release / "release.yaml").write_text(RELEASE % {"text": quoted(escape_marks(text)), "plain": quoted(text)})
    try:
        written = build(BuildRequest(Workspace(office), release, formats, [Variant.EMBARGOED], office / "dist")).written
    except InputError as refusal:
        written = []
        unplaced = [problem for problem in refusal.problems if not (problem.place.line or problem.place.inside)]
        assert unplaced == []
        assert not (office / "dist").exists()
    for each in written:
        assert count_text(squeezed(said(each.path)), squeezed(text)) >= TIMES, each.path.name


@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: ascii(text[:20]))
def test_awkward_text_comes_out_in_every_format_or_is_refused(office: Path, text: str) -> None:
    comes_out_or_is_refused(office, text, list(Format))


@pytest.mark.parametrize("text", SHOWN, ids=lambda text: ascii(text[:20]))
def test_text_that_any_font_can_show_is_never_refused(office: Path, text: str) -> None:
    comes_out_or_is_refused(office, text, list(Format))

    assert (office / "dist" / "any" / "embargoed" / "any.pdf").is_file()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1, max_size=40))
@example("\x1f")
@example(" ")
def test_any_text_comes_out_in_word_page_and_mail_or_is_refused(office: Path, text: str) -> None:
    comes_out_or_is_refused(office, text, [Format.DOCX, Format.HTML, Format.TXT])


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1, max_size=20))
@example("<\u061e")
def test_any_text_comes_out_in_the_pdf_or_is_refused(office: Path, text: str) -> None:
    comes_out_or_is_refused(office, text, [Format.PDF])


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), min_size=1, max_size=40).filter(str.strip))
def test_western_text_comes_out_in_the_pdf(office: Path, text: str) -> None:
    comes_out_or_is_refused(office, text, [Format.PDF])

    assert (office / "dist" / "any" / "embargoed" / "any.pdf").is_file() or not squeezed(text)
