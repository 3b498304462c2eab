"""A release as ninjs, IPTC's news in JSON, in the two generations that wire desks read: 3.1 and 2.1.

The later one renamed `embargoed` to `embargoedUntil` and gave every name capitals within; nothing else differs here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pressgen.newsroom.content import markup
from pressgen.newsroom.item import OFFERED, file_of, page_of, urn
from pressgen.newsroom.remarks import remarks

if TYPE_CHECKING:
    from pressgen.newsroom.item import Edition, Item
    from pressgen.newsroom.room import Newsroom

RENAMED = {"embargoedUntil": "embargoed"}


def ninjs_3(room: Newsroom, item: Item, edition: Edition) -> bytes:
    """An edition as ninjs 3.1."""
    return _text(_object(room, item, edition) | {"standard": _standard("3.1")})


def ninjs_2(room: Newsroom, item: Item, edition: Edition) -> bytes:
    """An edition as ninjs 2.1."""
    return _text(_earlier(_object(room, item, edition)) | {"standard": _standard("2.1")})


def _object(room: Newsroom, item: Item, edition: Edition) -> dict[str, Any]:
    place = room.places[item.reference]
    made: dict[str, Any] = {
        "uri": urn(item, edition, room.about),
        "type": "text",
        "representationType": "partial" if item.withdrawn else "full",
        "version": str(item.version),
        "firstCreated": item.stamp(item.lifted),
        "versionCreated": item.stamp(item.changed),
        "pubStatus": "canceled" if item.withdrawn else "usable",
        "language": edition.language,
        "altIds": [{"role": "reference", "value": item.reference}],
    }
    if item.embargo and not item.withdrawn:
        made["embargoedUntil"] = item.stamp(item.embargo)
    if notes := remarks(item):
        made["edNote"] = "\n".join(notes)
    return made if item.withdrawn else made | _words(room, item, edition, place)


def _words(room: Newsroom, item: Item, edition: Edition, place: str) -> dict[str, Any]:
    """What only a release that may be used says."""
    text = edition.files["txt"].decode() if "txt" in edition.files else ""
    plain: dict[str, Any] = {
        "role": "main",
        "contentType": "text/plain",
        "charCount": len(text),
        "wordCount": len(text.split()),
    }
    renditions: list[dict[str, Any]] = [
        {"name": "page", "href": room.about.link(page_of(place, edition)), "contentType": "text/html"}
    ]
    renditions += [
        {
            "name": ending,
            "href": room.about.link(file_of(place, item, edition, ending)),
            "contentType": kind,
            "sizeInBytes": len(edition.files[ending]),
        }
        for ending, kind in OFFERED.items()
        if ending in edition.files
    ]
    return {
        "title": edition.headline,
        "headlines": [{"role": "main", "value": edition.headline}],
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": edition.summary}],
        "bodies": [
            *([plain | {"value": text}] if text else []),
            {"role": "main", "contentType": "text/html", "value": markup(edition)},
        ],
        "by": edition.publisher,
        "copyrightHolder": edition.publisher,
        "infoSources": [{"name": edition.publisher, "uri": room.about.link()}],
        "genres": [{"name": "Press Release"}],
        "renditions": renditions,
        "associations": [
            {"name": each.language, "uri": urn(item, each, room.about), "type": "text", "language": each.language}
            for each in item.editions
            if each is not edition
        ],
    }


def _standard(version: str) -> dict[str, str]:
    return {"name": "ninjs", "version": version, "schema": f"http://www.iptc.org/std/ninjs/ninjs-schema_{version}.json"}


def _earlier(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """What the earlier generation calls the same."""
    match value:
        case dict():
            return {RENAMED.get(name, name.lower()): _earlier(each) for name, each in value.items()}
        case list():
            return [_earlier(each) for each in value]
        case _:
            return value


def _text(made: dict[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False, indent=1).encode()
