"""What stands below the text: end mark, notes to editors, standing sections, contacts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.importer import contacts, signs
from pressgen.importer.draft import Note, Section
from pressgen.importer.manuscript import Kind, Para
from pressgen.importer.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.importer.front import Sorted

NUMBERS = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)]\s+(?=\S)")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+\s*")
BACKGROUND = "background"
LAST_PART = 0.5
"""How far down a heading such as “Background” is one of notes, not of the text."""


@dataclass(slots=True)
class Tail:
    """The parts below the text; `end` and `heading` as printed."""

    end: str = ""
    heading: str = ""
    taken: list[Para] = field(default_factory=list)
    noted: list[Para] = field(default_factory=list)
    sections: list[tuple[Para, list[Para]]] = field(default_factory=list)
    contacts: list[Para] = field(default_factory=list)
    loose: list[Para] = field(default_factory=list)


def tail_of(paras: Sequence[Sorted], lead: int) -> int:
    """Where the text ends and what stands below it begins."""
    last = max((index for index, (_, role) in enumerate(paras) if role is Role.PROSE), default=0)
    for index in range(lead + 1, len(paras)):
        para, role = paras[index]
        if role is Role.END or (role is Role.NOTES and _heads_notes(paras, index)):
            return index
        if role is Role.CONTACT and index < last and not signs.RUN_IN_CONTACT.match(para.text):
            continue
        if role in (Role.CONTACT, Role.CONTACTS, Role.ABOUT, Role.OTHERS):
            return index
    return len(paras)


def _heads_notes(paras: Sequence[Sorted], index: int) -> bool:
    """Whether a heading is one of notes: by its words, or by the list or the end of the text that is near."""
    text = paras[index][0].text.lower()
    if "edit" in text or "to" in text.split() or "for" in text.split():
        return True
    following = paras[index + 1][0] if index + 1 < len(paras) else None
    return bool(following and following.ordered) or index > LAST_PART * len(paras)


class Below:
    """Goes through the paragraphs below the text once."""

    def __init__(self) -> None:
        self.tail = Tail()
        self._section = ""

    def read(self, paras: Sequence[Sorted]) -> Tail:
        """Sort them."""
        for para, role in paras:
            self._take(para, role)
        return self.tail

    def _take(self, para: Para, role: Role) -> None:
        tail = self.tail
        contact = signs.RUN_IN_CONTACT.match(para.text) or signs.CONTACT.fullmatch(para.text)
        match role:
            case Role.END:
                tail.end = tail.end or para.text
                self._printed(para, "")
            case Role.NOTES:
                tail.heading = tail.heading or para.text.rstrip(": ")
                self._printed(para, "notes")
            case Role.RULE | Role.PAGE | Role.DATE | Role.EMBARGO | Role.IMMEDIATE:
                tail.taken.append(para)
            case Role.ABOUT:
                tail.sections.append((para, []))
                self._section = "about"
            case Role.OTHERS | Role.HOUSEKEEPING | Role.FURNITURE | Role.BYLINE:
                tail.loose.append(para)
                self._section = "loose" if role is not Role.BYLINE else self._section
            case Role.CONTACTS | Role.CONTACT:
                tail.contacts.append(para)
                self._section = "contact"
            case _ if contact and (contacts.is_contact(para.text) or signs.RUN_IN_CONTACT.match(para.text)):
                tail.contacts.append(para)
                self._section = "contact"
            case _:
                self._go_on(para, role)

    def _printed(self, para: Para, section: str) -> None:
        self.tail.taken.append(para)
        self._section = section

    def _go_on(self, para: Para, role: Role) -> None:
        """A paragraph of the section that is open."""
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


def read_notes(paras: Sequence[Para]) -> list[Note]:
    """The notes of a section in whatever style they are numbered.

    A number begins a note and what follows without one belongs to it; without numbers each paragraph, each labelled
    line and each bullet is one, and an address on a line of its own belongs to the line before.
    """
    numbered = any(para.ordered for para in paras)
    groups: list[list[Para]] = []
    started = False
    for para in _apart(paras):
        started = started or para.ordered
        goes_on = not para.ordered if numbered and started else _belongs(para)
        if groups and goes_on:
            groups[-1].append(para)
        else:
            groups.append([para])
    return [Note(_text(group), group[0].line) for group in groups]


def _belongs(para: Para) -> bool:
    return para.kind is Kind.TEXT and ADDRESS.fullmatch(para.text) is not None


def _text(group: list[Para]) -> str:
    first, *others = group
    return " ".join(
        [
            first.text if first.ordered or not others else first.shown if first.marker else first.text,
            *(each.shown for each in others),
        ]
    )


def _apart(paras: Sequence[Para]) -> list[Para]:
    """The paragraphs, those that hold several numbered notes one after the other divided."""
    found: list[Para] = []
    for para in paras:
        cuts = _counted(para.shown if para.ordered else para.text)
        if len(cuts) < 2:  # noqa: PLR2004 - one number is no row of them
            found.append(para)
            continue
        text = para.shown if para.ordered else para.text
        if head := text[: cuts[0].start()].strip():
            found.append(Para(line=para.line, text=head))
        ends = [*(cut.start() for cut in cuts[1:]), len(text)]
        found += [
            Para(
                line=para.line, text=text[cut.end() : end].strip(), kind=Kind.ITEM, marker=cut[0].strip(), ordered=True
            )
            for cut, end in zip(cuts, ends, strict=True)
        ]
    return found


def _counted(text: str) -> list[re.Match[str]]:
    """The numbers of a text that count up from where they begin."""
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


def read_sections(sections: Sequence[tuple[Para, list[Para]]]) -> list[Section]:
    """The standing sections, their headings without the colon."""
    return [Section(head.text.rstrip(": "), tuple(para.shown for para in paras), head.line) for head, paras in sections]
