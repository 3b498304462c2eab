"""An editor is answered from what the ledger has of the decisions, in his own file or by a letter."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from actions.editors import RELEASE, change, edited, remark, run
from pressgen.review.accept_reject import accept_all_changes, read_state_text
from pressgen.review.word_model import WordDocument
from pressgen.review.word_reader import read_word_document

EDITS = (
    change("two years", "three years"),
    change("further down", "higher up"),
    change("each metre", "each yard", tracked=False),
    remark("any other bridge", "Is that so?"),
)


@pytest.fixture
def desk(workspace: Path, office: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office with one release, at whose desk moss sits; a copy went out to legal."""
    assert office
    (workspace / "releases" / "bridge" / "release.yaml").write_text(RELEASE)
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("PRESSGEN_AS", "moss")
    run("review", "send", "releases/bridge", "--to", "legal")
    return workspace


@pytest.fixture
def file(desk: Path) -> Path:
    """What came back: one change accepted, one refused, one not decided on, and a remark that was answered."""
    found = edited(desk, *EDITS)
    run("review", "receive", str(found), "--ask", typed="a\nl\na\nIt is.\nr\nIt lies lower\n")
    return found


def answer(file: Path) -> WordDocument:
    result = run("review", "reply", str(file))
    assert result.output == "in-reply.docx: 2 accepted, 1 refused, 1 open\n"
    return read_word_document((file.parent / "in-reply.docx").read_bytes(), "in-reply.docx")


def test_accepted_words_are_text_and_refused_ones_stay_as_changes(file: Path) -> None:
    reply = answer(file)

    text = "\n".join(read_state_text(reply, each) for each in accept_all_changes(reply))
    assert "after three years of work" in text
    left = [each for each in reply.revisions.values() if each.kind in {"insert", "delete"}]
    assert {(each.kind, each.author) for each in left} == {("insert", "Ann Editor"), ("delete", "Ann Editor")}
    assert len(left) == 2


def test_each_answer_says_why_who_and_which_are_open(file: Path) -> None:
    reply = answer(file)

    told = {each.text: each for each in reply.comments}
    assert [each for each in told if "Is that so?" not in each] == [
        "Open: nobody has decided on it yet.", "It is.", "Not accepted. It lies lower"
    ]  # fmt: skip
    assert told["It is."].parent == next(each.id for each in reply.comments if "Is that so?" in each.text)
    assert (told["It is."].author, told["Open: nobody has decided on it yet."].author) == ("Ada Moss", "Press office")


def test_the_answer_is_as_valid_as_what_came_back(file: Path) -> None:
    answer(file)
    path = str(file.parent / "in-reply.docx")
    errors = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors
    before = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(str(file)).errors

    assert {each.description for each in errors} <= {each.description for each in before}


def test_a_letter_tells_the_same(file: Path) -> None:
    letter = run("review", "reply", str(file), "--format", "text").output

    assert (
        letter
        == """\
B-1, round 1 of review: what happened to your changes and comments.

Accepted

- “two years” → “three years”
- your remark on “any other bridge”: please look Is that so?
  It is.

Not accepted

- “further down” → “higher up”
  It lies lower

Open: nobody has decided on it yet

- “metre” → “yard”

Thank you.
Press office
"""
    )


def test_a_letter_tells_whole_figures(desk: Path) -> None:
    file = edited(desk, change("3,930", "3,940", tracked=False))

    assert "- “£3,930” → “£3,940”\n" in run("review", "reply", str(file), "--format", "text").output


def test_a_pdf_is_answered_by_a_letter(desk: Path) -> None:
    file = desk / "marked.pdf"
    with pikepdf.open(desk / "dist" / "bridge" / "review" / "bridge-review-1.pdf") as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[100, 500, 120, 520], Contents="Who paid?",
            T="Bo Desk",
        )  # fmt: skip
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
        pdf.save(file)
    run("review", "receive", str(file), "--accept", "1", "--reason", "The county did")

    letter = run("review", "reply", str(file)).output

    assert "Who paid?\n  The county did\n" in letter
    assert run("review", "reply", str(file), "--format", "docx").exit_code == 2


def test_without_an_office_there_is_no_record_to_answer_from(file: Path) -> None:
    (file.parent / "releases" / "pressgen.yaml").unlink()

    assert run("review", "reply", str(file)).exit_code == 2


def test_a_file_without_a_change_is_answered_as_such(desk: Path) -> None:
    letter = run("review", "reply", str(edited(desk)), "--format", "text").output

    assert "Your file says what was sent, word for word.\n" in letter
