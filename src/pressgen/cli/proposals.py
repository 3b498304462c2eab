"""Proposals as lines on a terminal, and as objects for other programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.cli.terminal import echo, secho, style
from pressgen.model.proposal import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.actions.review.receive import Received, Told

AROUND = 60
"""Characters of the sent text that are shown before and after a change, to the next word."""
ENDS = {"\n": "¶", "\u2028": "↵"}
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def tell(one: Received, shared: Mapping[int, str] | None = None) -> None:
    """Print what a file proposes, and what is to be known about it.

    Args:
        one: the file.
        shared: why proposals are not put in on their own, by number: other places print the same value.
    """
    apart = [each for each in one.told if each.proposal.kind is Kind.TYPOGRAPHY]
    for each in one.told:
        if each not in apart:
            tell_one(one, each)
    tell_notices(one)
    tell_left(one, list((shared or {}).items()), "will not be put in on its own")
    if apart:
        numbers = ", ".join(str(each.number) for each in apart)
        echo(f"{len(apart)} change only quotation marks, dashes or spaces, which pressgen sets itself: {numbers}")
    if not one.told:
        echo(f"{one.file}: says what was sent, word for word")


def tell_notices(one: Received) -> None:
    """Print what a person should know about a file."""
    for notice in one.notices:
        secho(f"{one.file}: {notice}", err=True, fg="yellow")


def tell_left(one: Received, left: Sequence[tuple[int, str]], words: str = "not put in") -> None:
    """Print which proposals a person must see to, each with its place and the reason; the same reason only once."""
    first: dict[str, int] = {}
    for number, reason in left:
        known = first.setdefault(reason, number)
        place = one.told[number - 1].found_at
        told = reason if known == number else f"for the same reason as {known}"
        secho(_shown(f"{place}: {number}: {words}: {told}"), err=True, fg="yellow")


def tell_one(one: Received, each: Told, *, around: bool = False) -> None:
    """Print a proposal of a file, with some of the words around it where those are wanted."""
    proposal = each.proposal
    by = f"{proposal.author or 'somebody'}, {proposal.date[:16].replace('T', ' ')}" if proposal.tracked else "untracked"
    fields = f" ({', '.join(proposal.fields)})" if proposal.fields else ""
    kind = proposal.mark or proposal.kind.value
    where = f"  in {each.shown}, {each.shown_at}" if each.shown else ""
    echo(_shown(f"{each.number:4}  {each.place}  {kind}  {each.path}{fields}  {by}{where}"))
    if words := _redline(one, each, around=around):
        echo(f"      {words}")
    if each.speaker:
        echo(f"      words of {each.speaker}: where they were cleared, they must be cleared again")


def as_data(each: Told) -> dict[str, object]:
    """A proposal as an object."""
    proposal = each.proposal
    return {
        "number": each.number, "kind": proposal.kind.value, "path": each.path, "file": each.place.file,
        "line": each.place.line, "before": proposal.before, "after": proposal.after, "author": proposal.author,
        "date": proposal.date, "tracked": proposal.tracked, "fields": list(proposal.fields),
        "comment": proposal.name if proposal.kind is Kind.COMMENT else "", "answers": proposal.answers,
        "mark": proposal.mark, "speaker": each.speaker,
    }  # fmt: skip


def _redline(one: Received, each: Told, *, around: bool) -> str:
    """The words struck and put in: told by marks, and on a terminal by colour and lines as well."""
    words = one.wording_of(each)
    before, after = _shown(words.before), _shown(words.after)
    if each.proposal.kind is Kind.COMMENT:
        return (f"“{before}”: " if before else "") + after
    struck = style(f"[-{before}-]", fg="red", strikethrough=True) if before else ""
    put = style(f"{{+{after}+}}", fg="green", underline=True) if after else ""
    return _end_of(words.lead) + struck + put + _begin_of(words.tail) if around else struck + put


def _end_of(text: str) -> str:
    kept = text[-AROUND:] if len(text) <= AROUND else f"… {text[-AROUND:].partition(' ')[2]}"
    return _shown(kept)


def _begin_of(text: str) -> str:
    kept = text if len(text) <= AROUND else f"{text[:AROUND].rpartition(' ')[0]} …"
    return _shown(kept)


def _shown(text: str) -> str:
    """A text of somebody else's on one line, without what a terminal would obey."""
    for end, sign in ENDS.items():
        text = text.replace(end, sign)
    return CONTROLS.sub(" ", text)
