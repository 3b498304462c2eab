"""Fill the newsroom's templates; all text is escaped."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from pressgen.newsroom.approved_page import read_page
from pressgen.newsroom.theme import NEUTRAL, NewsroomTheme, read_theme
from pressgen.newsroom.wording import get_native_name
from pressgen.text.page_templates import load_page_templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jinja2 import Environment

    from pressgen.newsroom.public_release import LanguageEdition, PublicRelease


def fill_template(template: str, values: Mapping[str, object]) -> str:
    """Fill a template of `newsroom/templates/` with values."""
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    return load_page_templates("pressgen.newsroom", "newsroom.css")


@lru_cache(maxsize=4)
def _read_theme(page: bytes) -> NewsroomTheme:
    return read_theme(read_page(page.decode()))


def choose_theme(items: Iterable[PublicRelease]) -> NewsroomTheme:
    """Choose the newsroom's theme: the one of its newest page.

    Where several organisations publish, the theme is a neutral one.
    """
    shown = [each for each in items if not each.withdrawn]
    page = max(shown, key=lambda each: (each.lifted, each.reference)).original.files.get("html") if shown else None
    one_body = len({each.original.publisher for each in shown}) == 1
    return _read_theme(page) if page and one_body else NEUTRAL


def make_path_to_front(path: str) -> str:
    """Return the relative path from a page to the front page.

    The page is at `path` (`2027/river-survey/`).
    """
    return "../" * path.count("/")


def make_edition_link(edition: LanguageEdition, path: str) -> dict[str, str]:
    """Return the path, language and name that link to an edition."""
    return {"path": quote(path), "language": edition.language, "name": get_native_name(edition.language)}
