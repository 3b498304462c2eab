"""A release as schema.org's NewsArticle, for the JSON-LD of its page.

schema.org has no embargo and no press release: nothing of it exists before the lift. A correction is a
CorrectionComment (schemaorg#1950).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressgen.newsroom.item import OFFERED, file_of, page_of

if TYPE_CHECKING:
    from pressgen.newsroom.item import Edition, Item
    from pressgen.newsroom.room import Newsroom


def article(room: Newsroom, item: Item, edition: Edition) -> dict[str, Any]:
    """The NewsArticle of one edition, ready for JSON."""
    place = room.places[item.reference]
    address = room.about.link(page_of(place, edition))
    body = {"@type": "Organization", "name": edition.publisher or room.about.name}
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "identifier": item.reference,
        "version": str(item.version),
        "headline": edition.headline,
        "description": edition.summary,
        "inLanguage": edition.language,
        "datePublished": item.stamp(item.lifted),
        "dateModified": item.stamp(item.changed),
        "author": body,
        "publisher": body,
        "isAccessibleForFree": True,
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": room.about.link(file_of(place, item, edition, ending)),
                "encodingFormat": kind,
                "contentSize": str(len(edition.files[ending])),
            }
            for ending, kind in OFFERED.items()
            if ending in edition.files
        ],
    }
    if item.corrections:
        made["correction"] = [
            {"@type": "CorrectionComment", "text": each.line, "datePublished": item.stamp(each.at)}
            for each in item.corrections
        ]
    if edition.suffix:
        made["translationOfWork"] = {"@id": room.about.link(page_of(place, item.original))}
    elif len(item.editions) > 1:
        made["workTranslation"] = [{"@id": room.about.link(page_of(place, each))} for each in item.editions[1:]]
    return made
