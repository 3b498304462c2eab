"""Find out what each column of a table holds.

The headings decide, in many languages, else the contents, or the user says so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.errors import UsageError
from pressgen.importer.addresses.table import MOST_COLUMNS, AddressRow, AddressTable, format_column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADS: Final = {
    "email": """email|mail|email address|e-mail 1 value|email 1|primary email|work email
        |e-bost|ebost|cyfeiriad e-bost|courriel|mel|adresse e-mail|adresse mail|adresse electronique|adresse courriel
        |e-mail-adresse|mailadresse|emailadresse|correo|correo electronico|direccion de correo|e-mailadres
        |posta elettronica|indirizzo e-mail|indirizzo email|adres e-mail|البريد الالكتروني""",
    "given": """first name|given name|forename|enw cyntaf|prenom|vorname|nombre de pila|voornaam|imie""",
    "family": """last name|surname|family name|cyfenw|nom de famille|nachname|familienname|zuname|apellido|apellidos
        |achternaam|cognome|nazwisko""",
    "name": """name|full name|contact|contact name|display name|person|journalist|enw|enw llawn|cyswllt|nom|nom complet
        |nom et prenom|vollstandiger name|ansprechpartner|kontakt|nombre|nombre completo|nombre y apellidos|contacto
        |nome|naam|الاسم""",
    "outlet": """outlet|organisation|organization|organisation name|organization name|company|publication|media
        |media outlet|newspaper|title of publication|employer|sefydliad|cyhoeddiad|papur newydd|cwmni|organisme|media
        |journal|entreprise|societe|redaction|medium|firma|zeitung|redaktion|unternehmen|medio|organizacion|empresa
        |periodico|azienda|testata|bedrijf|organisatie|المؤسسة""",
    "id": "id",
}
FIRST: Final = 20
"""Rows among which the headings are searched for."""
LETTERS: Final = re.compile(r"[A-Za-z]{1,2}")


@dataclass(frozen=True, slots=True)
class ColumnRoles:
    """The roles of a table's columns, each counted from 0.

    Attributes:
        name: its columns, in the order of the parts of a name.
        head: the row with the column headings; None where there is none.
        others: further columns that hold addresses, which are not read.
    """

    email: int
    name: tuple[int, ...] = ()
    outlet: int | None = None
    id: int | None = None
    head: AddressRow | None = None
    others: tuple[int, ...] = ()

    def describe(self) -> str:
        """Return the columns in words.

        For example `email: E “E-Mail”; name: A “Vorname” + B “Name”`.
        """
        parts = {"email": (self.email,), "name": self.name, "outlet": (self.outlet,), "id": (self.id,)}
        return "; ".join(
            f"{what}: {' + '.join(self.call(each) for each in columns if each is not None)}"
            for what, columns in parts.items()
            if columns and columns != (None,)
        )

    def find_unread(self, table: AddressTable) -> list[int]:
        """Return the columns that have content and are not read.

        Those in `others` are left out.
        """
        read = {self.email, *self.name, self.outlet, self.id, *self.others}
        said = {column for row in table.rows for column, cell in enumerate(row.cells) if cell.strip()}
        return sorted(said - read)

    def call(self, column: int) -> str:
        """Return a column's letters, with its head."""
        head = self.head.cells[column].strip() if self.head and column < len(self.head.cells) else ""
        return f"{format_column_letters(column)} “{head}”" if head else format_column_letters(column)


def guess_columns(table: AddressTable) -> ColumnRoles | None:
    """Guess the column roles from the headings, else from the contents.

    Return None where the table holds no address.
    """
    counts = [0] * MOST_COLUMNS
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            counts[column] += "@" in cell
    for row in table.rows[:FIRST]:
        roles = {what: list(_find_heading(row, what)) for what in HEADS}
        if roles["email"] and not any("@" in cell for cell in row.cells):
            email = max(roles["email"], key=lambda column: (counts[column], -column))
            return _build_roles(roles, email, row, counts)
    if not any(counts):
        return None
    email = counts.index(max(counts))
    first = table.rows[0]
    if "@" in _cell(first, email):
        return ColumnRoles(email, _find_name_column(table, email), others=_find_other_addresses(counts, email))
    roles = {what: list(_find_heading(first, what)) for what in HEADS}
    return _build_roles(roles, email, first, counts)


def parse_columns(table: AddressTable, typed: str) -> ColumnRoles:
    """Parse the column roles that a user typed.

    Such as `email=E,name=B+C,outlet=Medium`, by letters or by headings.

    Raises:
        UsageError: it has another form, or there is no such column.
    """
    guessed = guess_columns(table)
    head = guessed.head if guessed else None
    found: dict[str, list[int]] = {}
    for part in typed.split(","):
        what, _, names = part.partition("=")
        if what.strip() not in {"email", "name", "outlet", "id"} or not names.strip():
            raise UsageError(f"--columns “{part}”: write it as email=E,name=B+C,outlet=D, by letters or by heads")
        found[what.strip()] = [_find_column(name.strip(), head) for name in names.split("+")]
    if "email" not in found or any(len(found.get(what, "1")) > 1 for what in ("email", "outlet", "id")):
        raise UsageError("--columns needs one column for email, and allows one for outlet and one for id")
    outlet, id_ = (found.get(what, [None])[0] for what in ("outlet", "id"))
    return ColumnRoles(found["email"][0], tuple(found.get("name", ())), outlet, id_, head)


def _build_roles(roles: dict[str, list[int]], email: int, head: AddressRow, counts: list[int]) -> ColumnRoles:
    given, family, name = roles["given"], roles["family"], [each for each in roles["name"] if each != email]
    if given and family:
        name = [given[0], family[0]]
    elif given and name:  # Vorname, Name; Prénom, Nom
        name = [given[0], name[0]]
    elif family and name:  # Nombre, Apellidos
        name = [name[0], family[0]]
    else:
        name = (name or given or family)[:1]
    outlet = next((each for each in roles["outlet"] if each not in {email, *name}), None)
    return ColumnRoles(
        email, tuple(name), outlet, next(iter(roles["id"]), None), head, _find_other_addresses(counts, email)
    )


def _find_heading(row: AddressRow, what: str) -> Iterator[int]:
    for column, cell in enumerate(row.cells):
        if _normalise_heading(cell) in _HEADS[what]:
            yield column


def _find_name_column(table: AddressTable, email: int) -> tuple[int, ...]:
    """Find the column with words in most rows and no address.

    It is used if no heading says which column holds the names.
    """
    words = [0] * MOST_COLUMNS
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            words[column] += any(char.isalpha() for char in cell) and "@" not in cell
    words[email] = 0
    most = max(words)
    return (words.index(most),) if most else ()


def _find_other_addresses(counts: list[int], email: int) -> tuple[int, ...]:
    return tuple(column for column, count in enumerate(counts) if count and column != email)


def _find_column(name: str, head: AddressRow | None) -> int:
    if head is not None:
        heads = [_normalise_heading(cell) for cell in head.cells]
        if _normalise_heading(name) in heads:
            return heads.index(_normalise_heading(name))
    if LETTERS.fullmatch(name):
        number = 0
        for char in name.upper():
            number = number * 26 + ord(char) - ord("A") + 1
        if number <= MOST_COLUMNS:
            return number - 1
    raise UsageError(f"--columns: there is no column “{name}”; name it by its letters, such as E, or by its head")


def _cell(row: AddressRow, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def _normalise_heading(text: str) -> str:
    """Return a heading without capitals, accents, blanks and signs."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in split if char.isalnum())


_HEADS = {what: {_normalise_heading(each) for each in names.split("|")} for what, names in HEADS.items()}
