"""Compare and tidy the words of headlines."""

from __future__ import annotations

import re

from pressgen.importer import section_markers
from pressgen.importer.role_words import BODIES

STEM, LONG_WORD, MOST_OF_SITE, FEWEST = 5, 4, 7, 3
"""Letters of a stem and of a word of meaning; words of a site's name, and of a line in title case."""
SUFFIX = re.compile(r"\s+(?P<mark>[|»]|::|[-–—])\s+(?P<name>[^|»]{2,80})$")
WORD = re.compile(r"[^\W\d_]{2,}|\d+(?:[.,]\d+)*")
SMALL = frozenset(
    """the of and to in is for on with at by from an as be are was has have will its their this that into after over
    les des une dans pour que sur avec par aux der die das und den von mit für ist des dem ein eine auf los las del
    una para por con que but or if when than nor yet oder aber mais ou pero""".split()
)


def strip_title(text: str) -> str:
    """Return a headline without its label, its marks and its site's name."""
    for _ in range(2):
        for label in (
            section_markers.SUBJECT,
            section_markers.LABELLED,
            section_markers.TITLED,
            section_markers.SUBTITLED,
        ):
            if match := label.match(text):
                text = text[match.end() :]
    text = text.strip("*_ \t")
    match = SUFFIX.search(text)
    if match and (match["mark"] not in "-–—" or _is_site(match["name"])):
        return text[: match.start()].strip()
    return text


def _is_site(name: str) -> bool:
    """Return whether the words after a dash name a site."""
    words = name.split()
    named = all(word[:1].isupper() or word.lower() in SMALL for word in words)
    return (
        len(words) <= MOST_OF_SITE
        and "," not in name
        and named
        and (bool(set(words) & BODIES) or bool(section_markers.MASTHEAD.fullmatch(name)))
    )


def is_title_case(text: str) -> bool:
    """Return whether each word of weight in a text is capitalised."""
    words = [word for word in text.split() if word[:1].isalpha() and word.lower() not in SMALL]
    return len(words) >= FEWEST and all(word[:1].isupper() for word in words)


def list_stems(text: str) -> frozenset[str]:
    """List the beginnings of the words that carry a text's meaning."""
    words = (word.lower() for word in WORD.findall(text))
    return frozenset(
        word[:STEM] for word in words if (len(word) >= LONG_WORD or word[0].isdigit()) and word not in SMALL
    )


def list_printed_words(text: str) -> str:
    """List the words of a headline, for comparing it with another."""
    return " ".join(WORD.findall(strip_title(text).lower()))


def is_same_title(one: str, other: str) -> bool:
    """Return whether two lines are one headline.

    One may have a label, the name of a site, or a few words more.
    """
    first, second = list_printed_words(one), list_printed_words(other)
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    count = len(shorter.split())
    within = count >= LONG_WORD and len(longer.split()) <= 2 * count + LONG_WORD and f" {shorter} " in f" {longer} "
    return bool(shorter) and (first == second or within)


def is_same_words(one: str, other: str) -> bool:
    """Return whether two lines have the same words, whatever their marks."""
    return list_printed_words(one) == list_printed_words(other)


def measure_shared_words(text: str, other: str) -> float:
    """Return the share of a text's words of meaning that another has."""
    mine = list_stems(text)
    return len(mine & list_stems(other)) / len(mine) if mine else 0.0
