"""Read vCards (.vcf, versions 2.1 to 4.0).

Each person has a name, an organisation and a preferred address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pressgen.importer.addresses.table import LONGEST_CELL, MOST_ROWS, AddressRow, AddressTable, make_refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

CARD: Final = re.compile(r"^BEGIN:VCARD[ \t]*$.*?^END:VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE | re.DOTALL)
PHOTO: Final = re.compile(
    r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)\b[^\n]*\n(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE
)
"""Properties that hold files, which are not needed here."""
LONGEST_CARD: Final = 64 * 1024
HEADER: Final = AddressRow(0, ("name", "organisation", "email"))


def read_cards(data: bytes, file: str) -> list[AddressTable]:
    """Return the cards of a file as a table with a header.

    Raises:
        InputError: it is not text, or has too many cards.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    begun = len(re.findall(r"^BEGIN:VCARD", text, re.IGNORECASE | re.MULTILINE))
    if not begun:
        raise make_refusal(file, "contains no vCard")
    if begun > MOST_ROWS:
        raise make_refusal(file, f"has more than {MOST_ROWS:,} cards; split the file")
    rows, remarks = [HEADER], []
    read = 0
    for number, found in enumerate(CARD.finditer(PHOTO.sub("", text)), 1):
        read += 1
        card = _read_card(found[0])
        if card is None:
            remarks.append(f"card {number} cannot be read, so it was left out")
            continue
        name, organisation, addresses = card
        rows.append(AddressRow(number, (name, organisation, addresses[0] if addresses else "")))
        if len(addresses) > 1:
            remarks.append(
                f"card {number}, {name or addresses[0]}: {', '.join(addresses[1:])} not used, but {addresses[0]}"
            )
    if read < begun:
        cards = "card has no end, so it was" if begun - read == 1 else "cards have no end, so they were"
        remarks.append(f"{begun - read} {cards} left out")
    return [AddressTable(file, "", tuple(rows), tuple(remarks), unit="card")]


def _read_card(text: str) -> tuple[str, str, list[str]] | None:
    """Return the name, organisation and addresses of a card.

    The preferred address comes first. None for a card that is broken.
    """
    import vobject

    if len(text) > LONGEST_CARD:
        return None
    try:
        card = vobject.readOne(text, allowQP=True)
        mails = sorted(card.contents.get("email", ()), key=_rank)
        found = [str(each.value).strip()[:LONGEST_CELL] for each in mails]
        names = card.contents.get("fn", ()) or card.contents.get("n", ())
        name = " ".join(str(names[0].value).split()) if names else ""
        organisation = _join_units(card.contents.get("org", ()))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever vobject raises on a broken card
        return None
    return name[:LONGEST_CELL], organisation[:LONGEST_CELL], list(dict.fromkeys(filter(None, found)))


def _rank(mail: Any) -> int:  # noqa: ANN401 - vobject has no types
    """Return the rank of an address by preference.

    `PREF=1` (vCard 4.0), `TYPE=PREF` (3.0), `PREF` (2.1).
    """
    if pref := mail.params.get("PREF"):
        return int(pref[0]) if str(pref[0]).isdecimal() else 0
    types = {str(each).upper() for each in mail.params.get("TYPE", ())}
    singles = {str(each).upper() for each in mail.singletonparams}
    return 0 if "PREF" in types | singles else 101


def _join_units(organisations: Iterable[Any]) -> str:
    for each in organisations:
        parts = each.value if isinstance(each.value, list) else [each.value]
        return ", ".join(" ".join(str(part).split()) for part in parts if str(part).strip())
    return ""
