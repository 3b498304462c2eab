"""The newsroom's templates, filled: all text is escaped on its way in."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from pressgen.newsroom.dress import NEUTRAL, Dress, dress
from pressgen.newsroom.reading import read_page
from pressgen.newsroom.wording import own_name
from pressgen.text.pages import own_templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jinja2 import Environment

    from pressgen.newsroom.item import Edition, Item


def filled(template: str, values: Mapping[str, object]) -> str:
    """A template of `newsroom/templates/` with `values` in it."""
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    return own_templates("pressgen.newsroom", "newsroom.css")


@lru_cache(maxsize=4)
def _worn(page: bytes) -> Dress:
    return dress(read_page(page.decode()))


def dress_of(items: Iterable[Item]) -> Dress:
    """What the newsroom wears: the dress of its newest page; a neutral one where the bodies that speak are several."""
    shown = [each for each in items if not each.withdrawn]
    page = max(shown, key=lambda each: (each.lifted, each.reference)).original.files.get("html") if shown else None
    one_body = len({each.original.publisher for each in shown}) == 1
    return _worn(page) if page and one_body else NEUTRAL


def way_up(path: str) -> str:
    """From the page at `path` (`2027/river-survey/`) up to the front page, as links write it."""
    return "../" * path.count("/")


def named(edition: Edition, path: str) -> dict[str, str]:
    """An edition as a link to it."""
    return {"path": quote(path), "language": edition.language, "name": own_name(edition.language)}
