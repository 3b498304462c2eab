"""Proposals as lines on a terminal, and as objects for other programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.cli.terminal import echo, secho, style
from pressgen.model.proposal import Kind

if TYPE_CHECKING:
    from pressgen.desk.reviewing.receive import Received, Told

AROUND = 60
"""Characters of the sent text that are shown before and after a change, to the next word."""
ENDS = {"\n": "¶", "\u2028": "↵"}
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
WITHIN = {Kind.EDIT, Kind.SPLIT}


def tell(one: Received) -> None:
    """Print what a file proposes, and what is to be known about it."""
    apart = [each for each in one.told if each.proposal.kind is Kind.TYPOGRAPHY]
    for each in one.told:
        if each not in apart:
            tell_one(each)
    tell_notices(one)
    if apart:
        numbers = ", ".join(str(each.number) for each in apart)
        echo(f"{len(apart)} change only quotation marks, dashes or spaces, which pressgen sets itself: {numbers}")
    if not one.told:
        echo(f"{one.file}: says what was sent, word for word")


def tell_notices(one: Received) -> None:
    """Print what a person should know about a file."""
    for notice in one.notices:
        secho(f"{one.file}: {notice}", err=True, fg="yellow")


def tell_one(each: Told, text: str = "") -> None:
    """Print a proposal; where its sent `text` is given, with some words round it."""
    proposal = each.proposal
    by = f"{proposal.author or 'somebody'}, {proposal.date[:16].replace('T', ' ')}" if proposal.tracked else "untracked"
    fields = f" ({', '.join(proposal.fields)})" if proposal.fields else ""
    kind = proposal.mark or proposal.kind.value
    echo(_shown(f"{each.number:4}  {each.place}  {kind}  {each.path}{fields}  {by}"))
    if words := _redline(each, text):
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


def _redline(each: Told, text: str) -> str:
    """The words struck and put in: told by marks, and on a terminal by colour and lines as well."""
    proposal = each.proposal
    before, after = _shown(proposal.before), _shown(proposal.after)
    if proposal.kind is Kind.COMMENT:
        return (f"“{before}”: " if before else "") + after
    struck = style(f"[-{before}-]", fg="red", strikethrough=True) if before else ""
    put = style(f"{{+{after}+}}", fg="green", underline=True) if after else ""
    if proposal.kind not in WITHIN or not text:
        return struck + put
    return _end_of(text[: proposal.start]) + struck + put + _begin_of(text[proposal.end :])


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
