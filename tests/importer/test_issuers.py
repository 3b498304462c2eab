"""Where a release comes from: signs that agree, signs that do not, and countries with several zones."""

from __future__ import annotations

import pytest

from importer.drafts import draft_of, written
from machine import need_shared
from pressgen.errors import InputError
from pressgen.importer.draft import Confidence
from pressgen.load.release import read_release
from pressgen.text.embargo.line_reader import Embargo, UnsettledEmbargo

TITLE = "Osier ferry runs on hydrogen"
LEAD = (
    "The ferry to the island sails on hydrogen from today, after three years of trials in the harbour at its home port."
)
LINE = "EMBARGOED UNTIL 10:30 TUESDAY 4 MARCH 2025"


def release(*below: str, line: str = LINE, lead: str = LEAD) -> str:
    return "\n\n".join([line, TITLE, lead, *below]) + "\n"


@pytest.mark.parametrize(
    ("below", "language", "zone"),
    [
        (
            (
                "Media contact: Ann Reed, 0400 000 000, ann.reed@osier.gov.au",
                "Osier House, 1 Quay Road, Hobart TAS 7000",
            ),
            "en-AU",
            "Australia/Hobart",
        ),
        (
            ("Contact: Ann Reed, (08) 8123 4567, press@osier.example", "1 Quay Road, Adelaide SA 5000"),
            "en-AU",
            "Australia/Adelaide",
        ),
        (
            (
                "Contact: Ann Reed, 01632 960123, press@osier.example",
                "1 Quay Road, Stenner ZZ1 2AB. Registered charity 123",
            ),
            "en-GB",
            "Europe/London",
        ),
        (("Contact: Ann Reed, +353 1 555 0123, press@osier.ie",), "en-IE", "Europe/Dublin"),
        (("Contact: Ann Reed, 09 555 0123, press@osier.co.nz",), "en-NZ", "Pacific/Auckland"),
        (("Contact: Ann Reed, +27 21 555 0123, press@osier.co.za",), "en-ZA", "Africa/Johannesburg"),
        (
            ("Contact: Ann Reed, (416) 555-0123, press@osier.ca", "1 Quay Road, Toronto, ON M5V 2T6"),
            "en-CA",
            "America/Toronto",
        ),
        (
            ("Contact: Ann Reed, (503) 555-0123, press@osier.gov", "1 Quay Road, Portland, OR 97201"),
            "en-US",
            "America/Los_Angeles",
        ),
    ],
)
def test_signs_that_agree_decide_country_and_zone(below: tuple[str, ...], language: str, zone: str) -> None:
    draft = draft_of(release(*below))

    assert (draft.language, draft.zone) == (language, zone)
    assert draft.sureness["zone"] is Confidence.SURE
    assert isinstance(draft.embargo, Embargo)


@pytest.mark.parametrize(
    ("text", "language", "zone"),
    [
        (
            "Die Fähre fährt ab heute mit Wasserstoff auf die Insel, und die Gemeinde ist froh, dass es nach drei"
            " Jahren"
            " so weit ist.\n\nKontakt: Ann Reed, +43 1 555 0123, presse@osier.at\n",
            "de-AT",
            "Europe/Vienna",
        ),
        (
            "Le bac roule à l’hydrogène à partir d’aujourd’hui, après trois ans d’essais dans le port, et la commune"
            " en est heureuse pour tous.\n\nContact : Ann Reed, +41 22 555 01 23, presse@osier.ch\n",
            "fr-CH",
            "Europe/Zurich",
        ),
    ],
)
def test_a_language_of_several_countries_takes_the_one_of_its_office(text: str, language: str, zone: str) -> None:
    draft = draft_of(f"{TITLE}\n\n{text}")

    assert (draft.language, draft.zone) == (language, zone)


@pytest.mark.parametrize(
    "contact",
    [
        "Contact: Ann Reed, (503) 555-0123, press@osier.example",
        "Contact: Ann Reed, 0400 000 000, press@osier.com.au",
        "Contact: Ann Reed, +1 204 555 0123, press@osier.ca",
        "Contact: Ann Reed, +55 11 5555 0123, press@osier.com.br",
    ],
)
def test_a_country_of_several_zones_is_open_unless_a_place_decides(contact: str) -> None:
    draft = draft_of(release(contact))

    assert isinstance(draft.embargo, UnsettledEmbargo)
    assert draft.zone.endswith("/CITY")
    assert draft.sureness["zone"] is draft.sureness["embargo"] is Confidence.OPEN
    assert "has several zones" in draft.reasons["zone"] or "have several zones" in draft.reasons["zone"]


def test_an_open_zone_is_refused_until_a_person_writes_it() -> None:
    text = written(draft_of(release("Contact: Ann Reed, 0400 000 000, press@osier.com.au")))

    with pytest.raises(InputError, match="R29 the city is still missing in “Australia/CITY”"):
        read_release(text.encode(), "release.yaml")
    read_release(text.replace("Australia/CITY", "Australia/Perth").encode(), "release.yaml")


