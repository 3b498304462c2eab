"""The last touch to a PDF: what WeasyPrint leaves undone in its structure and its properties."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from pressgen.pdf import finish, origins
from pressgen.pdf.text import read_body, read_text
from pressgen.pdf.weasy import weasyprint
from render.documents import png
from render.pdf_reading import Node, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

URN = "urn:pressgen:T-1:public:r0:0123456789ab"
PAGE = """<html lang="en"><title>T</title><style>
@page {{ size: 300px 200px; margin: 40px; @top-left {{ content: "RUNNING" }} }}
body {{ margin: 0; font: 16px/20px sans-serif; orphans: 1; widows: 1 }}
.next {{ break-before: page }}
</style>{}"""
LINES = "<br>".join(f"line {n}" for n in range(10))


def made(body: str) -> bytes:
    content: bytes = weasyprint.HTML(string=PAGE.format(body)).write_pdf(**finish.make_pdf_options(URN))
    return content


def structure(body: str) -> Node:
    return tree(made(body))


def shape(node: Node) -> str:
    """The kinds of elements, as nested words, without inline ones."""
    inner = " ".join(filter(None, (shape(each) for each in node.children if isinstance(each, Node))))
    if node.kind in {"Span", "NonStruct"}:
        return inner
    return f"{node.kind}({inner})" if inner else node.kind


def test_elements_know_what_they_are_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name that is wrapped within WeasyPrint is the one that it calls."""
    seen = []
    build = origins._build

    def watching(box: object, *context: object) -> Iterator[object]:
        seen.append(box)
        return iter(build(box, *context))

    monkeypatch.setattr(origins, "_build", watching)
    made("<p>One</p>")

    assert len(seen) > 1


def test_an_entry_with_paragraphs_has_one_body() -> None:
    assert shape(structure("<ul><li><p>a</p><p>b</p></li></ul>")) == "Document(L(LI(Lbl LBody(P P))))"


def test_an_entry_with_its_label_inside_has_a_body() -> None:
    found = shape(structure('<ul style="list-style-position: inside"><li>a</li></ul>'))

    assert found == "Document(L(LI(Lbl LBody)))"


def test_a_list_within_a_list_belongs_to_its_entry() -> None:
    found = shape(structure("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"))

    assert found == "Document(L(LI(Lbl LBody(L(LI(Lbl LBody)))) LI(Lbl LBody)))"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<p>{LINES}</p>", "P"),
        (f"<h1>{LINES}</h1>", "H1"),
        (f"<blockquote><p>{LINES}</p></blockquote>", "BlockQuote"),
        (f"<ol><li>{LINES}</li></ol>", "LI"),
        ("<ul>" + "<li>a</li>" * 20 + "</ul>", "L"),
        (f"<p><a href='https://a.example/'>{LINES}</a></p>", "Link"),
        (f"<section><div><p>{LINES}</p></div></section>", "Sect"),
    ],
)
def test_what_runs_over_pages_is_one_element(body: str, kind: str) -> None:
    content = made(body)
    found = tree(content).all(kind)

    assert len(read_body(content)) > 1
    assert len(found) == 1
    text = found[0].text.split()
    assert text[-2:] == (["line", "9"] if "line" in text else ["•", "a"])


def test_a_list_that_goes_on_below_an_entry_of_the_page_before_stays_whole() -> None:
    inner = "<ul>" + "<li>b</li>" * 9 + "</ul>"
    root = structure(f"<ol><li>a{inner}</li><li>c</li></ol>")

    outer, nested = root.all("L")
    assert [len(outer.all("LI")), len(nested.all("LI"))] == [11, 9]
    assert nested in outer.all("LI")[0].walk()


def test_neighbours_of_one_kind_stay_apart() -> None:
    assert shape(structure("<p>a</p><p>b</p><p class=next>c</p>")) == "Document(P P P)"


def test_a_table_that_goes_on_repeats_its_header_as_a_table_of_its_own() -> None:
    head, row = "<thead><tr><th>H</th></tr></thead>", "<tr><td>x</td></tr>"
    root = structure(f"<table>{head}<tbody>{row * 10}</tbody></table>")

    assert [each.all("TH")[0].text.strip() for each in root.all("Table")] == ["H"] * len(root.all("Table"))
    assert len(root.all("Table")) > 1


def test_elements_without_content_are_left_out_but_cells_stay() -> None:
    found = shape(structure("<p></p><div><p> </p></div><table><tr><th>H</th><td></td></tr></table>"))

    assert found.count("P") == 0
    assert "TR(TH TD)" in found


