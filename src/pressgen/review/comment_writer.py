"""Add comments to a Word file, and answers to existing threads.

Source: ECMA-376 part 1, 17.13.4; [MS-DOCX] 2.5.3 for threads.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.review.comment_reader import W15
from pressgen.word.names import (
    COMPATIBILITY,
    ID,
    IGNORABLE,
    PPR,
    REL,
    RELATIONSHIP,
    TYPES,
    W14,
    WML,
    WORD_2010,
    P,
    R,
    W,
    add_element,
    serialise_xml,
)
from pressgen.word.package import CONTENT_TYPES, NO_RELS, get_rels_name
from pressgen.word.python_docx import add_comment, open_comments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.review.word_model import Comment
    from pressgen.review.word_open import WordParts
    from pressgen.word.names import Element

SPACES = {"w": WML, "w14": WORD_2010, "w15": W15[1:-1], "mc": COMPATIBILITY}
KINDS = {
    "comments": (f"{REL}/comments", "comments"),
    "commentsExtended": ("http://schemas.microsoft.com/office/2011/relationships/commentsExtended", "commentsExtended"),
}
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARAGRAPH = W14 + "paraId"
FIRST = 0x50470001
"""The first id that a comment's paragraph is given; they are below 0x80000000."""


class CommentThreads:
    """The comments of a Word file, old and new."""

    def __init__(self, file: WordParts, known: Sequence[Comment]) -> None:
        self._package = file.package
        self._part = open_comments(_ensure_namespaces(file.comments, W + "comments"))
        self._root: Element = self._part.element
        self._threads = _ensure_namespaces(file.threads, W15 + "commentsEx")
        self._taken = {str(each.get(PARAGRAPH)) for each in self._root.iter(P)}
        self._paragraphs = {str(node.get(ID)): self._known(node) for node in self._root}
        self._join(known)

    def add(self, text: str, author: str, date: str, parent: str = "") -> str:
        """Add a comment, or an answer to the comment `parent`.

        Return its id.
        """
        comment = add_comment(self._part, text, author, date, self._package.shown)
        ident = str(comment.get(ID))
        self._paragraphs[ident] = self._known(comment)
        self._entry(ident, parent)
        return ident

    def parts(self) -> dict[str, bytes]:
        """Return the parts that hold the comments, and those that name them."""
        package, body = self._package, self._package.body
        near = package.related(body)
        rels, types = package.xml(get_rels_name(body), NO_RELS), package.xml(CONTENT_TYPES)
        made: dict[str, bytes] = {}
        for (short, (kind, leaf)), root in zip(KINDS.items(), (self._root, self._threads), strict=True):
            name = near.get(short, "")
            if name not in package.parts:
                name = posixpath.join(posixpath.dirname(body), f"{leaf}.xml")
                target = {"Id": f"reply{short}", "Type": kind, "Target": posixpath.basename(name)}
                etree.SubElement(rels, RELATIONSHIP, target)
                about = {"PartName": f"/{name}", "ContentType": f"{WORDML}.{leaf}+xml"}
                etree.SubElement(types, TYPES + "Override", about)
            made[name] = serialise_xml(root)
        return made | {get_rels_name(body): serialise_xml(rels), CONTENT_TYPES: serialise_xml(types)}

    def _known(self, comment: Element) -> str:
        """Return the id of a comment's last paragraph.

        Threads refer to it. It is created where missing.
        """
        paragraphs = list(comment.iter(P))
        last = paragraphs[-1] if paragraphs else add_element(comment, "p")
        if not last.get(PARAGRAPH):
            number = FIRST
            while f"{number:08X}" in self._taken:
                number += 1
            self._taken.add(f"{number:08X}")
            last.set(PARAGRAPH, f"{number:08X}")
        return str(last.get(PARAGRAPH))

    def _join(self, known: Sequence[Comment]) -> None:
        """Record which comment each one answers.

        This is for files from programs that did not record it.
        """
        said = {str(node.get(W15 + "paraId")) for node in self._threads}
        for each in known:
            if each.id in self._paragraphs and self._paragraphs[each.id] not in said:
                self._entry(each.id, each.parent)

    def _entry(self, ident: str, parent: str) -> None:
        about = {W15 + "paraId": self._paragraphs[ident]}
        if parent in self._paragraphs:
            about[W15 + "paraIdParent"] = self._paragraphs[parent]
        etree.SubElement(self._threads, W15 + "commentEx", about | {W15 + "done": "0"})


def attach_to_range(ident: str, first: Element, last: Element) -> None:
    """Attach a comment to siblings, from `first` to `last`."""
    first.addprevious(_mark("commentRangeStart", ident))
    last.addnext(_reference(ident))
    last.addnext(_mark("commentRangeEnd", ident))


def attach_to_paragraph(ident: str, paragraph: Element) -> None:
    """Attach a comment to a whole paragraph."""
    properties = paragraph.find(PPR)
    at = 0 if properties is None else paragraph.index(properties) + 1
    paragraph.insert(at, _mark("commentRangeStart", ident))
    paragraph.append(_mark("commentRangeEnd", ident))
    paragraph.append(_reference(ident))


def attach_to_parent(ident: str, parent: str, roots: Sequence[Element]) -> bool:
    """Attach an answer to the place of the comment it answers.

    Return False where that comment has no place.
    """
    found = False
    for root in roots:
        for node in list(root.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")):
            if node.get(ID) != parent:
                continue
            name = str(etree.QName(node).localname)
            if name != "commentReference":
                node.addnext(_mark(name, ident))
            elif (run := node.getparent()) is not None:
                run.addnext(_reference(ident))
                found = True
    return found


def _mark(name: str, ident: str) -> Element:
    return etree.Element(W + name, {ID: ident}, nsmap={"w": WML})


def _reference(ident: str) -> Element:
    run = etree.Element(R, nsmap={"w": WML})
    add_element(run, "commentReference", id=ident)
    return run


def _ensure_namespaces(root: Element | None, tag: str) -> Element:
    """Return a root that declares the namespaces of new comments."""
    spaces = SPACES | {key: uri for key, uri in (root.nsmap if root is not None else {}).items() if key}
    shell = etree.Element(tag, nsmap=spaces)
    if root is not None:
        for name, value in root.items():
            shell.set(name, value)
        shell.extend(list(root))
    ignored = str(shell.get(IGNORABLE) or "").split()
    wanted = [each for each in ("w14", "w15") if each not in ignored and spaces[each] == SPACES[each]]
    shell.set(IGNORABLE, " ".join([*ignored, *wanted]))
    return shell
