"""What prose names: the notes it cites, and the facts, people, terms, findings, links and times of its expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.faults import fault
from pressgen.load.references import by_id
from pressgen.load.tree import Scalar, plain
from pressgen.text.expression import names, near, unknown
from pressgen.text.prose import Citation, Expression, Part, ProseFault, mentions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

ENTRY = r"(?:\[\d+\](?:\.text|\.items)?)*"
PROSE = re.compile(
    r"headline|subhead|summary|boilerplate\[\d+\]\.(?:heading|text(?:\[\d+\])?)|notes\[[^\]]*\]\.text|findings\.items\[[^\]]*\]\.(?:subject|text)"
    rf"|body\[\d+\](?:|\.heading|\.pull\.words|\.quote\.words(?:\[\d+\])?|\.list(?:\.items)?{ENTRY}"
    r"|\.table\.(?:header\[\d+\]|rows\[\d+\]\[\d+\])|\.(?:table|findings|image|chart)\.caption"
    r"|\.chart\.(?:unit|labels|series\[\d+\]|rows\[\d+\]\.label))"
)
OWNERS = {"facts": "facts", "people": "people", "terms": "terms", "findings": "findings.items", "links": "links"}
MOMENTS = ("embargo", "issue", "publish")


def citation_problems(source: SourceText) -> Iterator[Problem]:
    """Every mark of the prose that cannot be read, and every name in it that nothing has."""
    known = _known(source)
    notes = by_id(source, "notes")
    for path, node in source.nodes.items():
        if isinstance(node, Scalar) and not node.refused and PROSE.fullmatch(path):
            for code, message, offset in _faults(node.value, known, notes):
                yield fault(code, message, source.place(path, offset), path)


def _known(source: SourceText) -> dict[str, object]:
    """Every name of the release, by the way that expressions go; at the end of each stands a text."""
    times = {name: value for name in MOMENTS if (value := source.text_at(f"times.{name}")) is not None}
    found: dict[str, object] = {"times": times}
    for name, path in OWNERS.items():
        found[name] = {own: plain(node) for own, node in by_id(source, path).items()}
    return found


def _faults(text: str, known: dict[str, object], notes: Collection[str]) -> Iterator[tuple[str, str, int]]:
    parts, unreadable = mentions(text)
    for message, offset in unreadable:
        yield "R20", message, offset
    linked: set[str] = set()
    for part in parts:
        if isinstance(part, Citation) and part.note not in notes:
            yield "R08", f"no note has the id “{part.note}”{near(part.note, notes)}", part.start
        if isinstance(part, Expression):
            yield from _expression(part, known)
        yield from _link(part, known, linked)


def _expression(part: Expression, known: dict[str, object]) -> Iterator[tuple[str, str, int]]:
    try:
        for dotted, at in names(part.code):
            if message := unknown(dotted, known):
                yield "R21", message, part.code_start + at
    except ProseFault as refusal:
        for message, at in refusal.faults:
            yield "R20", message, part.code_start + at


def _link(part: Part, known: dict[str, object], linked: set[str]) -> Iterator[tuple[str, str, int]]:
    """A link to `links.ID` that is not there, once for all the parts of its text."""
    href = "" if isinstance(part, Citation) else part.href
    if href.startswith("links.") and href not in linked and (message := unknown(tuple(href.split(".", 1)), known)):
        linked.add(href)
        yield "R21", message, part.start
