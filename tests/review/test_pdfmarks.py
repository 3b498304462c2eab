from __future__ import annotations

import io
import random
import re

import pikepdf
import pytest

from pressgen.errors import InputError
from pressgen.model.export import ExportedBlock
from pressgen.model.proposal import Proposal
from pressgen.pdf.objects import LARGEST_TABLE
from pressgen.review.pdf_annotations import read_annotations
from pressgen.review.pdf_proposals import propose_from_pdf
from review.copies import Printed, printed
from review.marking import KINDS, Marking

SAMPLES = ["thornmere-remand-centre", "warm-rivers", "palm-harbour"]


def sample(name: str) -> Printed:
    """The PDF for review of a sample."""
    return next(each for each in printed() if each.name == f"{name}.pdf")


def marked(name: str, program: str, count: int) -> tuple[Marking, dict[str, Proposal], tuple[ExportedBlock, ...]]:
    """A PDF with marks in the manner of a program, and what is told of it, by the names of the marks."""
    one = sample(name)
    marking = Marking(one.content, one.found, program, random.Random(program))  # noqa: S311 - the same marks each time
    told = propose_from_pdf(one.blocks, read_annotations(marking.work(count), "in.pdf"))
    return marking, {each.name: each for each in told}, one.blocks


@pytest.mark.parametrize("name", SAMPLES)
def test_every_character_of_the_body_is_found_on_its_page(name: str) -> None:
    one = sample(name)
    there = {(each.block, each.offset) for each in one.found}

    missing = [
        (block.text, offset)
        for number, block in enumerate(one.blocks)
        for offset, character in enumerate(block.text)
        if block.part == "body" and character.isalnum() and (number, offset) not in there
    ]

    assert missing == []


@pytest.mark.parametrize("program", KINDS)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_mark_is_told_with_its_author(name: str, program: str) -> None:
    marking, told, _ = marked(name, program, 60)

    assert told.keys() == marking.truth.keys()
    assert all(told[each].author == truth.author for each, truth in marking.truth.items())


@pytest.mark.parametrize("program", KINDS)
@pytest.mark.parametrize("name", SAMPLES)
def test_marks_over_words_are_told_on_their_text(name: str, program: str) -> None:
    marking, told, _ = marked(name, program, 60)

    assert [told[each].block for each, truth in marking.truth.items() if truth.exact] == [
        truth.block for truth in marking.truth.values() if truth.exact
    ]


@pytest.mark.parametrize("program", KINDS)
@pytest.mark.parametrize("name", SAMPLES)
def test_marks_in_the_margin_are_told_on_the_text_or_the_row_beside_them(name: str, program: str) -> None:
    marking, told, blocks = marked(name, program, 60)
    beside = {each: truth for each, truth in marking.truth.items() if not truth.exact}

    astray = [each for each, truth in beside.items() if not blocks[truth.block].path.startswith(told[each].path)]

    assert len(astray) <= 0.05 * len(beside)


def annotated(*annotations: dict[str, object], page: int = 0, name: str = SAMPLES[0]) -> list[Proposal]:
    """What is told of a PDF with these annotations on a page."""
    one = sample(name)
    with pikepdf.open(io.BytesIO(one.content)) as file:
        made = [file.make_indirect(pikepdf.Dictionary({"/Rect": [0, 0, 9, 9], **each})) for each in annotations]
        for number, each in enumerate(annotations):
            if each.get("/IRT") is not None:
                made[number]["/IRT"] = made[int(str(each["/IRT"]))]
        file.pages[page].obj["/Annots"] = pikepdf.Array(made)
        out = io.BytesIO()
        file.save(out)
    return propose_from_pdf(one.blocks, read_annotations(out.getvalue(), "in.pdf"))


def test_a_mark_of_no_known_kind_is_listed() -> None:
    (proposal,) = annotated({"/Subtype": pikepdf.Name.Hologram, "/Contents": "what is this"})

    assert (proposal.kind, proposal.after, proposal.mark) == ("unmapped", "what is this", "hologram")


