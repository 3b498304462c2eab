"""A release as ninjs, IPTC's news in JSON, generations 3.1 and 2.1.

Newsdesks read either. The later one renamed `embargoed` to `embargoedUntil` and put every name into camel case; nothing
else differs here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pressgen.newsroom.content import extract_markup
from pressgen.newsroom.editor_notes import list_editor_notes
from pressgen.newsroom.public_release import OFFERED, make_file_path, make_page_path, make_urn

if TYPE_CHECKING:
    from pressgen.newsroom.newsroom import Newsroom
    from pressgen.newsroom.public_release import LanguageEdition, PublicRelease

RENAMED = {"embargoedUntil": "embargoed"}


def build_ninjs_3(room: Newsroom, item: PublicRelease, edition: LanguageEdition) -> bytes:
    """Build the ninjs 3.1 object of an edition."""
    return _format_json(_object(room, item, edition) | {"standard": _standard("3.1")})


def build_ninjs_2(room: Newsroom, item: PublicRelease, edition: LanguageEdition) -> bytes:
    """Build the ninjs 2.1 object of an edition."""
    return _format_json(_to_generation_2(_object(room, item, edition)) | {"standard": _standard("2.1")})


def _object(room: Newsroom, item: PublicRelease, edition: LanguageEdition) -> dict[str, Any]:
    place = room.places[item.reference]
    made: dict[str, Any] = {
        "uri": make_urn(item, edition, room.about),
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
    if notes := list_editor_notes(item):
        made["edNote"] = "\n".join(notes)
    return made if item.withdrawn else made | _build_content(room, item, edition, place)


def _build_content(room: Newsroom, item: PublicRelease, edition: LanguageEdition, place: str) -> dict[str, Any]:
    """Return the properties that only a usable release has."""
    text = edition.files["txt"].decode() if "txt" in edition.files else ""
    plain: dict[str, Any] = {
        "role": "main",
        "contentType": "text/plain",
        "charCount": len(text),
        "wordCount": len(text.split()),
    }
    renditions: list[dict[str, Any]] = [
        {"name": "page", "href": room.about.link(make_page_path(place, edition)), "contentType": "text/html"}
    ]
    renditions += [
        {
            "name": ending,
            "href": room.about.link(make_file_path(place, item, edition, ending)),
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
            {"role": "main", "contentType": "text/html", "value": extract_markup(edition)},
        ],
        "by": edition.publisher,
        "copyrightHolder": edition.publisher,
        "infoSources": [{"name": edition.publisher, "uri": room.about.link()}],
        "genres": [{"name": "Press Release"}],
        "renditions": renditions,
        "associations": [
            {"name": each.language, "uri": make_urn(item, each, room.about), "type": "text", "language": each.language}
            for each in item.editions
            if each is not edition
        ],
    }


def _standard(version: str) -> dict[str, str]:
    return {"name": "ninjs", "version": version, "schema": f"http://www.iptc.org/std/ninjs/ninjs-schema_{version}.json"}


def _to_generation_2(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return an object with the names of the earlier generation."""
    match value:
        case dict():
            return {RENAMED.get(name, name.lower()): _to_generation_2(each) for name, each in value.items()}
        case list():
            return [_to_generation_2(each) for each in value]
        case _:
            return value


def _format_json(made: dict[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False, indent=1).encode()
