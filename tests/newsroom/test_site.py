"""The newsroom's files: which there are, what they say of each release, and what they never say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote, urljoin

import pytest
from lxml import etree, html
from tinyhtml5.parser import HTMLParser

from newsroom.public import (
    ABOUT,
    CORRECTION,
    LATER,
    LIFTED,
    WITHDRAWAL,
    approved,
    files,
    item,
    texts,
    told,
)
from pressgen.errors import StateError
from pressgen.newsroom.newsroom import Newsroom
from pressgen.newsroom.public_release import assign_folders
from pressgen.newsroom.static_site import build_release_files, build_site

ADDED = re.compile(r"<!-- newsroom -->.*?<!-- /newsroom -->", re.DOTALL)


def article(page: bytes) -> dict[str, object]:
    """The JSON-LD of a page."""
    (script,) = html.document_fromstring(page.decode()).findall(".//script")
    assert script.get("type") == "application/ld+json"
    found: dict[str, object] = json.loads(script.text or "")
    return found


def test_a_release_has_a_page_its_files_and_the_forms_for_machines() -> None:
    made = files(item(editions=told(en="Rivers are warmer", cy="Afonydd cynhesach")))

    assert set(made) == {
        "index.html",
        "2031/index.html",
        "feed.atom",
        "feed.json",
        "sitemap.xml",
        *(
            f"2031/river-survey/{name}"
            for name in (
                "index.html ninjs-2.json ninjs-3.json newsml-g2.xml river-survey.pdf river-survey.docx"
                " river-survey.cy.pdf river-survey.cy.docx cy/index.html cy/ninjs-2.json cy/ninjs-3.json"
                " cy/newsml-g2.xml"
            ).split()
        ),
    }
    assert list(made)[-1] == "index.html"


def test_what_is_added_to_a_page_can_be_taken_out_to_the_approved_bytes() -> None:
    made = files(item(corrections=(CORRECTION,)))["2031/river-survey/index.html"].decode()
    original = approved("inspectorate", "Rivers are warmer", "en-GB", "Inspectorate of Rivers")

    assert len(ADDED.findall(made)) == 3
    assert ADDED.sub("", made).encode() == original


def test_files_are_the_approved_bytes() -> None:
    made = files(item())

    assert made["2031/river-survey/river-survey.pdf"] == b"%PDF-1.7 made up"
    assert made["2031/river-survey/river-survey.docx"] == b"PK made up"


def test_no_file_holds_a_word_of_a_release_that_is_not_lifted() -> None:
    public, secret = item(), item("SECRET-7", "hidden-slug", editions=told("hidden-slug", en="Nobody knows"))

    made = files(public)
    known = texts(files(public, secret)).values()

    for word in ("SECRET-7", "hidden-slug", "Nobody knows"):
        assert any(word in text for text in known), "the test would see it"
        assert [path for path, content in made.items() if word.encode() in content or word in path] == []


@pytest.mark.parametrize("field", ["lifted", "embargo"])
def test_a_release_before_its_time_is_refused_whole(field: str) -> None:
    early = item(**{field: LIFTED + timedelta(seconds=1)})

    with pytest.raises(StateError, match="REF-1 must not be public before the lift"):
        build_site([item("REF-0", "other"), early], ABOUT, LIFTED)


def test_at_the_very_instant_a_release_may_be_public() -> None:
    assert build_site([item()], ABOUT, LIFTED)


def test_the_same_releases_in_any_order_give_the_same_bytes() -> None:
    first, second = item(), item("REF-2", "second", lifted=LIFTED + timedelta(days=400))

    assert files(first, second) == files(second, first)


def test_the_front_page_shows_the_newest_first_and_links_to_each() -> None:
    older, newer = item(), item("REF-2", "second", lifted=LIFTED + timedelta(days=400))

    page = html.document_fromstring(files(older, newer)["index.html"].decode())

    links = [link.get("href") for link in page.findall(".//h2/a")]
    assert links == ["2032/second/", "2031/river-survey/"]
    assert [each.text for each in page.findall(".//article//time")] == ["15 April 2032", "12 March 2031"]


def test_the_front_page_shows_twenty_and_leads_to_the_rest() -> None:
    many = [item(f"R-{n}", f"s-{n}", lifted=LIFTED + timedelta(days=n)) for n in range(22)]

    page = html.document_fromstring(files(*many)["index.html"].decode())
    few = html.document_fromstring(files(*many[:20])["index.html"].decode())

    assert len(page.findall(".//article")) == len(few.findall(".//article")) == 20
    assert [link.get("href") for link in page.findall(".//p[@class='older']/a")] == ["2031/"]
    assert few.findall(".//p[@class='older']") == []


def test_each_year_has_a_page_by_month() -> None:
    made = files(item(), item("REF-2", "second", lifted=LIFTED + timedelta(days=60)))

    page = html.document_fromstring(made["2031/index.html"].decode())

    assert [each.text for each in page.findall(".//h2")] == ["May", "March"]
    assert [each.get("href") for each in page.findall(".//h3/a")] == ["../2031/second/", "../2031/river-survey/"]


def test_a_month_has_one_heading_whatever_the_zones() -> None:
    """When the first is lifted it is April in Kiritimati, and still March in London when the second is."""
    eve = datetime(2031, 3, 31, 12, 0, tzinfo=UTC)
    made = files(
        item("A", "a", lifted=eve, embargo=None, zone="Pacific/Kiritimati"),
        item("B", "b", lifted=eve + timedelta(hours=1), embargo=None),
        item("C", "c", lifted=eve + timedelta(hours=2), embargo=None, zone="Pacific/Kiritimati"),
    )

    page = html.document_fromstring(made["2031/index.html"].decode())

    assert [each.text for each in page.findall(".//h2")] == ["April", "March"]


def test_the_year_is_that_of_the_release_on_its_own_clock() -> None:
    """Half past midnight on New Year's Day in Kiritimati is the morning of 31 December in London."""
    eve = datetime(2031, 12, 31, 10, 30, tzinfo=UTC)

    assert item(lifted=eve, zone="Pacific/Kiritimati").year == 2032
    assert item(lifted=eve).year == 2031


