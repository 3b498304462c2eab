"""The parts of a release put together from its paragraphs, each of which goes to one part: so no word is lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressgen.importer.body import read_body
from pressgen.importer.contacts import read_contacts
from pressgen.importer.dateline import read_dateline
from pressgen.importer.draft import Draft, Sure, Taken
from pressgen.importer.front import Front, Sorted, headline_in, lead_of, read_front
from pressgen.importer.issuer import tag_of, zone_of_issuer
from pressgen.importer.language import language_of
from pressgen.importer.manuscript import Kind, Manuscript, Para, words
from pressgen.importer.names import Index
from pressgen.importer.people import People
from pressgen.importer.questions import Found, doubts_of, left_over, sureness_of
from pressgen.importer.quotations import Quotations
from pressgen.importer.roles import role_of
from pressgen.importer.tail import Below, read_notes, read_sections, tail_of
from pressgen.importer.timing import read_timing
from pressgen.importer.unglue import unglued
from pressgen.text.embargo.sense import Sense, sense_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.importer.manuscript import Hyperlink


@dataclass(frozen=True, slots=True)
class Home:
    """What is taken of the house where the text does not say it: its language and its IANA zone."""

    language: str
    zone: str


@dataclass(slots=True)
class Middle:
    """The text, without a headline that runs into it and without its dateline."""

    paras: list[Sorted]
    place: str = ""
    dateline: list[Taken] = field(default_factory=list)


def assemble(manuscript: Manuscript, home: Home) -> Draft:
    """The release that a manuscript holds."""
    announced = [para for para in manuscript.margins if sense_of(para.text) in (Sense.EMBARGO, Sense.IMMEDIATE)]
    paras = unglued([*announced, *manuscript.paras])
    text = "\n".join(para.text for para in paras)
    language = (manuscript.language or language_of(text))[:2]
    zone, placed = zone_of_issuer(text, language, home.zone)
    whole = [(para, role_of(para, zone)) for para in paras]
    lead = lead_of(whole)
    end = tail_of(whole, lead)
    front, people = read_front(whole[:lead]), People(Index(text))
    middle, quotations = _middle(front, whole[lead:end], zone), Quotations(people)
    blocks, printed = read_body(middle.paras, quotations)
    tail = Below().read(whole[end:])
    notes = read_notes(tail.noted)
    timing = read_timing(whole, (front, tail), notes, zone, middle.dateline)
    asked = [*front.contacts, *tail.contacts]
    found = Found(front, tail, timing, blocks, [people.contact(each) for each in read_contacts(asked)], people.found)
    lost = left_over(found, _shown(asked))
    margins = [para for para in manuscript.margins if para not in announced]
    return Draft(
        language=tag_of(language, zone) if language else home.language, headline=front.title, subhead=front.second,
        place=middle.place, embargo=timing.reading, zone=timing.zone, people=people.found, body=tuple(blocks),
        notes=tuple(notes), boilerplate=tuple(read_sections(tail.sections)),
        contacts=tuple(dict.fromkeys(found.contacts)), links=_links(para for para, _ in whole),
        unplaced=_in_order([*_shown([*margins, *front.loose, *tail.loose]), *lost]),
        doubts=(*doubts_of(found, manuscript.doubts, placed=placed), *quotations.doubts),
        taken={
            "headline": _shown(front.labelled), "times": _shown(front.embargoes), "place": tuple(middle.dateline),
            "notes": _shown(tail.taken), "contacts": tuple(line for line in _shown(asked) if line not in lost),
            "": _shown([*manuscript.menus, *front.taken, *printed]),
        },
        sureness=sureness_of(found, quotations.doubts),
    )  # fmt: skip


def _middle(front: Front, paras: list[Sorted], zone: str) -> Middle:
    """The text with what stood above it and belongs to it."""
    if not paras:
        return Middle(front.body)
    lead, role = paras[0]
    headline, rest = headline_in(lead, front)
    if headline:
        front.loose += front.headline
        front.headline, front.sure = [replace(lead, text=headline)], Sure.LIKELY
    lead = replace(lead, text=rest)
    dateline = read_dateline(lead.text, zone) if lead.kind is Kind.TEXT else None
    if dateline is None:
        return Middle([*front.body, (lead, role), *paras[1:]])
    begun = (replace(lead, text=dateline.rest), role)
    return Middle([*front.body, begun, *paras[1:]], dateline.place, [Taken(lead.line, dateline.printed)])


def _shown(paras: Iterable[Para]) -> tuple[Taken, ...]:
    return tuple(Taken(para.line, para.shown) for para in paras)


def _in_order(taken: Iterable[Taken]) -> tuple[Taken, ...]:
    return tuple(sorted(taken, key=lambda each: each.line))


def _links(paras: Iterable[Para]) -> tuple[Hyperlink, ...]:
    """The links of the text, an address once."""
    found: dict[str, Hyperlink] = {}
    for para in paras:
        for link in para.links:
            found.setdefault(link.href, link)
    return tuple(link for link in found.values() if words(link.text))
