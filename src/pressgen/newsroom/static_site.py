"""The files of the newsroom, by their path: those of each release, and the listings that name them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.newsroom.feeds import atom, json_feed
from pressgen.newsroom.item import OFFERED, file_of, page_of
from pressgen.newsroom.listing import front, notice, year
from pressgen.newsroom.newsml import news_item
from pressgen.newsroom.ninjs import ninjs_2, ninjs_3
from pressgen.newsroom.page import page
from pressgen.newsroom.room import Newsroom
from pressgen.newsroom.sitemap import sitemap

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pressgen.newsroom.item import About, Item

FORMS = {"ninjs-2.json": ninjs_2, "ninjs-3.json": ninjs_3, "newsml-g2.xml": news_item}


def site(items: Iterable[Item], about: About, now: datetime) -> dict[str, bytes]:
    """Every file of the newsroom, the listings last.

    Args:
        items: all that was ever public, in any order; never one that is not.
        about: the newsroom itself.
        now: an aware instant.

    Raises:
        StateForbids: at `now`, one of them may not be public yet.
    """
    room = Newsroom.of(items, about, now)
    files = {path: content for item in room.items for path, content in of_release(room, item).items()}
    return files | of_listings(room)


def of_release(room: Newsroom, item: Item) -> dict[str, bytes]:
    """The files of one release: page, PDF, Word and the forms for machines; a notice where it was withdrawn."""
    place = room.places[item.reference]
    files: dict[str, bytes] = {}
    for edition in item.editions:
        folder = page_of(place, edition)
        if not item.withdrawn:
            files |= {
                file_of(place, item, edition, ending): edition.files[ending]
                for ending in OFFERED
                if ending in edition.files
            }
        files |= {f"{folder}{name}": form(room, item, edition) for name, form in FORMS.items()}
        if not item.withdrawn:
            files[f"{folder}index.html"] = page(room, item, edition)
    return files | notices(room, item)


def notices(room: Newsroom, item: Item) -> dict[str, bytes]:
    """The pages in the place of a release that was withdrawn; none where it was not."""
    place = room.places[item.reference]
    return {
        f"{page_of(place, each)}index.html": notice(room, item, each.suffix) for each in item.editions if item.withdrawn
    }


def of_listings(room: Newsroom) -> dict[str, bytes]:
    """The files that others than one release decide: pages of the years, feeds, sitemap, the front page last.

    The notices of what was withdrawn are among them: they wear the newsroom's dress, and lead to its years.
    """
    files = {path: content for item in room.withdrawn for path, content in notices(room, item).items()}
    every = {each.year for each in room.items}  # also of what was withdrawn, so that no old page goes on naming it
    files |= {f"{each:04}/index.html": year(room, each) for each in sorted(every)}
    files |= {"feed.atom": atom(room), "feed.json": json_feed(room), "sitemap.xml": sitemap(room)}
    return files | {"index.html": front(room)}
