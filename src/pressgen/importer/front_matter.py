"""Read the text above the lead: headline, subhead and other lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from pressgen.importer import section_markers
from pressgen.importer.draft import Confidence
from pressgen.importer.joined_parts import split_capital_headline
from pressgen.importer.manuscript import ParagraphKind, SourceParagraph
from pressgen.importer.paragraph_roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

Sorted = tuple[SourceParagraph, Role]
AFRESH = (Role.LABEL, Role.LETTERHEAD, Role.CONTACT, Role.CONTACTS)
"""Roles at the top of a sheet: the headline comes after them."""
PRINTED = (Role.LABEL, Role.DATE, Role.RULE, Role.PAGE, Role.END, Role.IMMEDIATE, Role.REFERENCE)
"""Roles of lines that the house prints itself, or that a field holds."""
RUNNING = (ParagraphKind.TEXT, ParagraphKind.BLOCK)
AFTER_MARK = 2
FEWEST_LETTERS, ISSUER_WORDS = 3, 4


@dataclass(slots=True)
class FrontMatter:
    """The parts of a release above the lead.

    Attributes:
        taken: lines that were read into a field, or that the house prints itself.
        contacts: lines with press contacts.
        body: lines that belong to the text all the same, such as key points.
        loose: lines that have no place.
    """

    headline: list[SourceParagraph] = field(default_factory=list)
    subhead: SourceParagraph | None = None
    taken: list[SourceParagraph] = field(default_factory=list)
    embargoes: list[SourceParagraph] = field(default_factory=list)
    contacts: list[SourceParagraph] = field(default_factory=list)
    body: list[Sorted] = field(default_factory=list)
    loose: list[SourceParagraph] = field(default_factory=list)
    sure: Confidence = Confidence.ABSENT

    @property
    def labelled(self) -> list[SourceParagraph]:
        """The headline and subhead lines with a label, such as “Press release:”."""
        second = [self.subhead] if self.subhead and self.subhead.text != self.second else []
        return [*(para for para in self.headline if para.text not in self.title), *second]

    @property
    def second(self) -> str:
        """The subhead's words, without its label."""
        text = self.subhead.text if self.subhead else ""
        match = section_markers.SUBTITLED.match(text)
        return (text[match.end() :] if match else text).strip("*_ ")

    @property
    def introduction(self) -> str:
        """The words above the lead that may name people."""
        return " ".join([self.title, self.second, *(para.text for para in self.loose)])

    @property
    def title(self) -> str:
        """The headline's words, wraps joined, without its label."""
        text = " ".join(para.text for para in self.headline)
        for label in (section_markers.LABELLED, section_markers.TITLED):
            if match := label.match(text):
                text = text[match.end() :]
        return text.strip("*_ ")


def find_lead(paras: Sequence[Sorted]) -> int:
    """Return the index of the lead.

    It is the first whole sentence outside a list.
    """
    for index, (para, role) in enumerate(paras):
        titled = section_markers.TITLED.match(para.text) or section_markers.SUBTITLED.match(para.text)
        if role is Role.PROSE and not para.marker and para.kind in RUNNING and not titled:
            return index
    lead = next((index + 1 for index, (_, role) in enumerate(paras) if role is Role.LINE), 0)
    return lead + sum(
        1 for _ in takewhile(lambda each: each[1] in (*PRINTED, Role.EMBARGO), paras[lead:] if lead else ())
    )


def read_front_matter(paras: Sequence[Sorted]) -> FrontMatter:
    """Read the parts of a release above the lead."""
    front = FrontMatter()
    candidates = _find_candidates(paras)
    group = _find_headline_lines(paras, candidates)
    if group:
        _set_headline(front, group)
        front.sure = Confidence.SURE if len(group) == len(front.headline) else Confidence.LIKELY
        if len(candidates) > len(group) or len(group) > len(front.headline) + AFTER_MARK:
            front.sure = Confidence.DOUBTFUL
    chosen = [*front.headline, *([front.subhead] if front.subhead else [])]
    for index, (para, role) in enumerate(paras):
        if not any(para is each for each in chosen):
            _sort(front, para, role, paras[index + 1 : index + 1 + AFTER_MARK])
    return front


