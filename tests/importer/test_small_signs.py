"""Small signs that an office prints round its text: a greeting, a state, the point after a date, a line of asking."""

from __future__ import annotations

import pytest

from importer.drafts import MUSEUM, draft_of, loaded, lost, quotations, written

LEAD = "The ferry to Osier Island will run on Sundays from next spring, for the first time in forty years."
QUIET = "Sunday sailings come back to Osier Island"


@pytest.mark.parametrize(
    "greeting",
    ["Dear editor,", "Hello all,", "Dear Ms Quill:", "Sehr geehrte Damen und Herren,", "Madame, Monsieur,", "Hi!"],
)
def test_a_greeting_is_no_headline(greeting: str) -> None:
    text = f"{greeting}\n\n{QUIET}\n\n{LEAD}\n"
    draft = draft_of(text)

    assert draft.headline == QUIET
    assert lost(text.encode(), written(draft)) == []


def test_a_headline_that_begins_like_a_greeting_stays_one() -> None:
    assert draft_of(f"Dear diary: island children write a book\n\n{LEAD}\n").headline.startswith("Dear diary")


@pytest.mark.parametrize(
    ("line", "place", "language", "zone"),
    [
        ("OSIER, Mich., March 4, 2025 — ", "OSIER, Mich.", "en-US", "America/New_York"),
        ("OSIER, Minn., March 4, 2025 — ", "OSIER, Minn.", "en-US", "America/Chicago"),
        ("OSIER, Ariz. — ", "OSIER, Ariz.", "en-US", "America/Phoenix"),
        ("Osier, 4 March 2025. ", "Osier", "en-GB", "Europe/London"),
        ("OSIER, 4 March 2025 – ", "OSIER", "en-GB", "Europe/London"),
    ],
)
def test_the_place_tells_language_and_zone(line: str, place: str, language: str, zone: str) -> None:
    draft = draft_of(f"{QUIET}\n\n{line}{LEAD}\n")
    read = loaded(draft).release

    assert (draft.place, draft.language, read.times.zone) == (place, language, zone)


def test_a_sentence_with_a_year_before_its_point_is_no_dateline() -> None:
    assert draft_of(f"{QUIET}\n\nThe last one sailed in 1985. {LEAD}\n").place == ""


def test_american_dates_and_numbers_make_an_american_release() -> None:
    text = f"March 4, 2025\n\n{QUIET}\n\n{LEAD}\n\nContact: Lena Marsh, (312) 555-0148\n"

    assert draft_of(text).language == "en-US"


@pytest.mark.parametrize(
    "asking",
    [
        "For more information, interviews or pictures contact:",
        "For further information, images and footage, please contact:",
        "For interviews, photographs or filming please call:",
        "For more information about the new timetable please contact:",
    ],
)
def test_a_line_that_asks_to_ask_leaves_nothing_over(asking: str) -> None:
    draft = draft_of(f"{QUIET}\n\n{LEAD}\n\nENDS\n\n{asking}\nLena Marsh, 01632 960 148, lena@osier.example\n")

    assert [each.name for each in draft.people.values()] == ["Lena Marsh"]
    assert draft.unplaced == ()


@pytest.mark.parametrize(
    ("said", "speaker", "words"),
    [
        ("Ivo Marsh, harbour master, said: 'The tide waits for nobody.'", "Ivo Marsh", "The tide waits for nobody."),
        ("‘The tide waits for nobody,’ said Ivo Marsh.", "Ivo Marsh", "The tide waits for nobody."),
        ('"La marea no espera a nadie", afirma el alcalde, Ivo Marsh.', "Ivo Marsh", "La marea no espera a nadie."),
        ("“The tide waits for nobody,” recalls Dr Ivo Lane MP.", "Dr Ivo Lane", "The tide waits for nobody."),
        (
            "Ivo Marsh FRS, harbour master, said: “The tide waits for nobody.”",
            "Ivo Marsh",
            "The tide waits for nobody.",
        ),
    ],
)
def test_speech_is_found(said: str, speaker: str, words: str) -> None:
    text = f"{QUIET}\n\n{LEAD}\n\n{said}\n"
    draft = draft_of(text)

    assert quotations(draft) == [(speaker, (words,))]
    assert lost(text.encode(), written(draft)) == []


