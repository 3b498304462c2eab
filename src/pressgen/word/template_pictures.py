"""Read the pictures of a Word template, each with its description."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pressgen.word.names import REL
from pressgen.word.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.word.names import Element

DRAWN = ("inline", "anchor", "shape", "rect")
"""The elements that hold a picture: of DrawingML, and of VML in files of older programs."""


class TemplatePicture(NamedTuple):
    """A picture of a Word template.

    Attributes:
        where: Word's own name for the part that shows it, such as `header`.
        description: its alternative text, empty where it has none.
        data: the bytes of its file.
    """

    where: str
    description: str
    data: bytes


def read_template_pictures(data: bytes, shown: str) -> list[TemplatePicture]:
    """Return the pictures of a Word file.

    They are those of its text, headers and footers, none twice.

    Raises:
        InputError: it is not a Word file, or a broken one.
    """
    package = Package.of(data, shown)
    return list(dict.fromkeys(each for name, where in package.titles.items() for each in _find(package, name, where)))


def _find(package: Package, name: str, where: str) -> Iterator[TemplatePicture]:
    targets = package.related(name)
    for node in package.xml(name).iter("{*}blip", "{*}imagedata"):
        target = targets.get(node.get(f"{{{REL}}}embed") or node.get(f"{{{REL}}}id") or "", "")
        if target in package.parts:
            yield TemplatePicture(where, _read_description(node), package.parts[target])


def _read_description(node: Element) -> str:
    for parent in node.iterancestors():
        if str(parent.tag).rpartition("}")[2] in DRAWN:
            about = parent.find("{*}docPr")
            told = (parent.get("alt"),) if about is None else (about.get("descr"), about.get("title"))
            return " ".join(next(filter(None, told), "").split())
    return ""
