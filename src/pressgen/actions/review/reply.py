"""The reply to an editor.

It says what became of each change and remark, in the editor's own Word file or as a letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Literal

from pressgen.actions.review.decisions import WAITING, read_verdicts
from pressgen.actions.review.receive import PDF, read_returned_copy
from pressgen.actions.workspace.office import load_office
from pressgen.actions.workspace.read_files import read_file_argument
from pressgen.errors import UsageError, guard_writing
from pressgen.files.atomic import write_into
from pressgen.model.proposal import ProposalKind
from pressgen.text.mail import wrap_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.review.decisions import ProposalVerdict
    from pressgen.actions.review.receive import NumberedProposal, ReceivedCopy
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.office import Office
    from pressgen.review.word_reply import ProposalAnswer
    from pressgen.review.word_reply import Verdict as State

Shape = Literal["docx", "text"]
HEADINGS = {"accepted": "Accepted", "refused": "Not accepted", "open": "Open: nobody has decided on it yet"}
LONGEST = 100
"""The most characters of a text that a letter repeats."""


@dataclass(frozen=True, slots=True)
class ReviewReply:
    """A reply to an editor.

    `counts` are how many proposals were accepted, refused and are open.
    """

    content: bytes
    shape: Shape
    counts: tuple[int, int, int]


def compose_reply(workspace: Workspace, path: Path, shape: Shape | None, now: datetime) -> ReviewReply:
    """Compose the reply to an editor from the ledger's decisions.

    Args:
        workspace: the release's.
        path: the file that came back.
        shape: Word, or a letter; None for Word where the file is a Word file.
        now: the present instant, the date of open proposals.

    Raises:
        InputError: the file cannot be read, or does not belong to any release here.
        UsageError: the workspace has no office, and so no record of decisions; or a Word reply is wanted to a PDF or
            a mail.
    """
    from pressgen.review.mail_reader import is_mail

    office = load_office(workspace)
    received = read_returned_copy(workspace, path)
    data = read_file_argument(path, received.file)
    is_word = not data.startswith(PDF) and not is_mail(data)
    if shape == "docx" and not is_word:
        raise UsageError("a reply to a PDF or a mail is a text file: add --format text")
    found = read_verdicts(workspace, received)
    proposals = [each for each in received.proposals if each.number in found or each.proposal.kind in WAITING]
    states = [_get_state(found.get(each.number)) for each in proposals]
    counts = (states.count("accepted"), states.count("refused"), states.count("open"))
    if shape == "text" or not is_word:
        return ReviewReply(_compose_letter(received, proposals, found, office).encode(), "text", counts)
    from pressgen.review.word_reply import write_reply

    answers = [_build_answer(received, each, found.get(each.number), office, now) for each in received.proposals]
    return ReviewReply(write_reply(data, received.file, received.export.blocks, answers), "docx", counts)


def save_reply(reply: ReviewReply, path: Path) -> None:
    """Save a reply as a file.

    Raises:
        InputError: it cannot be written.
    """
    with guard_writing(str(path)):
        write_into(path.parent, {path.name: reply.content})


def _get_state(verdict: ProposalVerdict | None) -> State:
    return "open" if verdict is None else "accepted" if verdict.accepted else "refused"


def _build_answer(
    received: ReceivedCopy, each: NumberedProposal, verdict: ProposalVerdict | None, office: Office, now: datetime
) -> ProposalAnswer:
    from pressgen.review.word_reply import ProposalAnswer

    at = (verdict.at if verdict else now).astimezone(UTC)
    who = office.people.get(verdict.actor) if verdict else None
    return ProposalAnswer(
        each.proposal, _get_state(verdict), _compose_comment(received, each, verdict),
        who.name if who else office.office.name,
        f"{at:%Y-%m-%dT%H:%M:%SZ}",
    )  # fmt: skip


def _compose_comment(received: ReceivedCopy, each: NumberedProposal, verdict: ProposalVerdict | None) -> str:
    """Compose the comment on a proposal.

    It is empty where the accepted words are answer enough.
    """
    remark = each.proposal.kind is ProposalKind.COMMENT
    if verdict is None:
        return f"{HEADINGS['open']}." if each.proposal.kind in WAITING else ""
    if verdict.accepted:
        return verdict.reason or ("Seen to." if remark else "")
    head = "Not followed" if remark else "Not accepted"
    texts = (
        "" if remark or each.proposal.tracked else _format_change(received, each)
    )  # a tracked change shows itself what it was
    return f"{head}{f': {texts}' if texts else ''}. {verdict.reason}".rstrip()


def _compose_letter(
    received: ReceivedCopy, proposals: Sequence[NumberedProposal], found: Mapping[int, ProposalVerdict], office: Office
) -> str:
    round_ = f", round {received.export.round} of review" if received.export.round else ""
    paragraphs = [wrap_text(f"{received.export.reference}{round_}: what happened to your changes and comments.")]
    for state, heading in HEADINGS.items():
        here = [each for each in proposals if _get_state(found.get(each.number)) == state]
        lines = [
            _format_proposal(received, each, found[each.number].reason if each.number in found else "") for each in here
        ]
        paragraphs += [heading, "\n".join(lines)] if lines else []
    if not proposals:
        paragraphs.append("Your file says what was sent, word for word.")
    return "\n\n".join([*paragraphs, f"Thank you.\n{office.office.name}"]) + "\n"


def _format_proposal(received: ReceivedCopy, each: NumberedProposal, reason: str) -> str:
    """Format a proposal for the letter, with the reason below it."""
    proposal = each.proposal
    if proposal.kind is ProposalKind.COMMENT:
        about = f" on “{_shorten(proposal.before)}”" if proposal.before else ""
        words = f"your remark{about}: {_shorten(proposal.after)}" if proposal.after else f"your mark{about}"
    else:
        shape = (
            ""
            if proposal.kind in {ProposalKind.EDIT, ProposalKind.MARKUP, ProposalKind.UNMAPPED}
            else f"{proposal.kind.value} "
        )
        words = f"{shape}{_format_change(received, each) or each.path}"
    lines = wrap_text(words).split("\n") + (wrap_text(reason).split("\n") if reason else [])
    return "\n".join(("- " if not at else "  ") + line for at, line in enumerate(lines))


def _format_change(received: ReceivedCopy, each: NumberedProposal) -> str:
    """Format the words before and after a change; empty if unchanged."""
    words = received.wording_of(each)
    if not (words.before or words.after):
        return ""
    return " → ".join(f"“{_shorten(text)}”" if text else "nothing" for text in (words.before, words.after))


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rpartition(' ')[0]} …"
