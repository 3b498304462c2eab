"""Write a Word file with tracked changes from one version to another.

With all changes accepted it gives the new version, with all rejected the old one. A paragraph that moved is marked as
moved, as Word does it: words added on the way are inserted at the new place, and a comment there quotes those left out.
A link with another address is deleted and inserted, with a comment that shows both addresses. LibreOffice loses the
content of content controls, and deleted text within inserted text, so there are none of either here.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.review.alignment import Alignment, Part, align, make_row, make_table, pair_texts
from pressgen.review.comment_writer import CommentThreads, attach_to_range
from pressgen.review.copied_parts import PartCopier, number_drawings
from pressgen.review.paragraph_changes import ParagraphChange, compare_paragraphs, find_address
from pressgen.review.styled_characters import get_text, iter_characters, iter_paragraphs
from pressgen.review.tracked_marks import ChangeMarker, TrackedText, fill_paragraph, get_style, mark_range, wrap_range
from pressgen.review.word_open import WordParts
from pressgen.word.archive import ZipEntry, write_zip
from pressgen.word.names import BODY, TBL, TC, TR, Element, P, W, serialise_xml
from pressgen.word.package import Package

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.review.alignment import AlignedPair
    from pressgen.review.tracked_marks import LinkNote


def build_redline(old: bytes, new: bytes, author: str, date: str) -> bytes:
    """Return a Word file with tracked changes between two versions.

    The changes are by `author` at `date` (ISO 8601, UTC). pressgen made both files with one house's template. Headers
    and footers are compared as well. The pictures and addresses that only the old one has are copied.
    """
    before, after = Package.of(old, "the old version"), Package.of(new, "the new version")
    parts, marker = dict(after.parts), ChangeMarker(author, date)
    for name in after.titles:
        if name in before.titles:
            root, copier = after.xml(name), PartCopier(before, replace(after, parts=parts), name)
            gone, come = _body(copier.read_old_part(root)), _body(root)
            redline = _Redline(marker, copier)
            redline.compare_blocks(come, _texts(gone), _texts(come))
            number_drawings(root)
            parts |= copier.parts
            if name == after.body and redline.notes:
                parts |= _add_comments(replace(after, parts=parts), redline.notes, marker)
            parts[name] = serialise_xml(root)
    return write_zip({name: ZipEntry.of(part) for name, part in parts.items()})


def _add_comments(package: Package, notes: Sequence[LinkNote], marker: ChangeMarker) -> dict[str, bytes]:
    """Add comments on changed links; return the parts that hold them."""
    threads = CommentThreads(WordParts(package, [], [], None, None, {}, []), [])
    for note in notes:
        attach_to_range(threads.add(note.text, marker.author, marker.date), note.first, note.last)
    return threads.parts()


def _body(root: Element) -> Element:
    body = root.find(BODY)
    return root if body is None else body


def _texts(body: Element) -> list[Element]:
    return [each for each in body if each.tag in {P, TBL}]


class _Redline:
    """The tracked changes of one part of a file."""

    def __init__(self, marker: ChangeMarker, copier: PartCopier) -> None:
        self.marker, self.copier = marker, copier
        self.notes: list[LinkNote] = []
        self._addresses: Mapping[str, str] = copier.list_addresses()

    def compare_blocks(self, home: Element, gone: Sequence[Element], come: Sequence[Element]) -> None:
        """Track every difference between two rows of paragraphs and tables.

        `home` holds the new ones.
        """
        pairs = align([_make_part(each) for each in gone], [_make_part(each) for each in come])
        for what, one, other in pairs:
            if what is Alignment.KEPT and one is not None and other is not None:
                self.copier.match_lists(gone[one], come[other])
        at = home.index(come[0]) if come else 0
        moves = _Moves(self, gone, come)
        for what, one, other in moves.prepare(pairs):
            if what in {Alignment.REMOVED, Alignment.MOVED_AWAY} and one is not None:
                for node in moves.leave(one) if other is not None else self._strike(gone[one]):
                    home.insert(at, node)
                    at += 1
            elif other is not None:
                if what is Alignment.MOVED_HERE:
                    moves.arrive(other)
                elif one is None:
                    self._put_in(come[other])
                else:
                    self._change(gone[one], come[other])
                last = come[other].getnext()
                at = home.index(come[other]) + 1
                at += last is not None and last.tag == W + "moveToRangeEnd"

    def _change(self, old: Element, new: Element) -> None:
        if new.tag == P:
            self._change_paragraph(old, new)
        else:
            self._change_rows(old, new)

    def _change_rows(self, old: Element, new: Element) -> None:
        gone, come = old.findall(TR), new.findall(TR)
        at = new.index(come[0]) if come else len(new)
        moves = _Moves(self, gone, come)
        pairs = align([_make_row(each) for each in gone], [_make_row(each) for each in come])
        for what, one, other in moves.prepare(pairs):
            if what in {Alignment.REMOVED, Alignment.MOVED_AWAY} and one is not None:
                for row in moves.leave(one) if other is not None else [self.mark_whole(deepcopy(gone[one]), "del")]:
                    new.insert(at, row)
                    at += 1
            elif other is not None:
                if what is Alignment.MOVED_HERE:
                    moves.arrive(other)
                elif one is None:
                    self.mark_whole(come[other], "ins")
                else:
                    for cells in zip(iter_paragraphs(gone[one]), iter_paragraphs(come[other]), strict=False):
                        self._change_paragraph(*cells)
                at = new.index(come[other]) + 1

    def compare(self, old: Element, new: Element) -> list[ParagraphChange]:
        """Compare two paragraphs of this part."""
        return compare_paragraphs(old, new, self._addresses)

    def _change_paragraph(self, old: Element, new: Element) -> None:
        """Track what differs between two paragraphs.

        The new paragraph receives the changes.
        """
        if get_style(old) != get_style(new):
            former = deepcopy(old)
            self.copier.assign_list(former)
            self.marker.mark_style(new, former)
        found = self.compare(old, new)
        if all(each.plain for each in found):
            return
        texts: list[TrackedText] = []
        for each in found:
            if each.same and not each.linked:
                texts.append(TrackedText("", each.new, each.old if each.styled else ()))
                continue
            note = self.describe_link(each)
            texts += [TrackedText("del", each.old, note=note), TrackedText("ins", each.new, note=note)]
        self.notes += fill_paragraph(new, texts, self.marker)

    def describe_link(self, change: ParagraphChange) -> str:
        """Return what the comment on a link says that leads elsewhere now."""
        if not change.linked:
            return ""
        was, now = (find_address(each[0], self._addresses) for each in (change.old, change.new))
        if was and now:
            return f"The link was changed from {was} to {now}"
        return f"A link to {now} was added" if now else f"The link to {was} was removed"

    def _put_in(self, node: Element) -> None:
        if get_text(node).strip():
            self.mark_whole(node, "ins")

    def _strike(self, node: Element) -> list[Element]:
        return [self.mark_whole(deepcopy(node), "del")] if get_text(node).strip() else []

    def mark_whole(self, node: Element, change: str) -> Element:
        """Mark a whole paragraph, row or table as deleted or inserted."""
        for row in node.iter(TR):
            self.marker.mark_row(row, change)
        for paragraph in list(iter_paragraphs(node)):
            self.mark_paragraph(paragraph, change, [TrackedText(change, list(iter_characters(paragraph)))])
        return node

    def mark_paragraph(self, paragraph: Element, change: str, texts: Sequence[TrackedText]) -> None:
        """Fill a paragraph with tracked text, and mark its end."""
        if change in {"del", "moveFrom"}:
            self.copier.assign_list(paragraph)
        self.marker.mark_labels(paragraph, change)
        self.notes += fill_paragraph(paragraph, texts, self.marker)
        self.marker.mark_end(paragraph, change)


class _Moves:
    """The parts that moved within one row of blocks or rows.

    Both places are prepared before either is marked, because each needs the words of the other.
    """

    def __init__(self, redline: _Redline, gone: Sequence[Element], come: Sequence[Element]) -> None:
        self.redline, self._gone, self._come = redline, gone, come
        self._left: dict[int, list[Element]] = {}
        self._arrived: dict[int, tuple[str, list[list[TrackedText]]]] = {}

    def prepare(self, pairs: Sequence[AlignedPair]) -> Sequence[AlignedPair]:
        """Compare what moved, and return the pairs."""
        for what, one, other in pairs:
            if what is Alignment.MOVED_AWAY and one is not None and other is not None:
                name = self.redline.marker.name_move()
                self._arrived[other] = name, self._list_arrived(self._gone[one], self._come[other])
                self._left[one] = self._mark_left(deepcopy(self._gone[one]), name)
        return pairs

    def _list_arrived(self, old: Element, new: Element) -> list[list[TrackedText]]:
        """Return what each paragraph says at the new place.

        All of the old place is moved away: a change within a move cannot be rejected in every program. What was left
        out is quoted in a comment.
        """
        gone, come = (list(iter_paragraphs(each)) for each in (old, new))
        changes: list[list[ParagraphChange]] = [[] for _ in come]
        texts = ([get_text(each) for each in row] for row in (gone, come))
        last = 0
        for one, other in [(0, 0)] if new.tag == P else pair_texts(*texts):
            if one is not None and other is not None and get_text(come[other]):
                changes[other] += self.redline.compare(gone[one], come[other])
            elif one is not None:
                changes[last].append(ParagraphChange(list(iter_characters(gone[one])), [], same=False))
            elif other is not None:
                changes[other].append(ParagraphChange([], list(iter_characters(come[other])), same=False))
            last = last if other is None else other
        return [self._track_arrived(each) for each in changes]

    def _track_arrived(self, changes: Sequence[ParagraphChange]) -> list[TrackedText]:
        texts: list[TrackedText] = []
        waiting = ""
        for each in changes:
            note = self.redline.describe_link(each) or _describe_left_out(each)
            if each.new or not texts:
                waiting = f"{waiting}\n{note}".strip()
            if each.new:
                texts.append(TrackedText("moveTo" if each.same else "ins", each.new, note=waiting))
                waiting = ""
            elif note and texts:
                texts += _note_last_word(texts.pop(), note)
        return texts

    def leave(self, at: int) -> list[Element]:
        """Return the nodes of a part at the place it left."""
        return self._left[at]

    def arrive(self, at: int) -> None:
        """Mark a part at its new place."""
        name, found = self._arrived[at]
        node, *ends = self._mark(self._come[at], "moveTo", name, found)
        for end in ends:
            node.addnext(end)

    def _mark_left(self, node: Element, name: str) -> list[Element]:
        texts = [[TrackedText("moveFrom", list(iter_characters(each)))] for each in iter_paragraphs(node)]
        return self._mark(node, "moveFrom", name, texts)

    def _mark(self, node: Element, move: str, name: str, found: Sequence[Sequence[TrackedText]]) -> list[Element]:
        """Mark one end of a move.

        Return the node and what follows it.
        """
        marker = self.redline.marker
        for row in node.iter(TR):
            marker.mark_row(row, "del" if move == "moveFrom" else "ins")
        for paragraph, texts in zip(list(iter_paragraphs(node)), found, strict=True):
            self.redline.mark_paragraph(paragraph, move, texts)
        start, end = mark_range(marker, move, name)
        return wrap_range(node, start, end)


def _describe_left_out(change: ParagraphChange) -> str:
    """Return what a comment says of words that did not move along."""
    words = "".join(each.text for each in change.old if each.node is None).strip()
    return f"Left out on the way: “{words}”" if words and not change.same else ""


def _note_last_word(text: TrackedText, note: str) -> list[TrackedText]:
    """Return a text in two, its last word with a note."""
    at = next((at for at in range(len(text.characters) - 1, 0, -1) if not text.characters[at].text.isspace()), 0)
    while at and not text.characters[at - 1].text.isspace():
        at -= 1
    notes = text.note if not at else ""
    first = [replace(text, characters=text.characters[:at])] if at else []
    return [*first, replace(text, characters=text.characters[at:], note=f"{notes}\n{note}".strip())]


def _make_part(node: Element) -> Part:
    if node.tag == P:
        return Part(get_text(node))
    return make_table([[get_text(cell) for cell in row.findall(TC)] for row in node.findall(TR)])


def _make_row(row: Element) -> Part:
    header = row.find(f"{W}trPr/{W}tblHeader") is not None
    return make_row([get_text(cell) for cell in row.findall(TC)], header=header)
