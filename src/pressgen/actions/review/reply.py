"""Answer an editor: what became of each change and remark, in his own Word file or as a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Literal

from pressgen.actions.review.decisions import WAITING, verdicts
from pressgen.actions.review.receive import PDF, received
from pressgen.actions.workspace.office import take_office
from pressgen.actions.workspace.reading import read_named
from pressgen.errors import Place, Problem, Refused, WrongUse
from pressgen.files.writing import write_into
from pressgen.model.proposal import Kind
from pressgen.text.mail import wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.review.decisions import Verdict
    from pressgen.actions.review.receive import Received, Told
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.office import Office
    from pressgen.review.replying import Answer
    from pressgen.review.replying import Verdict as State

Shape = Literal["docx", "text"]
HEADINGS = {"accepted": "Taken over", "refused": "Not taken over", "open": "Open: nobody has decided on it yet"}
LONGEST = 100
"""Characters of a text that a letter repeats."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to an editor; `counts` are how many proposals were accepted, refused and are open."""

    content: bytes
    shape: Shape
    counts: tuple[int, int, int]


def reply(workspace: Workspace, path: Path, shape: Shape | None, now: datetime) -> Reply:
    """The answer to the editor whose file lies at `path`, from what the ledger has of the decisions.

    Args:
        workspace: whose release it is.
        path: the file as it came back.
        shape: Word, or a letter; None for Word where the file is a Word file.
        now: the present instant, the date of what nobody has decided on.

    Raises:
        Refused: the file cannot be read, or belongs to no release here.
        WrongUse: the workspace has no office, and so no record of decisions; or a PDF is to be answered in Word.
    """
    office = take_office(workspace)
    one = received(workspace, path)
    data = read_named(path, one.file)
    if shape == "docx" and data.startswith(PDF):
        raise WrongUse("a PDF is answered by a letter: --format text")
    found = verdicts(workspace, one)
    told = [each for each in one.told if each.number in found or each.proposal.kind in WAITING]
    states = [_state(found.get(each.number)) for each in told]
    counts = (states.count("accepted"), states.count("refused"), states.count("open"))
    if shape == "text" or data.startswith(PDF):
        return Reply(_letter(one, told, found, office).encode(), "text", counts)
    from pressgen.review.replying import replied  # noqa: PLC0415 - slow to import

    answers = [_answer(one, each, found.get(each.number), office, now) for each in one.told]
    return Reply(replied(data, one.file, one.export.blocks, answers), "docx", counts)


def write(reply: Reply, path: Path) -> None:
    """Write an answer.

    Raises:
        Refused: it cannot be written.
    """
    try:
        write_into(path.parent, {path.name: reply.content})
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise Refused([Problem(code="K02", message=message, place=Place(str(path)))]) from None


def _state(verdict: Verdict | None) -> State:
    return "open" if verdict is None else "accepted" if verdict.accepted else "refused"


def _answer(one: Received, each: Told, verdict: Verdict | None, office: Office, now: datetime) -> Answer:
    from pressgen.review.replying import Answer  # noqa: PLC0415 - slow to import

    at = (verdict.at if verdict else now).astimezone(UTC)
    who = office.people.get(verdict.actor) if verdict else None
    return Answer(
        each.proposal, _state(verdict), _words(one, each, verdict), who.name if who else office.office.name,
        f"{at:%Y-%m-%dT%H:%M:%SZ}",
    )  # fmt: skip


def _words(one: Received, each: Told, verdict: Verdict | None) -> str:
    """What the remark beside a proposal says; nothing where the accepted words say it all."""
    remark = each.proposal.kind is Kind.COMMENT
    if verdict is None:
        return f"{HEADINGS['open']}." if each.proposal.kind in WAITING else ""
    if verdict.accepted:
        return verdict.reason or ("Seen to." if remark else "")
    head = "Not followed" if remark else "Not taken over"
    texts = "" if remark or each.proposal.tracked else _texts(one, each)  # a tracked change shows itself what it was
    return f"{head}{f': {texts}' if texts else ''}. {verdict.reason}".rstrip()


def _letter(one: Received, told: Sequence[Told], found: Mapping[int, Verdict], office: Office) -> str:
    round_ = f", round {one.export.round} of review" if one.export.round else ""
    paragraphs = [wrapped(f"{one.export.reference}{round_}: what became of your changes and remarks.")]
    for state, heading in HEADINGS.items():
        here = [each for each in told if _state(found.get(each.number)) == state]
        lines = [_line(one, each, found[each.number].reason if each.number in found else "") for each in here]
        paragraphs += [heading, "\n".join(lines)] if lines else []
    if not told:
        paragraphs.append("Your file says what was sent, word for word.")
    return "\n\n".join([*paragraphs, f"Thank you.\n{office.office.name}"]) + "\n"


def _line(one: Received, each: Told, reason: str) -> str:
    """A proposal as a letter tells it, with the reason or the answer below."""
    proposal = each.proposal
    if proposal.kind is Kind.COMMENT:
        about = f" on “{_short(proposal.before)}”" if proposal.before else ""
        words = f"your remark{about}: {_short(proposal.after)}" if proposal.after else f"your mark{about}"
    else:
        shape = "" if proposal.kind in {Kind.EDIT, Kind.UNMAPPED} else f"{proposal.kind.value} "
        words = f"{shape}{_texts(one, each) or each.path}"
    lines = wrapped(words).split("\n") + (wrapped(reason).split("\n") if reason else [])
    return "\n".join(("- " if not at else "  ") + line for at, line in enumerate(lines))


def _texts(one: Received, each: Told) -> str:
    """The words before and after a change, empty where it changes none."""
    words = one.wording_of(each)
    if not (words.before or words.after):
        return ""
    return " → ".join(f"“{_short(text)}”" if text else "nothing" for text in (words.before, words.after))


def _short(text: str) -> str:
    """A text on one line, and no more of it than it takes to know it."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rpartition(' ')[0]} …"