def test_two_releases_of_one_name_have_folders_of_their_own_and_the_first_keeps_its_address() -> None:
    first, second = item("A"), item("B", lifted=LIFTED + timedelta(days=2))
    third = item("C", lifted=LIFTED + timedelta(days=1))

    assert assign_folders([second, third, first]) == {
        "A": "2031/river-survey",
        "C": "2031/river-survey-2",
        "B": "2031/river-survey-3",
    }


def test_a_page_tells_machines_when_it_was_published_and_corrected() -> None:
    made = article(files(item(corrections=(CORRECTION,)))["2031/river-survey/index.html"])

    assert made["@type"] == "NewsArticle"
    assert made["datePublished"] == "2031-03-12T00:01:00+00:00"
    assert made["dateModified"] == "2031-03-12T09:30:00+00:00"
    assert made["headline"] == "Rivers are warmer"
    assert made["correction"] == [
        {"@type": "CorrectionComment", "text": CORRECTION.line, "datePublished": "2031-03-12T09:30:00+00:00"}
    ]


def test_readers_see_each_correction_above_the_headline() -> None:
    made = files(item(corrections=(CORRECTION,)))

    page = html.document_fromstring(made["2031/river-survey/index.html"].decode())
    (told_first,) = page.xpath(".//main/*[1]")
    assert told_first.get("class") == "newsroom-corrections"
    assert told_first.text_content().strip() == f"Corrected 12 March 2031, 09:30 GMT: {CORRECTION.line}"
    assert "Corrected" in made["index.html"].decode()


def test_languages_point_to_one_another() -> None:
    made = files(item(editions=told(en="Rivers are warmer", cy="Afonydd cynhesach")))

    page = html.document_fromstring(made["2031/river-survey/cy/index.html"].decode())
    shown = {each.get("hreflang"): each.get("href") for each in page.findall(".//head/link[@hreflang]")}
    assert shown == {
        "en-GB": "https://news.example.org/2031/river-survey/",
        "cy": "https://news.example.org/2031/river-survey/cy/",
    }
    bar = page.find(".//nav[@class='newsroom']")
    assert bar is not None
    assert bar.get("lang") == "cy"
    assert [link.get("href") for link in bar.findall("./ul[1]//a")] == ["../../../2031/river-survey/"]
    sitemap = etree.fromstring(made["sitemap.xml"])
    assert len(sitemap.findall(".//{*}link[@hreflang='cy']")) == 2


def test_a_withdrawn_release_leaves_a_notice_and_not_one_word_of_itself() -> None:
    made = files(
        item("GONE-1", "gone-slug", editions=told("gone-slug", en="A false headline"), withdrawn=WITHDRAWAL), item()
    )

    notice = made["2031/gone-slug/index.html"].decode()
    assert "This news release has been withdrawn" in notice
    assert "GONE-1, published on 12 March 2031, was withdrawn on 14 March 2031" in notice
    assert WITHDRAWAL.reason in notice
    assert [path for path, text in texts(made).items() if "A false headline" in text] == []
    named = [path for path, text in texts(made).items() if "gone-slug" in text]
    assert named == ["2031/gone-slug/index.html"]
    assert "2031/gone-slug/gone-slug.pdf" not in made


