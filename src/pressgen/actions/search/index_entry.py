"""A release's file as the search index reads it.

It has passages by field, and metadata.

The file needs only readable YAML: a draft that `check` would refuse is found as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import RELEASE, TRANSLATION
from pressgen.errors import InputError
from pressgen.load.source import read_source
from pressgen.model.moment import WallTimeError, read_moment
from pressgen.search.entry import BREAK, FileMetadata, IndexEntry
from pressgen.search.words import list_words, split_words
from pressgen.text.flatten import strip_citations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from pressgen.errors import Place
    from pressgen.load.source import SourceText
    from pressgen.search.words import SearchWord

PLACES = (
    ("headline", re.compile(r"headline|subhead|summary")),
    ("people", re.compile(r"people\.[^.]+\.(?:name|role|organisation|later|phone|email|out_of_hours)")),
    ("findings", re.compile(r"findings\.items\[[^\]]+\]\.(?:subject|rating|text)")),
    ("notes", re.compile(r"notes\[[^\]]+\]\.text|boilerplate\[.*\]\.\w+(?:\[\d+\])?")),
    ("quotes", re.compile(r"body\[\d+\]\.(?:quote|pull)\.words(?:\[\d+\])?")),
    ("about", re.compile(r"reference|house|times\.(?:embargo|publish|issue)")),
)
"""The field of a text by its path; the first pattern that fits counts."""
BODY = re.compile(
    r"place|terms\..*|facts\.[^.]+\.(?:value|unit|of|source|as_of)|links\[[^\]]+\]\.title|attachments\[\d+\]\.title"
    r"|unplaced\[\d+\]\.text|body\[\d+\](?!\.(?:quote|pull)\b)(?!.*\.(?:file|kind|ordered|only\[\d+\])$).*"
)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TIMES = ("embargo", "publish", "issue")
ENGLISH = "en-GB"


@dataclass(frozen=True, slots=True)
class SearchPassage:
    """A text of a release that can be searched.

    Attributes:
        path: of the data.
        text: as typed.
        printed: a day in the words that it is printed with; else empty.
        figures: the facts of the release that prose can name.
    """

    field: str
    path: str
    text: str
    printed: str
    figures: Mapping[str, str]

    @property
    def words(self) -> list[SearchWord]:
        """The words to search in it.

        Printed words that were not typed are at the place of the whole typed text.
        """
        printed = (each._replace(start=0, end=len(self.text)) for each in split_words(self.printed))
        return [*split_words(self.text, self.figures), *printed]

    @property
    def texts(self) -> list[str]:
        """The same words without their places."""
        return list_words(self.text, self.figures) + list_words(self.printed)


@dataclass(frozen=True, slots=True)
class SearchableRelease:
    """A release file with its searchable passages."""

    source: SourceText
    passages: tuple[SearchPassage, ...]

    def place(self, passage: SearchPassage, offset: int) -> Place:
        """Return the place in the file of a character of a passage."""
        return self.source.place(passage.path, offset)


def read_passages(data: bytes, shown: str) -> SearchableRelease:
    """Read the passages of a release file.

    Raises:
        InputError: its YAML cannot be read.
    """
    source, _ = read_source(data, shown)
    typed = source.typed
    language = typed.get("language", ENGLISH)
    figures = {
        path.split(".")[1]: text
        for path, text in typed.items()
        if path.startswith("facts.") and path.endswith(".value")
    }
    return SearchableRelease(source, tuple(_find_passages(typed, figures, language)))


def build_index_entry(data: bytes, file: str, spoken: Callable[[str], str]) -> IndexEntry:
    """Build the index entry of a release file.

    Args:
        data: its bytes.
        file: its name in messages, `releases/SLUG/release.yaml`.
        spoken: returns the language of a house, for a release that names none.
    """
    slug, name = file.split("/")[-2:]
    facts = FileMetadata(file=file, slug=slug, digest=sha256(data).hexdigest(), translation=name != RELEASE)
    try:
        found = read_passages(data, file)
    except InputError as refusal:
        return IndexEntry(replace(facts, problem=str(refusal.problems[0])))
    metadata = _read_metadata(facts, found.source)
    translated = TRANSLATION.fullmatch(name)
    language = metadata.language or (translated[1] if translated else spoken(metadata.house))
    return IndexEntry(replace(metadata, language=language), _join_passages(found))


def _join_passages(found: SearchableRelease) -> dict[str, str]:
    """Join the words of each field, with breaks between passages."""
    words: dict[str, list[str]] = {}
    for passage in found.passages:
        words.setdefault(passage.field, []).append(" ".join(passage.texts))
    return {name: f" {BREAK} ".join(each) for name, each in words.items()}


def _find_passages(typed: Mapping[str, str], figures: Mapping[str, str], language: str) -> Iterator[SearchPassage]:
    """Yield each passage of a release file."""
    for path, text in typed.items():
        name = next((name for name, place in PLACES if place.fullmatch(path)), "body" if BODY.fullmatch(path) else "")
        if name:
            day = _parse_day(text) if path.startswith("times.") else ""
            yield SearchPassage(name, path, text, _format_date(day, language) if day else "", figures)


def _read_metadata(facts: FileMetadata, source: SourceText) -> FileMetadata:
    """Read the metadata of a release from its file."""
    typed = source.typed
    zone = typed.get("times.zone", "")
    stated = {name: typed.get(f"times.{name}", "") for name in TIMES}
    instants = {name: _parse_instant(text, zone, typed.get("times.fold")) for name, text in stated.items()}
    public = instants["publish"] or instants["embargo"] or instants["issue"]
    items = [path for path in typed if path.startswith("findings.items[") and path.endswith("].rating")]
    return replace(
        facts,
        reference=typed.get("reference", ""),
        house=typed.get("house", ""),
        language=typed.get("language", ""),
        headline=" ".join(strip_citations(typed.get("headline", "")).split()),
        day=next((day for text in stated.values() if (day := _parse_day(text))), ""),
        zone=zone,
        embargo=instants["embargo"].isoformat() if instants["embargo"] else "",
        public=public.isoformat() if public else "",
        open=bool(stated["embargo"]) and instants["embargo"] is None,
        scale=tuple(source.texts_at("findings.scale")),
        ratings=tuple(typed[path] for path in items),
    )


def _parse_instant(text: str, zone: str, fold: str | None) -> datetime | None:
    """Parse a time; return None if it is not one."""
    try:
        return read_moment(text, zone, fold).instant
    except (WallTimeError, KeyError, ValueError, OSError):  # a zone that nobody knows, or that is no zone's name at all
        return None


def _parse_day(text: str) -> str:
    """Parse the date at the start of a text; empty if none."""
    match = DAY.match(text)
    try:
        return date.fromisoformat(match[0]).isoformat() if match else ""
    except ValueError:
        return ""


@lru_cache(maxsize=1024)
def _format_date(day: str, language: str) -> str:
    """Format a date in a language, or in English if unknown."""
    from babel.dates import format_date

    from pressgen.text.dates import get_locale

    try:
        known = get_locale(language)
    except ValueError:
        known = get_locale(ENGLISH)
    return format_date(date.fromisoformat(day), "full", locale=known)