@pytest.mark.parametrize(
    "lead",
    [
        "Ferry makers from New York and Washington come to see the program of the harbour today, and stay a while.",
        "The ferry from London, England, was built for Scotland, and sails on hydrogen from today, after three years.",
        "Guests from Berlin, Paris and Madrid come to see the ferry sail on hydrogen today, after three years.",
    ],
)
def test_places_in_the_text_do_not_outvote_the_office(lead: str) -> None:
    draft = draft_of(
        release("Contact: Ann Reed, 0400 000 000, ann@osier.gov.au", "1 Quay Road, Canberra ACT 2600", lead=lead)
    )

    assert (draft.language, draft.zone) == ("en-AU", "Australia/Sydney")


def test_places_with_two_zones_leave_the_zone_open() -> None:
    lead = "Ferries sail from Perth and from Brisbane on hydrogen today, after three years of trials."
    draft = draft_of(release("Contact: Ann Reed, 0400 000 000, ann@osier.gov.au", lead=lead))

    assert draft.zone == "Australia/CITY"
    assert draft.reasons["zone"] == "Australia has several zones, and the text names places in 2 of them"


def test_signs_that_contradict_each_other_are_never_sure() -> None:
    draft = draft_of(release("Contact: Ann Reed, +61 2 5550 0123, ann@osier.de"))

    assert draft.sureness["zone"] is not Confidence.SURE
    assert draft.reasons["zone"]


@pytest.mark.parametrize(
    ("line", "zone", "language"),
    [
        ("EMBARGOED UNTIL 9PM AEDT, TUESDAY 6 DECEMBER 2011", "Australia/Sydney", "en-AU"),
        ("EMBARGOED UNTIL 9PM ACDT, TUESDAY 6 DECEMBER 2011", "Australia/Adelaide", "en-AU"),
        ("EMBARGOED UNTIL 9PM NZDT, TUESDAY 6 DECEMBER 2011", "Pacific/Auckland", "en-NZ"),
        ("EMBARGOED UNTIL 9PM PDT, TUESDAY 6 SEPTEMBER 2011", "America/Los_Angeles", "en-US"),
    ],
)
def test_a_zone_on_the_line_is_taken_without_a_doubt(line: str, zone: str, language: str) -> None:
    draft = draft_of(release(line=line))

    assert (draft.zone, draft.language) == (zone, language)
    assert draft.sureness["zone"] is draft.sureness["embargo"] is Confidence.SURE
    assert not [doubt for doubt in draft.doubts if doubt.field.startswith("times")]


@pytest.mark.parametrize(
    ("hour", "said"), [("12am", "start of the day"), ("12 a.m.", "start of the day"), ("12pm", "noon")]
)
def test_twelve_with_a_half_of_the_day_is_doubted(hour: str, said: str) -> None:
    draft = draft_of(release(line=f"Embargoed until {hour} BST, 4 July 2025"))

    assert [doubt for doubt in draft.doubts if said in doubt.message]
    assert draft.sureness["embargo"] is Confidence.LIKELY


def test_numerals_that_read_two_ways_are_doubted_where_the_country_is_not_known() -> None:
    draft = draft_of(release(line="Embargoed until 10:30 GMT, 3/4/2025"))

    assert [doubt for doubt in draft.doubts if "3/4/2025 is read as day, month" in doubt.message]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Паром идёт на остров на водороде с сегодняшнего дня, после трёх лет испытаний в гавани.", "ru"),
        ("今日から水素で走るフェリーが島へ出航する。三年間の試験の後である。", "ja"),
        (
            "Färjan går på vätgas till ön från och med i dag, efter tre års försök i hamnen, och det är bra för alla.",
            "sv",
        ),
    ],
)
def test_other_languages_are_not_taken_for_the_houses(text: str, language: str) -> None:
    assert draft_of(f"{TITLE}\n\n{text * 3}\n").language == language


@pytest.mark.parametrize("name", ["m6_zone.txt", "p2_twonames.txt", "p8_nbsp.txt"])
def test_shared_cases_are_australian(name: str) -> None:
    draft = draft_of(need_shared("cases", "import", name).read_bytes())

    assert draft.language == "en-AU"
    assert draft.zone.startswith("Australia/")


def test_the_named_zone_of_a_shared_case_is_not_doubted() -> None:
    assert not draft_of(need_shared("cases", "import", "p8_nbsp.txt").read_bytes()).doubts


def test_twelve_in_a_shared_case_is_doubted() -> None:
    doubts = draft_of(need_shared("cases", "import", "p2_twonames.txt").read_bytes()).doubts

    assert [doubt for doubt in doubts if "12am" in doubt.message]
