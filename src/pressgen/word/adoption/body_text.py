"""Put the tags into the body, in place of a sample letter.

Pictures, drawings and short text boxes are the letterhead. All other text is the sample letter, except what somebody
asked to keep. The tags go where the first section leaves most room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.word.adoption.draft import join_quotes, quote_text
from pressgen.word.names import BR, COMPATIBILITY, PPR, PREFIXES, SECTION, TAB, P, T, W, remove_node
from pressgen.word.runs import find_runs
from pressgen.word.tags import LOOSE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pressgen.word.adoption.draft import AdoptionReport
    from pressgen.word.adoption.tag_blocks import TagBlock
    from pressgen.word.names import Element

GRAPHICS = (W + "drawing", W + "pict", W + "object")
BOX = W + "txbxContent"
WP = f"{{{PREFIXES['wp']}}}"
ON_PAGE = {"page", "margin", "topMargin", "bottomMargin"}
LONGEST_BOX_LINE = 25
"""The most words of a paragraph in a letterhead's text box; a longer one is a sample letter."""
FRAMES = (f"{{{COMPATIBILITY}}}AlternateContent", *GRAPHICS)


@dataclass(slots=True)
class BodyBlock:
    """A paragraph, table or content control of the body.

    Attributes:
        section: the number of the section that it is in.
        text: its words, without those of its text boxes.
        kept: whether it is part of the letterhead.
    """

    node: Element
    section: int
    text: str
    kept: bool


def place_tags(body: Element, tags: Sequence[TagBlock], keep: Collection[str], report: AdoptionReport) -> list[str]:
    """Put the tags into a body that has none.

    Return the lines of the sample letter, which are removed.

    Args:
        body: the `w:body`, which is changed.
        tags: the paragraphs with the tags, in their order.
        keep: words of lines that belong to the letterhead.
        report: where to record it.
    """
    _doubt_unknown_words(body, keep, report)
    _remove_long_boxes(body, keep, report)
    blocks = _list_blocks(body, keep)
    own = [each for each in blocks if each.section == 0]
    start, end = _find_room(own)
    room = own[start:end]
    first_text = next((at for at, each in enumerate(room) if each.text.strip()), 0)
    anchor = room[first_text - 1].node if first_text else own[start - 1].node if start else None
    elsewhere = [each for each in (*own[:start], *own[end:]) if each.text.strip() and not each.kept]
    last = max((at for at, each in enumerate(own) if each.kept), default=-1)
    trailing = [each for each in own[max(last + 1, end) :] if not each.text.strip()]
    removed = [*room[first_text:], *elsewhere, *trailing]
    later = [each for each in blocks if each.section]
    last_section = _choose_section(body, own, later)
    if last_section is not None:
        removed += later
        report.removed.append("the sections after the first, which were not part of the letterhead")
    lines = [line for each in removed for line in _list_lines(each.node)]
    for each in removed:
        if last_section is None:
            _remove_block(each.node)
        else:  # with the ends of the sections that go
            remove_node(each.node)
    for each in own:
        if each.kept and each.node.tag == P and not _is_asked_for(each.text, keep) and not LOOSE.search(each.text):
            lines += _remove_text(each.node)
    if boxes := [each for each in _list_boxes(body) if each.strip()]:
        report.doubts.append(f"{join_quotes(boxes)}: stays in the text of every release, in a text box")
    below = [each.node for each in own[end:] if each.kept and each.node.find(SECTION) is None]
    _insert(body, anchor, [node for tag in tags for node in tag.nodes])
    for node in reversed([each for each in below if _is_set_on_page(each)]):
        body.insert(0, node)
    if last_section is not None:
        body.append(last_section)
    return lines


def add_missing_tags(body: Element, tags: Sequence[TagBlock], report: AdoptionReport) -> list[str]:
    """Put the missing tags between those that are there.

    Return their names.

    Lines without a tag stay, and are to be looked at.
    """
    added: list[str] = []
    if own := [line for line in _list_lines(body) if not LOOSE.search(line)]:
        report.doubts.append(f"{join_quotes(own)}: stays in the text of every release")
    at: Element | None = None
    for tag in tags:
        home = next((node for node in body if node.tag != W + "sectPr" and tag.is_in(read_text(node))), None)
        if home is not None:
            at = home
            continue
        following = next(
            (node for node in body for each in tags[tags.index(tag) :] if each.is_in(read_text(node))), None
        )
        anchor = at if at is not None else None if following is None else following.getprevious()
        _insert(body, anchor, tag.nodes)
        at = tag.nodes[-1]
        added.append(tag.name)
    return added


def _remove_block(node: Element) -> None:
    """Remove a block, but never the end of a section."""
    if node.find(SECTION) is None:
        remove_node(node)
        return
    for child in [each for each in node if each.tag != PPR]:
        node.remove(child)


