"""A Word file with every tracked change accepted or rejected, by lxml alone: none of the code under test.

Source: ECMA-376 part 1, 17.13.5. Every paragraph is its characters, each with what a reader sees of it.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WORD = re.compile(r"\w+(?:[.,:'’-]\w+)*")


class Shown(NamedTuple):
    """A character as a reader sees it; `address` is where it links to outside of the file."""

    text: str
    bold: bool
    italic: bool
    address: str


class Line(NamedTuple):
    """A paragraph."""

    style: str
    characters: tuple[Shown, ...]

    def __str__(self) -> str:
        return "".join(each.text for each in self.characters)


def read_state(content: bytes, *, everything: bool | None) -> list[Line]:
    """The paragraphs of the body with every change accepted, with every one rejected, or as they are."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        root = etree.fromstring(file.read("word/document.xml"))
        rels = etree.fromstring(file.read("word/_rels/document.xml.rels"))
    addresses = {each.get("Id"): each.get("Target") for each in rels if each.get("TargetMode") == "External"}
    for box in list(root.iter(W + "txbxContent")):
        box.clear()
    if everything is not None:
        stays, goes = (("ins", "moveTo"), ("del", "moveFrom"))[:: 1 if everything else -1]
        _settle_properties(root, former=not everything)
        _remove_rows(root, goes)
        _remove_text(root, goes)
        _unwrap(root, stays)
    return [line for each in root.iter(W + "p") if str(line := _read(each, addresses)).strip()]


def _settle_properties(root: etree._Element, *, former: bool) -> None:
    for name in ("rPrChange", "pPrChange"):
        for change in list(root.iter(W + name)):
            properties = change.getparent()
            if former:
                kept = [each for each in properties if each.tag in {W + "rPr", W + "sectPr"} and name == "pPrChange"]
                properties[:] = [*change[0], *kept]
            else:
                properties.remove(change)


def _remove_rows(root: etree._Element, goes: tuple[str, ...]) -> None:
    for row in list(root.iter(W + "tr")):
        if any(row.find(f"{W}trPr/{W}{name}") is not None for name in goes):
            row.getparent().remove(row)


def _remove_text(root: etree._Element, goes: tuple[str, ...]) -> None:
    """Remove text, and join the paragraphs whose end was removed to the next."""
    for paragraph in list(root.iter(W + "p")):
        ended = any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in goes)
        for node in [each for name in goes for each in paragraph.iter(W + name)]:
            if node.getparent() is not None and node.getparent().tag != W + "rPr":
                node.getparent().remove(node)
        if ended:
            _join_to_next(paragraph)


def _join_to_next(paragraph: etree._Element) -> None:
    following = paragraph.getnext()
    while following is not None and following.tag not in {W + "p", W + "tbl"}:
        following = following.getnext()
    if following is None or following.tag != W + "p":
        assert not "".join(paragraph.itertext()).strip()
        return
    at = 1 if following.find(W + "pPr") is not None else 0
    following[at:at] = [each for each in paragraph if each.tag != W + "pPr"]
    paragraph.getparent().remove(paragraph)


def _unwrap(root: etree._Element, stays: tuple[str, ...]) -> None:
    for name in stays:
        for node in list(root.iter(W + name)):
            parent = node.getparent()
            if parent.tag not in {W + "rPr", W + "trPr"}:
                at = parent.index(node)
                parent[at : at + 1] = list(node)


def _read(paragraph: etree._Element, addresses: dict[str, str]) -> Line:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    characters: list[Shown] = []
    for run in paragraph.iter(W + "r"):
        link = next(iter(run.iterancestors(W + "hyperlink")), None)
        address = "" if link is None else addresses.get(link.get(R + "id"), "")
        bold, italic = (_is_on(run.find(f"{W}rPr/{W}{name}")) for name in ("b", "i"))
        for node in run:
            text = {W + "tab": "\t", W + "br": "\n", W + "noBreakHyphen": "\u2011"}.get(node.tag, "")
            if node.tag in {W + "t", W + "delText"}:
                text = node.text or ""
            characters += [Shown(each, bold, italic, address) for each in text]
    return Line("" if style is None else str(style.get(W + "val")), tuple(characters))


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and node.get(W + "val") not in {"0", "false", "off"}


def count_struck(content: bytes) -> int:
    """The words in deleted text of the body; what moved is not among them."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        root = etree.fromstring(file.read("word/document.xml"))
    return sum(len(WORD.findall(text)) for paragraph in root.iter(W + "p") for text in _struck_texts(paragraph))


def _struck_texts(paragraph: etree._Element) -> list[str]:
    """The stretches of deleted text of a paragraph."""
    found = [""]
    for run in paragraph.iter(W + "r"):
        if run.getparent().tag == W + "del":
            found[-1] += "".join(each.text or "" for each in run.iter(W + "delText"))
        else:
            found.append("")
    return found
