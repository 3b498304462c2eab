"""Check the names in prose.

Prose cites notes; its expressions name facts, people, terms, findings, links and times.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.faults import make_problem
from pressgen.load.references import index_by_id
from pressgen.load.tree import Scalar, to_plain_data
from pressgen.text.expression import explain_unknown_name, find_names, suggest_name
from pressgen.text.prose import Citation, Expression, Part, ProseError, find_mentions

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


def find_citation_problems(source: SourceText) -> Iterator[Problem]:
    """Find unreadable marks and unknown names in the prose."""
    known = _collect_names(source)
    notes = index_by_id(source, "notes")
    for path, node in source.nodes.items():
        if isinstance(node, Scalar) and not node.refused and PROSE.fullmatch(path):
            for code, message, offset in _find_faults(node.value, known, notes):
                yield make_problem(code, message, source.place(path, offset), path)


def _collect_names(source: SourceText) -> dict[str, object]:
    """Collect every name of the release that expressions can use.

    They are nested like the parts of an expression, with a text at the end of each.
    """
    times = {name: value for name in MOMENTS if (value := source.text_at(f"times.{name}")) is not None}
    found: dict[str, object] = {"times": times}
    for name, path in OWNERS.items():
        found[name] = {own: to_plain_data(node) for own, node in index_by_id(source, path).items()}
    return found


def _find_faults(text: str, known: dict[str, object], notes: Collection[str]) -> Iterator[tuple[str, str, int]]:
    parts, unreadable = find_mentions(text)
    for message, offset in unreadable:
        yield "R20", message, offset
    linked: set[str] = set()
    for part in parts:
        if isinstance(part, Citation) and part.note not in notes:
            yield "R08", f"no note has the id “{part.note}”{suggest_name(part.note, notes)}", part.start
        if isinstance(part, Expression):
            yield from _expression(part, known)
        yield from _check_link(part, known, linked)


def _expression(part: Expression, known: dict[str, object]) -> Iterator[tuple[str, str, int]]:
    try:
        for dotted, at in find_names(part.code):
            if message := explain_unknown_name(dotted, known):
                yield "R21", message, part.code_start + at
    except ProseError as refusal:
        for message, at in refusal.faults:
            yield "R20", message, part.code_start + at


def _check_link(part: Part, known: dict[str, object], linked: set[str]) -> Iterator[tuple[str, str, int]]:
    """Find a link to `links.ID` that does not exist.

    It is reported once for all the parts of its text.
    """
    href = "" if isinstance(part, Citation) else part.href
    if (
        href.startswith("links.")
        and href not in linked
        and (message := explain_unknown_name(tuple(href.split(".", 1)), known))
    ):
        linked.add(href)
        yield "R21", message, part.start
