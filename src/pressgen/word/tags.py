"""The tags of a template: how they read, and how they pair.

A statement must parse, and must be closed in the same paragraph, cell or body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from pressgen.word.faults import FaultCode, make_problem, suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment

    from pressgen.errors import Place, Problem
    from pressgen.word.names import Element


TAG = re.compile(
    r"""\{\{(?:"[^"]*"|'[^']*'|(?!\}\}).)*\}\}|\{%(?:"[^"]*"|'[^']*'|(?!%\}).)*%\}|\{\#.*?\#\}""", re.DOTALL
)
LOOSE = re.compile(r"\{\{|\{%|\{#|%\}|\}\}")
"""Marks that show that somebody meant a tag."""
CORRECTED = re.compile(
    r""""[^"]*"|'[^']*'|["“”„]([^"“”]*)["“”]|['‘’‚]([^'‘’]*)['‘’]|[\s\u200b]+|[–−]""",
)
"""Quotation marks, spaces and minus signs as Word changes them while one types."""


@dataclass(frozen=True, slots=True)
class TextArea:
    """The room for text at a place, in twentieths of a point.

    Attributes:
        width, height: of the column, cell or text box.
        review_width: the width in a review copy, whose margin is wider.
    """

    width: int
    height: int
    review_width: int

    def limit_width(self, width: int) -> TextArea:
        """Return the area with at most this width."""
        return replace(self, width=min(self.width, width), review_width=min(self.review_width, width))


@dataclass(frozen=True)
class Tag:
    """A Jinja tag as typed in a Word template.

    Attributes:
        text: as typed.
        place: where it is.
        run_properties: the run properties of its first character.
        area: the room for text where it is; None before it is measured.
        echo: whether it is in the copy of a text box for old versions of Word; its faults are reported for the
            original.
    """

    text: str
    place: Place
    run_properties: Element | None = None
    echo: bool = False
    area: TextArea | None = None

    @property
    def prints(self) -> bool:
        """Whether it is replaced by a value."""
        return self.text.startswith("{{")

    @property
    def remarks(self) -> bool:
        """Whether it is a comment."""
        return self.text.startswith("{#")

    @cached_property
    def code(self) -> str:
        """The tag as Jinja reads it.

        Its quotes are straight, its spaces plain, and its statement is in small letters.
        """
        inner = CORRECTED.sub(_undo_autocorrection, self.text[2:-2]).strip("-+ ")
        if not self.prints:
            word, space, rest = inner.partition(" ")
            inner = word.lower() + space + rest
        return f"{self.text[:2]} {inner} {self.text[-2:]}"

    @cached_property
    def word(self) -> str:
        """The word that makes it a statement, empty for a value."""
        words = self.code[2:-2].split()
        return words[0] if words and not self.prints else ""


def _undo_autocorrection(match: re.Match[str]) -> str:
    text, curly = match.group(), next((inner for inner in match.groups() if inner is not None), None)
    if curly is not None:
        return repr(curly)
    if text[0] in "\"'":
        return text
    return "-" if text in "–−" else " "


WHOLE = {
    "if": ("", "{% endif %}"),
    "elif": ("{% if a %}", "{% endif %}"),
    "else": ("{% if a %}", "{% endif %}"),
    "endif": ("{% if a %}", ""),
    "for": ("", "{% endfor %}"),
    "endfor": ("{% for a in a %}", ""),
    "with": ("", "{% endwith %}"),
    "endwith": ("{% with %}", ""),
    "set": ("", ""),
    "": ("", ""),
}
"""Every statement that a template may use, with what completes it, so that it can be parsed by itself."""
FOLLOWS = {"elif": ("if",), "else": ("if", "for"), "endif": ("if",), "endfor": ("for",), "endwith": ("with",)}
ELSEWHERE = (
    "is in another place than its {}; put both on paragraphs (or table rows) of their own, or both in one paragraph"
)


def check_tag_pairing(marks: Iterable[tuple[Element | None, Tag]], jinja: Environment) -> Iterator[Problem]:
    """Check that statements parse and are closed in the same element.

    Each tag comes with the element that it is in, in the order of the file.
    """
    open_: list[tuple[Element | None, Tag]] = []
    for home, tag in marks:
        found = _check_syntax(tag, jinja) or _check_pairing(home, tag, open_)
        if tag.word.startswith("end") and open_:
            open_.pop()
        if f"end{tag.word}" in FOLLOWS:
            open_.append((home, tag))
        if found and not tag.echo:
            yield found
    for _, tag in open_:
        if not tag.echo:
            yield make_problem(
                FaultCode.UNPAIRED, f"is never closed; add {{% end{tag.word} %}} below it", tag.place, tag.text
            )


def _check_pairing(home: Element | None, tag: Tag, open_: list[tuple[Element | None, Tag]]) -> Problem | None:
    if tag.word not in FOLLOWS:
        return None
    if not open_ or open_[-1][1].word not in FOLLOWS[tag.word]:
        return make_problem(FaultCode.UNPAIRED, "has no beginning above it", tag.place, tag.text)
    if open_[-1][0] is not home:
        return make_problem(FaultCode.UNPAIRED, ELSEWHERE.format(open_[-1][1].text), tag.place, tag.text)
    return None


def _check_syntax(tag: Tag, jinja: Environment) -> Problem | None:
    message = _describe_syntax_fault(tag, jinja)
    return make_problem(FaultCode.UNREADABLE, message, tag.place, tag.text) if message else None


def _describe_syntax_fault(tag: Tag, jinja: Environment) -> str:
    if tag.word not in WHOLE:
        return f"no statement “{tag.word}”{suggest_name(tag.word, WHOLE)}"
    before, after = WHOLE[tag.word]
    try:
        body = jinja.parse(before + tag.code + after).body
    except TemplateSyntaxError as error:
        return f"{error.message}"
    except RecursionError:
        return "is nested too deep"
    if len(body) != 1 or (isinstance(body[0], nodes.Output) and len(body[0].nodes) != 1):
        return "is read as more than one tag; use matching quotation marks"
    return "cannot be recursive" if isinstance(body[0], nodes.For) and body[0].recursive else ""
