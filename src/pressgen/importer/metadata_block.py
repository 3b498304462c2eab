"""Read the metadata block at the top of a Markdown file.

It is YAML between lines of `---`, TOML between lines of `+++`, or a JSON object (Jekyll's and Hugo's front matter).
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

from pressgen.importer.manuscript import ParagraphKind, SourceParagraph

if TYPE_CHECKING:
    from collections.abc import Iterator

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""It reads every value as text, so that a date stays as typed."""
LONGEST = 50_000
"""The most characters of a block; more is no metadata."""
MOST_VALUES, DEEPEST = 500, 20
FENCED = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*\n(?P<block>.*?)\n?^(?:(?P=fence)|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE
)
TITLES: Final = frozenset(("title", "headline", "news_title", "page_title", "post_title"))
FEWEST_WORDS = 2
"""A title of so few words may name a section of the site; another one then comes first."""
SUBTITLES: Final = frozenset(("subtitle", "subhead", "subheading", "subheadline", "standfirst", "strapline"))
DATES: Final = frozenset(("date", "published", "publishdate", "pubdate", "releasedate", "published_at", "release_date"))
LANGUAGES: Final = frozenset(("lang", "language", "locale"))
TECHNICAL: Final = frozenset(
    """aliases category categories comments draft featured guid hidden id layout math menu modified permalink
    redirect_from lastmod link og_image share slug sitemap status tag tags template thumbnail toc type updated url uuid
    weight showtoc image images featured_image post_id""".split()
)  # fmt: skip
"""Keys for the program that makes the page; no reader sees them."""


@dataclass(frozen=True, slots=True)
class MetadataBlock:
    """The metadata of a file, and where its text begins.

    Attributes:
        values: each key with its value as text, in order, with the line of the key.
        end: how many characters of the file the block takes.
    """

    values: tuple[tuple[str, str, int], ...]
    end: int

    @property
    def language(self) -> str:
        """The language that the block states, or nothing."""
        return next((value[:2].lower() for key, value, _ in self.values if key.lower() in LANGUAGES), "")

    def paragraphs(self) -> Iterator[SourceParagraph]:
        """Yield title, subtitle, date and embargo as lines of the text."""
        titles = [each for each in self.values if each[0].lower() in TITLES]
        title = next((each for each in titles if len(each[1].split()) > FEWEST_WORDS), titles[0] if titles else None)
        for key, value, line in self.values:
            name = key.lower()
            if title == (key, value, line):
                yield SourceParagraph(line=line, text=value, kind=ParagraphKind.HEADING, depth=1)
            elif name in SUBTITLES:
                yield SourceParagraph(line=line, text=f"Subtitle: {value}")
            elif name in DATES or "embargo" in name:
                label = "Embargo" if "embargo" in name else "Date"
                yield SourceParagraph(line=line, text=f"{label}: {value}")

    def rest(self, *, technical: bool) -> Iterator[SourceParagraph]:
        """Yield the other values: for readers, or for a program."""
        read = {para.line for para in self.paragraphs()}
        for key, value, line in self.values:
            if line not in read and (key.lower() in TECHNICAL | LANGUAGES) is technical:
                yield SourceParagraph(line=line, text=f"{key}: {value}")


def read_metadata_block(text: str) -> MetadataBlock | None:
    """Read the metadata block that a text begins with.

    Return None where there is none, or it cannot be read.
    """
    if text.startswith("{"):
        return _read_json(text)
    match = FENCED.match(text, 0, LONGEST)
    if match is None:
        return None
    read = tomllib.loads if match["fence"] == "+++" else _read_yaml
    try:
        return _make_block(read(match["block"]), text, match.end())
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None


def _read_json(text: str) -> MetadataBlock | None:
    try:
        found, end = json.JSONDecoder().raw_decode(text[:LONGEST])
    except (ValueError, RecursionError):
        return None
    return _make_block(found, text, end)


def _read_yaml(block: str) -> object:
    """Return what YAML says, nested in bounds (libyaml's composer has none)."""
    depth = 0
    for event in yaml.parse(block, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ValueError("nested too deeply")
    return yaml.load(block, Loader=LOADER)  # noqa: S506 - it makes nothing but texts, lists and mappings


def _make_block(found: object, text: str, end: int) -> MetadataBlock | None:
    if not isinstance(found, dict) or not found:
        return None
    values, line = [], 1
    for key, value in found.items():
        name = " ".join(str(key).split())
        line = _find_line(name, text[:end], line)
        if words := ", ".join(_flatten(value)):
            values.append((name, words, line))
    return MetadataBlock(tuple(values), end)


def _find_line(key: str, block: str, after: int) -> int:
    """Return the line of a key: the first that begins with it."""
    match = re.search(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*[:=]", block, re.MULTILINE)
    return block.count("\n", 0, match.end()) + 1 if match else after + 1


def _flatten(value: object) -> list[str]:
    """Return the texts within a value, up to a limit."""
    found: list[str] = []
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting and len(found) < MOST_VALUES:
        each, depth = waiting.pop()
        if depth < DEEPEST and isinstance(each, dict):
            waiting += [(part, depth + 1) for pair in reversed(each.items()) for part in reversed(pair)]
        elif depth < DEEPEST and isinstance(each, list):
            waiting += [(part, depth + 1) for part in reversed(each)]
        elif not isinstance(each, dict | list) and each is not None and (text := " ".join(str(each).split())):
            found.append(text)
    return found
