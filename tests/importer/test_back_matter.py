"""Below the text: dated end marks, sections about a company, notes in all languages, contacts."""

from __future__ import annotations

import pytest

from importer.drafts import draft_of, lost, written
from machine import need_shared
from pressgen.importer.draft import Confidence

TITLE = "Hydrogen ferry sails to Osier"
LEAD = (
    "A ferry that runs on hydrogen sails to the island of Osier from today, after three years of trials in the harbour"
    " of Stenner."
)


def below(*parts: str) -> str:
    return "\n\n".join([TITLE, LEAD, *parts]) + "\n"


@pytest.mark.parametrize(
    "mark",
    [
        "ENDS 12 May",
        "Ends 26 January 2026",
        "- Ends 26 January 2003",
        "ENDS – 4 March 2025",
        "###",
        "# # #",
        "-30-",
        "*** ENDS ***",
        "END OF PRESS RELEASE",
        "– Ende –",
        "FIN",
        "//ENDS//",
        "Slut",
        "Einde",
    ],
)
def test_end_marks_of_any_form_end_the_text(mark: str) -> None:
    draft = draft_of(below(mark, "Notes to editors", "1. The ferry carries 40 cars."))

    assert draft.sureness["end mark"] is Confidence.SURE
    assert len(draft.body) == 1


@pytest.mark.parametrize("line", ["Ends meet where the ferry lands", "Endless trials", "The end of May saw rain"])
def test_a_line_that_begins_like_an_end_mark_is_text(line: str) -> None:
    assert draft_of(below(line, LEAD)).sureness["end mark"] is Confidence.ABSENT


@pytest.mark.parametrize(
    "heading",
    [
        "About Osier Ferries Inc.",
        "About Osier Ferries Pty. Ltd.",
        "About Osier Ferries Co.",
        "Über die Osier Fähren e.V.",
        "À propos d’Osier S.A.",
    ],
)
def test_a_company_whose_name_ends_with_a_stop_has_its_section(heading: str) -> None:
    draft = draft_of(below(heading, "It builds ferries. It was founded in 1990."))

    assert [each.heading for each in draft.boilerplate] == [heading]


@pytest.mark.parametrize(
    "line",
    [
        "About Osier Ferries (OSR.X)Founded in 1990, it builds ferries for the islands of the west and of the north.",
        "About Osier FerriesOsier Ferries builds ferries for the islands of the west and of the north, since 1990.",
        "About Osier Ferries: Founded in 1990, it builds ferries for the islands of the west and of the north.",
    ],
)
def test_a_section_that_runs_on_from_its_heading_is_one(line: str) -> None:
    draft = draft_of(below("ENDS", line))

    assert len(draft.boilerplate) == 1
    assert lost(below("ENDS", line).encode(), written(draft)) == []


@pytest.mark.parametrize(
    "heading",
    [
        "Notes to editors",
        "NOTES FOR EDITORS:",
        "Editor's notes",
        "Editors’ notes",
        "Note to journalists",
        "Notes to editors and broadcasters",
        "Notes aux rédactions",
        "Note à l’attention des journalistes",
        "Hinweise für die Redaktionen",
        "Redaktionelle Hinweise",
        "Hinweis für Journalisten",
        "Nota para los medios",
        "Notas a los editores",
        "Nodiadau i olygyddion",
        "Nodyn i'r wasg",
        "Note per la stampa",
        "Notas aos editores",
        "Noot voor de redactie",
        "Noty dla redakcji",
    ],
)
def test_notes_have_a_heading_in_many_languages(heading: str) -> None:
    draft = draft_of(below("ENDS", heading, "1. The ferry carries 40 cars.", "2. It was built in 1988."))

    assert len(draft.notes) == 2
    assert draft.unplaced == ()


@pytest.mark.parametrize(
    "line",
    [
        "Share this page",
        "Facebook | Twitter | LinkedIn",
        "Skip to main content",
        "Copy link",
        "Home > News > Ferries",
        "Print this page",
        "Accept all cookies",
        "Zum Inhalt springen",
        "Aller au contenu principal",
        "Back to news",
    ],
)
def test_words_of_the_page_around_are_neither_text_nor_left_over(line: str) -> None:
    text = f"{line}\n\n{below(line, LEAD, 'ENDS', line)}"
    draft = draft_of(text)

    assert (draft.headline, draft.unplaced) == (TITLE, ())
    assert len(draft.body) == 2
    assert lost(text.encode(), written(draft)) == []


@pytest.mark.parametrize(
    ("line", "emails", "phones"),
    [
        ("Contact: Ann Reed, 202/555-0123, http://osier.example", [], ["202/555-0123"]),
        (
            "Contact: email ann.reed@osier.example orIvo.Marsh@osier.example",
            ["ann.reed@osier.example", "Ivo.Marsh@osier.example"],
            [],
        ),
    ],
)
def test_contacts_of_odd_forms_are_found(line: str, emails: list[str], phones: list[str]) -> None:
    draft = draft_of(below("ENDS", line))
    people = [draft.people[key] for key in draft.contacts]

    assert [each.email for each in people if each.email] == emails
    assert [each.phone for each in people if each.phone] == phones


def test_contacts_are_not_sure_while_the_text_has_another_number() -> None:
    draft = draft_of(
        below("Ring the harbour on 01632 960999 to book a place.", LEAD, "ENDS", "Contact: Ann Reed, 01632 960123")
    )

    assert draft.sureness["contacts"] is Confidence.LIKELY
    assert "01632 960999" in draft.reasons["contacts"]


@pytest.mark.parametrize(
    ("name", "heading"), [("m9_about_inc.txt", "About Arl Mining Inc."), ("r1_about.txt", "About Arl Bridges Inc.")]
)
def test_shared_cases_have_their_section(name: str, heading: str) -> None:
    draft = draft_of(need_shared("cases", "import", name).read_bytes())

    assert [each.heading for each in draft.boilerplate] == [heading]
    assert draft.sureness["end mark"] is Confidence.SURE