def _list_blocks(body: Element, keep: Collection[str]) -> list[BodyBlock]:
    blocks: list[BodyBlock] = []
    section = 0
    for node in body:
        if node.tag == W + "sectPr":
            continue
        text = read_text(node, boxes=False)
        shown = any(next(node.iter(name), None) is not None for name in GRAPHICS)
        kept = _is_asked_for(text, keep) or LOOSE.search(read_text(node)) is not None or (shown and section == 0)
        blocks.append(BodyBlock(node, section, text, kept))
        section += node.find(SECTION) is not None
    return blocks


def _find_room(blocks: Sequence[BodyBlock]) -> tuple[int, int]:
    """Return the longest stretch of blocks that are not kept.

    Of equals, it is the last.
    """
    best = start = len(blocks)
    end = start
    run = 0
    for at, each in enumerate([*blocks, None]):
        if each is not None and not each.kept:
            run += 1
            continue
        if run and run >= end - start:
            start, end = at - run, at
        run = 0
    return (start, end) if end > start else (best, best)


def _choose_section(body: Element, own: Sequence[BodyBlock], later: Sequence[BodyBlock]) -> Element | None:
    """Take the first section's properties out, for the whole text.

    Return None if there are other sections to keep, or no others.
    """
    if not later or any(each.kept for each in later):
        return None
    properties = next((found for each in own if (found := each.node.find(SECTION)) is not None), None)
    for old in body.findall(W + "sectPr"):
        remove_node(old)
    if properties is not None:
        remove_node(properties)
    return properties


def _is_set_on_page(node: Element) -> bool:
    """Return whether a block only holds drawings set on the page.

    Such a drawing is on the page of its block: below the text of a release, that is the last one.
    """
    positions = [each.get("relativeFrom") for each in node.iter(f"{WP}positionV")]
    in_line = next(node.iter(f"{WP}inline"), None) is not None
    return bool(positions) and {*positions} <= ON_PAGE and not in_line and not read_text(node, boxes=False).strip()


def _insert(body: Element, anchor: Element | None, nodes: Sequence[Element]) -> None:
    """Insert nodes after an anchor, or at the beginning.

    They stay in the anchor's section.
    """
    at = 0 if anchor is None else body.index(anchor) + (anchor.find(SECTION) is None)
    body[at:at] = nodes


def _doubt_unknown_words(body: Element, keep: Collection[str], report: AdoptionReport) -> None:
    """Report the words to keep that no line has."""
    lines = [read_text(each) for each in body.iter(P)]
    report.doubts += [
        f"no line of the text has the words {quote_text(words)}, so --keep kept nothing for them"
        for words in keep
        if words.strip() and not any(_is_asked_for(line, [words]) for line in lines)
    ]


def _remove_long_boxes(body: Element, keep: Collection[str], report: AdoptionReport) -> None:
    """Remove the text boxes that hold a sample letter."""
    for box in list(body.iter(BOX)):
        lines = ["".join(str(each.text or "") for each in line.iter(T)) for line in box.iter(P)]
        if not any(len(line.split()) > LONGEST_BOX_LINE for line in lines) or _is_asked_for(" ".join(lines), keep):
            continue
        frames = [each for each in box.iterancestors() if each.tag in FRAMES]
        if frames and frames[-1].getparent() is not None:
            remove_node(frames[-1])
            report.removed.append(f"a text box with a sample letter: {quote_text(' '.join(lines))}")


def _list_boxes(body: Element) -> list[str]:
    """Return the words of each text box."""
    return [
        " ".join("".join(str(each.text or "") for each in line.iter(T)) for line in box.iter(P))
        for box in body.iter(BOX)
    ]


def _is_asked_for(text: str, keep: Collection[str]) -> bool:
    plain = " ".join(text.split()).casefold()
    return any(" ".join(each.split()).casefold() in plain for each in keep if each.strip())


def read_text(node: Element, *, boxes: bool = True) -> str:
    """Return the words of a block, a line for each paragraph."""
    paragraphs = [each for each in node.iter(P) if boxes or next(each.iterancestors(BOX), None) is None]
    return "\n".join("".join(_read_run(run) for run in find_runs(each)) for each in paragraphs)


def _read_run(run: Element) -> str:
    return "".join(str(child.text or "") if child.tag == T else " " * (child.tag in {TAB, BR}) for child in run)


def _list_lines(node: Element) -> list[str]:
    return [line for line in read_text(node).split("\n") if line.strip()]


def _remove_text(paragraph: Element) -> list[str]:
    """Remove the words beside a picture; return them."""
    lines = [line for line in read_text(paragraph, boxes=False).split("\n") if line.strip()]
    for run in list(find_runs(paragraph)):
        for child in [each for each in run if each.tag in {T, TAB, BR}]:
            run.remove(child)
    return lines


def describe_removed_lines(lines: Sequence[str]) -> str:
    """Return a sentence about the lines of a sample letter."""
    return f"the text of the sample letter: {join_quotes(lines)}"
