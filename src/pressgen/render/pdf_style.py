"""Load a house's stylesheet and fonts for WeasyPrint, once per run."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pressgen.errors import InputError, Place, Problem, describe_fault
from pressgen.pdf.weasy import capture_warnings, weasyprint
from pressgen.render import page_style
from pressgen.render.pdf_fetching import HOUSE, PdfFileFetcher, restore_file_names
from pressgen.render.pdf_glyphs import find_families, format_face_rules

from weasyprint.css.counters import CounterStyle  # isort: skip - weasyprint only by way of pdf.weasy
from weasyprint.text.fonts import FontConfiguration  # isort: skip - as above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from logging import LogRecord

    from pressgen.model.house import HouseFolder

AT = re.compile(r" at (\d+):(\d+)")
QUOTED = re.compile(r"['\"]([^'\"]+)['\"]")


@dataclass(frozen=True, slots=True)
class PdfStyle:
    """A house's stylesheet and fonts, as WeasyPrint reads them.

    Attributes:
        families: the font families that the stylesheet declares.
        problems: what WeasyPrint does not understand in it.
    """

    stylesheet: Any
    fonts: Any
    counters: Any
    families: frozenset[str]
    problems: tuple[Problem, ...]


def load_pdf_style(folder: HouseFolder) -> PdfStyle:
    """Load the house's `release.css` with the fonts that it names.

    Raises:
        InputError: it is missing, is not a stylesheet, or names a file that the house's folder does not hold.
    """
    page_style.build_style_element(folder)
    return _load_style(folder.shown, frozenset(folder.files.items()), format_face_rules(folder))


@lru_cache(maxsize=4)
def _load_style(shown: str, files: frozenset[tuple[str, bytes]], more: str) -> PdfStyle:
    contents = dict(files)
    source = page_style.read_stylesheet(shown, contents.get(page_style.FILE))
    fonts, counters = FontConfiguration(), CounterStyle()
    with capture_warnings() as heard, raise_as_input_error(f"{shown}/{page_style.FILE}"):
        stylesheet = weasyprint.CSS(
            string=source + more,
            base_url=HOUSE,
            url_fetcher=PdfFileFetcher(contents, {}),
            font_config=fonts,
            counter_style=counters,
        )
    way_out = "correct it, or move it into @media screen { … }"
    problems = convert_messages(heard, f"{shown}/{page_style.FILE}", source, way_out)
    return PdfStyle(stylesheet, fonts, counters, find_families(source), tuple(problems))


@contextmanager
def raise_as_input_error(file: str) -> Iterator[None]:
    """Raise an input error for `file` if WeasyPrint fails on it.

    A stylesheet that is valid but absurd makes it fail in many ways.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - as above
        message = f"WeasyPrint, which sets the PDF, fails ({describe_fault(fault)}); simplify the file"
        raise InputError([Problem(code="P07", message=message, place=Place(file))]) from None


def convert_messages(heard: Iterable[LogRecord], file: str, source: str, way_out: str) -> list[Problem]:
    """Convert WeasyPrint's messages on a file to problems.

    They keep their words, and end with the `way_out`; `source` is the text of the file.
    """
    problems = []
    for record in heard:
        warning = restore_file_names(record.getMessage()).rstrip(". :")
        message = f"WeasyPrint, which sets the PDF, says: {AT.sub('', warning)}; {way_out}"
        problems.append(Problem(code="P07", message=message, place=_locate_message(warning, file, source)))
    return problems


def _locate_message(warning: str, file: str, source: str) -> Place:
    """Return the place that WeasyPrint gives, else of what it quotes first."""
    if given := AT.search(warning):
        return Place(file, int(given[1]), int(given[2]))
    quoted = QUOTED.search(warning)
    at = source.find(quoted[1]) if quoted else -1
    if at < 0:
        return Place(file)
    return Place.of(file, source, at)
