"""Which line is the headline: of mastheads, dates, quotations, bullets, labels and lines of a page around it."""

from __future__ import annotations

import pytest

from importer.drafts import draft_of, lost, quotations, written
from machine import need_shared
from pressgen.importer.draft import Confidence

LEAD = (
    "A ferry that runs on hydrogen sails to the island of Osier from today, after three years of trials in the harbour"
    " of Stenner."
)
TITLE = "Hydrogen ferry sails to Osier"


@pytest.mark.parametrize(
    "above",
    [
        f"Stenner Harbour Press Release\n\n{TITLE}",
        f"Osier Times Media Release\n\n4 March 2025\n\n{TITLE}",
        f"News from Stenner Harbour\n\n{TITLE}",
        f"STENNER HARBOUR BOARD\n\n{TITLE}",
        f"4 March 2025\n\n{TITLE}",
        f"Tuesday 4 March 2025\n\nSTENNER\n\n{TITLE}",
        f"Press release: {TITLE}",
        f"Press release 12/2025: {TITLE}",
        f"**Press release:** {TITLE}",
        f"Pressemitteilung: {TITLE}",
        f"Pressemitteilung Nr. 12/2025: {TITLE}",
        f"Communiqué de presse : {TITLE}",
        f"Nota de prensa: {TITLE}",
        f"Comunicado de prensa: {TITLE}",
        f"Comunicato stampa: {TITLE}",
        f"Persbericht: {TITLE}",
        f"Datganiad i'r wasg: {TITLE}",
        f"Informacja prasowa: {TITLE}",
        f"{TITLE} | Ministry of Ferries",
        f"{TITLE} » Stenner Harbour",
        f"{TITLE} - The Stenner Harbour Board",
        f"SHARE\n\nSkip to content\n\nHome > News > Ferries\n\nFacebook Twitter LinkedIn\n\n{TITLE}",
        f"We use cookies to make this site work, and others to count who comes by and what they read.\n\n{TITLE}",
        f"Ivo Marsh MP\n\nMINISTER FOR FERRIES\n\n{TITLE}",
        f"“It is a quiet boat. The birds like it,” says everybody.\n\n{TITLE}",
        f"F r o m t h e h a r b o u r\n\n{TITLE}",
        f"Subject: {TITLE}\n\n{TITLE}",
    ],
)
def test_the_headline_is_found_below_everything_else(above: str) -> None:
    text = f"{above}\n\n{LEAD}\n"
    draft = draft_of(text)

    assert draft.headline == TITLE
    assert lost(text.encode(), written(draft)) == []


@pytest.mark.parametrize(
    "headline",
    [
        "'Quiet' ferry sails to Osier",
        "“Quiet” ferry sails to Osier",
        "1 in 3 ferries sails on hydrogen",
        "Why does the ferry sail to Osier?",
        "Ferry to Osier: what the trials found",
        "FERRY ON HYDROGEN SAILS TO OSIER",
        "Osier by hydrogen",
        "Stenner Harbour Board opens its ferry to Osier",
    ],
)
def test_headlines_of_any_form_are_sure(headline: str) -> None:
    draft = draft_of(f"{headline}\n\n{LEAD}\n")

    assert (draft.headline, draft.sureness["headline"]) == (headline, Confidence.SURE)


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (
            "Hydrogen Ferry Sails to Osier\nAfter Three Years of Trials",
            "Hydrogen Ferry Sails to Osier After Three Years of Trials",
        ),
        (
            "HYDROGEN FERRY SAILS TO OSIER AND\n\nTO THE ISLAND OF REED",
            "HYDROGEN FERRY SAILS TO OSIER AND TO THE ISLAND OF REED",
        ),
        (
            "Hydrogen Ferry Sails to Osier but\nLeaves Reed Without a Boat",
            "Hydrogen Ferry Sails to Osier but Leaves Reed Without a Boat",
        ),
    ],
)
def test_a_headline_of_two_lines_is_joined(lines: str, headline: str) -> None:
    assert draft_of(f"{lines}\n\n{LEAD}\n").headline == headline


def test_of_two_forms_the_printed_one_counts_and_is_not_sure() -> None:
    draft = draft_of(f"Harbour: {TITLE}\n\n4 March 2025\n\n{TITLE}\n\n{LEAD}\n")

    assert (draft.headline, draft.sureness["headline"]) == (TITLE, Confidence.LIKELY)
    assert "printed in another form" in draft.reasons["headline"]


@pytest.mark.parametrize(
    "masthead", ["Board Press Release", "S t e n n e r H a r b o u r B o a r d", "STENNER", "News"]
)
def test_a_masthead_alone_is_no_headline(masthead: str) -> None:
    draft = draft_of(f"{masthead}\n\n{LEAD}\n")

    assert draft.headline == ""
    assert "no headline" in [doubt.kind for doubt in draft.doubts]


def test_a_masthead_that_may_be_a_headline_is_doubted() -> None:
    draft = draft_of(f"Stenner Harbour Press Release\n\n{LEAD}\n")

    assert draft.sureness["headline"] is Confidence.DOUBTFUL


def test_a_short_lead_is_no_subhead() -> None:
    draft = draft_of(f"{TITLE}\n\nThe ferry sails today. It took three years.\n\n“It is quiet,” said Ivo Marsh.\n")

    assert (draft.headline, draft.subhead) == (TITLE, "")
    assert len(draft.body) == 2


def test_a_summary_above_a_lead_that_stands_alone_is_a_subhead() -> None:
    draft = draft_of(f"{TITLE}\n\nThe trials of the hydrogen ferry took three years.\n\n{LEAD}\n")

    assert draft.subhead == "The trials of the hydrogen ferry took three years."


def test_a_pull_quote_above_the_headline_is_kept_and_doubted() -> None:
    quote = "“We are proud to be part of these trials. They are excellent news for everybody on the island of Osier.”"
    above = f"Issued on 4 March 2025\n\n- New ferry sails today\n\n{quote}\n\n- Ines Falk, Osier Ferries"
    text = f"{above}\n\n{TITLE}\n\n{LEAD}\n"
    draft = draft_of(text)

    assert draft.headline == TITLE
    assert lost(text.encode(), written(draft)) == []
    assert [name for name, _ in quotations(draft)] == ["Ines Falk"] or draft.doubts


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("m7_quoted_headline.txt", "'Outstanding' results announced from new bridge study"),
        ("m8_masthead.txt", "1 in 3 bridges need repair"),
        ("r3_pullquote.txt", "'Outstanding' results announced from new bridge study"),
        ("m10_subject.eml", "Bridge opens over the Arl"),
        ("m1_wrong_speaker.txt", "New bridge cuts journeys by half"),
        ("n8.txt", "Bridge fund pays for new crossing at Arl"),
    ],
)
def test_shared_cases_have_their_headline(name: str, headline: str) -> None:
    draft = draft_of(need_shared("cases", "import", name).read_bytes())

    assert (draft.headline, draft.sureness["headline"]) == (headline, Confidence.SURE)


def test_a_subject_that_is_the_headline_is_not_left_over() -> None:
    assert draft_of(need_shared("cases", "import", "m10_subject.eml").read_bytes()).unplaced == ()
