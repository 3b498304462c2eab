"""The answer in the editor's own file: his text stays, what was accepted is settled, what was not says why."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from machine import PATIENCE, need_program
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.accept_reject import accept_all_changes, read_state_text, reject_all_changes
from pressgen.review.word_model import WordDocument
from pressgen.review.word_proposals import propose_from_word
from pressgen.review.word_reader import read_word_document
from pressgen.review.word_reply import ProposalAnswer, Verdict, write_reply
from review.copies import Copy, samples
from review.dialects import DIALECTS, written
from review.editing import Editing

AT = "2026-11-23T09:00:00Z"
CHANCE = random.Random
WITHOUT_LOOK = {"insert", "delete", "move here", "move away"}
SHAPES = {"split", "join", "move"}


def edited(copy: Copy, dialect: str, seed: int, acts: int = 12) -> bytes:
    """A copy after some random acts of an editor."""
    editing = Editing(copy.content, copy.blocks, CHANCE(seed))
    editing.work(acts)
    return written(editing, DIALECTS[dialect], CHANCE(seed))


def answered(proposal: Proposal, verdict: Verdict) -> ProposalAnswer:
    words = "" if verdict == "accepted" and proposal.kind is not ProposalKind.COMMENT else f"{verdict}: we said so."
    return ProposalAnswer(proposal, verdict, words, "Head of communications", AT)


def texts(file: WordDocument, *, kept: bool = True) -> list[str]:
    return [
        text
        for each in (accept_all_changes(file) if kept else reject_all_changes(file))
        if (text := read_state_text(file, each).strip())
    ]


def faults(data: bytes, folder: Path, name: str = "reply.docx") -> list[str]:
    """What the validator says of a file."""
    path = folder / name
    path.write_bytes(data)
    return [
        each.description for each in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(str(path)).errors
    ]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_answered_the_text_with_all_accepted_stays_what_it_was(dialect: str, seed: int) -> None:
    copy = samples()[seed % len(samples())]
    data = edited(copy, dialect, seed)
    file = read_word_document(data, "in.docx")
    chance = CHANCE(seed)
    answers = [
        answered(each, chance.choice(["accepted", "refused", "open"])) for each in propose_from_word(copy.blocks, file)
    ]

    reply = read_word_document(write_reply(data, "in.docx", copy.blocks, answers), "reply.docx")

    assert texts(reply) == texts(file)
    left = {number for each in answers if each.verdict != "accepted" for number in each.proposal.revisions}
    done = {number for each in answers for number in each.proposal.revisions} - left
    assert len(reply.revisions) == len(file.revisions) - len(done)
    assert len(reply.comments) == len(file.comments) + sum(bool(each.words) for each in answers)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_with_all_accepted_no_tracked_change_of_words_is_left(dialect: str) -> None:
    copy = samples()[0]
    data = edited(copy, dialect, 7)
    file = read_word_document(data, "in.docx")
    answers = [answered(each, "accepted") for each in propose_from_word(copy.blocks, file)]

    reply = read_word_document(write_reply(data, "in.docx", copy.blocks, answers), "reply.docx")

    assert {each.kind for each in reply.revisions.values()} & WITHOUT_LOOK == set()
    assert texts(reply) == texts(reply, kept=False) == texts(file)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_answer_is_as_valid_as_what_came_back(dialect: str, tmp_path: Path) -> None:
    copy = samples()[0]
    data = edited(copy, dialect, 3)
    chance = CHANCE(3)
    answers = [
        answered(each, chance.choice(["accepted", "refused", "open"]))
        for each in propose_from_word(copy.blocks, read_word_document(data, "in.docx"))
    ]

    made = write_reply(data, "in.docx", copy.blocks, answers)

    assert set(faults(made, tmp_path)) <= set(faults(data, tmp_path, "in.docx"))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_remark_is_answered_in_its_thread_and_keeps_its_id(dialect: str) -> None:
    copy = samples()[0]
    editing = Editing(copy.content, copy.blocks, CHANCE(1))
    for _ in range(3):
        editing.comment()
    data = written(editing, DIALECTS[dialect], CHANCE(1))
    before = read_word_document(data, "in.docx")
    remarks = [each for each in propose_from_word(copy.blocks, before) if each.kind is ProposalKind.COMMENT]

    after = read_word_document(
        write_reply(data, "in.docx", copy.blocks, [answered(each, "accepted") for each in remarks]), "reply.docx"
    )

    known = {each.id: each.text for each in before.comments}
    assert {each.id: each.text for each in after.comments if each.id in known} == known
    answers = [each for each in after.comments if each.id not in known]
    assert [each.parent for each in answers] == [each.name for each in remarks]
    assert {(each.author, each.date, each.text) for each in answers} == {
        ("Head of communications", AT, "accepted: we said so.")
    }
    assert {each.id: each.parent for each in after.comments if each.id in known} == {
        each.id: each.parent for each in before.comments
    }


def test_a_refused_change_stays_and_has_a_remark_round_it() -> None:
    copy = samples()[0]
    editing = Editing(copy.content, copy.blocks, CHANCE(5))
    for _ in range(6):
        editing.replace()
    data = written(editing, DIALECTS["word"], CHANCE(5))
    found = [
        each
        for each in propose_from_word(copy.blocks, read_word_document(data, "in.docx"))
        if each.tracked and each.block >= 0
    ]
    assert found

    reply = read_word_document(
        write_reply(data, "in.docx", copy.blocks, [answered(each, "refused") for each in found]), "reply.docx"
    )

    told = [each for each in propose_from_word(copy.blocks, reply) if each.kind is ProposalKind.COMMENT]
    assert sorted(each.block for each in told) == sorted(each.block for each in found)
    assert len(reply.revisions) == len(read_word_document(data, "in.docx").revisions)


def test_libreoffice_opens_the_answer_with_every_remark(tmp_path: Path) -> None:
    copy = samples()[0]
    data = edited(copy, "word", 11)
    answers = [
        answered(each, "refused") for each in propose_from_word(copy.blocks, read_word_document(data, "in.docx"))
    ]
    made = write_reply(data, "in.docx", copy.blocks, answers)
    (tmp_path / "reply.docx").write_bytes(made)
    command = [need_program("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved"), "reply.docx"]

    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=True)

    saved = read_word_document((tmp_path / "saved" / "reply.docx").read_bytes(), "saved.docx")
    told = {each.text for each in saved.comments}
    assert "refused: we said so." in told
    assert texts(saved) == texts(read_word_document(made, "reply.docx"))