def test_a_year_whose_only_release_was_withdrawn_has_an_empty_page() -> None:
    """Else the page that was there before would go on naming it."""
    made = files(item(withdrawn=WITHDRAWAL))

    assert "There is no release here." in made["2031/index.html"].decode()
    assert "2031" not in made["index.html"].decode()


def test_a_notice_speaks_the_language_of_its_edition() -> None:
    made = files(item(editions=told(en="Rivers are warmer", cy="Afonydd cynhesach"), withdrawn=WITHDRAWAL))

    assert "Tynnwyd y datganiad hwn i’r wasg yn ôl" in made["2031/river-survey/cy/index.html"].decode()


HOSTILE = "</script></title><b>“R&D” <!-- ' \" ]]> \\u003c</b>"


@pytest.mark.parametrize("house", ["inspectorate", "university"])
def test_a_headline_can_break_out_of_nothing(house: str) -> None:
    made = files(
        item(editions=told(en=HOSTILE, house=house), corrections=(replace(CORRECTION, line=HOSTILE),)),
    )

    for path in ("index.html", "2031/index.html", "2031/river-survey/index.html"):
        page = html.document_fromstring(made[path].decode())
        assert HOSTILE in page.text_content()
        assert page.findall(".//b") == []
    assert article(made["2031/river-survey/index.html"])["headline"] == HOSTILE
    for path in ("feed.atom", "sitemap.xml", "2031/river-survey/newsml-g2.xml"):
        etree.fromstring(made[path])


def test_pages_fetch_nothing_and_run_nothing() -> None:
    made = files(item(corrections=(CORRECTION,)), item("GONE-1", "gone", withdrawn=WITHDRAWAL))

    for path, text in texts(made, [".html"]).items():
        page = html.document_fromstring(text)
        assert [each for each in page.findall(".//script") if each.get("type") != "application/ld+json"] == [], path
        assert page.findall(".//link[@rel='stylesheet']") == []
        assert [each for each in page.findall(".//img") if not str(each.get("src")).startswith("data:")] == []
        assert "url(http" not in text


@pytest.mark.parametrize("house", ["inspectorate", "university"])
def test_a_strict_parser_of_html_finds_no_fault(house: str) -> None:
    made = files(
        item(editions=told(en=HOSTILE, cy="Afonydd cynhesach", house=house), corrections=(CORRECTION,)),
        item("REF-2", "second", editions=told("second", publisher="Another body"), lifted=LIFTED + timedelta(days=400)),
        item("GONE-1", "gone", withdrawn=WITHDRAWAL),
    )

    for path, text in texts(made, [".html"]).items():
        parser = HTMLParser()
        parser.parse(text)
        assert parser.errors == [], path


def test_a_newsroom_in_which_nothing_was_published_says_so() -> None:
    made = files()

    assert "There is no release here." in made["index.html"].decode()
    assert set(made) == {"index.html", "feed.atom", "feed.json", "sitemap.xml"}


@pytest.mark.parametrize("slug", ["river-survey", "rivers & brooks #1", "100% Ŵy?"])
def test_every_link_within_the_newsroom_leads_to_a_file(slug: str) -> None:
    made = files(
        item(slug=slug, editions=told(slug, en="Rivers are warmer", cy="Afonydd cynhesach")),
        item("REF-2", "second", lifted=LIFTED + timedelta(days=400)),
        item("GONE-1", "gone", withdrawn=WITHDRAWAL),
    )
    links = [
        (path, str(link.get("href")).partition("#")[0])
        for path, text in texts(made, [".html"]).items()
        for link in html.document_fromstring(text).iter("a", "link")
    ]
    links += [("feed.json", each["url"]) for each in json.loads(made["feed.json"])["items"]]
    links += [("sitemap.xml", str(each.text)) for each in etree.fromstring(made["sitemap.xml"]).iter("{*}loc")]

    for path, href in links:
        whole = urljoin(f"{ABOUT.address}/{quote(path)}", href)
        if whole.startswith(ABOUT.address) and href:
            target = unquote(whole.removeprefix(ABOUT.link()))
            assert (f"{target}index.html" if target.endswith("/") or not target else target) in made, (path, href)


def test_a_release_alone_can_be_made_without_the_others_files() -> None:
    room = Newsroom.of([item(), replace(item("REF-2", "second"), editions=(told()[0],))], ABOUT, LATER)
    first = next(each for each in room.items if each.reference == "REF-1")

    assert set(build_release_files(room, first)) == {
        path for path in files(first) if path.startswith("2031/river-survey/")
    }