def test_an_answer_stands_where_the_mark_stands_that_it_answers() -> None:
    first, answer, state = annotated(
        {"/Subtype": pikepdf.Name.Text, "/NM": "a", "/Contents": "Why?", "/Rect": [100, 600, 118, 618]},
        {"/Subtype": pikepdf.Name.Text, "/NM": "b", "/Contents": "Because.", "/IRT": 0},
        {"/Subtype": pikepdf.Name.Text, "/NM": "c", "/StateModel": "Review", "/State": "Accepted", "/IRT": 0},
    )

    assert first.block == answer.block == state.block != -1
    assert (answer.answers, answer.after, state.after) == ("a", "Because.", "Accepted")


def test_rich_text_is_read_without_its_tags() -> None:
    (proposal,) = annotated(
        {"/Subtype": pikepdf.Name.FreeText, "/RC": "<body><p>Too <b>long</b> &amp; dull</p></body>"}
    )

    assert proposal.after == "Too long & dull"


def struck(words: str, note: str, kind: str = "StrikeOut") -> list[Proposal]:
    """What is told of a mark over `words` of a sample with a note in it."""
    one = sample(SAMPLES[0])
    number, start = next((n, b.text.find(words)) for n, b in enumerate(one.blocks) if words in b.text)
    under = [e for e in one.found if e.block == number and start <= e.offset < start + len(words)]
    left, right = min(e.box[0] for e in under), max(e.box[2] for e in under)
    low, high = min(e.box[1] for e in under), max(e.box[3] for e in under)
    mark = {
        "/Subtype": pikepdf.Name(f"/{kind}"), "/Contents": note, "/Rect": [left, low, right, high],
        "/QuadPoints": [left, high, right, high, left, low, right, low],
    }  # fmt: skip
    return annotated(mark, page=under[0].page)


@pytest.mark.parametrize("kind", ["Highlight", "Underline", "Squiggly"])
def test_a_note_in_a_mark_over_words_is_a_remark_on_them(kind: str) -> None:
    (remark,) = struck("Thornmere", "Is that its name?", kind)

    assert (remark.kind, remark.before, remark.after) == ("comment", "Thornmere", "Is that its name?")


def test_a_short_note_on_struck_words_is_offered_in_their_place_and_told_as_a_remark() -> None:
    edit, remark = struck("Thornmere", "Thornbury")

    assert (edit.kind, edit.before, edit.after) == ("edit", "Thornmere", "Thornbury")
    assert "may be the new words or a remark" in edit.question
    assert (remark.kind, remark.before, remark.after) == ("comment", "Thornmere", "Thornbury")


def test_a_long_note_on_struck_words_is_a_remark_and_the_deletion_a_question() -> None:
    note = "Please do not delete this before legal has seen it.\nThey asked for it in the last round."

    edit, remark = struck("Thornmere", note)

    assert (edit.kind, edit.after) == ("edit", "")
    assert edit.question.startswith("there is a note on it; read that first")
    assert (remark.kind, remark.after) == ("comment", note)


@pytest.mark.parametrize("note", ["", "Thornmere", " Thornmere\n"])
def test_struck_words_that_the_program_repeats_in_the_note_are_a_deletion(note: str) -> None:
    (edit,) = struck("Thornmere", note)

    assert (edit.kind, edit.before, edit.after, edit.question) == ("edit", "Thornmere", "", "")


def test_a_note_on_struck_words_beside_a_caret_with_others_is_told_too() -> None:
    told = annotated(
        {"/Subtype": pikepdf.Name.Caret, "/NM": "a", "/Contents": "new words"},
        {"/Subtype": pikepdf.Name.StrikeOut, "/NM": "b", "/Contents": "too long", "/IRT": 0, "/RT": pikepdf.Name.Group},
    )

    assert sorted(each.after.strip() for each in told) == ["new words", "too long"]


def test_a_strike_out_that_stands_on_no_words_is_a_remark() -> None:
    (told,) = annotated({"/Subtype": pikepdf.Name.StrikeOut, "/Contents": "new words", "/Rect": [1, 1, 2, 2]})

    assert (told.kind, told.after) == ("comment", "new words")


