"""The forms for wire desks: ninjs against the names and types of its JSON Schemas, NewsML-G2 by IPTC's own reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from machine import need_module
from newsroom.public import CORRECTION, WITHDRAWAL, files, item, told

HERE = Path(__file__).parent
NAR = "{http://iptc.org/std/nar/2006-10-01/}"
ORDER = (
    "itemClass provider versionCreated firstCreated embargoed pubStatus role fileName generator profile service"
    " title edNote memberOf instanceOf signal altRep deliverableOf hash expires origRep incomingFeedId"
    " metadataCreator link"
).split()
"""The elements of itemMeta in the order of the XML Schema (ItemManagementGroup, then links)."""
STATES: dict[str, dict[str, Any]] = {
    "lifted": {},
    "immediate": {"embargo": None},
    "corrected": {"corrections": (CORRECTION,)},
    "withdrawn": {"withdrawn": WITHDRAWAL},
}


def forms(state: str, suffix: str = "") -> tuple[dict[str, Any], dict[str, Any], bytes]:
    """The forms ninjs 2, ninjs 3 and NewsML-G2 of a release in a state, in two languages."""
    made = files(item(editions=told(en="Rivers & brooks", cy="Afonydd"), **STATES[state]))
    folder = f"2031/river-survey/{suffix}"
    return (
        json.loads(made[f"{folder}ninjs-2.json"]),
        json.loads(made[f"{folder}ninjs-3.json"]),
        made[f"{folder}newsml-g2.xml"],
    )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("suffix", ["", "cy/"])
def test_ninjs_has_the_names_and_types_of_its_schema(state: str, suffix: str) -> None:
    for found, version in zip(forms(state, suffix), ("2.1", "3.1"), strict=False):
        schema = json.loads((HERE / f"ninjs-{version}.schema.json").read_text())
        checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        assert [each.message for each in checker.iter_errors(found)] == []
        assert found["standard"]["version"] == version


def test_the_embargo_has_the_name_of_each_generation() -> None:
    older, newer, _ = forms("lifted")

    assert older["embargoed"] == newer["embargoedUntil"] == "2031-03-12T00:01:00+00:00"
    assert (older["pubstatus"], newer["pubStatus"]) == ("usable", "usable")
    assert {"embargoedUntil", "pubStatus"}.isdisjoint(older)
    assert "embargoed" not in newer


def test_a_release_that_was_never_embargoed_says_nothing_of_it() -> None:
    older, newer, newsml = forms("immediate")

    assert "embargoed" not in older
    assert "embargoedUntil" not in newer
    assert b"mbargo" not in newsml


def test_ninjs_holds_the_words_as_text_and_as_markup() -> None:
    _, newer, _ = forms("lifted")

    plain, marked = newer["bodies"]
    assert plain["value"] == "Rivers & brooks\n\nWords, a line each.\n"
    assert (plain["charCount"], plain["wordCount"]) == (37, 7)
    assert marked["value"].startswith("<div")
    assert newer["headlines"][0]["value"] == "Rivers & brooks"
    assert [each["name"] for each in newer["renditions"]] == ["page", "pdf", "docx"]


def test_a_correction_is_a_new_version_of_the_same_object_with_a_note_to_editors() -> None:
    before, after = forms("lifted")[1], forms("corrected")[1]

    assert before["uri"] == after["uri"]
    assert (before["version"], after["version"]) == ("1", "2")
    assert after["firstCreated"] == before["firstCreated"]
    assert after["versionCreated"] == "2031-03-12T09:30:00+00:00"
    assert after["edNote"].startswith(f"CORRECTED 12 March 2031, 09:30 GMT: {CORRECTION.line}")


def test_a_withdrawn_release_is_canceled_and_empty_of_words() -> None:
    older, newer, newsml = forms("withdrawn")

    assert (older["pubstatus"], newer["pubStatus"]) == ("canceled", "canceled")
    assert newer["version"] == "2"
    assert newer["uri"] == forms("lifted")[1]["uri"]
    assert {"bodies", "headlines", "title", "descriptions", "renditions", "embargoedUntil"}.isdisjoint(newer)
    assert b"brooks" not in newsml
    assert b'pubStatus qcode="stat:canceled"' in newsml


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("suffix", ["", "cy/"])
def test_iptcs_reader_takes_every_element_of_the_news_item(state: str, suffix: str) -> None:
    need_module("NewsMLG2")
    import NewsMLG2  # noqa: PLC0415 - only some machines have it

    newsml = forms(state, suffix)[2]

    item_read = NewsMLG2.NewsMLG2Document(newsml).get_item()

    assert item_read.guid == etree.fromstring(newsml).get("guid")
    assert item_read.standardversion == "2.35"
    for part in ("itemMeta", "contentMeta", "contentSet"):
        said = elements(etree.fromstring(newsml), part)
        assert elements(item_read.to_xml(), part) == said
        assert bool(said) == (part == "itemMeta" or state != "withdrawn")


def elements(root: etree._Element, part: str) -> list[tuple[str, list[tuple[str, str]], str]]:
    """The elements of a part of an item, with their attributes and texts."""
    found = root.iterfind(f"{NAR}{part}/*")
    return sorted((str(each.tag), sorted(dict(each.attrib).items()), (each.text or "").strip()) for each in found)


@pytest.mark.parametrize("state", STATES)
def test_the_elements_of_the_news_item_stand_in_the_order_of_its_schema(state: str) -> None:
    root = etree.fromstring(forms(state, "cy/")[2])

    parts = [str(each.tag).removeprefix(NAR) for each in root]
    assert parts == ["catalogRef", "itemMeta", *(["contentMeta", "contentSet"] if state != "withdrawn" else [])]
    names = [str(each.tag).removeprefix(NAR) for each in root.iterfind(f"{NAR}itemMeta/*")]
    assert names == sorted(names, key=ORDER.index)


def test_the_news_item_carries_embargo_status_note_and_words() -> None:
    root = etree.fromstring(forms("corrected")[2])

    assert root.findtext(f".//{NAR}embargoed") == "2031-03-12T00:01:00+00:00"
    assert root.find(f".//{NAR}pubStatus").get("qcode") == "stat:usable"  # type: ignore[union-attr]
    assert "CORRECTED" in (root.findtext(f".//{NAR}edNote") or "")
    assert root.find(f".//{NAR}signal").get("qcode") == "sig:correction"  # type: ignore[union-attr]
    assert root.get("version") == "2"
    body = root.find(f".//{NAR}inlineXML/{{http://www.w3.org/1999/xhtml}}html")
    assert body is not None
    assert "Rivers & brooks" in "".join(map(str, body.itertext()))
    assert len(root.findall(f".//{NAR}remoteContent")) == 3


@pytest.mark.parametrize(("suffix", "guid", "other"), [("", "", ":cy"), ("cy/", ":cy", "")])
def test_each_language_names_the_others(suffix: str, guid: str, other: str) -> None:
    root = etree.fromstring(forms("lifted", suffix)[2])

    name = "tag:news.example.org,2031:REF-1"
    [link] = root.iterfind(f".//{NAR}link")
    assert (link.get("rel"), link.get("residref")) == ("irel:seeAlso", name + other)
    assert root.get("guid") == name + guid
