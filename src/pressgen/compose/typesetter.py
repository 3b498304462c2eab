"""Set the texts of one release, and collect what cannot be set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from pressgen.compose.pieces import TextSetting, apply_changes, find_space_changes, join_pieces, make_piece
from pressgen.errors import Locate, Problem
from pressgen.model.moment import Moment
from pressgen.model.words import Field, Piece, Source, Words, split_calculated_piece, to_plain_text
from pressgen.text.dates import format_moment
from pressgen.text.expression import CalculationError, ExpressionEvaluator, find_names
from pressgen.text.figures import RoundedNumber, TextFact, explain_unread_number, find_false_claim, format_number
from pressgen.text.filters import make_filters
from pressgen.text.prose import Citation, Expression, Part, ProseError, TextRun, parse_prose
from pressgen.text.typography import find_typographic_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pressgen.model.house import Formats

TYPED = TextSetting()
LEAD = 80
"""Characters before a figure that are searched for a claim about it, such as “nearly”."""


class Typesetter:
    """A typesetter of texts in one language and house style.

    Attributes:
        problems: the problems so far; the owner of the typesetter raises them together.
    """

    def __init__(
        self, language: str, formats: Formats, known: Mapping[str, object], notes: Mapping[str, int], locate: Locate
    ) -> None:
        self.language = language
        self.problems: list[Problem] = []
        self._formats = formats
        self._known = known
        self._expressions = ExpressionEvaluator(make_filters(language, formats))
        self._notes = notes
        self._locate = locate

    def prose(self, text: str, path: str, setting: TextSetting = TYPED) -> Words:
        """Return the words of a text of the data.

        Its marks, expressions and citations are read.
        """
        found: list[Piece] = []
        for part in self._parts(text, path):
            match part:
                case TextRun():
                    origin = Source(path, part.start, part.end)
                    found.append(self._dressed(Piece(text=part.text, origin=origin), part, path))
                case Expression():
                    found += self._expression(part, path, _get_ending(found))
                case Citation():
                    found += self._citation(part, path)
        return self._set(found, setting)

    def phrase(
        self, text: str, path: str, what: str, names: Mapping[str, tuple[str, object]], *, open_end: bool = False
    ) -> Words:
        """Return the words of a house's phrase.

        Args:
            text: the phrase.
            path: its path, for faults.
            what: what its own characters are marked as, such as `attribution`.
            names: the names that it may use: name → (the field, such as `people.stacey.role`, the value).
            open_end: whether a blank at its end stays, because the text goes on.
        """
        values = {name: value for name, (_, value) in names.items()}
        found: list[Piece] = []
        for part in self._parts(text, path):
            match part:
                case TextRun():
                    found.append(self._dressed(make_piece(part.text, what), part, path))
                case Expression():
                    name, _, used = (each.strip() for each in part.code.partition("|"))
                    field = Field(names[name][0] if name in names else name, used)
                    result = partial(self._expressions.value, part.code, values)
                    shown = self._shown(result, path, part.code_start, empty="")
                    href = f"mailto:{shown}" if name == "email" and shown else part.href
                    piece = Piece(text=shown, origin=field, strong=part.strong, emphasis=part.emphasis, href=href)
                    values_of = {} if name in names or used else _find_values(part.code, names)
                    found += split_calculated_piece(replace(piece, language=part.language), values_of, what)
                case Citation():
                    self.fault("C03", "a phrase of the house cannot cite a note", path, part.start)
        return apply_changes(found, find_space_changes(to_plain_text(found), open_end=open_end))

    def fault(self, code: str, message: str, path: str, offset: int = 0) -> None:
        """Record a problem at a character of the data."""
        self.problems.append(Problem(code=code, message=message, place=self._locate(path, offset), path=path))

    def _parts(self, text: str, path: str) -> Iterable[Part]:
        try:
            return parse_prose(text)
        except ProseError as refusal:
            for message, at in refusal.faults:
                self.fault("C01", message, path, at)
            return ()

    def _expression(self, part: Expression, path: str, before: str) -> Iterator[Piece]:
        name, _, used = (each.strip() for each in part.code.partition("|"))
        results: list[object] = []

        def value() -> object:
            try:
                results.append(self._expressions.value(part.code, self._known))
            except CalculationError:
                if self._blame_text_facts(part.code):
                    return ""
                raise
            return results[0]

        text = self._shown(value, path, part.code_start)
        if (
            results
            and isinstance(results[0], RoundedNumber)
            and (wrong := find_false_claim(before, results[0], self.language))
        ):
            self.fault("C02", wrong, path, part.start)
        field = Field(name, used, at=Source(path, part.start, part.end))
        yield self._dressed(Piece(text=text, origin=field), part, path)

    def _blame_text_facts(self, code: str) -> bool:
        """Blame facts that are read as text for a failed calculation.

        Return whether there are any.
        """
        known = self._known.get("facts")
        facts = known if isinstance(known, Mapping) else {}
        unread = {
            name: advice
            for name in re.findall(r"\bfacts\.([a-z][a-z0-9_-]*)", code)
            if isinstance(fact := facts.get(name), TextFact) and (advice := explain_unread_number(fact.fact))
        }
        for name, advice in unread.items():
            self.fault(
                "C01",
                f"the value of “{name}” is a text, and cannot be calculated with: {advice}",
                f"facts.{name}.value",
            )
        return bool(unread)

    def _shown(self, value: Callable[[], object], path: str, start: int, empty: str | None = None) -> str:
        """Return a value as text.

        A value without text gives `empty`, or a fault where that is None.
        """
        try:
            match found := value():
                case Decimal() | int() if not isinstance(found, bool):
                    return format_number(found, self.language)
                case Moment():
                    return format_moment(found, self._formats.moment, self.language)
                case str():
                    return found
                case _ if empty is not None and not found:
                    return empty
                case _:
                    self.fault("C01", "this is not a text, figure or time; name a part of it", path, start)
        except ProseError as refusal:
            for message, at in refusal.faults:
                self.fault("C01", message, path, start + at)
        except ValueError as error:  # a pattern of the house
            self.fault("C01", str(error), path, start)
        return ""

    def _citation(self, part: Citation, path: str) -> Iterator[Piece]:
        number = self._notes.get(part.note)
        if number is None:
            self.fault("C03", f"there is no note “{part.note}”", path, part.start)
            return
        field = Field(f"notes[{part.note}]", at=Source(path, part.start, part.end))
        yield Piece(text=str(number), origin=field, note=part.note)

    def _dressed(self, piece: Piece, part: TextRun | Expression, path: str) -> Piece:
        href = part.href
        if href.startswith("links."):
            links = self._known.get("links", {})
            link = links.get(href.removeprefix("links.")) if isinstance(links, dict) else None
            if link is None:
                self.fault("C04", f"“{href}” is not the name of a link in this release", path, part.start)
            href = link["url"] if link else ""
        return replace(piece, strong=part.strong, emphasis=part.emphasis, href=href, language=part.language)

    def _set(self, pieces: list[Piece], setting: TextSetting) -> Words:
        spaced = apply_changes(pieces, find_space_changes(to_plain_text(pieces)))
        if not setting.typography:
            return join_pieces(spaced)
        return join_pieces(
            apply_changes(spaced, find_typographic_changes(to_plain_text(spaced), self.language, quoted=setting.quoted))
        )


def _find_values(code: str, names: Mapping[str, tuple[str, object]]) -> dict[str, str]:
    """Return the texts that an expression of a phrase names, by field."""
    try:
        used = {dotted[0] for dotted, _ in find_names(code)}
    except ProseError:  # reported where it is evaluated
        return {}
    return {names[name][0]: str(names[name][1]) for name in used if name in names and names[name][1]}


def _get_ending(pieces: Sequence[Piece]) -> str:
    """Return the last characters set so far.

    They are as many as a claim before a figure can have.
    """
    text = ""
    for piece in reversed(pieces):
        text = piece.text[-LEAD:] + text
        if len(text) >= LEAD:
            break
    return text[-LEAD:]
