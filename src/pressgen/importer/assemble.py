"""Assemble the parts of a release from its paragraphs.

Each paragraph goes to one part, so no word is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressgen.importer.back_matter import BackMatterReader, find_back_matter, read_notes, read_sections
from pressgen.importer.body import read_body
from pressgen.importer.body_quotations import QuotationReader
from pressgen.importer.contacts import find_missed_addresses, read_contacts
from pressgen.importer.dateline import read_dateline
from pressgen.importer.doubts import (
    ReleaseParts,
    collect_doubts,
    estimate_confidence,
    explain_confidence,
    find_unused_words,
)
from pressgen.importer.draft import Confidence, ReleaseDraft, SourceExcerpt
from pressgen.importer.embargo_timing import read_timing
from pressgen.importer.front_matter import FrontMatter, read_front_matter, split_headline
from pressgen.importer.issuer import identify_issuer, list_issuer_evidence, make_language_tag
from pressgen.importer.joined_parts import split_joined_parts
from pressgen.importer.language import identify_language
from pressgen.importer.lead import find_lead
from pressgen.importer.manuscript import Manuscript, ParagraphKind, SourceParagraph, list_words
from pressgen.importer.name_index import NameIndex
from pressgen.importer.paragraph_roles import Role, Sorted, identify_role
from pressgen.importer.people import People
from pressgen.text.embargo.sense import LineKind, classify_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.importer.manuscript import Hyperlink


UNASKED = (Role.LETTERHEAD, Role.OTHERS, Role.HOUSEKEEPING)
"""Roles of lines with numbers and addresses that are not for the press."""


@dataclass(frozen=True, slots=True)
class ImportDefaults:
    """The language and zone to use where the text names none."""

    language: str
    zone: str


@dataclass(slots=True)
class MainText:
    """The body of a release, without headline and dateline."""

    paras: list[Sorted]
    place: str = ""
    dateline: list[SourceExcerpt] = field(default_factory=list)


def assemble_draft(manuscript: Manuscript, home: ImportDefaults) -> ReleaseDraft:
    """Assemble the draft of a release from a manuscript."""
    announced = [
        para for para in manuscript.margins if classify_line(para.text) in (LineKind.EMBARGO, LineKind.IMMEDIATE)
    ]
    paras = split_joined_parts([*announced, *manuscript.paras])
    text = "\n".join(para.text for para in paras)
    language = identify_language(text, manuscript.language[:2].lower())
    issuer = identify_issuer([*paras, *manuscript.margins], language.language, home.zone)
    zone = issuer.zone
    whole = [(para, identify_role(para, zone)) for para in paras]
    hints = [para.text for para in (*manuscript.menus, *manuscript.margins)]
    front, people = read_front_matter(whole, find_lead(whole), hints), People(NameIndex(text))
    lead = front.lead
    end = find_back_matter(whole, lead)
    middle, quotations = _read_main_text(front, whole[lead:end], zone), QuotationReader(people, front.introduction)
    blocks, printed = read_body(middle.paras, quotations)
    tail = BackMatterReader().read(whole[end:])
    notes = read_notes(tail.noted)
    timing = read_timing(whole, (front, tail), notes, issuer, middle.dateline)
    asked = [*front.contacts, *tail.contacts]
    contacts = read_contacts(asked)
    found = ReleaseParts(
        front, tail, timing, blocks, [people.contact(each) for each in contacts], people.found, language, issuer,
        find_missed_addresses([para.text for para, role in whole if role not in UNASKED], contacts),
    )  # fmt: skip
    lost = find_unused_words(found, _excerpt(asked))
    margins = [para for para in manuscript.margins if para not in announced]
    return ReleaseDraft(
        language=make_language_tag(language.language, issuer, home.language), headline=front.title,
        subhead=front.second,
        place=middle.place, embargo=timing.reading, zone=timing.zone, people=people.found, body=tuple(blocks),
        notes=tuple(notes), boilerplate=tuple(read_sections(tail.sections)),
        contacts=tuple(dict.fromkeys(found.contacts)), links=_list_links(para for para, _ in whole),
        unplaced=_sort_by_line([*_excerpt([*margins, *front.loose, *tail.loose]), *lost]),
        doubts=(*collect_doubts(found, manuscript.doubts), *quotations.doubts),
        taken={
            "headline": _excerpt(front.labelled), "times": _excerpt(front.embargoes), "place": tuple(middle.dateline),
            "notes": _excerpt(tail.taken), "contacts": tuple(line for line in _excerpt(asked) if line not in lost),
            "": _excerpt([*manuscript.menus, *front.taken, *printed]),
        },
        sureness=estimate_confidence(found, quotations.doubts, likely=manuscript.likely),
        reasons=explain_confidence(found),
        evidence=(*front.evidence, *list_issuer_evidence(issuer)),
    )  # fmt: skip


def _read_main_text(front: FrontMatter, paras: list[Sorted], zone: str) -> MainText:
    """Read the body, with the front matter that belongs to it."""
    if not paras:
        return MainText(front.body)
    lead, role = paras[0]
    headline, rest = split_headline(lead, front)
    if headline:
        front.loose += front.headline
        front.headline, front.title, front.sure = [replace(lead, text=headline)], headline, Confidence.LIKELY
        front.reason = "it shares a paragraph with the lead"
    lead = replace(lead, text=rest)
    dateline = read_dateline(lead.text, zone) if lead.kind is ParagraphKind.TEXT else None
    if dateline is None:
        return MainText([*front.body, (lead, role), *paras[1:]])
    begun = (replace(lead, text=dateline.rest), role)
    return MainText([*front.body, begun, *paras[1:]], dateline.place, [SourceExcerpt(lead.line, dateline.printed)])


def _excerpt(paras: Iterable[SourceParagraph]) -> tuple[SourceExcerpt, ...]:
    return tuple(SourceExcerpt(para.line, para.shown) for para in paras)


def _sort_by_line(taken: Iterable[SourceExcerpt]) -> tuple[SourceExcerpt, ...]:
    return tuple(sorted(taken, key=lambda each: each.line))


def _list_links(paras: Iterable[SourceParagraph]) -> tuple[Hyperlink, ...]:
    found: dict[str, Hyperlink] = {}
    for para in paras:
        for link in para.links:
            found.setdefault(link.href, link)
    return tuple(link for link in found.values() if list_words(link.text))
