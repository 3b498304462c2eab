"""What an editor adds stays what it is: a row, a table, a list, a note with its citation."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from difflib import ndiff
from pathlib import Path

import pytest

from actions.editors import run
from machine import ROOT
from pressgen.actions.workspace.folder import Workspace
from review.copies import copies_of

BODY, RELS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
NOTES = "word/footnotes.xml"
BY = 'w:id="900" w:author="Ann Editor" w:date="2026-11-20T10:00:00Z"'
SHADE = "Where trees covered at least half"
Parts = dict[str, str]
Edit = Callable[[Parts], None]


@pytest.fixture
def newsroom(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a release that has a table, a chart, lists and notes, without a ledger."""
    for name in ("releases/warm-rivers", "templates/university"):
        shutil.copytree(ROOT / name, workspace / name, dirs_exist_ok=True)
    monkeypatch.chdir(workspace)
    return workspace


def source(newsroom: Path) -> str:
    return (newsroom / "releases" / "warm-rivers" / "release.yaml").read_text()


def write_changed(newsroom: Path, *edits: Edit) -> None:
    """Save a review copy with its parts changed."""
    (copy,) = copies_of(Workspace(newsroom), newsroom / "releases" / "warm-rivers")
    (newsroom / "sent.docx").write_bytes(copy.content)
    with zipfile.ZipFile(newsroom / "sent.docx") as archive:
        raw = {name: archive.read(name) for name in archive.namelist()}
    parts = {name: part.decode() for name, part in raw.items() if name.endswith((".xml", ".rels"))}
    for edit in edits:
        edit(parts)
    with zipfile.ZipFile(newsroom / "in.docx", "w") as archive:
        for name in raw | parts:
            archive.writestr(name, parts[name] if name in parts else raw[name])


def received(newsroom: Path, *edits: Edit) -> tuple[list[dict[str, str]], str]:
    """What a changed copy proposes, and the lines that it adds to the release."""
    write_changed(newsroom, *edits)
    before = source(newsroom).splitlines()
    result = run("review", "receive", "in.docx", "--format", "json", "--apply")
    assert result.exit_code == 0, result.output
    after = source(newsroom).splitlines()
    return json.loads(result.stdout), "\n".join(line[2:] for line in ndiff(before, after) if line.startswith("+ "))


