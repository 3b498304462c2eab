"""Check that statements parse and are closed in the same element.

The element is a paragraph, a cell or a body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from pressgen.word.faults import FaultCode, make_problem, suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment

    from pressgen.errors import Problem
    from pressgen.word.names import Element
    from pressgen.word.tags import Tag

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
    "stands in another place than its {}; put both on paragraphs (or table rows) of their own, or both in one paragraph"
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
        return make_problem(FaultCode.UNPAIRED, "has nothing above it that it could belong to", tag.place, tag.text)
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
        return error.message or "cannot be read"
    except RecursionError:
        return "is nested too deep"
    if len(body) != 1 or (isinstance(body[0], nodes.Output) and len(body[0].nodes) != 1):
        return "cannot be read"
    return "cannot be recursive" if isinstance(body[0], nodes.For) and body[0].recursive else ""
