"""What leaves the page leaves the numbers of cited notes behind: it reads the same with citations and without."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from pressgen.actions.approve.signed_version import create_version
from pressgen.actions.build.build import BuildRequest, BuildResult, build
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.actions.workspace.printed_quotations import collect_quotations
from pressgen.model.artifact import Format, Variant
from pressgen.model.words import GeneratedText as MadeBy
from pressgen.model.words import Piece, flatten
from pressgen.newsroom.approved_page import read_editions
from pressgen.newsroom.public_release import NewsroomIdentity, PublicRelease
from pressgen.newsroom.static_site import build_site
from pressgen.search.words import list_words
from pressgen.text.flatten import strip_citations

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

from actions.room import LIFT

RELEASE = """\
reference: B-1
house: inspectorate
headline: Bridge opens[^method]
times: {zone: Europe/London, embargo: 2031-04-02 00:01}
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}
facts:
  small: {value: "12"}
body:
  - The bridge opened as the survey shows.[^method] More is to come[^figures], they say [^method].
  - quote: {by: ray, words: "It holds.[^figures]"}
  - chart:
      kind: bar
      caption: Cars by hour[^figures]
      unit: Cars[^method]
      labels: Hour[^method]
      rows:
        - {label: "Noon[^figures]", values: [small]}
  - table:
      caption: Spans[^method]
      header: ["Span[^figures]", Length]
      rows: [["North[^method]", "4 m"]]
notes:
  - {id: method, text: How it was counted.}
  - {id: figures, text: Where the figures are from.}
contacts: [ray]
"""
SUMMARY = re.compile(
    r'<summary[^>]*>[^<]*|"(?:summary|description|headline|title)":\s*"[^"]*"|class="summary"[^>]*>[^<]*|'
    r'"role":\s*"summary"[^}]*|<(?:description|headline|title)[^>]*>[^<]*'
)
CORE = "{http://purl.org/dc/elements/1.1/}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(workspace: Path, release: str) -> BuildResult:
    (workspace / "releases" / "bridge" / "release.yaml").write_text(release)
    return build(
        BuildRequest(Workspace(workspace), workspace / "releases" / "bridge", list(Format), [Variant.PUBLIC], workspace)
    )


def flattened(release: BuildResult) -> dict[str, object]:
    """Every text of the made files, and of the newsroom made of them, that stands where no note does."""
    files = {artifact.name: artifact.content for _, artifact in release.artifacts}
    page = html.fromstring(files["bridge.html"])
    found: dict[str, object] = {
        "title": page.findtext(".//title"),
        "description": page.xpath("string(//meta[@name='description']/@content)"),
        "alt": [each for each in page.xpath("//img/@alt") if "↩" not in each],
        "headline": create_version(release).headline,
        "said": [each.words for each in collect_quotations(release.languages)],
    }
    with pikepdf.open(io.BytesIO(files["bridge.pdf"])) as pdf:
        found["pdf"] = {name: str(pdf.docinfo.get(name)) for name in ("/Title", "/Subject", "/Keywords")}
        found["pdf alt"] = sorted(alt for each in pdf.objects if (alt := _alt(each)) and "↩" not in alt)
    with zipfile.ZipFile(io.BytesIO(files["bridge.docx"])) as word:
        core = etree.fromstring(word.read("docProps/core.xml"))
        found["core"] = [core.findtext(f"{CORE}{name}") for name in ("title", "subject", "description")]
        body = etree.fromstring(word.read("word/document.xml"))
        told = [*body.iter(f"{WORD}tblCaption"), *body.iter(f"{WORD}tblDescription")]
        found["tables"] = [each.get(f"{WORD}val") for each in told]
        found["descr"] = [each for each in body.xpath("//*[local-name()='docPr']/@descr") if "↩" not in each]
    return found | newsroom(files)


def _alt(each: object) -> str:
    return str(each.get("/Alt", "")) if isinstance(each, pikepdf.Dictionary) else ""


def newsroom(files: dict[str, bytes], lifted: datetime = LIFT) -> dict[str, object]:
    item = PublicRelease(
        reference="B-1", slug="bridge", zone="Europe/London", embargo=lifted, lifted=lifted,
        editions=read_editions(files, "bridge"),
    )  # fmt: skip
    room = build_site([item], NewsroomIdentity("Office", "https://news.example.org"), lifted)
    names = ("ninjs-3.json", "ninjs-2.json", "newsml-g2.xml", "index.html")
    places = ("feed.atom", "feed.json", "index.html", *(f"2031/bridge/{name}" for name in names))
    return {name: SUMMARY.findall(room[name].decode()) for name in places}


def test_every_flattened_text_is_the_same_with_citations_and_without(workspace: Path) -> None:
    cited = flattened(made(workspace, RELEASE))
    bare = flattened(made(workspace, re.sub(r" ?\[\^\w+\]", "", RELEASE)))

    assert cited["description"] == "The bridge opened as the survey shows. More is to come, they say."
    assert cited == bare


def test_words_that_were_cleared_with_the_number_of_a_note_stay_cleared(workspace: Path) -> None:
    made(workspace, RELEASE)
    (quotation,) = collect_quotations(load_release(Workspace(workspace), workspace / "releases" / "bridge"))

    assert (quotation.words, quotation.numbered) == ("It holds.", "It holds.2")
    assert len(quotation.digests) == 2


PIECES = st.lists(st.tuples(st.text(max_size=12), st.booleans()), max_size=8)


@given(PIECES)
def test_flattened_words_are_the_printed_ones_but_for_notes_and_blanks(parts: list[tuple[str, bool]]) -> None:
    words = [
        Piece(text="7" if cites else text, origin=MadeBy("test"), note="n" if cites else "") for text, cites in parts
    ]
    left = "".join(text for text, cites in parts if not cites)

    assert re.sub(r"\s", "", flatten(words)) == re.sub(r"\s", "", left)


@given(st.lists(st.text(st.characters(exclude_characters="[]\\"), max_size=12), min_size=1, max_size=6))
def test_typed_text_loses_its_citations_and_no_other_character(parts: list[str]) -> None:
    assert re.sub(r"\s", "", strip_citations("[^note]".join(parts))) == re.sub(r"\s", "", "".join(parts))


@pytest.mark.parametrize(("typed", "told"), [("shows.[^a]", "shows."), ("so [^a], he", "so, he"), (r"\[^a]", r"\[^a]")])
def test_a_citation_takes_the_blank_before_it_along(typed: str, told: str) -> None:
    assert strip_citations(typed) == told


def test_a_note_is_found_by_its_words_and_not_by_its_name() -> None:
    assert list_words("as it shows.[^method]") == ["as", "it", "shows"]
