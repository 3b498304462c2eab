"""A release's file as the archive knows it: its passages by field, and the facts beside them.

No more is asked of a file than that its YAML can be read: a draft that `check` would refuse is found as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import RELEASE, TRANSLATION
from pressgen.errors import Refused
from pressgen.load.source import read_source
from pressgen.model.moment import NotAMoment, read_moment
from pressgen.search.entry import BREAK, Entry, Facts
from pressgen.search.words import texts, words
from pressgen.text.flatten import without_citations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from pressgen.errors import Place
    from pressgen.load.source import SourceText
    from pressgen.search.words import Word

PLACES = (
    ("headline", re.compile(r"headline|subhead|summary")),
    ("people", re.compile(r"people\.[^.]+\.(?:name|role|organisation|later|phone|email|out_of_hours)")),
    ("findings", re.compile(r"findings\.items\[[^\]]+\]\.(?:subject|rating|text)")),
    ("notes", re.compile(r"notes\[[^\]]+\]\.text|boilerplate\[.*\]\.\w+(?:\[\d+\])?")),
    ("quotes", re.compile(r"body\[\d+\]\.(?:quote|pull)\.words(?:\[\d+\])?")),
    ("about", re.compile(r"reference|house|times\.(?:embargo|publish|issue)")),
)
"""Which texts of a file belong to which field, by their paths; the first that fits."""
BODY = re.compile(
    r"place|terms\..*|facts\.[^.]+\.(?:value|unit|of|source|as_of)|links\[[^\]]+\]\.title|attachments\[\d+\]\.title"
    r"|unplaced\[\d+\]\.text|body\[\d+\](?!\.(?:quote|pull)\b)(?!.*\.(?:file|kind|ordered|only\[\d+\])$).*"
)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TIMES = ("embargo", "publish", "issue")
ENGLISH = "en-GB"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a file in which words can be found.

    Attributes:
        path: of the data.
        text: as typed.
        printed: a day in the words that it is printed with; else empty.
        figures: the facts of the release, which prose names.
    """

    field: str
    path: str
    text: str
    printed: str
    figures: Mapping[str, str]

    @property
    def words(self) -> list[Word]:
        """What is looked for in it; what is printed only stands in the place of all that is typed."""
        printed = (each._replace(start=0, end=len(self.text)) for each in words(self.printed))
        return [*words(self.text, self.figures), *printed]

    @property
    def texts(self) -> list[str]:
        """The same words without their places."""
        return texts(self.text, self.figures) + texts(self.printed)


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read."""

    source: SourceText
    passages: tuple[Passage, ...]

    def place(self, passage: Passage, offset: int) -> Place:
        """Where a character of a passage stands in the file."""
        return self.source.place(passage.path, offset)


def read(data: bytes, shown: str) -> Read:
    """The passages of a file.

    Raises:
        Refused: its YAML cannot be read.
    """
    source, _ = read_source(data, shown)
    typed = source.typed
    language = typed.get("language", ENGLISH)
    figures = {
        path.split(".")[1]: text
        for path, text in typed.items()
        if path.startswith("facts.") and path.endswith(".value")
    }
    return Read(source, tuple(_passages(typed, figures, language)))


def entry(data: bytes, file: str, spoken: Callable[[str], str]) -> Entry:
    """A file as it goes into the index.

    Args:
        data: its bytes.
        file: its name in messages, `releases/SLUG/release.yaml`.
        spoken: the language of a house, for a release that names none.
    """
    slug, name = file.split("/")[-2:]
    facts = Facts(file=file, slug=slug, digest=sha256(data).hexdigest(), translation=name != RELEASE)
    try:
        found = read(data, file)
    except Refused as refusal:
        return Entry(replace(facts, problem=str(refusal.problems[0])))
    told = _told(facts, found.source)
    translated = TRANSLATION.fullmatch(name)
    language = told.language or (translated[1] if translated else spoken(told.house))
    return Entry(replace(told, language=language), _joined(found))


def _joined(found: Read) -> dict[str, str]:
    """The words of each field, passages parted."""
    held: dict[str, list[str]] = {}
    for passage in found.passages:
        held.setdefault(passage.field, []).append(" ".join(passage.texts))
    return {name: f" {BREAK} ".join(each) for name, each in held.items()}


def _passages(typed: Mapping[str, str], figures: Mapping[str, str], language: str) -> Iterator[Passage]:
    for path, text in typed.items():
        name = next((name for name, place in PLACES if place.fullmatch(path)), "body" if BODY.fullmatch(path) else "")
        if name:
            day = _day(text) if path.startswith("times.") else ""
            yield Passage(name, path, text, _in_words(day, language) if day else "", figures)


def _told(facts: Facts, source: SourceText) -> Facts:
    """What the file says beside its words."""
    typed = source.typed
    zone = typed.get("times.zone", "")
    stated = {name: typed.get(f"times.{name}", "") for name in TIMES}
    instants = {name: _instant(text, zone, typed.get("times.fold")) for name, text in stated.items()}
    public = instants["publish"] or instants["embargo"] or instants["issue"]
    items = [path for path in typed if path.startswith("findings.items[") and path.endswith("].rating")]
    return replace(
        facts,
        reference=typed.get("reference", ""),
        house=typed.get("house", ""),
        language=typed.get("language", ""),
        headline=" ".join(without_citations(typed.get("headline", "")).split()),
        day=next((day for text in stated.values() if (day := _day(text))), ""),
        zone=zone,
        embargo=instants["embargo"].isoformat() if instants["embargo"] else "",
        public=public.isoformat() if public else "",
        open=bool(stated["embargo"]) and instants["embargo"] is None,
        scale=tuple(source.texts_at("findings.scale")),
        ratings=tuple(typed[path] for path in items),
    )


def _instant(text: str, zone: str, fold: str | None) -> datetime | None:
    try:
        return read_moment(text, zone, fold).instant
    except (NotAMoment, KeyError, ValueError, OSError):  # a zone that nobody knows, or that is no zone's name at all
        return None


def _day(text: str) -> str:
    match = DAY.match(text)
    try:
        return date.fromisoformat(match[0]).isoformat() if match else ""
    except ValueError:
        return ""


@lru_cache(maxsize=1024)
def _in_words(day: str, language: str) -> str:
    """A day as it is printed in a language, in English where its months are not known."""
    from babel.dates import format_date  # noqa: PLC0415 - slow to import

    from pressgen.text.dates import locale  # noqa: PLC0415

    try:
        known = locale(language)
    except ValueError:
        known = locale(ENGLISH)
    return format_date(date.fromisoformat(day), "full", locale=known)
