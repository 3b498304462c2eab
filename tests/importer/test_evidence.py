"""What speaks for a headline and against it, and why a part is not sure."""

from __future__ import annotations

import pytest

from importer.drafts import draft_of

LEAD = (
    "A ferry that runs on hydrogen sails to the island of Osier from today, after three years of trials in the harbour."
)
TITLE = "Hydrogen ferry sails to Osier"
PAGE = "<!DOCTYPE html><html lang={lang}><head><title>{title}</title></head><body><main>{body}</main></body></html>"
GERMAN = "Die Fähre fährt ab heute mit Wasserstoff auf die Insel, und die Gemeinde ist froh, dass es nun so weit ist."


def page(body: str, title: str = "", lang: str = "en") -> str:
    return PAGE.format(lang=lang, title=title, body=body)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        (page(f"<h1>{TITLE}</h1><h2>The trials are over</h2><p>{LEAD}</p>"), "the first heading of the file"),
        (page(f"<h1>{TITLE}</h1><h2>The trials are over</h2><p>{LEAD}</p>"), "a heading of the file"),
        (page(f"<p>{TITLE}</p><p>{LEAD}</p>", title=f"{TITLE} | Osier"), "what the file is called"),
        (f"Press release: {TITLE}\n\n{LEAD}\n", "the text after a label"),
        (f"Title: {TITLE}\n\nSubtitle: Trials are over\n\n{LEAD}\n", "it says that it is the headline"),
        (f"Title: {TITLE}\n\nSubtitle: Trials are over\n\n{LEAD}\n", "it says that it is no headline"),
        (f"{TITLE}\n\nThe ferry sails with these people:\n\n{LEAD}\n", "it goes on"),
        (f"{TITLE}\n\nIt sails today.\n\n{LEAD}\n", "it ends as a sentence"),
        (f"{TITLE} April 18, 2007 STENNER Osier\n\n{LEAD}\n", "a date runs on in it"),
        (f"{TITLE}\n\n…and to the island of Reed\n\n{LEAD}\n", "it goes on from the line above"),
        (
            f"{TITLE}\n\nOne more line\n\nAnd one more\n\nOne after that\n\nThe last line\n\n{LEAD}\n",
            "far above the text",
        ),
        (f"Osier Council of Ferries\n\n{TITLE}\n\n{LEAD}\n", "it holds the name of a body"),
        (f"Ines Falk, Director of Ferries\n\n{TITLE}\n\n{LEAD}\n", "a person with a role"),
        (f"Minister Ferries\n\n{TITLE}\n\n{LEAD}\n", "the title of an office"),
        (f"OSIER TODAY\n\n{TITLE}\n\n{TITLE}\n\n{LEAD}\n", "printed twice"),
    ],
)
def test_a_sign_of_a_headline_is_weighed(text: str, sign: str) -> None:
    assert sign in [each.sign for each in draft_of(text).evidence if each.subject == "headline"]


@pytest.mark.parametrize(
    ("text", "part", "reason"),
    [
        (
            f"HYDROGEN FERRY SAILS TO OSIER AND\n\nTO THE ISLAND OF REED\n\n{LEAD}\n",
            "headline",
            "joined from several lines",
        ),
        (f"{TITLE}\nTrials were long and are over\nNothing else sails\n\n{LEAD}\n", "headline", "may belong to it"),
        (
            f"Ferry trials are over\n\nOsier harbour has new boats\n\n{TITLE}\n\n{LEAD}\n",
            "headline",
            "could be it as well",
        ),
        (f"Harbour: {TITLE}\n\n4 March 2025\n\n{TITLE}\n\n{LEAD}\n", "headline", "printed in another form"),
        (f"FERRY ON HYDROGEN SAILS TO OSIER The ferry sails from today, {LEAD}\n", "headline", "shares a paragraph"),
        (f"{TITLE}\n\n{LEAD}\n\nENDS\n\nContact: Ferries, 01632 960123\n", "contacts", "is not the name of a person"),
        (page("<h1>Qwx zzk</h1><p>Vrr tnk plm.</p>", lang="en"), "language", "only the file itself says"),
        (page(f"<h1>{TITLE}</h1><p>{GERMAN}</p>", lang="en"), "language", "its words are “de”"),
        (
            page(
                "<h1>Qwx zzk vrr tnk</h1><p>Das plm vrr tnk zzk qwx vrr plm zzk tnk vrr, und qwx vrr plm tnk zzk.</p>",
                lang="en",
            ),
            "language",
            "look like “de”",
        ),
    ],
)
def test_a_part_that_is_not_sure_says_why(text: str, part: str, reason: str) -> None:
    assert reason in draft_of(text).reasons.get(part, "")