def test_links_and_windows_of_notes_are_no_marks() -> None:
    assert annotated({"/Subtype": pikepdf.Name.Link}, {"/Subtype": pikepdf.Name.Popup}) == []


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(InputError, match="M01 cannot be read completely as a PDF"):
        read_annotations(b"%PDF-1.7 and nothing more", "in.pdf")


def test_a_pdf_with_a_password_is_named_as_one() -> None:
    with pikepdf.open(io.BytesIO(sample(SAMPLES[0]).content)) as file:
        out = io.BytesIO()
        file.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(InputError, match="M02 has a password"):
        read_annotations(out.getvalue(), "in.pdf")


def test_a_remark_beside_a_table_is_told_of_its_row() -> None:
    one = sample("thornmere-remand-centre")
    cell = next(each for each in one.found if one.blocks[each.block].path == "findings.items[respect].rating")
    height = (cell.box[1] + cell.box[3]) / 2

    (proposal,) = annotated(
        {"/Subtype": pikepdf.Name.FreeText, "/Contents": "Really?", "/Rect": [590, height - 5, 650, height + 5]},
        page=cell.page,
    )

    assert proposal.path == "findings.items[respect]"


def test_a_caret_between_words_that_run_from_right_to_left_is_told_where_it_stands() -> None:
    one = sample("palm-harbour")
    lead = next(number for number, block in enumerate(one.blocks) if block.kind == "paragraph")
    first = next(each for each in one.found if each.block == lead and each.offset == 6)
    x, y = first.box[2], first.box[1]

    (proposal,) = annotated(
        {"/Subtype": pikepdf.Name.Caret, "/Contents": "قد", "/Rect": [x - 4, y - 3, x + 4, y + 7]},
        page=first.page,
        name="palm-harbour",
    )

    assert (proposal.kind, proposal.block, proposal.start) == ("edit", lead, 6)


def test_a_mark_that_is_named_and_not_there_is_told_as_damage() -> None:
    one = sample("palm-harbour")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(one.content)) as file:
        file.pages[0].Annots = pikepdf.Array([None])
        file.save(out)

    (*_, notice) = read_annotations(out.getvalue(), "in.pdf").notices

    assert notice.startswith("is damaged, and is missing 1 of its marks")


def test_a_pdf_that_had_to_be_mended_is_told_as_damaged() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sample("palm-harbour").content)) as file:
        file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = out.getvalue()

    assert not any("damaged" in each for each in read_annotations(whole, "in.pdf").notices)
    spoilt = whole.replace(b"startxref", b"startxrex")
    assert any("is damaged in places" in each for each in read_annotations(spoilt, "in.pdf").notices)


def caret(words: str, offset: int, new: str, *more: dict[str, object]) -> list[Proposal]:
    """What is told of a caret at an offset of `words` of a sample, its tip in the middle of the character there."""
    one = sample(SAMPLES[0])
    number, start = next((n, b.text.find(words)) for n, b in enumerate(one.blocks) if words in b.text)
    under = next(e for e in one.found if e.block == number and e.offset == start + offset)
    x, y = under.middle, under.box[1]
    mark = {"/Subtype": pikepdf.Name.Caret, "/NM": "a", "/Contents": new, "/Rect": [x - 10, y - 3, x + 10, y + 11]}
    return annotated(mark, *more, page=under.page)


@pytest.mark.parametrize(
    ("offset", "new", "at", "put"),
    [
        (0, "old", 0, "old "),
        (0, ", however,", -1, ", however,"),
        (-1, "old", 0, " old"),
        (3, "x", None, "x"),
    ],
)
def test_a_caret_puts_words_between_words_and_letters_into_one(offset: int, new: str, at: int | None, put: str) -> None:
    text = next(each.text for each in sample(SAMPLES[0]).blocks if each.path == "body[0]")
    word = next(match for match in re.finditer(r"(?<= )[a-z]{7,}(?= )", text))
    place = word.end() - 1 if offset < 0 else word.start() + offset

    (edit,) = caret(text, place, new)

    start = word.end() if offset < 0 else word.start()
    assert (edit.kind, edit.after) == ("edit", put)
    assert edit.start in ({start + 3, start + 4} if at is None else {start + at, start + at + (offset < 0)})
    assert bool(edit.question) == (new == "x")


