"""What stands above the lead: headline and subhead, and the lines round them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.importer import signs
from pressgen.importer.draft import Sure
from pressgen.importer.manuscript import Kind, Para
from pressgen.importer.roles import Role
from pressgen.importer.unglue import loud_headline

if TYPE_CHECKING:
    from collections.abc import Sequence

Sorted = tuple[Para, Role]
AFRESH = (Role.LABEL, Role.LETTERHEAD, Role.CONTACT, Role.CONTACTS)
"""What stands at the head of a sheet: the headline comes after it."""
PRINTED = (Role.LABEL, Role.DATE, Role.RULE, Role.PAGE, Role.END, Role.IMMEDIATE, Role.REFERENCE)
"""What the house prints by itself, or a field holds."""
AFTER_MARK = 2
FEWEST_LETTERS, ISSUER_WORDS = 3, 4


@dataclass(slots=True)
class Front:
    """The parts above the lead.

    Attributes:
        taken: what was read into a field or is the house's to print.
        contacts: lines that say whom to ask.
        body: what belongs to the text all the same, such as key points.
        loose: what has no place.
    """

    headline: list[Para] = field(default_factory=list)
    subhead: Para | None = None
    taken: list[Para] = field(default_factory=list)
    embargoes: list[Para] = field(default_factory=list)
    contacts: list[Para] = field(default_factory=list)
    body: list[Sorted] = field(default_factory=list)
    loose: list[Para] = field(default_factory=list)
    sure: Sure = Sure.ABSENT

    @property
    def labelled(self) -> list[Para]:
        """The lines of headline and subhead that have a label, such as “Press release:”."""
        second = [self.subhead] if self.subhead and self.subhead.text != self.second else []
        return [*(para for para in self.headline if para.text not in self.title), *second]

    @property
    def second(self) -> str:
        """The subhead's words, without its label."""
        text = self.subhead.text if self.subhead else ""
        match = signs.SUBTITLED.match(text)
        return (text[match.end() :] if match else text).strip("*_ ")

    @property
    def title(self) -> str:
        """The headline's words, wraps joined, without its label."""
        text = " ".join(para.text for para in self.headline)
        for label in (signs.LABELLED, signs.TITLED):
            if match := label.match(text):
                text = text[match.end() :]
        return text.strip("*_ ")


def lead_of(paras: Sequence[Sorted]) -> int:
    """Where the text begins: the first whole sentence that is no list's."""
    for index, (para, role) in enumerate(paras):
        titled = signs.TITLED.match(para.text) or signs.SUBTITLED.match(para.text)
        if role is Role.PROSE and not para.marker and para.kind is not Kind.HEADING and not titled:
            return index
    return next((index + 1 for index, (_, role) in enumerate(paras) if role is Role.LINE), 0)


def read_front(paras: Sequence[Sorted]) -> Front:
    """Sort the paragraphs above the lead."""
    front = Front()
    candidates = _candidates(paras)
    group = _group(paras, candidates)
    if group:
        _entitle(front, group)
        front.sure = Sure.SURE if len(group) == len(front.headline) else Sure.LIKELY
        if len(candidates) > len(group) or len(group) > len(front.headline) + AFTER_MARK:
            front.sure = Sure.DOUBTFUL
    chosen = [*front.headline, *([front.subhead] if front.subhead else [])]
    for index, (para, role) in enumerate(paras):
        if not any(para is each for each in chosen):
            _sort(front, para, role, paras[index + 1 : index + 1 + AFTER_MARK])
    return front


def headline_in(lead: Para, front: Front) -> tuple[str, str]:
    """The headline that runs into the lead, and the lead; an empty headline where the front has a better one."""
    if len(front.title.split()) > ISSUER_WORDS:
        return "", lead.text
    return loud_headline(lead.text)


def _candidates(paras: Sequence[Sorted]) -> list[int]:
    found = []
    for index, (para, role) in enumerate(paras):
        line = role is Role.LINE and not para.marker and not para.text.endswith(":")
        line = line and not signs.RUN_IN_CONTACT.match(para.text)
        heading = para.kind is Kind.HEADING and role not in (Role.LABEL, Role.FURNITURE)
        labelled = role is Role.LABEL and signs.LABELLED.match(para.text)
        titled = signs.TITLED.match(para.text) or signs.SUBTITLED.match(para.text)
        letters = sum(each.isalpha() for each in para.text)
        if (line or heading or labelled or titled) and letters >= FEWEST_LETTERS:
            found.append(index)
    return found


def _group(paras: Sequence[Sorted], candidates: list[int]) -> list[Para]:
    """The lines among which headline and subhead are: those after the last line of the sheet's head."""
    titled = [index for index in candidates if signs.TITLED.match(paras[index][0].text)]
    headed = [index for index in candidates if paras[index][0].kind is Kind.HEADING]
    if start := (titled or headed)[:1]:
        return [paras[index][0] for index in candidates if index >= start[0]]
    groups: list[list[Para]] = [[]]
    for index, (para, role) in enumerate(paras):
        labelled = index in candidates and role is Role.LABEL
        if role in AFRESH or signs.LABELLED.match(para.text):
            groups.append([])
        if index in candidates and (role is not Role.LABEL or labelled):
            groups[-1].append(para)
    return groups[-1] or next((group for group in groups if group), [])


def _entitle(front: Front, group: list[Para]) -> None:
    front.headline = [group[0]]
    rest = group[1:]
    while rest and _goes_on(front.headline[-1], rest[0]):
        front.headline.append(rest.pop(0))
    if rest and _is_subhead(rest[0]):
        front.subhead = rest[0]


def _goes_on(line: Para, following: Para) -> bool:
    """Whether a headline in capitals runs on into the next line."""
    return (
        line.text.isupper()
        and following.text.isupper()
        and len(line.text.split()) > ISSUER_WORDS
        and not line.text.endswith(".")
    )


def _is_subhead(para: Para) -> bool:
    """Whether a line can be one: the name of the issuer in capitals, or of a place, cannot."""
    if signs.SUBTITLED.match(para.text):
        return True
    count = len(para.text.split())
    return count > (ISSUER_WORDS if para.text.isupper() else FEWEST_LETTERS)


def _sort(front: Front, para: Para, role: Role, following: Sequence[Sorted]) -> None:
    near = [each for _, each in following]
    if role is Role.EMBARGO:
        front.embargoes.append(para)
    elif role in PRINTED:
        front.taken.append(para)
    elif role in (Role.CONTACT, Role.CONTACTS) or (role is Role.LINE and not para.marker and Role.CONTACT in near):
        front.contacts.append(para)
    elif para.marker or para.kind in (Kind.TABLE, Kind.PICTURE) or (para.text.endswith(":") and role is Role.LINE):
        front.body.append((para, role))
    else:
        front.loose.append(para)
