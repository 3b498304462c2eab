"""Find words of a parsed line that no field holds.

They must not be lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.importer.contacts import ASKED, EMAIL, ROUND_THE_CLOCK, find_phone_numbers
from pressgen.importer.manuscript import list_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.importer.draft import DraftPerson, DraftQuotation, SourceExcerpt

ATTRIBUTING = frozenset(
    """he she they it and also that the a an in of to at from who said says say went on further today statement or
    so il elle ils elles et a ont le la les de du des un une que er sie hat haben der die das den und el ella
    los las y que un una en dijo fe ef hi nhw yr o ei mr mrs ms miss senator herr frau m mme hon sr sra t""".split()
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
    held = _lower([*_fields(speaker), quotation.verb]) | ATTRIBUTING
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
