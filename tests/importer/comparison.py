"""What is compared of the parts of a release: names without titles, texts without punctuation, numbers by their end."""

from __future__ import annotations

import re

FIRST_WORDS = 4
TITLES = re.compile(r"\b(?:Dr|Professor|Prof|Sir|Dame|Mr|Mrs|Ms)\b\.?")


def plain(text: str) -> str:
    """A text without punctuation and capitals."""
    return re.sub(r"\W+", " ", text).lower().strip()


def beginning(text: str) -> list[str]:
    """The first words of a quotation or note."""
    return plain(text).split()[:FIRST_WORDS]


def last_name(name: str) -> str:
    """The last name of a person, or the last word for several people."""
    return plain(TITLES.sub("", name)).split()[-1]


def last_digits(number: str) -> str:
    """The end of a telephone number, which is the same with and without a country."""
    return re.sub(r"\D", "", number)[-8:]
