from __future__ import annotations

from typing import get_args

import pytest

from load.sources import faults, release
from pressgen.load.schema import FORMS
from pressgen.model.house import House
from pressgen.model.office import Office
from pressgen.model.record import ONE_LINE, Id
from pressgen.model.release import Release

NO_ID = "is not an id; use small letters and digits, with single “-” or “_” between them, and begin with a letter"
CASES = {
    "unknown field": (
        release("hedline: x\n"),
        ["1:1: R01 no field “hedline” here; did you mean “headline”?"],
    ),
    "a fingerprint that check did not print": (
        release("accept: [{rule: N06, where: headline, because: x, seen: yesterday}]\n"),
        ["1:57: R04 “yesterday” is not a fingerprint of the words; copy it from the output of pressgen check,"
         " or delete it"],
    ),
    "unknown field far from any": (
        release("times: {zone: Europe/London, when: now}\n"),
        ["1:30: R01 no field “when” here; there is zone, embargo, issue, publish, fold"],
    ),
    "unknown field of a person": (
        release("people: {moss: {name: A, emial: b}}\n"),
        ["1:26: R01 no field “emial” here; did you mean “email”?"],
    ),
    "a person called as a field is": (
        release("people: {moss: {name: A}, name: {role: b}}\n"),
        ["1:27: R02 “name” is missing: the full name with its title, as printed the first time"],
    ),
    "missing at the top": (release("", "headline"), ["1:1: R02 “headline” is missing: the headline"]),
    "missing in a quote": (
        release("body:\n  - quote:\n      words: Yes.\n"),
        ["2:5: R02 “by” is missing: the id of the speaker in `people`"],
    ),
    "missing in an entry": (
        release("notes:\n  - id: count\n"),
        ["2:5: R02 “text” is missing: the note"],
    ),
    "text for a list": (release("contacts: moss\n"), ["1:11: R03 “contacts” expects a list, found text"]),
    "text for fields": (
        release("times: today\n"),
        ["1:8: R03 “times” expects fields, found text"],
    ),
    "a list for fields": (release("terms: [CLS]\n"), ["1:8: R03 “terms” expects fields, found a list"]),
    "fields for text": (
        release("headline: {a: b}\n"),
        ["1:11: R03 “headline” expects text, found fields"],
    ),
    "fields for words": (
        release("body:\n  - quote: {by: moss, words: {a: b}}\n"),
        ["2:30: R03 “words” expects text or a list, found fields"],
    ),
    "a paragraph with a colon": (
        release("body:\n  - More than 40 people want heating: the Trust says so\n"),
        ["2:5: R01 “More than 40 people want heating” is read as the name of a field, because a colon and a space"
         " follow it: put the whole text in quotation marks, or on lines of its own after “>-”"],
    ),
    "a paragraph of one word and a colon": (
        release("body:\n  - Note: water is cold\n"),
        ["2:5: R01 “Note” is read as the name of a field, because a colon and a space follow it: put the whole text in"
         " quotation marks, or on lines of its own after “>-”"],
    ),
    "a kind of block with a capital letter": (
        release("body:\n  - Heading: water\n"),
        ["2:5: R01 no kind of block is “Heading”; did you mean “heading”?"],
    ),
    "spoken words with a colon": (
        release("body:\n  - quote: {by: moss, words: [Yes: we can]}\n"),
        ["2:31: R03 “Yes” is read as the name of a field, because a colon and a space follow it: put the whole text in"
         " quotation marks, or on lines of its own after “>-”"],
    ),
    "an entry of a list with a colon": (
        release("body:\n  - list:\n      - The Trust says: yes\n"),
        ["3:9: R01 “The Trust says” is read as the name of a field, because a colon and a space follow it: put the"
         " whole text in quotation marks, or on lines of its own after “>-”"],
    ),
    "a headline on the next line with a colon": (
        release("headline:\n  Trust says: yes\n"),
        ["2:3: R03 “Trust says” is read as the name of a field, because a colon and a space follow it: put the whole"
         " text in quotation marks, or on lines of its own after “>-”"],
    ),
    "an acknowledgement with an empty reason": (
        release("accept: [{rule: N06, where: lead, because: ''}]\n"),
        ["1:45: R05 “because” is empty; write a text: why it may stand"],
    ),
    "text for a list block": (
        release("body:\n  - list: x\n  - [^count]\n"),
        ["2:11: R03 “list” expects fields or a list, found text",
         "3:5: R03 an entry of “body” expects text or fields, found a list"],
    ),
    "a list among words": (
        release("body:\n  - quote: {by: moss, words: [a, [b]]}\n"),
        ["2:34: R03 an entry of “words” expects text, found a list"],
    ),
    "a list for a choice": (
        release("audience: [press]\n"),
        ["1:11: R03 “audience” expects text, found a list"],
    ),
    "an id": (release("house: County Council\n"), [f"1:8: R04 “County Council” {NO_ID}"]),
    "an id that ends in a line break": (release("house: |\n  county\n"), [f"2:3: R04 “county ” {NO_ID}"]),
    "an id among people": (
        release("people: {moss: {name: A}, Ivy: {name: B}}\n"),
        [f"1:27: R04 “Ivy” {NO_ID}"],
    ),
    "a reference": (
        release("reference: LIB 7\n"),
        ["1:12: R04 “LIB 7” is not a reference; use only letters, digits, “.”, “_”, “/” and “-”"],
    ),
    "a long reference": (
        release(f"reference: {'A' * 99}\n"),
        [f"1:12: R04 “{'A' * 60}…” is longer than 60 characters"],
    ),
    "a language": (
        release("language: English\n"),
        ["1:11: R04 “English” is not a language; write its BCP 47 code, such as en-GB or cy"],
    ),
    "an address": (
        release("people: {moss: {name: A, email: a b@c.example}}\n"),
        ["1:33: R04 “a b@c.example” is not an e-mail address; write one such as press@example.org"],
    ),
    "an address with a line break": (
        release('people: {moss: {name: A, email: "a@c.example\\n"}}\n'),
        ["1:34: R04 “a@c.example ” is not an e-mail address; write one such as press@example.org"],
    ),
    "a page": (
        release("links: [{id: x, title: X, url: county.example}]\n"),
        ["1:32: R04 “county.example” is not the address of a page; write it in full, with https://"],
    ),
    "a choice": (
        release("audience: Press\n"),
        ["1:11: R04 “audience” cannot be “Press”; did you mean “press”?"],
    ),
    "a choice far from any": (
        release("audience: us\n"),
        ["1:11: R04 “audience” cannot be “us”; write press or named or nobody"],
    ),
    "a truth": (
        release("body:\n  - list: {ordered: yes, items: [a]}\n  - x[^count]\n"),
        ["2:21: R04 “ordered” is true or false, not “yes”"],
    ),
    "the findings block": (
        release("body:\n  - findings: every\n"),
        ["2:15: R04 “findings” cannot be “every”; write all"],
    ),
    "no entries": (release("body: []\n"), ["1:7: R05 “body” needs at least 1 entry"]),
    "too few entries": (
        release("findings:\n  scale: [Good]\n  items: [{id: a, subject: S, rating: Good}]\n"),
        ["2:10: R05 “scale” needs at least 2 entries"],
    ),
    "an empty text": (release("headline: ''\n"), ["1:12: R05 “headline” is empty; write a text: the headline"]),
    "a kind of block": (
        release("body:\n  - qoute: {by: moss, words: x}\n"),
        ["2:5: R01 no kind of block is “qoute”; did you mean “quote”?"],
    ),
    "a kind of block far from any": (
        release("body:\n  - video: x\n"),
        ["2:5: R01 no kind of block is “video”; there is heading, quote, pull, list, findings, table, image, chart"],
    ),
    "an empty block": (
        release("body:\n  - {}\n"),
        ["2:5: R01 no kind of block is “”; there is heading, quote, pull, list, findings, table, image, chart"],
    ),
    "two kinds in one block": (
        release("body:\n  - heading: x\n    list: [a]\n"),
        ["3:5: R01 “list” cannot be in the same block as another field; begin a new block with “- ”"],
    ),
    "within an entry": (
        release("body:\n  - list: {items: [{text: a, itms: [b]}]}\n"),
        ["2:30: R01 no field “itms” here; did you mean “items”?"],
    ),
    "a row that is a text": (
        release("body:\n  - table: {header: [a], rows: [b]}\n"),
        ["2:33: R03 an entry of “rows” expects a list, found text"],
    ),
    "an acknowledgement of no rule": (
        release("accept:\n  - {rule: numbers, where: body, because: Counted twice.}\n"),
        ["2:12: R04 “numbers” is not the code of a rule, such as N06; to see them: pressgen rules"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), CASES.values(), ids=CASES)
def test_what_a_release_cannot_be_is_said_in_plain_words(text: str, lines: list[str]) -> None:
    assert [f"release.yaml:{line}" for line in lines] == faults(text)


def test_a_quoted_text_never_breaks_the_line_of_a_problem() -> None:
    (line,) = faults(release('house: "a\\nb"\n'))

    assert "“a b” is not an id" in line


def test_no_release_hides_its_faults_behind_others() -> None:
    text = release("reference: A 1\ncontacts: [mos]\nhedline: x\n", "headline")

    assert [line.removeprefix("release.yaml:").partition(" “")[0].partition(" no")[0] for line in faults(text)] == [
        "1:1: R02",
        "1:12: R04",
        "2:12: R07",
        "3:1: R01",
    ]


def patterned(schema: object, name: str = "") -> dict[str, str]:
    """The patterns in a JSON Schema by the field that has them."""
    found: dict[str, str] = {}
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            found[name] = schema["pattern"]
        for key, value in schema.items():
            found |= patterned(value, name if key in {"items", "anyOf", "properties"} else key)
    if isinstance(schema, list):
        for value in schema:
            found |= patterned(value, name)
    return found


def test_every_form_that_is_no_id_is_explained() -> None:
    elsewhere = {get_args(Id)[1].pattern, ONE_LINE}
    patterns = [patterned(model.model_json_schema()) for model in (Release, House, Office)]
    numbers = {"port"}

    assert set(FORMS) - numbers == {
        name for each in patterns for name, pattern in each.items() if pattern not in elsewhere
    }