def text(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{text(words) if words else ''}</w:p>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


def behind(words: str, end: str, new: str) -> Edit:
    """An edit: XML behind the element that some words are in."""

    def edit(parts: Parts) -> None:
        at = parts[BODY].index(end, parts[BODY].index(f">{words}")) + len(end)
        parts[BODY] = parts[BODY][:at] + new + parts[BODY][at:]

    return edit


TRACKED = f"<w:trPr><w:ins {BY}/></w:trPr>"


def test_a_row_goes_into_the_rows_of_its_table(newsroom: Path) -> None:
    (proposal,), added = received(newsroom, behind("Partly shaded", "</w:tr>", row("Roofed", "3", "0.10", "0.20")))

    assert (proposal["mark"], added) == ("row", "        - [Roofed, 3, 0.10, 0.20]")
    assert source(newsroom).index("Partly") < source(newsroom).index("Roofed") < source(newsroom).index("[Shaded")


def test_a_row_behind_the_heading_is_the_first(newsroom: Path) -> None:
    _, added = received(newsroom, behind("Bank cover", "</w:tr>", row("Roofed", "3", "0.10", "0.20")))

    assert added == "        - [Roofed, 3, 0.10, 0.20]"
    assert source(newsroom).index("Roofed") < source(newsroom).index("[Open")


def test_two_rows_go_in_in_their_order(newsroom: Path) -> None:
    new = row("Roofed", "3", "0.10", "0.20") + row("Walled", "4", "0.30", "0.40")

    proposals, added = received(newsroom, behind("Partly shaded", "</w:tr>", new))

    assert [each["mark"] for each in proposals] == ["row", "row"]
    assert added == "        - [Roofed, 3, 0.10, 0.20]\n        - [Walled, 4, 0.30, 0.40]"


def test_a_blank_cell_of_a_new_row_keeps_its_column(newsroom: Path) -> None:
    _, added = received(newsroom, behind("Partly shaded", "</w:tr>", row("Roofed", "", "0.10", "")))

    assert re.fullmatch(r"""        - \[Roofed, (''|""), 0\.10, (''|"")\]""", added)


@pytest.mark.parametrize("properties", ["", TRACKED])
@pytest.mark.parametrize("cell", ["", " ", "\u200d"], ids=["blank", "space", "joiner"])
def test_an_empty_row_is_nothing(newsroom: Path, cell: str, properties: str) -> None:
    new = row(cell, cell, cell, cell, properties=properties)

    assert received(newsroom, behind("Partly shaded", "</w:tr>", new)) == ([], "")


@pytest.mark.parametrize(
    ("words", "new", "reason"),
    [
        ("Partly shaded", row("Roofed", "3"), "has 2 cells, but the table has 4 columns; add the row yourself"),
        ("30 to 100 feet", row("Under 10 feet", "2.10"), "is a row of a table that is made from other data"),
        (SHADE, f"<w:tbl>{row('Year', 'Streams')}</w:tbl>", "is a table without a heading, or with rows of different"),
        (
            SHADE, f"<w:tbl>{row('Year', 'Streams')}{row('2025')}</w:tbl>",
            "is a table without a heading, or with rows of different",
        ),
        (
            "Leave the first 15 feet", f"<w:tbl>{row('Year', 'Streams')}{row('2025', '64')}</w:tbl>",
            "would come within body[9].list.items, which takes no table or list; add it yourself",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_is_not_put_in_with_the_reason(newsroom: Path, words: str, new: str, reason: str) -> None:
    _, added = received(newsroom, behind(words, "</w:tr>" if new.startswith("<w:tr>") else "</w:p>", new))

    assert added == ""
    assert reason in run("review", "receive", "in.docx", "--apply").output


def test_a_second_paragraph_in_a_cell_is_no_paragraph_of_the_body(newsroom: Path) -> None:
    _, added = received(newsroom, behind("Partly shaded", "</w:p>", paragraph("By willows planted in 2019.")))

    assert added == ""
    assert "was added in a cell of a table; type it into the table yourself" in run(
        "review", "receive", "in.docx", "--apply"
    ).output  # fmt: skip


@pytest.mark.parametrize(("part", "place"), [("header", "head"), ("footer", "foot")])
def test_a_line_added_to_a_margin_is_no_paragraph_of_the_body(newsroom: Path, part: str, place: str) -> None:
    def edit(parts: Parts) -> None:
        name = next(each for each in sorted(parts) if each.startswith(f"word/{part}") and "<w:p" in parts[each])
        end = "</w:hdr>" if part == "header" else "</w:ftr>"
        parts[name] = parts[name].replace(end, paragraph("Not for the wires.") + end)

    _, added = received(newsroom, edit)

    assert added == ""
    assert f"was added to the {place} of the page" in run("review", "receive", "in.docx", "--apply").output


def test_a_table_becomes_a_table(newsroom: Path) -> None:
    table = f"<w:tbl>{row('Year', 'Streams')}{row('2024', '62')}{row('2025', '64')}</w:tbl>"

    (proposal,), added = received(newsroom, behind(SHADE, "</w:p>", table))

    assert proposal["mark"] == "table"
    assert re.search(r"header: \[Year, Streams\]\s+rows:\s+- \[2024, 62\]\s+- \[2025, 64\]", added)


def numbered(level: int, number: str) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def add_numbering(kind: str) -> Edit:
    def edit(parts: Parts) -> None:
        levels = "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(3))
        abstract = f'<w:abstractNum w:abstractNumId="770">{levels}</w:abstractNum>'
        number = '<w:num w:numId="77"><w:abstractNumId w:val="770"/></w:num>'
        parts["word/numbering.xml"] = parts["word/numbering.xml"].replace(
            "</w:numbering>", f"{abstract}{number}</w:numbering>"
        )

    return edit


@pytest.mark.parametrize(("kind", "mark"), [("bullet", "list"), ("decimal", "numbered list")])
def test_a_list_becomes_a_list(newsroom: Path, kind: str, mark: str) -> None:
    new = paragraph("First point", numbered(0, "77")) + paragraph("Second point", numbered(0, "77"))

    (proposal,), added = received(newsroom, add_numbering(kind), behind(SHADE, "</w:p>", new))

    assert proposal["mark"] == mark
    assert ("ordered: true" in added) == (kind == "decimal")
    assert "items: [First point, Second point]" in added


def test_entries_below_an_entry_stay_below_it(newsroom: Path) -> None:
    new = "".join(
        paragraph(words, numbered(level, "77"))
        for words, level in (("Plant", 0), ("willow", 1), ("sycamore", 1), ("Wait", 0))
    )

    _, added = received(newsroom, add_numbering("bullet"), behind(SHADE, "</w:p>", new))

    assert re.search(r"- text: Plant\s+items: \[willow, sycamore\]\s+- Wait", added)


def test_a_list_of_three_levels_is_left_to_a_person(newsroom: Path) -> None:
    new = "".join(paragraph(words, numbered(level, "77")) for level, words in enumerate(("Plant", "willow", "white")))

    _, added = received(newsroom, add_numbering("bullet"), behind(SHADE, "</w:p>", new))

    assert added == ""
    assert "is a list of more than two levels; add it yourself" in run("review", "receive", "in.docx", "--apply").output


def test_a_note_that_only_new_text_cites_is_left_to_a_person(newsroom: Path) -> None:
    def cite(parts: Parts) -> None:
        reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
        parts[BODY] = parts[BODY].replace(reference, "")
        behind(SHADE, "</w:p>", f"<w:p>{text('Wells are cool, too.')}{reference}</w:p>")(parts)

    write_changed(newsroom, add_footnote("State survey."), cite)

    assert "is a note that no text of the release cites" in run("review", "receive", "in.docx", "--apply").output
    assert "State survey" not in source(newsroom)


def test_an_entry_behind_the_last_of_a_list_goes_into_that_list(newsroom: Path) -> None:
    new = paragraph("Tell your neighbours.", '<w:pStyle w:val="ListNumber"/>')

    _, added = received(newsroom, behind("Report water above 72", "</w:p>", new))

    assert added == "        - Tell your neighbours."


def link(address: str) -> Edit:
    """An edit: the link with the id `new1`."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    rel = f'<Relationship Id="new1" Type="{kind}" Target="{address}" TargetMode="External"/>'

    def edit(parts: Parts) -> None:
        parts[RELS] = parts[RELS].replace("</Relationships>", f"{rel}</Relationships>")

    return edit


def test_a_new_paragraph_keeps_its_link_and_emphasis(newsroom: Path) -> None:
    new = (
        f"<w:p>{text('Read the ')}<w:hyperlink r:id='new1'>{text('whole study')}</w:hyperlink>{text(', ')}"
        f"<w:r><w:rPr><w:i/></w:rPr><w:t>all of it</w:t></w:r>{text('.')}</w:p>"
    )

    proposals, added = received(newsroom, link("https://study.example/2026"), behind(SHADE, "</w:p>", new))

    assert "    Read the [whole study](https://study.example/2026), *all of it*." in added.splitlines()
    assert len(proposals) == 1


def add_footnote(words: str, *, kind: str = "footnote", by: str = "") -> Edit:
    """An edit: a footnote or endnote of two words behind “a decade”."""
    names = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    reference = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'
    note = f"<w:r><w:{kind}Ref/></w:r>{text(' ' + words)}"
    if by:
        reference, note = f"<w:ins {by}>{reference}</w:ins>", f"<w:ins {by}>{note}</w:ins>"

    def edit(parts: Parts) -> None:
        part = f"word/{kind}s.xml"
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        parts[part] = f'<w:{kind}s {space}><w:{kind} w:id="2"><w:p>{note}</w:p></w:{kind}></w:{kind}s>'
        rel = f'<Relationship Id="notes1" Type="{names}/{kind}s" Target="{kind}s.xml"/>'
        parts[RELS] = parts[RELS].replace("</Relationships>", f"{rel}</Relationships>")
        override = f'<Override PartName="/{part}" ContentType="{content}.{kind}s+xml"/>'
        parts[TYPES] = parts[TYPES].replace("</Types>", f"{override}</Types>")
        parts[BODY] = parts[BODY].replace(
            "treated wastewater", f"treated wastewater</w:t></w:r>{reference}<w:r><w:t xml:space='preserve'>", 1
        )

    return edit


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize("by", ["", BY], ids=["untracked", "tracked"])
def test_a_footnote_becomes_a_note_with_its_citation(newsroom: Path, kind: str, by: str) -> None:
    (proposal,), added = received(newsroom, add_footnote("State survey of outfalls.", kind=kind, by=by))

    assert (proposal["mark"], proposal["path"]) == ("note", "body[5]")
    assert added.splitlines() == [
        "    wastewater[^note-3] among them.", "  - id: note-3", "    text: State survey of outfalls.",
    ]  # fmt: skip


def test_a_note_and_a_change_in_one_text_both_go_in(newsroom: Path) -> None:
    def change(parts: Parts) -> None:
        parts[BODY] = parts[BODY].replace("Where trees covered", "Where shrubs covered")

    _, added = received(newsroom, add_footnote("State survey."), change)

    assert "Where shrubs covered" in added
    assert "wastewater[^note-3] among them." in added
