"""The feeds as feed readers read them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import feedparser
from lxml import etree

from newsroom.public import CORRECTION, LIFTED, WITHDRAWAL, files, item, told

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_reader_of_atom_finds_headline_dates_summary_and_words() -> None:
    feed = feedparser.parse(files(item(corrections=(CORRECTION,)))["feed.atom"])

    assert feed.bozo == 0
    assert feed.version == "atom10"
    assert feed.feed.updated == "2031-03-12T09:30:00Z"
    (entry,) = feed.entries
    assert entry.title == "Rivers are warmer"
    assert entry.id == "tag:news.example.org,2031:REF-1"
    assert entry.link == "https://news.example.org/2031/river-survey/"
    assert (entry.published, entry.updated) == ("2031-03-12T00:01:00Z", "2031-03-12T09:30:00Z")
    assert entry.summary == "What “Rivers are warmer” is about & why."
    assert entry.author == "Inspectorate of Rivers"
    assert "<blockquote>" in entry.content[0].value


def test_the_elements_that_atom_demands_are_there_once() -> None:
    """RFC 4287, 4.1.1 and 4.1.2."""
    root = etree.fromstring(files(item(), item("REF-2", "second"))["feed.atom"])

    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
    assert [each.get("rel") for each in root.findall(f"{ATOM}link")] == ["self", "alternate"]
    assert root.find(f"{ATOM}author/{ATOM}name") is not None


def test_an_entry_keeps_its_name_when_it_is_corrected_and_names_its_translations() -> None:
    before = item(editions=told(en="Rivers are warmer", cy="Afonydd cynhesach"))
    after = replace(before, corrections=(CORRECTION,))

    first, second = (feedparser.parse(files(each)["feed.atom"]).entries[0] for each in (before, after))

    assert first.id == second.id
    assert [each.hreflang for each in second.links if each.rel == "alternate"] == ["en-GB", "cy"]


def test_a_withdrawn_entry_is_said_to_be_deleted() -> None:
    """RFC 6721, so that a reader that keeps entries takes it out."""
    made = files(item(withdrawn=WITHDRAWAL), item("REF-2", "second"))

    root = etree.fromstring(made["feed.atom"])
    (gone,) = root.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert dict(gone.attrib) == {"ref": "tag:news.example.org,2031:REF-1", "when": "2031-03-14T12:00:00Z"}
    assert [entry.id for entry in feedparser.parse(made["feed.atom"]).entries] == ["tag:news.example.org,2031:REF-2"]
    assert [each["id"] for each in json.loads(made["feed.json"])["items"]] == ["tag:news.example.org,2031:REF-2"]


def test_json_feed_has_what_version_1_1_demands() -> None:
    feed = json.loads(files(item(), item("REF-2", "second", lifted=LIFTED + timedelta(days=1)))["feed.json"])

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://news.example.org/feed.json"
    newest, oldest = feed["items"]
    assert (newest["id"], oldest["id"]) == ("tag:news.example.org,2031:REF-2", "tag:news.example.org,2031:REF-1")
    for each in feed["items"]:
        assert isinstance(each["id"], str)
        assert each["content_html"].startswith('<div xmlns="http://www.w3.org/1999/xhtml">')
        assert each["url"].startswith("https://news.example.org/2031/")


def test_a_feed_holds_the_newest_thirty() -> None:
    many = [item(f"R-{n}", f"s-{n}", lifted=LIFTED + timedelta(hours=n)) for n in range(33)]

    entries = feedparser.parse(files(*many)["feed.atom"]).entries

    assert [entry.id.rpartition(":")[2] for entry in entries] == [f"R-{n}" for n in range(32, 2, -1)]
