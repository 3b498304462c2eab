"""A house's stylesheet and fonts as WeasyPrint reads them: once, for all documents of a run."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pressgen.errors import Place, Problem, Refused
from pressgen.pdf.weasy import listening, weasyprint
from pressgen.render import page_style
from pressgen.render.pdf_faces import declared, families
from pressgen.render.pdf_fetching import HOUSE, Fetcher, readable

from weasyprint.css.counters import CounterStyle  # isort: skip - weasyprint only by way of pdf.weasy
from weasyprint.text.fonts import FontConfiguration  # isort: skip - as above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from logging import LogRecord

    from pressgen.model.house import HouseFolder

AT = re.compile(r" at (\d+):(\d+)")
QUOTED = re.compile(r"['\"]([^'\"]+)['\"]")


@dataclass(frozen=True, slots=True)
class Dress:
    """What gives a document its looks.

    Attributes:
        families: the families of type whose faces the stylesheet brings.
        problems: what WeasyPrint does not understand of it.
    """

    stylesheet: Any
    fonts: Any
    counters: Any
    families: frozenset[str]
    problems: tuple[Problem, ...]


def dress(folder: HouseFolder) -> Dress:
    """The house's `release.css` with the fonts that it names.

    Raises:
        Refused: it is missing, is not a stylesheet, or names a file that the house's folder does not hold.
    """
    page_style.style(folder)
    return _dress(folder.shown, frozenset(folder.files.items()), declared(folder))


@lru_cache(maxsize=4)
def _dress(shown: str, files: frozenset[tuple[str, bytes]], more: str) -> Dress:
    held = dict(files)
    source = page_style.read(shown, held.get(page_style.FILE))
    fonts, counters = FontConfiguration(), CounterStyle()
    with listening() as heard, refusing(f"{shown}/{page_style.FILE}"):
        stylesheet = weasyprint.CSS(
            string=source + more,
            base_url=HOUSE,
            url_fetcher=Fetcher(held, {}),
            font_config=fonts,
            counter_style=counters,
        )
    way_out = "mend it, or move it into @media screen { … }"
    problems = complaints(heard, f"{shown}/{page_style.FILE}", source, way_out)
    return Dress(stylesheet, fonts, counters, families(source), tuple(problems))


@contextmanager
def refusing(file: str) -> Iterator[None]:
    """Refuse `file` where WeasyPrint fails on it: what is legal and mad makes it fail in many ways."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - as above
        message = f"WeasyPrint, which sets the PDF, fails ({type(fault).__name__}: {fault}); simplify the file"
        raise Refused([Problem(code="P07", message=message, place=Place(file))]) from None


def complaints(heard: Iterable[LogRecord], file: str, source: str, way_out: str) -> list[Problem]:
    """What WeasyPrint said of `file`, whose text is `source`, in its own words, with the `way_out`."""
    problems = []
    for record in heard:
        said = readable(record.getMessage()).rstrip(". :")
        message = f"WeasyPrint, which sets the PDF, says: {AT.sub('', said)}; {way_out}"
        problems.append(Problem(code="P07", message=message, place=_place(said, file, source)))
    return problems


def _place(said: str, file: str, source: str) -> Place:
    """The place that WeasyPrint gives, else that of the first thing it quotes."""
    if given := AT.search(said):
        return Place(file, int(given[1]), int(given[2]))
    quoted = QUOTED.search(said)
    at = source.find(quoted[1]) if quoted else -1
    if at < 0:
        return Place(file)
    return Place.of(file, source, at)