def split_headline(lead: SourceParagraph, front: FrontMatter) -> tuple[str, str]:
    """Split a headline in capitals from the lead that follows it.

    Return an empty headline where the front matter has a better one.
    """
    if len(front.title.split()) > ISSUER_WORDS:
        return "", lead.text
    return split_capital_headline(lead.text)


def _find_candidates(paras: Sequence[Sorted]) -> list[int]:
    found = []
    for index, (para, role) in enumerate(paras):
        line = role is Role.LINE and not para.marker and not para.text.endswith(":")
        line = line and not section_markers.RUN_IN_CONTACT.match(para.text)
        heading = para.kind is ParagraphKind.HEADING and role not in (Role.LABEL, Role.FURNITURE)
        labelled = role is Role.LABEL and section_markers.LABELLED.match(para.text)
        titled = section_markers.TITLED.match(para.text) or section_markers.SUBTITLED.match(para.text)
        letters = sum(each.isalpha() for each in para.text)
        if (line or heading or labelled or titled) and letters >= FEWEST_LETTERS:
            found.append(index)
    return found


def _find_headline_lines(paras: Sequence[Sorted], candidates: list[int]) -> list[SourceParagraph]:
    """Find the lines that hold headline and subhead.

    They come after the last line of the letterhead.
    """
    titled = [index for index in candidates if section_markers.TITLED.match(paras[index][0].text)]
    headed = [index for index in candidates if paras[index][0].kind is ParagraphKind.HEADING]
    if start := (titled or headed)[:1]:
        return [paras[index][0] for index in candidates if index >= start[0]]
    groups: list[list[SourceParagraph]] = [[]]
    for index, (para, role) in enumerate(paras):
        labelled = index in candidates and role is Role.LABEL
        if role in AFRESH or section_markers.LABELLED.match(para.text):
            groups.append([])
        if index in candidates and (role is not Role.LABEL or labelled):
            groups[-1].append(para)
    return groups[-1] or next((group for group in groups if group), [])


def _set_headline(front: FrontMatter, group: list[SourceParagraph]) -> None:
    front.headline = [group[0]]
    rest = group[1:]
    while rest and _continues(front.headline[-1], rest[0]):
        front.headline.append(rest.pop(0))
    if rest and _is_subhead(rest[0]):
        front.subhead = rest[0]


def _continues(line: SourceParagraph, following: SourceParagraph) -> bool:
    """Return whether a headline in capitals continues on the next line."""
    return (
        line.text.isupper()
        and following.text.isupper()
        and len(line.text.split()) > ISSUER_WORDS
        and not line.text.endswith(".")
    )


def _is_subhead(para: SourceParagraph) -> bool:
    """Return whether a line can be a subhead.

    The name of the issuer in capitals, or of a place, cannot.
    """
    if section_markers.SUBTITLED.match(para.text):
        return True
    count = len(para.text.split())
    return count > (ISSUER_WORDS if para.text.isupper() else FEWEST_LETTERS)


def _sort(front: FrontMatter, para: SourceParagraph, role: Role, following: Sequence[Sorted]) -> None:
    near = [each for _, each in following]
    if role is Role.EMBARGO:
        front.embargoes.append(para)
    elif role in PRINTED:
        front.taken.append(para)
    elif role in (Role.CONTACT, Role.CONTACTS) or (role is Role.LINE and not para.marker and Role.CONTACT in near):
        front.contacts.append(para)
    elif (
        para.marker
        or para.kind in (ParagraphKind.TABLE, ParagraphKind.PICTURE)
        or (para.text.endswith(":") and role is Role.LINE)
    ):
        front.body.append((para, role))
    else:
        front.loose.append(para)
