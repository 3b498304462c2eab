"""Say what is wrong with a template that Jinja cannot read.

Jinja stops at the first fault, and says where it gave up. Here the statement that was never closed is found, and the
names in the prints that can be read by themselves.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from jinja2 import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment, nodes

STATEMENT = re.compile(r"\{%[-+]?\s*(?P<end>end)?(?P<word>[a-z]+)", re.ASCII)
PAIRED = {"if", "for", "with", "macro", "call", "filter", "block", "autoescape", "raw"}
MOST_PRINTS = 500
PRINT = re.compile(r"\{\{.*?\}\}", re.DOTALL)
BOUND = re.compile(r"\{%[-+]?\s*(?:for\s+(?P<loop>[\w\s,()]+?)\s+in\b|set\s+(?P<set>[\w\s,()]+?)\s*(?:=|[-+]?%\}))")
"""The names that a loop or an assignment of a template makes."""
NAME = re.compile(r"[^\W\d]\w*")


def find_unclosed_statement(source: str) -> tuple[str, int, int] | None:
    """Return word, line and column of a statement without an end.

    None where all are closed, or closed in another order.
    """
    waiting: list[re.Match[str]] = []
    for match in STATEMENT.finditer(source):
        if match["word"] not in PAIRED:
            continue
        if not match["end"]:
            waiting.append(match)
        elif waiting and waiting[-1]["word"] == match["word"]:
            waiting.pop()
        else:
            return None
    if not waiting:
        return None
    start = waiting[-1].start()
    return waiting[-1]["word"], source.count("\n", 0, start) + 1, start - source.rfind("\n", 0, start)


def parse_readable_prints(environment: Environment, source: str) -> Iterator[nodes.Template]:
    """Yield each print that can be parsed by itself, at its line."""
    for match in islice(PRINT.finditer(source), MOST_PRINTS):
        try:
            yield environment.parse("\n" * source.count("\n", 0, match.start()) + match[0])
        except (TemplateError, RecursionError, ValueError, OverflowError):
            continue


def list_bound_names(source: str) -> set[str]:
    """Return the names that loops and assignments make, and `loop`."""
    texts = (match["loop"] or match["set"] for match in BOUND.finditer(source))
    return {"loop", *(name for text in texts for name in NAME.findall(text))}
