"""Sets the texts of one release, and collects what cannot be set."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from pressgen.compose.pieces import Setting, changed, joined, made, single_spaced
from pressgen.errors import Locate, Problem
from pressgen.model.moment import Moment
from pressgen.model.words import Field, Piece, Source, Words, plain
from pressgen.text.dates import shown
from pressgen.text.expression import Expressions
from pressgen.text.figures import Rounded, false_claim, shown_number
from pressgen.text.filters import filters
from pressgen.text.prose import Citation, Expression, Part, ProseFault, Run, parse
from pressgen.text.typography import changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pressgen.model.house import Formats

TYPED = Setting()
LEAD = 80
"""Characters before a figure in which a claim about it can stand, such as “nearly”."""


class Typesetter:
    """Turns texts into words in one language and one house's patterns.

    Attributes:
        problems: what was found wrong so far; whoever owns the typesetter raises them together.
    """

    def __init__(
        self, language: str, formats: Formats, known: Mapping[str, object], notes: Mapping[str, int], locate: Locate
    ) -> None:
        self.language = language
        self.problems: list[Problem] = []
        self._formats = formats
        self._known = known
        self._expressions = Expressions(filters(language, formats))
        self._notes = notes
        self._locate = locate

    def prose(self, text: str, path: str, setting: Setting = TYPED) -> Words:
        """The words of a text of the data at `path`, with its marks, expressions and citations."""
        found: list[Piece] = []
        for part in self._parts(text, path):
            match part:
                case Run():
                    origin = Source(path, part.start, part.end)
                    found.append(self._dressed(Piece(text=part.text, origin=origin), part, path))
                case Expression():
                    found += self._expression(part, path, _ending(found))
                case Citation():
                    found += self._citation(part, path)
        return self._set(found, setting)

    def phrase(
        self, text: str, path: str, what: str, names: Mapping[str, tuple[str, object]], *, open_end: bool = False
    ) -> Words:
        """The words of a house's phrase at `path`.

        Args:
            text: the phrase.
            path: where it stands, for faults.
            what: what its own characters are made as, such as `attribution`.
            names: what it may name: name → (the field that it stands for, such as `people.stacey.role`, the value).
            open_end: whether a blank at its end stays, because the text goes on.
        """
        values = {name: value for name, (_, value) in names.items()}
        found: list[Piece] = []
        for part in self._parts(text, path):
            match part:
                case Run():
                    found.append(self._dressed(made(part.text, what), part, path))
                case Expression():
                    name, _, used = (each.strip() for each in part.code.partition("|"))
                    field = Field(names[name][0] if name in names else name, used)
                    result = partial(self._expressions.value, part.code, values)
                    shown = self._shown(result, path, part.code_start, empty="")
                    href = f"mailto:{shown}" if name == "email" and shown else part.href
                    piece = Piece(text=shown, origin=field, strong=part.strong, emphasis=part.emphasis, href=href)
                    found.append(replace(piece, language=part.language))
                case Citation():
                    self.fault("C03", "a phrase of the house cannot cite a note", path, part.start)
        return changed(found, single_spaced(plain(found), open_end=open_end))

    def fault(self, code: str, message: str, path: str, offset: int = 0) -> None:
        """Note what is wrong at a character of the data."""
        self.problems.append(Problem(code=code, message=message, place=self._locate(path, offset), path=path))

    def _parts(self, text: str, path: str) -> Iterable[Part]:
        try:
            return parse(text)
        except ProseFault as refusal:
            for message, at in refusal.faults:
                self.fault("C01", message, path, at)
            return ()

    def _expression(self, part: Expression, path: str, before: str) -> Iterator[Piece]:
        name, _, used = (each.strip() for each in part.code.partition("|"))
        results: list[object] = []

        def value() -> object:
            results.append(self._expressions.value(part.code, self._known))
            return results[0]

        text = self._shown(value, path, part.code_start)
        if results and isinstance(results[0], Rounded) and (wrong := false_claim(before, results[0], self.language)):
            self.fault("C02", wrong, path, part.start)
        field = Field(name, used, at=Source(path, part.start, part.end))
        yield self._dressed(Piece(text=text, origin=field), part, path)

    def _shown(self, value: Callable[[], object], path: str, start: int, empty: str | None = None) -> str:
        """A value as text; what has none is `empty`, or a fault where that is None."""
        try:
            match found := value():
                case Decimal() | int() if not isinstance(found, bool):
                    return shown_number(found, self.language)
                case Moment():
                    return shown(found, self._formats.moment, self.language)
                case str():
                    return found
                case _ if empty is not None and not found:
                    return empty
                case _:
                    self.fault("C01", "this names no text, figure or time: name a part of it", path, start)
        except ProseFault as refusal:
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

    def _dressed(self, piece: Piece, part: Run | Expression, path: str) -> Piece:
        href = part.href
        if href.startswith("links."):
            links = self._known.get("links", {})
            link = links.get(href.removeprefix("links.")) if isinstance(links, dict) else None
            if link is None:
                self.fault("C04", f"“{href}” names no link of this release", path, part.start)
            href = link["url"] if link else ""
        return replace(piece, strong=part.strong, emphasis=part.emphasis, href=href, language=part.language)

    def _set(self, pieces: list[Piece], setting: Setting) -> Words:
        spaced = changed(pieces, single_spaced(plain(pieces)))
        if not setting.typography:
            return joined(spaced)
        return joined(changed(spaced, changes(plain(spaced), self.language, quoted=setting.quoted)))


def _ending(pieces: Sequence[Piece]) -> str:
    """The last characters of what is set so far, as many as a claim before a figure has."""
    text = ""
    for piece in reversed(pieces):
        text = piece.text[-LEAD:] + text
        if len(text) >= LEAD:
            break
    return text[-LEAD:]
