"""A release as schema.org's NewsArticle, for the JSON-LD of its page.

schema.org has no embargo and no press release, so nothing of this exists before the lift. A correction is a
CorrectionComment (schemaorg#1950).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressgen.newsroom.public_release import OFFERED, make_file_path, make_page_path

if TYPE_CHECKING:
    from pressgen.newsroom.newsroom import Newsroom
    from pressgen.newsroom.public_release import LanguageEdition, PublicRelease


def build_article(room: Newsroom, item: PublicRelease, edition: LanguageEdition) -> dict[str, Any]:
    """Build the schema.org NewsArticle of one edition, ready for JSON."""
    place = room.places[item.reference]
    address = room.about.link(make_page_path(place, edition))
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
                "contentUrl": room.about.link(make_file_path(place, item, edition, ending)),
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
        made["translationOfWork"] = {"@id": room.about.link(make_page_path(place, item.original))}
    elif len(item.editions) > 1:
        made["workTranslation"] = [{"@id": room.about.link(make_page_path(place, each))} for each in item.editions[1:]]
    return made
