"""Proposals as lines on a terminal, and as objects for other programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.cli.terminal import echo, echo_styled, style
from pressgen.model.labels import label_path
from pressgen.model.proposal import ProposalKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.actions.review.decisions import ProposalVerdict
    from pressgen.actions.review.receive import NumberedProposal, ReceivedCopy

AROUND = 60
"""Characters of the sent text to show before and after a change, to the next word."""
ENDS = {"\n": "¶", "\u2028": "↵"}
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def print_proposals(
    one: ReceivedCopy, shared: Mapping[int, str] | None = None, decided: Mapping[int, ProposalVerdict] | None = None
) -> None:
    """Print what a file proposes, and what to know about it.

    Args:
        one: the file.
        shared: why proposals are not applied on their own, by number: other places print the same value.
        decided: the verdicts on proposals that need no decision any more, by number; they are only named.
    """
    settled = decided or {}
    apart = [each for each in one.proposals if each.proposal.kind is ProposalKind.TYPOGRAPHY]
    for each in one.proposals:
        if each not in apart and each.number not in settled:
            print_proposal(one, each)
    for number, verdict in settled.items():
        echo(f"{number:4}  {'accepted' if verdict.accepted else 'refused'} by {verdict.actor} already")
    print_notices(one)
    left = [(number, reason) for number, reason in (shared or {}).items() if number not in settled]
    print_unapplied_proposals(one, left, "cannot be made automatically")
    if apart:
        numbers = ", ".join(str(each.number) for each in apart)
        change = "changes" if len(apart) == 1 else "change"
        echo(
            f"{len(apart)} {change} only quotation marks, dashes, spaces or line breaks, which pressgen sets itself:"
            f" {numbers}"
        )
    if not one.proposals:
        echo(f"{one.file}: says what was sent, word for word")


def print_notices(one: ReceivedCopy) -> None:
    """Print what a person should know about a file."""
    for notice in one.notices:
        echo_styled(f"{one.file}: {notice}", err=True, fg="yellow")


def print_unapplied_proposals(one: ReceivedCopy, left: Sequence[tuple[int, str]], words: str = "not put in") -> None:
    """Print the proposals that a person must handle, with place and reason.

    A reason that repeats is printed only once.
    """
    first: dict[str, int] = {}
    for number, reason in left:
        known = first.setdefault(reason, number)
        place = one.proposals[number - 1].found_at
        told = reason if known == number else f"for the same reason as {known}"
        echo_styled(_to_one_line(f"{place}: {number}: {words}: {told}"), err=True, fg="yellow")


def print_proposal(one: ReceivedCopy, each: NumberedProposal, *, around: bool = False) -> None:
    """Print one proposal of a file.

    With `around`, some of the words around it are printed too.
    """
    proposal = each.proposal
    signed = ", ".join(filter(None, (proposal.author or "somebody", proposal.date[:16].replace("T", " "))))
    by = signed if proposal.tracked else "untracked"
    named = [name for name in proposal.fields if name != each.path]
    fields = f" ({', '.join(named)})" if named else ""
    text = label_path(each.path) if each.path.startswith("house.") else each.path
    kind = proposal.mark or proposal.kind.value
    where = f"  in {each.shown}, {each.shown_at}" if each.shown else ""
    echo(_to_one_line(f"{each.number:4}  {each.place}  {kind}  {text}{fields}  {by}{where}"))
    if words := _format_redline(one, each, around=around):
        echo(f"      {words}")
    if proposal.question:
        echo(f"      {proposal.question}")
    if each.speaker:
        echo(f"      words of {each.speaker}; if they were cleared, they must be cleared again")


def to_json_object(each: NumberedProposal) -> dict[str, object]:
    """Return a proposal as an object for JSON."""
    proposal = each.proposal
    return {
        "number": each.number, "kind": proposal.kind.value, "path": each.path, "file": each.place.file,
        "line": each.place.line, "before": proposal.before, "after": proposal.after, "author": proposal.author,
        "date": proposal.date, "tracked": proposal.tracked, "fields": list(proposal.fields),
        "comment": proposal.name if proposal.kind is ProposalKind.COMMENT else "", "answers": proposal.answers,
        "mark": proposal.mark, "question": proposal.question, "speaker": each.speaker,
    }  # fmt: skip


def _format_redline(one: ReceivedCopy, each: NumberedProposal, *, around: bool) -> str:
    """Return the words deleted and inserted, marked as such.

    On a terminal, colour and lines mark them as well.
    """
    words = one.wording_of(each)
    before, after = _to_one_line(words.before), _to_one_line(_join_cells(each.proposal.rows) or words.after)
    if each.proposal.kind is ProposalKind.COMMENT:
        return (f"“{before}”: " if before else "") + after
    struck = style(f"[-{before}-]", fg="red", strikethrough=True) if before else ""
    put = style(f"{{+{after}+}}", fg="green", underline=True) if after else ""
    return _shorten_before(words.lead) + struck + put + _shorten_after(words.tail) if around else struck + put


def _join_cells(rows: Sequence[Sequence[str]]) -> str:
    """Return the cells of an added row or table, with lines between them."""
    return "\n".join(" | ".join(row) for row in rows)


def _shorten_before(text: str) -> str:
    kept = text[-AROUND:] if len(text) <= AROUND else f"… {text[-AROUND:].partition(' ')[2]}"
    return _to_one_line(kept)


def _shorten_after(text: str) -> str:
    kept = text if len(text) <= AROUND else f"{text[:AROUND].rpartition(' ')[0]} …"
    return _to_one_line(kept)


def _to_one_line(text: str) -> str:
    """Return a foreign text on one line, without control characters."""
    for end, sign in ENDS.items():
        text = text.replace(end, sign)
    return CONTROLS.sub(" ", text)
