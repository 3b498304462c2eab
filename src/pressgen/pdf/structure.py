"""The structure of a PDF before WeasyPrint writes it (ISO 32000-1, 14.7).

In the file elements point at each other by number. Here they are unfolded: the children of an element are at hand in
its `K`, and may be moved about. Folding writes the numbers back, with every parent and the way from each marked text to
its element; marked text without an element, as in running headers, becomes an artifact (14.8.2.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGINATION = {"Type": "/Pagination"}
Element = Any
"""A `pydyf.Dictionary`: pydyf has no types."""


def get_structure_type(child: Element) -> str:
    """Return the structure type of an element, such as `/P`.

    It is empty for marked content and for references to annotations.
    """
    return str(child.get("S", "")) if isinstance(child, dict) else ""


def is_annotation(child: Element) -> bool:
    """Return whether a child refers to an annotation."""
    return isinstance(child, dict) and child.get("Type") == "/OBJR"


class PdfStructure:
    """The structure of a PDF that can still be edited.

    Attributes:
        document: the element that holds all others.
    """

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._root = self.at(pdf.catalog["StructTreeRoot"])
        self.document = self.at(self._root["K"][0])
        waiting = [self.document]
        while waiting:
            children = waiting.pop()["K"]
            children[:] = [self.at(each) if isinstance(each, bytes) else each for each in children]
            waiting += filter(get_structure_type, children)

    def at(self, reference: bytes) -> Element:
        """Return the object that `reference` points at."""
        return self._pdf.objects[int(reference.partition(b" ")[0])]

    def elements(self) -> Iterator[Element]:
        """Yield every element in reading order, parents first.

        Children may be moved on the way.
        """
        waiting = [self.document]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += filter(get_structure_type, reversed(element["K"]))

    def new(self, kind_: str, page: bytes, children: list[Element]) -> Element:
        """Make an element, which the caller adds to another."""
        made = pydyf.Dictionary({"Type": "/StructElem", "S": kind_, "K": pydyf.Array(children), "Pg": page})
        self._pdf.add_object(made)
        return made

    def fold(self) -> None:
        """Write the numbers back as the file needs them.

        The structure cannot be edited afterwards.
        """
        content = self.at(self._root["ParentTree"])["Nums"]
        pages = {reference: number for number, reference in enumerate(self._pdf.page_references)}
        owners: list[list[bytes]] = [[b"null"] * len(content[2 * number + 1]) for number in range(len(pages))]
        named = []
        for element in list(self.elements()):
            own = element.reference
            for child in element["K"]:
                if get_structure_type(child):
                    child["P"] = own
                elif is_annotation(child):
                    content[2 * self.at(child["Obj"])["StructParent"] + 1] = own
                else:
                    page, number = (child["Pg"], child["MCID"]) if isinstance(child, dict) else (element["Pg"], child)
                    owners[pages[page]][number] = own
            if "ID" in element:
                named.append((element["ID"].data, own))
        for element in list(self.elements()):
            element["K"][:] = [each.reference if _is_indirect(each) else each for each in element["K"]]
        for number, (reference, marked) in enumerate(zip(pages, owners, strict=True)):
            content[2 * number + 1][:] = marked
            self._set_apart(self.at(self.at(reference)["Contents"]), marked)
        self._name(sorted(named))

    @staticmethod
    def _set_apart(stream: Element, owners: list[bytes]) -> None:
        """Turn marked text of a page's `stream` without owner into artifacts."""
        drawn = stream.stream
        for at, each in enumerate(drawn):
            if isinstance(each, dict) and "MCID" in each and owners[each["MCID"]] == b"null":
                drawn[at - 1 : at + 1] = "/Artifact", pydyf.Dictionary(PAGINATION)

    def _name(self, named: list[tuple[bytes, bytes]]) -> None:
        """Make the index of named elements (14.7.2, IDTree).

        Others refer to them, as cells do to their headers.
        """
        if not named:
            return
        names = pydyf.Array([part for pair in named for part in pair])
        leaf = pydyf.Dictionary({"Limits": pydyf.Array([named[0][0], named[-1][0]]), "Names": names})
        self._pdf.add_object(leaf)
        tree = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
        self._pdf.add_object(tree)
        self._root["IDTree"] = tree.reference


def _is_indirect(child: Element) -> bool:
    """Return whether a child is an object of its own."""
    return isinstance(child, pydyf.Dictionary) and child.number is not None