def test_single_marks_carry_a_quotation_over_its_paragraphs() -> None:
    draft = draft_of(
        f"{QUIET}\n\n{LEAD}\n\nIvo Marsh said: 'It\u2019s the islanders' boat. It always was.\n\n'Let them all sail.'\n"
    )

    assert quotations(draft) == [("Ivo Marsh", ("It\u2019s the islanders' boat. It always was.", "Let them all sail."))]


@pytest.mark.parametrize(
    "prose",
    [
        "'Tis the season for ferries, and the islanders know it.",
        "The islanders' boats, 'old' as they are, said Ivo Marsh, sail on.",
    ],
)
def test_an_apostrophe_opens_no_speech(prose: str) -> None:
    assert quotations(draft_of(f"{QUIET}\n\n{LEAD}\n\n{prose}\n")) == []


def test_numbers_in_a_column_of_their_own_number_notes() -> None:
    text = f"{QUIET}\n\n{LEAD}\n\nENDS\n\nNotes:\n\n1   The ferry carries 40 cars.\n2   It was built in 1988.\n"

    assert [each.text for each in draft_of(text).notes] == ["The ferry carries 40 cars.", "It was built in 1988."]


def test_round_the_clock_is_no_telephone_number() -> None:
    draft = draft_of(f"{QUIET}\n\n{LEAD}\n\nENDS\n\nPress office tel: 01632 960 880 (24 hours)\n")

    assert [(each.phone, each.out_of_hours) for each in draft.people.values()] == [("01632 960 880",) * 2]
    assert draft.unplaced == ()


def test_the_body_that_somebody_speaks_for_stands_behind_the_name() -> None:
    draft = draft_of(f"{QUIET}\n\n{LEAD}\n\nContact\nUna Reed, Osier Ferry Company\n01632 960 148\n")
    someone = next(iter(draft.people.values()))

    assert (someone.name, someone.organisation) == ("Una Reed", "Osier Ferry Company")
    assert draft.unplaced == ()


@pytest.mark.parametrize(
    ("lines", "name", "organisation", "role"),
    [
        (["Rob Inch, Stenner press office, on 01632 960777 (office hours)"], "Rob Inch", "Stenner press office", ""),
        (["Ann Dee, Tide Office, 01632 960779"], "Ann Dee", "Tide Office", ""),
        (["Kate Holt, Office: 01632 960778, Mobile: 07700 900111"], "Kate Holt", "", ""),
        (["Press Office: 01632 960780"], "Press Office", "", ""),
        (["Sam Teale", "Press officer", "01632 960112"], "Sam Teale", "", "Press officer"),
    ],
)  # fmt: skip
def test_an_office_in_the_name_of_a_body_is_no_label(lines: list[str], name: str, organisation: str, role: str) -> None:
    draft = draft_of(MUSEUM.rpartition("\n3.")[0] + "\n\nMedia contacts\n\n" + "\n".join(lines) + "\n")

    (contact,) = (draft.people[key] for key in draft.contacts)

    assert (contact.name, contact.organisation, contact.role) == (name, organisation, role)


@pytest.mark.parametrize(
    "line",
    [
        "Cyswllt: Elin Rhys, 01632 960555, wasg@brennick.example",
        "Ansprechpartnerin: Elin Rhys, Telefon 01632 960555, wasg@brennick.example",
        "Contacto: Elin Rhys, 01632 960555, wasg@brennick.example",
    ],
)
def test_a_run_in_contact_leaves_nothing_without_a_place(line: str) -> None:
    draft = draft_of(MUSEUM.rpartition("\n3.")[0] + f"\n\n{line}\n")

    assert [draft.people[key].name for key in draft.contacts] == ["Elin Rhys"]
    assert not draft.unplaced


@pytest.mark.parametrize("heading", ["Notas para la redacción", "Notas a las redacciones", "Note à la rédaction"])
def test_notes_to_a_newsroom_are_notes(heading: str) -> None:
    draft = draft_of(MUSEUM.replace("Notes to editors", heading))

    assert len(draft.notes) == 2
