"""A PDF's structure as a tree of texts, read with other code than made it."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2

from pressgen.pdf.text import _read_text_objects

if TYPE_CHECKING:
    from collections.abc import Iterator

INLINE = frozenset({"Span", "Link", "NonStruct"})


@dataclass(slots=True)
class Node:
    """An element: its kind, what it says of itself, and its children, texts among them."""

    kind: str
    says: dict[str, Any]
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, kind: str) -> list[Node]:
        """The elements of `kind`."""
        return [each for each in self.walk() if each.kind == kind]

    @property
    def text(self) -> str:
        """All text of it."""
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    @property
    def own(self) -> str:
        """The text that stands in it, and not in a block within it."""
        inline = (each for each in self.children if isinstance(each, str) or each.kind in INLINE)
        return "".join(each if isinstance(each, str) else each.own for each in inline)


def tree(content: bytes) -> Node:
    """The structure of the PDF `content`, lists' numbers left out."""
    with pikepdf.open(io.BytesIO(content)) as file:
        texts = _texts(content)
        pages = {page.objgen: number for number, page in enumerate(file.pages)}
        return _node(file.Root.StructTreeRoot.K[0], pages, texts)


def blocks(content: bytes) -> list[str]:
    """The text of each block in the order of the structure, one for each however many pages it stands on."""
    return [each.own for each in tree(content).walk() if each.kind not in INLINE | {"Lbl"} and each.own.strip()]


def _node(element: pikepdf.Dictionary, pages: dict[Any, int], texts: dict[tuple[int, int], str]) -> Node:
    node = Node(str(element.S)[1:], _said(element) | _said(element.get("/A", pikepdf.Dictionary())))
    for child in element.K:
        if not isinstance(child, pikepdf.Dictionary):
            node.children.append(texts.get((pages[element.Pg.objgen], int(child)), ""))
        elif "/MCID" in child:
            node.children.append(texts.get((pages[child.Pg.objgen], int(child.MCID)), ""))
        elif child.get("/Type") == "/OBJR":
            node.says.setdefault("annotations", []).append(str(child.Obj.Contents))
        else:
            assert child.P.objgen == element.objgen
            node.children.append(_node(child, pages, texts))
    return node


def _said(element: pikepdf.Object) -> dict[str, Any]:
    """What an element says of itself, as Python has it."""
    said = {key[1:]: element[key] for key in element.keys() if key not in {"/K", "/P", "/Pg", "/Type", "/S", "/A"}}  # noqa: SIM118 - pikepdf
    return {key: list(each) if isinstance(each, pikepdf.Array) else str(each) for key, each in said.items()}


def _texts(content: bytes) -> dict[tuple[int, int], str]:
    texts: dict[tuple[int, int], str] = {}
    with closing(pypdfium2.PdfDocument(content)) as document:
        for number, page in enumerate(document):
            for mark, text in _read_text_objects(page):
                texts[number, mark] = texts.get((number, mark), "") + text
    return texts