def test_contents_and_rich_text_that_differ_are_both_told() -> None:
    (note,) = annotated(
        {"/Subtype": pikepdf.Name.Text, "/Contents": "Short?", "/RC": "<body><p>Too long</p><p>by half</p></body>"}
    )
    (alike,) = annotated(
        {"/Subtype": pikepdf.Name.Text, "/Contents": "Too long\rby half", "/RC": "<p>Too  long</p><p>by half</p>"}
    )

    assert (note.after, alike.after) == ("Short?\nToo long\nby half", "Too long\nby half")


def test_a_window_with_words_of_its_own_is_told() -> None:
    told = annotated(
        {"/Subtype": pikepdf.Name.Text, "/NM": "a", "/Contents": "Why?"},
        {"/Subtype": pikepdf.Name.Popup, "/Contents": "Ask Jo."},
        {"/Subtype": pikepdf.Name.Popup},
    )

    assert [(each.kind, each.after) for each in told] == [("comment", "Why?"), ("comment", "Ask Jo.")]


def test_a_caret_that_is_part_of_a_strike_out_is_one_replacement_with_it() -> None:
    one = sample(SAMPLES[0])
    number, start = next((n, b.text.find("Thornmere")) for n, b in enumerate(one.blocks) if "Thornmere" in b.text)
    under = [e for e in one.found if e.block == number and start <= e.offset < start + 9]
    left, right, low, high = under[0].box[0], under[-1].box[2], under[0].box[1], under[0].box[3]

    (edit,) = annotated(
        {
            "/Subtype": pikepdf.Name.StrikeOut, "/NM": "a", "/Rect": [left, low, right, high],
            "/QuadPoints": [left, high, right, high, left, low, right, low],
        },
        {"/Subtype": pikepdf.Name.Caret, "/NM": "b", "/Contents": "Thornbury", "/IRT": 0, "/RT": pikepdf.Name.Group},
        page=under[0].page,
    )  # fmt: skip

    assert (edit.kind, edit.before, edit.after, edit.question) == ("edit", "Thornmere", "Thornbury", "")


def test_an_insertion_that_somebody_has_answered_is_a_question() -> None:
    edit, answer = caret(
        "Thornmere", 0, "old", {"/Subtype": pikepdf.Name.Text, "/NM": "b", "/Contents": "No.", "/IRT": 0}
    )

    assert edit.question.startswith("somebody has answered it; read the answer first")
    assert (answer.kind, answer.after, answer.block) == ("comment", "No.", edit.block)


def test_rich_text_in_a_stream_is_read_within_bounds() -> None:
    def noted(words: bytes) -> list[Proposal]:
        one = sample(SAMPLES[0])
        with pikepdf.open(io.BytesIO(one.content)) as file:
            note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], RC=pikepdf.Stream(file, words))
            file.pages[0].obj["/Annots"] = pikepdf.Array([file.make_indirect(note)])
            out = io.BytesIO()
            file.save(out)
        return propose_from_pdf(one.blocks, read_annotations(out.getvalue(), "in.pdf"))

    (note,) = noted(b"<p>Too long</p>")

    assert note.after == "Too long"
    with pytest.raises(InputError, match="the text of a mark"):
        noted(b" " * (LARGEST_TABLE + 1))


def test_marks_of_one_name_on_two_places_are_two_marks() -> None:
    one, answer, other = annotated(
        {"/Subtype": pikepdf.Name.Text, "/NM": "fitz-A0", "/Contents": "Why?", "/Rect": [100, 600, 118, 618]},
        {"/Subtype": pikepdf.Name.Text, "/NM": "b", "/Contents": "Because.", "/IRT": 0},
        {"/Subtype": pikepdf.Name.Text, "/NM": "fitz-A0", "/Contents": "Who?", "/Rect": [100, 300, 118, 318]},
    )

    assert len({each.name for each in (one, answer, other)}) == 3
    assert (answer.answers, answer.block) == (one.name, one.block)
