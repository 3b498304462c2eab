"""Read the text above the lead: headline, subhead and other lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from pressgen.importer import section_markers
from pressgen.importer.draft import Confidence, Evidence
from pressgen.importer.headline_candidates import (
    HeadlineCandidate,
    is_continuation,
    list_candidates,
    list_headline_evidence,
)
from pressgen.importer.joined_parts import split_capital_headline
from pressgen.importer.lead import OPENING, PRINTED, is_sentence
from pressgen.importer.manuscript import ParagraphKind, SourceParagraph
from pressgen.importer.paragraph_roles import Role, Sorted
from pressgen.importer.title_text import is_same_title, is_same_words, measure_shared_words, strip_title
from pressgen.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

AFTER_MARK = 2
FEWEST_LETTERS, ISSUER_WORDS = 3, 4
SURE, CLEAR, LIKELY, AHEAD = 6, 4, 3, 2
"""The least weight of a sure headline and of a likely one, each with its distance from the next line."""
TOLERANCE, LEAST = 2, 2
"""How much more a line below may weigh than the headline, and what a headline weighs at least."""
LONG_LEAD = 70
"""Characters of a lead that stands alone, at least."""
RESTATED = 0.5
"""The share of a summary's words that a lead which stands alone repeats."""
NO_SUBHEAD = (
    "a masthead",
    "only a place",
    "only a person",
    "hardly legible",
    "it goes on",
    "a mail's subject",
    "a person with a role",
    "somebody speaks",
    "a quotation",
    "the name of a body",
    "it holds the name of a body",
)
"""Signs of a line that is neither subhead nor another headline."""
ODD = ("hardly legible", "a date runs on in it", "a masthead")
"""Signs of a headline that a person must mend."""


@dataclass(slots=True)
class FrontMatter:
    """The parts of a release above the lead.

    Attributes:
        title: the headline's words, wraps joined, without its label.
        taken: lines that were read into a field, or that the house prints itself.
        contacts: lines with press contacts.
        body: lines that belong to the text all the same, such as key points.
        loose: lines that have no place.
        lead: the index of the paragraph at which the text begins.
        reason: why the headline is not sure.
    """

    headline: list[SourceParagraph] = field(default_factory=list)
    title: str = ""
    subhead: SourceParagraph | None = None
    taken: list[SourceParagraph] = field(default_factory=list)
    embargoes: list[SourceParagraph] = field(default_factory=list)
    contacts: list[SourceParagraph] = field(default_factory=list)
    body: list[Sorted] = field(default_factory=list)
    loose: list[SourceParagraph] = field(default_factory=list)
    sure: Confidence = Confidence.ABSENT
    lead: int = 0
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def labelled(self) -> list[SourceParagraph]:
        """The headline and subhead lines with a label or a site's name."""
        second = [self.subhead] if self.subhead and self.subhead.text != self.second else []
        return [*(para for para in self.headline if para.text not in self.title), *second]

    @property
    def second(self) -> str:
        """The subhead's words, without its label."""
        return strip_title(self.subhead.text) if self.subhead else ""

    @property
    def introduction(self) -> str:
        """The words above the lead that may name people."""
        return " ".join([self.title, self.second, *(para.text for para in self.loose)])


def read_front_matter(paras: Sequence[Sorted], lead: int, hints: Sequence[str] = ()) -> FrontMatter:
    """Read the parts of a release above the lead.

    Args:
        paras: the whole release.
        lead: the index of its first whole sentence; the lead may be a shorter one before it.
        hints: what the file itself calls the text, such as the title of a page.
    """
    front = FrontMatter(lead=lead)
    candidates = list_candidates(paras, lead, hints)
    best = _choose(candidates)
    if best is not None:
        group = _join_lines(candidates, best)
        front.headline = [each.para for each in group]
        front.title = " ".join(each.text for each in group)
        _find_subhead(front, paras, [each for each in candidates if each.index > group[-1].index])
        _rate(front, candidates, group)
    front.evidence = tuple(list_headline_evidence(candidates))
    chosen = [*front.headline, *([front.subhead] if front.subhead else [])]
    asked = _find_contact_lines(paras[: front.lead])
    for index, (para, role) in enumerate(paras[: front.lead]):
        if index in asked and not any(para is each for each in chosen):
            front.contacts.append(para)
        elif not any(para is each for each in chosen):
            _sort(front, para, role, paras[index + 1 : min(index + 1 + AFTER_MARK, front.lead)])
    return front


def _find_contact_lines(paras: Sequence[Sorted]) -> set[int]:
    """Find the lines of contacts below a heading such as “Contact:”.

    They end with the last number or address.
    """
    found: set[int] = set()
    for start in (index for index, (_, role) in enumerate(paras) if role is Role.CONTACTS):
        run = takewhile(lambda each: each[1][1] in (Role.LINE, Role.CONTACT), enumerate(paras[start + 1 :], start + 1))
        lines = list(run)
        last = max((index for index, (_, role) in lines if role is Role.CONTACT), default=start)
        found |= {index for index, _ in lines if index <= last}
    return found


def _choose(candidates: Sequence[HeadlineCandidate]) -> HeadlineCandidate | None:
    """Choose the headline: the first of the lines with most weight.

    A subhead may weigh a little more than the headline above it. Of a headline that stands twice, as in a page's title
    and in its text, the one nearest to the text counts.
    """
    most = max((each.weight for each in candidates), default=0)
    first = next((each for each in candidates if each.weight >= max(most - TOLERANCE, LEAST)), None)
    again = [each for each in candidates if first and each.weight >= LEAST and is_same_title(each.text, first.text)]
    return again[-1] if again else None


