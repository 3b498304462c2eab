"""Releases as offices write them in five languages."""

from __future__ import annotations

import pytest

from importer import samples
from importer.drafts import MUSEUM, draft_of, loaded, lost, quotations, written
from pressgen.importer.draft import DraftList
from pressgen.text.embargo.line_reader import Embargo, ImmediateRelease

SAMPLES = {
    "German": samples.GERMAN,
    "French": samples.FRENCH,
    "Spanish": samples.SPANISH,
    "Welsh": samples.WELSH,
    "council": samples.COUNCIL,
    "American": samples.AMERICAN,
    "charity": samples.CHARITY,
    "museum": MUSEUM,
}


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES)
def test_no_word_is_lost(text: str) -> None:
    assert lost(text.encode(), written(draft_of(text))) == []


@pytest.mark.parametrize(
    ("name", "headline", "language"),
    [
        ("German", "Stadtwerke Brunnfeld senken den Strompreis zum Sommer", "de-DE"),
        ("French", "Le musée de Valbrun rouvre ses portes après trois ans de travaux", "fr-FR"),
        ("Spanish", "La biblioteca de Alcorán abrirá también por la noche", "es-ES"),
        ("Welsh", "Llyfrgell Llanferin yn agor ei drysau bob dydd Sul", "cy"),
        ("council", "Council to plant 10,000 trees along the A617", "en-GB"),
        ("American", "Harborlight Foundation Awards $2 Million to Rural Clinics", "en-US"),
        ("charity", "One in three young carers miss school each week, survey finds", "en-GB"),
        ("museum", "Clockwork owl comes home to Brennick Museum", "en-GB"),
    ],
)
def test_headline_and_language_are_found(name: str, headline: str, language: str) -> None:
    draft = draft_of(SAMPLES[name])

    assert (draft.headline, draft.language) == (headline, language)


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("German", "2025-05-14 10:00 Europe/Berlin"),
        ("French", "2025-06-05 06:00 Europe/Paris"),
        ("Spanish", "2025-03-03 09:00 Europe/Madrid"),
        ("Welsh", "2024-06-06 00:01 Europe/London"),
        ("charity", "2024-07-12 09:30 Europe/London"),
        ("museum", "2019-05-08 00:01 Europe/London"),
    ],
)
def test_the_embargo_is_read(name: str, moment: str) -> None:
    reading = draft_of(SAMPLES[name]).embargo

    assert isinstance(reading, Embargo)
    assert str(reading.moment) == moment


@pytest.mark.parametrize("name", ["council", "American"])
def test_immediate_release_is_read(name: str) -> None:
    assert draft_of(SAMPLES[name]).embargo == ImmediateRelease()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("German", [("Dr. Hanna Reuter", 1), ("Jens Oltmann", 1)]),
        ("French", [("Claire Dubreuil", 1), ("Claire Dubreuil", 1), ("Paul Ferrand", 1)]),
        ("Spanish", [("Lucía Moreno", 1), ("Tomás Ibarra", 2)]),
        ("Welsh", [("Cynghorydd Mared Prys", 2), ("Huw Pari", 1)]),
        ("council", [("Cllr Dev Anand", 1), ("Cllr Dev Anand", 1), ("Ruth Ekwall", 1)]),
        ("charity", [("Gwen Harries", 2), ("A Department for Learning spokesperson", 1)]),
        ("museum", [("Dr Ines Falk", 2), ("Tobias Reed", 1)]),
    ],
)
def test_who_says_what_is_found_over_its_paragraphs(name: str, expected: list[tuple[str, int]]) -> None:
    assert [(speaker, len(texts)) for speaker, texts in quotations(draft_of(SAMPLES[name]))] == expected


def test_what_an_attribution_divides_becomes_one_text() -> None:
    assert quotations(draft_of(samples.GERMAN))[0][1] == (
        "Wir geben weiter, was wir am Markt sparen. Das sind wir schuldig.",
    )


@pytest.mark.parametrize(
    ("name", "notes", "contact"),
    [
        ("German", 2, ("Lena Vogt", "+49 30 5550 1234", "presse@stadtwerke.example", "")),
        ("French", 2, ("Marc Aubry", "01 55 55 01 23", "presse@valbrun.example", "")),
        ("Spanish", 2, ("Ana Ruiz", "910 555 123", "prensa@alcoran.example", "")),
        ("Welsh", 1, ("Nia Rowlands", "01632 960 456", "wasg@llanferin.example", "")),
        ("council", 3, ("Joan Petrie", "01632 960 777", "press@thornbeck.example", "07700 900 111")),
        ("charity", 2, ("Iolo Penry", "029 2055 5123", "iolo@wrentrust.example", "07700 900 222")),
        ("museum", 2, ("Mara Quill", "01632 960123", "press@brennick.example", "")),
    ],
)
def test_notes_and_contacts_are_found(name: str, notes: int, contact: tuple[str, str, str, str]) -> None:
    draft = draft_of(SAMPLES[name])
    people = [draft.people[key] for key in draft.contacts]

    assert len(draft.notes) == notes
    assert [(each.name, each.phone, each.email, each.out_of_hours) for each in people] == [contact]


def test_standing_sections_are_found() -> None:
    assert [section.heading for section in draft_of(samples.GERMAN).boilerplate] == ["Über die Stadtwerke Brunnfeld"]
    assert [section.heading for section in draft_of(samples.AMERICAN).boilerplate] == [
        "About the Harborlight Foundation"
    ]


def test_bullets_and_those_below_them_are_found() -> None:
    (listing,) = (block for block in draft_of(samples.CHARITY).body if isinstance(block, DraftList))

    assert [(entry.text, [below.text for below in entry.items]) for entry in listing.items] == [
        ("34% miss a day a week or more", []),
        ("21% have been bullied", ["most of them at school"]),
        ("8% have left education", []),
    ]


@pytest.mark.parametrize("name", ["museum", "charity"])
def test_what_is_found_without_doubt_is_a_release(name: str) -> None:
    draft = draft_of(SAMPLES[name])

    release = loaded(draft).release

    assert release.headline == draft.headline
    assert len(release.body) == len(draft.body)


def test_an_attribution_that_says_more_stays_as_prose_and_is_doubted() -> None:
    draft = draft_of(samples.AMERICAN)

    assert [doubt.kind for doubt in draft.doubts] == ["attribution with more in it"]
    assert "adding that he hoped others would follow" in written(draft)
