"""Find the links in the field codes of a Word file.

Source: ECMA-376 part 1, 17.16. `HYPERLINK "address"` is the code; what Word shows for it is the result of the field.
Fields may be nested.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.word.names import P, T, W

if TYPE_CHECKING:
    from pressgen.word.names import Element

CHARACTER, TYPE_OF_IT = W + "fldChar", W + "fldCharType"
CODE, SIMPLE, INSTRUCTION = W + "instrText", W + "fldSimple", W + "instr"
ADDRESS = re.compile(r'\s*HYPERLINK\s+(?:"([^"]+)"|([^\s"\\]\S*))', re.IGNORECASE)

DEEPEST = 20
"""Fields within each other whose codes count for a word."""


@dataclass(slots=True)
class _Field:
    """A field that is open; `code` is its instruction."""

    code: str = ""
    in_result: bool = False

    @property
    def address(self) -> str:
        match = ADDRESS.match(self.code)
        return (match[1] or match[2]).strip() if match else ""


def read_field_links(root: Element) -> dict[Element, list[tuple[str, str]]]:
    """Return the links in field codes: by paragraph, words and address."""
    open_fields: list[_Field] = []
    found: dict[Element, list[tuple[str, str]]] = {}
    for node in root.iter(CHARACTER, CODE, SIMPLE, T):
        if node.tag == SIMPLE:
            texts, address = node.iter(T), _Field(node.get(INSTRUCTION) or "").address
            _add(found, node, "".join(each.text or "" for each in texts), address)
        elif node.tag == CODE and open_fields:
            open_fields[-1].code += node.text or ""
        elif node.tag == CHARACTER:
            _step(open_fields, node.get(TYPE_OF_IT) or "")
        elif node.tag == T:
            address = next(
                (each.address for each in reversed(open_fields[-DEEPEST:]) if each.in_result and each.address), ""
            )
            _add(found, node, node.text or "", address)
    return found


def _step(open_fields: list[_Field], kind: str) -> None:
    if kind == "begin":
        open_fields.append(_Field())
    elif open_fields and kind == "separate":
        open_fields[-1].in_result = True
    elif open_fields and kind == "end":
        open_fields.pop()


def _add(found: dict[Element, list[tuple[str, str]]], node: Element, text: str, address: str) -> None:
    """Add words of a link, or join them to the last."""
    paragraph = next(iter(node.iterancestors(P)), None)
    if paragraph is None or not address:
        return
    links = found.setdefault(paragraph, [])
    if links and links[-1][1] == address:
        links[-1] = (links[-1][0] + text, address)
    else:
        links.append((text, address))
