"""Offices that a test reads from a text."""

from __future__ import annotations

from pressgen.errors import InputError
from pressgen.load.office import read_valid_office
from pressgen.model.office import Office

NO_LIST_FILES = dict[str, bytes]().__getitem__
"""How to read the files of lists in an office that names none."""


def read_office(data: bytes, shown: str) -> Office:
    """The office of a file without a fault."""
    office = read_valid_office(data, shown, NO_LIST_FILES)
    if office.problems:
        raise InputError(office.problems)
    return office
