"""Read the text below the body.

It has the end mark, notes to editors, standing sections and contacts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.importer import contacts, section_markers
from pressgen.importer.draft import DraftNote, DraftSection
from pressgen.importer.manuscript import ParagraphKind, SourceParagraph
from pressgen.importer.paragraph_roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.importer.paragraph_roles import Sorted

NUMBERS = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)]\s+(?=\S)")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+\s*")
LAST_PART = 0.5
"""The share of the text after which a heading such as “Background” begins notes."""


@dataclass(slots=True)
class BackMatter:
    """The parts of a release below the body.

    `end` and `heading` are as printed.
    """

    end: str = ""
    heading: str = ""
    taken: list[SourceParagraph] = field(default_factory=list)
    noted: list[SourceParagraph] = field(default_factory=list)
    sections: list[tuple[SourceParagraph, list[SourceParagraph]]] = field(default_factory=list)
    contacts: list[SourceParagraph] = field(default_factory=list)
    loose: list[SourceParagraph] = field(default_factory=list)


def find_back_matter(paras: Sequence[Sorted], lead: int) -> int:
    """Return the index at which the back matter begins."""
    last = max((index for index, (_, role) in enumerate(paras) if role is Role.PROSE), default=0)
    for index in range(lead + 1, len(paras)):
        para, role = paras[index]
        if role is Role.END or (role is Role.NOTES and _is_notes_heading(paras, index)):
            return index
        if role is Role.CONTACT and index < last and not section_markers.RUN_IN_CONTACT.match(para.text):
            continue
        if role in (Role.CONTACT, Role.CONTACTS, Role.ABOUT, Role.OTHERS):
            return index
    return len(paras)


def _is_notes_heading(paras: Sequence[Sorted], index: int) -> bool:
    """Return whether a heading begins the notes.

    Its words say so, or a list or the end of the text is near.
    """
    text = paras[index][0].text.lower()
    if "edit" in text or "to" in text.split() or "for" in text.split():
        return True
    following = paras[index + 1][0] if index + 1 < len(paras) else None
    return bool(following and following.ordered) or index > LAST_PART * len(paras)


class BackMatterReader:
    """A reader of the paragraphs below the body."""

    def __init__(self) -> None:
        self.tail = BackMatter()
        self._section = ""

    def read(self, paras: Sequence[Sorted]) -> BackMatter:
        """Sort the paragraphs into the parts of the back matter."""
        for para, role in paras:
            self._take(para, role)
        return self.tail

    def _take(self, para: SourceParagraph, role: Role) -> None:
        tail = self.tail
        contact = section_markers.RUN_IN_CONTACT.match(para.text) or section_markers.CONTACT.fullmatch(para.text)
        match role:
            case Role.END:
                tail.end = tail.end or para.text
                self._printed(para, "")
            case Role.NOTES:
                tail.heading = tail.heading or para.text.rstrip(": ")
                self._printed(para, "notes")
            case Role.RULE | Role.PAGE | Role.DATE | Role.EMBARGO | Role.IMMEDIATE | Role.FURNITURE:
                tail.taken.append(para)
            case Role.ABOUT:
                tail.sections.append((para, []))
                self._section = "about"
            case Role.OTHERS | Role.HOUSEKEEPING | Role.BYLINE:
                tail.loose.append(para)
                self._section = "loose" if role is not Role.BYLINE else self._section
            case Role.CONTACTS | Role.CONTACT:
                tail.contacts.append(para)
                self._section = "contact"
            case _ if contact and (contacts.is_contact(para.text) or section_markers.RUN_IN_CONTACT.match(para.text)):
                tail.contacts.append(para)
                self._section = "contact"
            case _:
                self._go_on(para, role)

    def _printed(self, para: SourceParagraph, section: str) -> None:
        self.tail.taken.append(para)
        self._section = section

    def _go_on(self, para: SourceParagraph, role: Role) -> None:
        tail = self.tail
        if self._section == "contact" and role is Role.PROSE and contacts.EMAIL.search(para.text):
            tail.contacts.append(para)
            return
        if self._section == "contact" and (role is Role.PROSE or para.ordered):
            self._section = "notes" if para.ordered and tail.noted else "loose"
        if not self._section and para.ordered:
            self._section = "notes"
        match self._section:
            case "notes":
                tail.noted.append(para)
            case "about":
                tail.sections[-1][1].append(para)
            case "contact":
                tail.contacts.append(para)
            case _:
                tail.loose.append(para)


def read_notes(paras: Sequence[SourceParagraph]) -> list[DraftNote]:
    """Read the notes of a section, in any numbering style.

    A number begins a note; paragraphs without a number belong to the note before. Without any numbers, each paragraph,
    each labelled line and each bullet is a note, and an address on its own line belongs to the line before.
    """
    numbered = any(para.ordered for para in paras)
    groups: list[list[SourceParagraph]] = []
    started = False
    for para in _split_notes(paras):
        started = started or para.ordered
        goes_on = not para.ordered if numbered and started else _is_continuation(para)
        if groups and goes_on:
            groups[-1].append(para)
        else:
            groups.append([para])
    return [DraftNote(_text(group), group[0].line) for group in groups]


def _is_continuation(para: SourceParagraph) -> bool:
    return para.kind is ParagraphKind.TEXT and ADDRESS.fullmatch(para.text) is not None


def _text(group: list[SourceParagraph]) -> str:
    first, *others = group
    return " ".join(
        [
            first.text if first.ordered or not others else first.shown if first.marker else first.text,
            *(each.shown for each in others),
        ]
    )


def _split_notes(paras: Sequence[SourceParagraph]) -> list[SourceParagraph]:
    found: list[SourceParagraph] = []
    for para in paras:
        cuts = _find_counting_numbers(para.shown if para.ordered else para.text)
        if len(cuts) < 2:  # noqa: PLR2004 - a single number is no list
            found.append(para)
            continue
        text = para.shown if para.ordered else para.text
        if head := text[: cuts[0].start()].strip():
            found.append(SourceParagraph(line=para.line, text=head))
        ends = [*(cut.start() for cut in cuts[1:]), len(text)]
        found += [
            SourceParagraph(
                line=para.line,
                text=text[cut.end() : end].strip(),
                kind=ParagraphKind.ITEM,
                marker=cut[0].strip(),
                ordered=True,
            )
            for cut, end in zip(cuts, ends, strict=True)
        ]
    return found


def _find_counting_numbers(text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for match in NUMBERS.finditer(text):
        number = int(match[1])
        if (
            (not found and match.start() == 0)
            or (found and number == int(found[-1][1]) + 1)
            or (not found and number == 1)
        ):
            found.append(match)
    return found


def read_sections(sections: Sequence[tuple[SourceParagraph, list[SourceParagraph]]]) -> list[DraftSection]:
    """Read the standing sections, with headings without the colon."""
    return [
        DraftSection(head.text.rstrip(": "), tuple(para.shown for para in paras), head.line) for head, paras in sections
    ]
