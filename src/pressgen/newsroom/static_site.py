"""The files of the newsroom, by their path.

They are the files of each release, and the listings of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.newsroom.feeds import build_atom_feed, build_json_feed, build_sitemap
from pressgen.newsroom.listing import render_front_page, render_withdrawal_notice, render_year_page
from pressgen.newsroom.newsml import build_news_item
from pressgen.newsroom.newsroom import Newsroom
from pressgen.newsroom.ninjs import build_ninjs_2, build_ninjs_3
from pressgen.newsroom.page import render_release_page
from pressgen.newsroom.public_release import OFFERED, make_file_path, make_page_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pressgen.newsroom.public_release import NewsroomIdentity, PublicRelease

FORMS = {"ninjs-2.json": build_ninjs_2, "ninjs-3.json": build_ninjs_3, "newsml-g2.xml": build_news_item}


def build_site(items: Iterable[PublicRelease], about: NewsroomIdentity, now: datetime) -> dict[str, bytes]:
    """Build every file of the newsroom, the listings last.

    Args:
        items: all releases that were ever public, in any order, and no others.
        about: the newsroom itself.
        now: an aware instant.

    Raises:
        StateError: at `now`, one of them may not be public yet.
    """
    room = Newsroom.of(items, about, now)
    files = {path: content for item in room.items for path, content in build_release_files(room, item).items()}
    return files | build_listings(room)


def build_release_files(room: Newsroom, item: PublicRelease) -> dict[str, bytes]:
    """Build the newsroom files of one release.

    They are the page, PDF, Word and the files for machines, or a notice where it was withdrawn.
    """
    place = room.places[item.reference]
    files: dict[str, bytes] = {}
    for edition in item.editions:
        folder = make_page_path(place, edition)
        if not item.withdrawn:
            files |= {
                make_file_path(place, item, edition, ending): edition.files[ending]
                for ending in OFFERED
                if ending in edition.files
            }
        files |= {f"{folder}{name}": form(room, item, edition) for name, form in FORMS.items()}
        if not item.withdrawn:
            files[f"{folder}index.html"] = render_release_page(room, item, edition)
    return files | build_notices(room, item)


def build_notices(room: Newsroom, item: PublicRelease) -> dict[str, bytes]:
    """Build the pages that replace a withdrawn release.

    There are none for a release that was not withdrawn.
    """
    place = room.places[item.reference]
    return {
        f"{make_page_path(place, each)}index.html": render_withdrawal_notice(room, item, each.suffix)
        for each in item.editions
        if item.withdrawn
    }


def build_listings(room: Newsroom) -> dict[str, bytes]:
    """Build the files that depend on more than one release.

    These are the pages of the years, feeds, sitemap, and the front page last. The notices of withdrawn releases are
    among them, because they have the newsroom's theme and links to its years.
    """
    files = {path: content for item in room.withdrawn for path, content in build_notices(room, item).items()}
    every = {each.year for each in room.items}  # also for withdrawn releases, so that no old page still names them
    files |= {f"{each:04}/index.html": render_year_page(room, each) for each in sorted(every)}
    files |= {
        "feed.atom": build_atom_feed(room),
        "feed.json": build_json_feed(room),
        "sitemap.xml": build_sitemap(room),
    }
    return files | {"index.html": render_front_page(room)}
