"""Collect what a person should check in an imported release.

These are doubts about fields, words that no field holds, and the confidence in each part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.importer.contacts import ASKED, EMAIL, ROUND_THE_CLOCK, find_phone_numbers
from pressgen.importer.draft import Confidence, DraftDoubt, DraftPicture, DraftQuotation
from pressgen.importer.manuscript import list_words
from pressgen.importer.speech_words import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pressgen.importer.back_matter import BackMatter
    from pressgen.importer.draft import Block, DraftPerson, SourceExcerpt
    from pressgen.importer.embargo_timing import EmbargoTiming
    from pressgen.importer.front_matter import FrontMatter
    from pressgen.importer.issuer import Issuer
    from pressgen.importer.language import LanguageGuess


INNER = re.compile(r"[“”„«»\"]")
SINGLE_NAME = re.compile(r"[^\W\d_]+$")
SENTENCE_ENDS = (".", "!", "?")


@dataclass(frozen=True, slots=True)
class ReleaseParts:
    """The parts of a release that were read.

    `contacts` are ids of `people`; `missed` are numbers and addresses that no contact has.
    """

    front: FrontMatter
    tail: BackMatter
    timing: EmbargoTiming
    blocks: Sequence[Block]
    contacts: Sequence[str]
    people: Mapping[str, DraftPerson]
    language: LanguageGuess
    issuer: Issuer
    missed: Sequence[str] = ()

    @property
    def quotations(self) -> list[tuple[int, DraftQuotation]]:
        """The quotations with their places in the body."""
        return [(index, block) for index, block in enumerate(self.blocks) if isinstance(block, DraftQuotation)]


def collect_doubts(found: ReleaseParts, of_file: Iterable[str]) -> Iterator[DraftDoubt]:
    """Collect the doubts about a release.

    Args:
        found: its parts.
        of_file: what was odd about the file.
    """
    for message in of_file:
        yield DraftDoubt("", "the file", message)
    yield from _check_headline(found.front)
    if found.language.sure is Confidence.DOUBTFUL:
        message = f"{found.language.reason}, so the language of the house was used"
        yield DraftDoubt("language", "language", message)
    for message in found.timing.doubts:
        yield DraftDoubt("times.embargo", "embargo", message, found.timing.line)
    if found.timing.zone_doubt:
        yield DraftDoubt("times.zone", "zone", found.timing.zone_doubt, found.timing.line)
    for index, quotation in found.quotations:
        if any(INNER.search(text) for text in quotation.words):
            message = "it contains double quotation marks: make them single, or check whether it ends earlier"
            yield DraftDoubt(f"body[{index}]", "marks within a quotation", message, quotation.line)
        if left := find_unused_attribution(quotation, found.people[quotation.by]):
            message = "an attribution has more words than the data can hold; they are in `unplaced`"
            yield DraftDoubt(f"people.{quotation.by}", "attribution with more in it", message, left[0].line)
    for index, block in enumerate(found.blocks):
        if isinstance(block, DraftPicture) and not block.alt:
            message = "nothing says what the picture shows: write `alt`, or `decorative` with the reason"
            yield DraftDoubt(f"body[{index}]", "picture without a description", message, block.line)


def find_unused_words(found: ReleaseParts, contacts: Sequence[SourceExcerpt]) -> list[SourceExcerpt]:
    """Find attributions and contact lines that say more than the data."""
    left = [taken for _, each in found.quotations for taken in find_unused_attribution(each, found.people[each.by])]
    return [*left, *find_unused_contact_lines(contacts, found.people.values())]


def estimate_confidence(
    found: ReleaseParts, of_quotations: Sequence[DraftDoubt], *, likely: bool = False
) -> dict[str, Confidence]:
    """Estimate how certain each part of a release is.

    Nothing is more than likely if `likely` is set.
    """
    front, tail = found.front, found.tail
    quoted = Confidence.LIKELY if of_quotations else Confidence.SURE
    noted = Confidence.SURE if tail.heading else Confidence.LIKELY
    parts = {
        "headline": front.sure if front.headline else Confidence.ABSENT,
        "language": found.language.sure,
        "zone": _rate_zone(found),
        "embargo": found.timing.sure,
        "quotations": quoted if found.quotations else Confidence.ABSENT,
        "notes": noted if tail.noted else Confidence.ABSENT,
        "contacts": Confidence.ABSENT
        if not found.contacts
        else Confidence.LIKELY
        if _doubt_contacts(found)
        else Confidence.SURE,
        "end mark": Confidence.SURE if tail.end else Confidence.ABSENT,
    }
    return {part: Confidence.LIKELY if likely and sure is Confidence.SURE else sure for part, sure in parts.items()}


def _rate_zone(found: ReleaseParts) -> Confidence:
    """Rate the zone: a line that names its own needs no office.

    Without an embargo, an open zone holds nothing up.
    """
    timing = found.timing
    if timing.stated and not timing.zone_doubt:
        return Confidence.SURE
    if found.issuer.placed is Confidence.OPEN and not timing.stated:
        return Confidence.LIKELY
    return found.issuer.placed


def _doubt_contacts(found: ReleaseParts) -> str:
    """Return why the contacts are not sure; empty if they are."""
    if found.missed:
        return f"the text has “{found.missed[0]}” elsewhere"
    people = [found.people[key] for key in found.contacts]
    if unnamed := next((each for each in people if SINGLE_NAME.match(each.name)), None):
        return f"“{unnamed.name}” is not the name of a person"
    return ""


def explain_confidence(found: ReleaseParts) -> dict[str, str]:
    """Explain the parts that are less than sure, a sentence each."""
    reasons = {
        "headline": found.front.reason,
        "language": found.language.reason,
        "zone": found.issuer.reason,
        "embargo": "; ".join(found.timing.doubts),
        "contacts": _doubt_contacts(found),
    }
    sure = estimate_confidence(found, ())
    return {part: why for part, why in reasons.items() if why and sure[part] is not Confidence.SURE}


def _check_headline(front: FrontMatter) -> Iterator[DraftDoubt]:
    if not front.headline:
        yield DraftDoubt("headline", "no headline", "no line above the text is a headline; write one")
    elif front.sure is Confidence.DOUBTFUL:
        yield DraftDoubt("headline", "headline", front.reason, front.headline[0].line)
    if front.second.endswith(SENTENCE_ENDS):
        yield DraftDoubt("headline", "subhead", "the subhead is a whole sentence: it could be the lead")


ATTRIBUTING = frozenset(
    """he she they it and also that the a an in of to at from who said says say went on further today statement or
    so il elle ils elles et a ont le la les de du des un une que er sie hat haben der die das den und el ella
    los las y que un una en dijo fe ef hi nhw yr o ei mr mrs ms miss senator herr frau m mme hon sr sra t
    according words
    selon après pour laut nach angaben worten ansicht según palabras yn ôl statement by from comment quote déclaration
    citation erklärung stellungnahme aussage zitat declaración declaraciones cita comunicado datganiad dyfyniad
    gan dazu hierzu darauf zudem weiter auch aussi hefyd también""".split()
)
"""Words of an attribution besides name, role and verb; the house has its own wording for them."""
ASKING = frozenset(
    """for more further additional all any general information details enquiries inquiries queries interviews
    interview requests media press news journalists contact contacts please call ring telephone phone tel t e
    email mail mobile cell mob m o p ph office fax f on or at and to via by of the with in direct line
    switchboard main out hours after about adviser advisor officer relations website web address author project
    a an pr image photo photos picture pictures photographs footage filming logos copies images high resolution
    case studies arrange available interviewees pour plus d informations
    information veuillez contacter contact tél téléphone courriel presse de la les médias für weitere
    informationen kontakt pressekontakt ansprechpartner ansprechpartnerin bitte telefon para más información
    contacto prensa teléfono correo electrónico
    am ragor o wybodaeth ymholiadau gan y cyfryngau cysylltwch â cyswllt ar neu ffôn ebost e bost""".split()
)
"""Words of a contact line besides name, role, number and address."""


def find_unused_attribution(quotation: DraftQuotation, speaker: DraftPerson) -> list[SourceExcerpt]:
    """Find the attribution clauses that say more than the data holds."""
    held = _lower([*_fields(speaker), quotation.verb, *VERBS]) | ATTRIBUTING
    return [taken for taken in quotation.taken if not _lower([taken.text]) <= held]


def find_unused_contact_lines(lines: Iterable[SourceExcerpt], people: Iterable[DraftPerson]) -> list[SourceExcerpt]:
    """Find the contact lines that say more than the data holds."""
    entered = list(people)
    held = _lower(text for each in entered for text in _fields(each)) | ASKING
    addresses = {each.email.lower() for each in entered}
    digits = "/".join(re.sub(r"[^\d/]", "", f"{each.phone}/{each.out_of_hours}") for each in entered)
    return [line for line in lines if not _lower([_strip_known_parts(line.text, addresses, digits)]) <= held]


def _strip_known_parts(text: str, addresses: set[str], digits: str) -> str:
    """Return a line without the numbers and addresses already in the data.

    A line that only asks people to get in touch becomes empty.
    """
    if ASKED.fullmatch(text.strip()):
        return ""
    for match in reversed(list(EMAIL.finditer(text))):
        if f"{match['local']}@{match['domain']}".lower() in addresses:
            text = f"{text[: match.start()]} {text[match.end() :]}"
    for match in reversed(find_phone_numbers(text)):
        if re.sub(r"\D", "", match[0])[-7:] in digits:
            text = f"{text[: match.start()]} {text[match.end() :]}"
    return re.sub(r"(?:^|(?<=\s))\(?\d{1,2}[.)](?=\s)", " ", ROUND_THE_CLOCK.sub(" ", text))


def _fields(someone: DraftPerson) -> list[str]:
    return [someone.name, someone.role, someone.organisation, someone.later, someone.phone, someone.email]


def _lower(texts: Iterable[str]) -> set[str]:
    return {word.lower() for text in texts for word in list_words(text)}
