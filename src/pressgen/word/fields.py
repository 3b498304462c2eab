"""Check the fields of a Word template.

Word recalculates a field when the file is opened, printed or asked to. The words then differ from those that were
approved, or reveal a name, a path, another file. So only page numbers and links are allowed, each in a form that leaves
room for nothing else. Source: ECMA-376 part 1, 17.16.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.model.links import is_linkable
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.names import T, W
from pressgen.word.tags import LOOSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Place, Problem
    from pressgen.word.names import Element

CHAR, SIMPLE, CODE, STRUCK_CODE = (W + name for name in ("fldChar", "fldSimple", "instrText", "delInstrText"))
PARTS = (CHAR, SIMPLE, CODE, STRUCK_CODE)
"""The elements by which a field can be recognised."""
SWITCHES = r"(?:\s*\\{1,2}(?:\*\s*\"?\w+\"?|#\s*\"?[0#.,x+-]+\"?))*\s*"
"""How a number is written: `\\* MERGEFORMAT`, `\\# 00`."""
NUMBER = re.compile(rf"\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES){SWITCHES}", re.IGNORECASE | re.ASCII)
REFERENCE = re.compile(rf"\s*(?:PAGEREF|NOTEREF)\s+\w+(?:\s*\\[hpf])*{SWITCHES}", re.IGNORECASE)
SUM = re.compile(rf"\s*=[\s\d+*/()\ufffc-]*{SWITCHES}", re.ASCII)
"""Calculations with page numbers: `{ = { PAGE } - 1 }`."""
LINK = re.compile(
    r"\s*HYPERLINK\s+(?:\"(?P<quoted>[^\"\\]*)\"|(?P<bare>[^\s\"\\]+))?\s*(?:\\[lot]\s+\"[^\"\\]*\"\s*|\\n\s*)*",
    re.IGNORECASE,
)
DATES = tuple(W + f"{part}{length}" for part in ("day", "month", "year") for length in ("Short", "Long"))
"""Elements that Word replaces by parts of the present date (ECMA-376 part 1, 17.3.3)."""
NESTED = "\ufffc"
"""The placeholder of a field within the code of another."""
SHORT = 60
PAGES = "only page numbers (PAGE, NUMPAGES, SECTION, SECTIONPAGES, PAGEREF, NOTEREF) and HYPERLINK may stay"
INSTEAD = {
    "DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME": "the date is in the dateline that {{ body }} prints",
    "TITLE STYLEREF SUBJECT": "put the tag {{ headline }} there",
    "FILENAME FILESIZE DOCPROPERTY DOCVARIABLE REVNUM INFO KEYWORDS": "put the tag {{ reference }} there",
    "AUTHOR LASTSAVEDBY USERNAME USERINITIALS USERADDRESS COMMENTS": "put the tag {{ publisher }} there",
    "INCLUDEPICTURE INCLUDETEXT IMPORT INCLUDE LINK EMBED DDE DDEAUTO": "insert the picture or the text itself",
}
"""What to do in place of a field, by the names of fields."""
ADVICE = {name: advice for names, advice in INSTEAD.items() for name in names.split()}


@dataclass(slots=True)
class WordField:
    """A field in a part of a Word file.

    Attributes:
        start: the node that it begins with.
        code: what it tells Word to do; `NESTED` stands for each field within.
        result: what Word last made of it.
        separated: whether the code is over.
    """

    start: Element
    code: str = ""
    result: str = ""
    separated: bool = False


def check_fields(root: Element, place: Place) -> Iterator[Problem]:
    """Check the fields of a part.

    `place` is what messages call the part.
    """
    if next(root.iter(*DATES), None) is not None:
        message = f"Word replaces a part of the text by the present date; delete it: {ADVICE['DATE']}"
        yield make_problem(FaultCode.FIELD, message, place)
    for each in read_fields(root):
        if each is None:
            message = (
                "a field has a beginning without an end, or an end without a beginning; delete it and insert it again"
            )
            yield make_problem(FaultCode.FIELD, message, place)
        elif LOOSE.search(each.code) or (LOOSE.search(each.result) and not LINK.fullmatch(each.code)):
            message = "Word replaces the contents of a field; delete the field around the tag, and keep the tag"
            yield make_problem(
                FaultCode.FIELD, message, place, _shorten_text(each.result if LOOSE.search(each.result) else each.code)
            )
        elif message := describe_field_objection(each.code):
            yield make_problem(FaultCode.FIELD, message, place, f"{{ {_shorten_text(each.code)} }}")


def read_fields(root: Element) -> Iterator[WordField | None]:
    """Yield the fields of a part, inner ones first.

    A field without a beginning or an end gives None.
    """
    stack: list[WordField] = []
    for node in root.iter(*PARTS, T):
        kind = node.get(W + "fldCharType")
        if node.tag == SIMPLE:
            yield WordField(node, node.get(W + "instr") or "", "".join(each.text or "" for each in node.iter(T)))
            _add_to_field(stack, NESTED)
        elif node.tag == CHAR and kind == "begin":
            stack.append(WordField(node))
        elif node.tag == T and not stack:
            continue
        elif not stack:
            yield None
        elif node.tag != CHAR:
            _add_to_field(stack, node.text or "")
        elif kind == "separate":
            stack[-1].separated = True
        elif kind == "end":
            yield stack.pop()
            _add_to_field(stack, NESTED)
    yield from (None for _ in stack)


def _add_to_field(stack: list[WordField], text: str) -> None:
    if stack and stack[-1].separated:
        stack[-1].result += text
    elif stack:
        stack[-1].code += text


def describe_field_objection(code: str) -> str:
    """Return why a field may not stay, or nothing."""
    if any(form.fullmatch(code) for form in (NUMBER, REFERENCE, SUM)):
        return ""
    if link := LINK.fullmatch(code):
        address = link["quoted"] or link["bare"] or ""
        if not address or is_linkable(address):
            return ""
        return "a link can only lead to http, https, mailto and tel; write its address in full"
    words = code.split()
    name = words[0].lstrip("\\").upper() if words else ""
    return f"Word would recalculate it after the approval; delete it: {ADVICE.get(name, 'type the words')} ({PAGES})"


def _shorten_text(text: str) -> str:
    shown = " ".join(text.replace(NESTED, "{…}").split())
    return shown if len(shown) <= SHORT else shown[: SHORT - 1] + "…"