@pytest.mark.parametrize("inside", ["a <em>b</em> c", "<strong><em>a b</em></strong> c", "a b c"])
def test_a_link_holds_all_its_annotations_and_says_what_it_is(inside: str) -> None:
    (link,) = structure(f'<p><a href="https://a.example/x">{inside}</a></p>').all("Link")

    assert set(link.says["annotations"]) == {"a b c"}
    assert all("annotations" not in each.says for each in link.walk() if each is not link)


def test_a_link_over_two_lines_is_one() -> None:
    (link,) = structure(f'<p><a href="https://a.example/x">{"word " * 12}</a></p>').all("Link")

    assert len(link.says["annotations"]) > 1
    assert link.text.split() == ["word"] * 12


def test_a_linked_picture_says_what_it_shows(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(png(8, 8))
    (link,) = structure(f'<p><a href="https://a.example/"><img src="{file.as_uri()}" alt="A boat"></a></p>').all("Link")

    assert set(link.says["annotations"]) == {"A boat"}


def test_a_picture_says_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(png(80, 40))
    (figure,) = structure(f'<img src="{file.as_uri()}" alt="A boat" style="display: block">').all("Figure")

    assert [float(each) for each in figure.says["BBox"]] == [30, 90, 90, 120]  # 300 × 200 px is 225 × 150 points


def test_the_language_of_a_passage_is_kept() -> None:
    root = structure('<p lang="cy">Bore da</p><p>Good <i lang="fr">matin</i></p>')
    said = {each.text.strip(): each.says["Lang"] for each in root.walk() if "Lang" in each.says}

    assert said == {"Bore da": "cy", "matin": "fr"}


def test_headers_say_what_they_head() -> None:
    root = structure('<table><tr><th>A<th>B</tr><tr><th scope="row">C<td>D</table>')

    assert [each.says["Scope"] for each in root.all("TH")] == ["/Column", "/Column", "/Row"]


def test_headers_are_found_by_their_names() -> None:
    with pikepdf.open(io.BytesIO(made("<table><tr><th>A<th>B</tr><tr><td>C<td>D</table>"))) as file:
        names = pikepdf.NameTree(file.Root.StructTreeRoot.IDTree)
        found = {name: str(names[name].S) for name in names}
        asked = {bytes(each).decode() for cell in file.objects if is_cell(cell) for each in cell.A.Headers}

    assert set(found.values()) == {"/TH"}
    assert asked == set(found)


def is_cell(each: object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TD"


@pytest.mark.parametrize(
    ("opening", "numbering"),
    [
        ("<ol>", "/Decimal"),
        ("<ul>", "/Disc"),
        ('<ol style="list-style-type: lower-alpha">', "/LowerAlpha"),
        ('<ol style="list-style-type: upper-roman">', "/UpperRoman"),
        ("<ul style=\"list-style-type: '–'\">", "/Disc"),
        ('<ol style="list-style-type: armenian">', "/Decimal"),
        ('<ul style="list-style-type: none">', "/None"),
    ],
)
def test_lists_say_how_they_are_numbered(opening: str, numbering: str) -> None:
    (found,) = structure(f"{opening}<li>a</li>").all("L")

    assert found.says["ListNumbering"] == numbering


def test_running_headers_are_artifacts() -> None:
    content = made('<p>One</p><p class="next">Two</p>')
    with pikepdf.open(io.BytesIO(content)) as file:
        streams = [page.Contents.read_bytes() for page in file.pages]
        marked = file.Root.StructTreeRoot.ParentTree.Nums

        assert all(each is None or each.S == "/Span" for page in (1, 3) for each in marked[page])
        assert [len([each for each in marked[page] if each is not None]) for page in (1, 3)] == [1, 1]
    assert all(re.search(rb"/Artifact\s*<</Type /Pagination>>\s*BDC", each) for each in streams)
    assert all("RUNNING" in each for each in read_text(content))
    assert [each.split() for each in read_body(content)] == [["One"], ["Two"]]


def test_pictures_are_not_smoothed(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(png(8, 8))
    with pikepdf.open(io.BytesIO(made(f'<img src="{file.as_uri()}" alt="A" style="image-rendering: auto">'))) as pdf:
        pictures = [
            each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]

        assert [bool(each.Interpolate) for each in pictures] == [False]


def test_the_file_claims_both_standards_and_names_itself() -> None:
    with pikepdf.open(io.BytesIO(made("<p>One</p>"))) as file, file.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["dc:identifier"] == URN
        assert "/Filter" not in file.Root.Metadata


def test_links_are_printed() -> None:
    with pikepdf.open(io.BytesIO(made('<p><a href="https://a.example/">a</a></p>'))) as file:
        assert [int(each.F) for each in file.pages[0].Annots] == [4]


def test_an_empty_page_is_finished_too() -> None:
    assert shape(structure("")) == "Document"
