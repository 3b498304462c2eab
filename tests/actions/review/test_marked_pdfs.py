"""Marks of ../shared that an editor put on a PDF."""

from __future__ import annotations

from pathlib import Path

from actions.review.marked import MarkedWorkspace, needs_cases


@needs_cases
def test_a_note_on_struck_words_is_offered_in_their_place_and_waits(tmp_path: Path) -> None:
    here = MarkedWorkspace(tmp_path)
    edit, remark = here.tell("strike_note_replacement.pdf")

    here.receive("strike_note_replacement.pdf", "--apply")
    assert here.now == here.before
    _, after = here.changed("strike_note_replacement.pdf", "--accept", "1")

    assert (edit["kind"], edit["before"], edit["after"]) == ("edit", "church group", "parish")
    assert (remark["kind"], remark["after"]) == ("comment", "parish")
    assert "A weekend, a parish and 200 saplings" in after


@needs_cases
def test_a_caret_of_mupdf_puts_its_words_between_words(tmp_path: Path) -> None:
    _, after = MarkedWorkspace(tmp_path).changed("caret_mupdf_default.pdf")

    assert "a church group, a school and 200 saplings" in after