def _join_lines(candidates: Sequence[HeadlineCandidate], best: HeadlineCandidate) -> list[HeadlineCandidate]:
    """Return the lines of a headline that is broken into several."""
    group = [best]
    at = candidates.index(best)
    for before in reversed(candidates[:at]):
        if not is_continuation(before, group[0]):
            break
        group.insert(0, before)
    for after in candidates[at + 1 :]:
        if not is_continuation(group[-1], after):
            break
        group.append(after)
    return group


def _find_subhead(front: FrontMatter, paras: Sequence[Sorted], below: Sequence[HeadlineCandidate]) -> None:
    """Find the subhead below the headline, or a short lead."""
    for each in below:
        if is_same_title(each.text, front.title):
            continue
        if is_sentence(each.para) and not section_markers.SUBTITLED.match(each.para.text):
            if not _is_summary(each, paras):
                front.lead = each.index
            elif front.subhead is None:
                front.subhead = each.para
            return
        if front.subhead is None and _is_subhead(each):
            front.subhead = each.para


def _is_summary(line: HeadlineCandidate, paras: Sequence[Sorted]) -> bool:
    """Return whether a sentence is a subhead: a lead follows."""
    following = next((para for para, role in paras[line.index + 1 :] if role in (Role.PROSE, Role.LINE)), None)
    if following is None or len(split_sentences(line.text)) > 1:
        return False
    text = following.text
    restated = measure_shared_words(line.text, text) >= RESTATED or not any(each in text for each in '“„«"')
    alone = len(text) > LONG_LEAD and not text.startswith(OPENING) and not text.endswith(":")
    return alone and restated and not following.marker


def _rate(front: FrontMatter, candidates: Sequence[HeadlineCandidate], group: Sequence[HeadlineCandidate]) -> None:
    """Rate a headline against the other lines that could be it."""
    weight = max(each.weight for each in group)
    others = [
        each for each in candidates
        if each not in group and each.para is not front.subhead and each.index < front.lead
        and not is_same_title(each.text, front.title) and not any(sign in NO_SUBHEAD for sign, _ in each.signs)
    ]  # fmt: skip
    rival = max(others, key=lambda each: each.weight, default=None)
    ahead = weight - rival.weight if rival else CLEAR
    forms = [each for each in candidates if is_same_title(each.text, front.title) and each not in group]
    differing = next((each for each in forms if not is_same_words(each.text, front.title)), None)
    wrapped = next((each for each in candidates if each.index == group[-1].index + 1 and not each.para.apart), None)
    above = any(each.index < group[0].index and each.weight >= LIKELY for each in others)
    joined = len(group) > 1 and any(each.para.apart for each in group[1:])
    several = len(front.title.split()) > 1
    if weight >= SURE and ahead >= CLEAR and several and not (joined or above or differing or wrapped):
        front.sure = Confidence.SURE
        return
    odd = any(sign in ODD for each in group for sign, _ in each.signs)
    front.sure = Confidence.LIKELY if weight >= LIKELY and ahead >= AHEAD and not odd else Confidence.DOUBTFUL
    if rival and (ahead < CLEAR or above):
        front.reason = f"“{rival.text[:60]}” (line {rival.para.line}) could be it as well"
    elif differing:
        front.reason = f"it is printed in another form as well: “{differing.text[:60]}” (line {differing.para.line})"
    elif wrapped:
        front.reason = f"the line below may belong to it (line {wrapped.para.line})"
    elif joined:
        front.reason = "it was joined from several lines"
    else:
        against = [sign for sign, weight in min(group, key=lambda each: each.weight).signs if weight < 0]
        front.reason = f"few signs speak for it{': ' + ', '.join(against) if against else ''}"


def split_headline(lead: SourceParagraph, front: FrontMatter) -> tuple[str, str]:
    """Split a headline in capitals from the lead that follows it.

    Return an empty headline where the front matter has a better one.
    """
    if len(front.title.split()) > ISSUER_WORDS:
        return "", lead.text
    return split_capital_headline(lead.text)


def _is_subhead(line: HeadlineCandidate) -> bool:
    """Return whether a line can be a subhead.

    The name of the issuer in capitals, or of a place, cannot.
    """
    if section_markers.SUBTITLED.match(line.para.text):
        return True
    unfit = any(sign in NO_SUBHEAD for sign, _ in line.signs)
    return not unfit and len(line.text.split()) > (ISSUER_WORDS if line.text.isupper() else FEWEST_LETTERS)


def _sort(front: FrontMatter, para: SourceParagraph, role: Role, following: Sequence[Sorted]) -> None:
    near = [each for _, each in following]
    again = [front.title, *([front.second] if front.subhead else [])]
    if role is Role.EMBARGO:
        front.embargoes.append(para)
    elif role in PRINTED or any(is_same_title(para.text, each) for each in again if each):
        front.taken.append(para)
    elif role in (Role.CONTACT, Role.CONTACTS) or (role is Role.LINE and not para.marker and Role.CONTACT in near):
        front.contacts.append(para)
    elif (
        para.marker
        or role is Role.PROSE
        or para.kind in (ParagraphKind.TABLE, ParagraphKind.PICTURE)
        or (para.text.endswith(":") and role is Role.LINE)
    ):
        front.body.append((para, role))
    else:
        front.loose.append(para)
