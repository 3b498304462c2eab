"""Replace the tags of a part with marks, one node each.

A tag is found in the text of its paragraph, so it does not matter over how many runs Word has split it. A paragraph or
a table row that holds only statements is replaced by their marks, and so leaves no blank behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pressgen.errors import Place
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.names import END, FALLBACK, NAME, RPR, SECTION, START, STYLE, TR, VAL, W14, P, R, W, remove_node
from pressgen.word.runs import OTHER, find_runs, get_run_child_text, has_visible_content, split_runs
from pressgen.word.tags import LOOSE, TAG, Tag

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pressgen.errors import Problem
    from pressgen.word.names import Element

MARK = "{urn:pressgen}mark"
OURS = "_pg_"
"""The beginning of the names of pressgen's own bookmarks."""
SCATTER = (W + "proofErr", W + "lastRenderedPageBreak")
WRAPPERS = (W + "smartTag", W + "customXml")
CONTROL, CONTENT = W + "sdt", W + "sdtContent"
UNSETTLED = tuple(
    W + name
    for name in "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tblGridChange"
    " trPrChange tcPrChange numberingChange cellIns cellDel cellMerge commentReference".split()
)
"""What tracks a change of text, of its dress, a table, a list or a section (ECMA-376 part 1, 17.13.5); and comments."""
LEAVE_OUT = {"if", "for"}
"""The statements that may leave out what stands between them and their end."""
SHORT = 60
"""The most characters of a heading in a message."""


def mark_tags(root: Element, file: str, part: str, headings: Collection[str]) -> tuple[list[Tag], list[Problem]]:
    """Put marks in place of the tags of a part.

    Args:
        root: the part, which is changed.
        file: what messages call the file.
        part: what they call the part, such as `first-page header`.
        headings: the ids of its heading styles.

    Returns:
        The tags, in the order of their marks' numbers, and what is wrong with them.
    """
    problems = _clean_part(root, Place(file, inside=part))
    tags: list[Tag] = []
    heading, number = "", 0
    for paragraph in list(root.iter(P)):
        echo = next(paragraph.iterancestors(FALLBACK), None) is not None
        number += not echo
        under = f" (under “{heading}”)" if heading else ""
        place = Place(file, inside=f"{part}, paragraph {number}{under}")
        text = "".join(get_run_child_text(child) for run in find_runs(paragraph) for child in run)
        if LOOSE.search(text):
            tags += _mark_paragraph(paragraph, text, place, echo=echo, first=len(tags))
        if not echo and LOOSE.search(TAG.sub("", text)):
            problems.append(
                make_problem(FaultCode.TORN, "a tag must open and close in one paragraph", place, _shorten_text(text))
            )
        style = paragraph.find(STYLE)
        if style is not None and style.get(VAL) in headings and text.strip():
            heading = _shorten_text(text)
    _dissolve_controls(root)
    problems += _find_sections_within_statements(root, tags)
    return tags, problems + _unwrap_statements(root, tags)


def _find_sections_within_statements(root: Element, tags: Sequence[Tag]) -> Iterator[Problem]:
    """Find ends of sections within statements that may leave them out.

    The text above them would move to the pages of the next section, and lose the headers of its own.
    """
    open_: list[Tag] = []
    for node in root.iter(MARK, P):
        if node.tag == P:
            if open_ and node.find(SECTION) is not None:
                message = "a section ends between this and its end; move the section break below that"
                yield make_problem(FaultCode.MISPLACED, message, open_[-1].place, open_[-1].text)
            continue
        tag = tags[get_tag_number(node)]
        if tag.word in LEAVE_OUT:
            open_.append(tag)
        elif tag.word.removeprefix("end") in LEAVE_OUT and open_:
            open_.pop()


def get_tag_number(mark: Element) -> int:
    """Return the number of the tag that a mark stands for."""
    return int(mark.get("n") or 0)


def _shorten_text(text: str) -> str:
    return text.replace(OTHER, "").strip()[:SHORT]


def _clean_part(root: Element, place: Place) -> list[Problem]:
    """Remove Word's own clutter and the bookmarks of an earlier release.

    Tracked changes and comments are reported.
    """
    stale = {node.get(W + "id") for node in root.iter(START) if (node.get(NAME) or "").startswith(OURS)}
    for node in list(root.iter(*SCATTER, *((START, END) if stale else ()))):
        if node.tag in SCATTER or node.get(W + "id") in stale:
            remove_node(node)
    for node in reversed(list(root.iter(*WRAPPERS))):
        _replace_with_children(node, [child for child in node if not str(child.tag).endswith("Pr")])
    for node in root.iter(P, R, TR):
        for name in [name for name in map(str, node.attrib) if name.startswith(W14)]:
            del node.attrib[name]
    return find_unsettled_changes(root, place)


def find_unsettled_changes(root: Element, place: Place) -> list[Problem]:
    """Return a problem if a part has tracked changes or comments."""
    if next(root.iter(*UNSETTLED), None) is None:
        return []
    message = "has tracked changes or comments; accept or reject them all, then save"
    return [make_problem(FaultCode.UNSETTLED, message, place)]


def _replace_with_children(node: Element, children: list[Element]) -> None:
    for child in children:
        node.addprevious(child)
    remove_node(node)


def _mark_paragraph(paragraph: Element, text: str, place: Place, *, echo: bool, first: int) -> list[Tag]:
    tags: list[Tag] = []
    matches = list(TAG.finditer(text))
    for number, (match, runs) in enumerate(
        zip(matches, split_runs(paragraph, [each.span() for each in matches]), strict=True), first
    ):
        runs[0].addprevious(etree.Element(MARK, {"n": str(number)}))
        tags.append(Tag(match.group(), place, _get_run_properties(runs[0]), echo))
        for run in runs:
            remove_node(run)
    return tags


def _get_run_properties(run: Element) -> Element | None:
    """Return the run properties of a tag without its language.

    The language that Word took its letters for says nothing about the value.
    """
    props = run.find(RPR)
    for node in [] if props is None else props.findall(W + "lang"):
        remove_node(node)
    return props if props is not None and len(props) else None


def _dissolve_controls(root: Element) -> None:
    """Remove the content controls around tags.

    Word would refill a bound one with its old text.
    """
    for control in reversed(list(root.iter(CONTROL))):
        content = control.find(CONTENT)
        if content is not None and next(content.iter(MARK), None) is not None:
            _replace_with_children(control, list(content))


def _unwrap_statements(root: Element, tags: list[Tag]) -> list[Problem]:
    """Replace paragraphs and rows that hold only statements with them."""
    problems: list[Problem] = []
    for block in [*root.iter(P), *reversed(list(root.iter(TR)))]:
        marks = list(block.iter(MARK))
        tags_within = [tags[get_tag_number(mark)] for mark in marks]
        if not tags_within or any(tag.prints for tag in tags_within) or has_visible_content(block):
            continue
        if block.find(SECTION) is not None:
            message = "cannot be in the last paragraph of a section; put it in a paragraph of its own above"
            problems.append(make_problem(FaultCode.OUT_OF_REACH, message, tags_within[0].place, tags_within[0].text))
        _replace_with_children(block, marks)
    for mark in list(root.iter(MARK)):
        if tags[get_tag_number(mark)].remarks:
            remove_node(mark)
    return problems
