"""Receive a copy from an editor.

List what it proposes, each at its place in the data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.review.proposal_readers import (
    parse_sent_source,
    read_mail_proposals,
    read_pdf_proposals,
    read_word_proposals,
)
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.read_files import read_file_argument
from pressgen.errors import InputError, Place, guard_file
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.text.word_diff import widen_to_words

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import Problem
    from pressgen.load.source import SourceText
    from pressgen.model.export import Export


PDF = b"%PDF"


@dataclass(frozen=True, slots=True)
class NumberedProposal:
    """A proposal with its number and its place in the release.

    Numbers start at 1.

    Attributes:
        speaker: the id of the person with the changed words, so that their clearance lapses; else empty.
        shown: for a value of the data that a text prints, the path of that text; else empty.
        shown_at: the place of that text, with the expression.
    """

    number: int
    path: str
    place: Place
    proposal: Proposal
    speaker: str = ""
    shown: str = ""
    shown_at: Place | None = None

    @property
    def found_at(self) -> Place:
        """The place in the release where a person finds what it changes."""
        return self.shown_at or self.place

    def __str__(self) -> str:
        before, after = (f"“{text}”" if text else "nothing" for text in (self.proposal.before, self.proposal.after))
        by = self.proposal.author or "untracked"
        return " ".join(f"{self.number} {self.proposal.kind} {self.path}: {before} → {after} ({by})".split())


@dataclass(frozen=True, slots=True)
class ProposalWording:
    """The words that a proposal changes, with their surroundings.

    Attributes:
        before, after: the words.
        lead, tail: the sent text before and after them; empty where they are not part of one.
    """

    before: str
    after: str
    lead: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedCopy:
    """A returned copy, with everything that it proposes.

    Attributes:
        file: its name in messages.
        digest: its SHA-256.
        export: the record of the copy that went out.
        proposals: in the order of the release; those without a place come last.
        notices: what the person should know about the file.
        is_doubtful: whether it is more likely the wrong file, since nearly all of the text is gone.
    """

    file: str
    digest: str
    export: Export = field(repr=False)
    proposals: list[NumberedProposal]
    notices: list[str]
    is_doubtful: bool = False

    def wording_of(self, numbered: NumberedProposal) -> ProposalWording:
        """Return the whole words that a proposal changes.

        For example, it returns `4,210` and `4,300` where `21` became `30`.
        """
        each = numbered.proposal
        text = self.export.blocks[each.block].text if each.block >= 0 else ""
        if each.kind not in {ProposalKind.EDIT, ProposalKind.SPLIT} or text[each.start : each.end] != each.before:
            return ProposalWording(each.before, each.after)
        start, end = each.start, each.end
        if each.kind is ProposalKind.EDIT:
            start, end = widen_to_words(text, start, end, each.after)
        after = text[start : each.start] + each.after + text[each.end : end]
        return ProposalWording(text[start:end], after, text[:start], text[end:])


def read_returned_copy(workspace: Workspace, path: Path) -> ReceivedCopy:
    """Read the changes that a returned Word file, PDF or mail proposes.

    Nothing is written.

    Raises:
        InputError: it is none of them, exceeds a limit, or does not belong to any release here.
    """
    shown = workspace.shown(path)
    return _read_copy(workspace, read_file_argument(path, shown), shown)


def read_returned_copies(workspace: Workspace, path: Path) -> tuple[list[ReceivedCopy], list[Problem]]:
    """Read a returned file, and the copies attached to a mail.

    Nothing is written.

    Returns:
        what each proposes, and the problems of attached files that cannot be read.

    Raises:
        InputError: as `read_returned_copy` raises it, and nothing attached can be read either.
    """
    from pressgen.review.mail_reader import is_mail, read_mail_reply

    shown = workspace.shown(path)
    data = read_file_argument(path, shown)
    if not is_mail(data):
        return [_read_copy(workspace, data, shown)], []
    with guard_file(shown):
        reply = read_mail_reply(data, shown)
    copies: list[ReceivedCopy] = []
    problems: list[Problem] = []
    for name, content in reply.files:
        try:
            copies.append(_read_copy(workspace, content, f"{shown}: {name}"))
        except InputError as refusal:
            problems += refusal.problems
    if copies and not any(not line.blank for line in reply.lines):
        return copies, problems
    try:
        body = _read_copy(workspace, data, shown, copies[0].export if copies else None)
    except InputError as refusal:
        raise InputError([*refusal.problems, *problems]) from None
    return [*([body] if body.proposals or not copies else []), *copies], problems


def _read_copy(workspace: Workspace, data: bytes, shown: str, attached: Export | None = None) -> ReceivedCopy:
    """Read what a file proposes.

    `attached` is the record of a copy that came with it, which a mail without a trace of its own is about.
    """
    from pressgen.review.data_paths import find_printing_text, locate_proposal
    from pressgen.review.mail_reader import is_mail
    from pressgen.review.missing_text import add_question, is_nearly_all_gone
    from pressgen.review.value_edits import separate_value_edits

    with guard_file(shown):
        if is_mail(data):
            export, found, notices = read_mail_proposals(workspace, data, shown, attached)
        else:
            read = read_pdf_proposals if data.startswith(PDF) else read_word_proposals
            export, found, notices = read(workspace, data, shown)
    found = list(separate_value_edits(export.blocks, found))
    if is_doubtful := is_nearly_all_gone(export.blocks, found):
        found = add_question(found)
        notices.append("has nearly none of the text that was sent; ask for the file again if it is not the right one")
    source = parse_sent_source(workspace, export)
    house = Place(f"{export.slug}, the house's wording")

    def place_of(path: str, offset: int) -> Place:
        ours = path.startswith("house.") or path == "template"
        return house if ours else source.place(path, offset) if path else Place(source.shown, 1, 1)

    def place_after(anchor: int) -> Place:
        before = (block.path for block in reversed(export.blocks[: anchor + 1]))
        return place_of(next((path for path in before if path in source.nodes), ""), 0)

    proposals: list[NumberedProposal] = []
    for each in sorted(found, key=lambda each: (_compute_sort_key(each), each.start)):
        at, offset = locate_proposal(export.blocks[each.block], each) if each.block >= 0 else (each.path, 0)
        text, start = find_printing_text(export.blocks[each.block], each) if each.block >= 0 else ("", 0)
        added = each.kind is ProposalKind.ADD and each.block < 0
        place = place_after(each.anchor) if added else place_of(at, offset)
        proposals.append(
            NumberedProposal(
                len(proposals) + 1, at, place, each, _find_speaker(source, at, each), text,
                place_of(text, start) if text else None,
            )
        )  # fmt: skip
    return ReceivedCopy(shown, hash_content(data), export, proposals, notices, is_doubtful)


def _find_speaker(source: SourceText, path: str, proposal: Proposal) -> str:
    quote, found, _ = path.partition(".quote.words")
    if not found or proposal.kind in {
        ProposalKind.COMMENT,
        ProposalKind.FORMAT,
        ProposalKind.MARKUP,
        ProposalKind.TYPOGRAPHY,
    }:
        return ""
    return source.text_at(f"{quote}.quote.by") or ""


def _compute_sort_key(each: Proposal) -> int:
    """Compute the position of a proposal in the list.

    A proposal comes at its text, or after the text that it follows. Those without a place come last.
    """
    if each.kind is ProposalKind.ADD and each.block < 0:
        return 2 * each.anchor + 1
    return 2 * each.block if each.block >= 0 else 1_000_000
