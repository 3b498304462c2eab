"""The HTML part of a mail: the words of its text, in markup that mail programs show."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from markupsafe import Markup

from machine import ROOT
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.workspace.folder import Workspace
from pressgen.channels.html_words import find_word_differences
from pressgen.model.artifact import Format, Variant
from pressgen.render.mail_html import END, format_copy_line, format_mail_html, make_notice_part, make_release_part
from pressgen.text.notices import MailNotice

RELEASES = sorted(each.parent for each in (ROOT / "releases").glob("*/release.yaml"))
PAGE = (
    '<html lang="en-GB" dir="ltr"><head><meta name="robots" content="noindex">'
    "<style>:root { --accent: #0b4f6c; --alert: #ffee00 }</style></head>"
    "<body><main>%s</main></body></html>"
)


def whole(page: str, title: str = "Bridge opens") -> str:
    return str(format_mail_html(title, [make_release_part(page)], [False]) + END)


def inside(markup: str) -> str:
    """What becomes of markup on a page, its styles left out."""
    return re.sub(r' style="[^"]*"', "", str(make_release_part(PAGE % markup).markup))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """The page and the text of each sample, in each variant and language."""
    out = tmp_path_factory.mktemp("dist")
    found = {}
    for folder in RELEASES:
        for each in build(BuildRequest(Workspace(ROOT), folder, [Format.HTML, Format.TXT], [], out)).written:
            if each.path.suffix == ".html":
                text = each.path.with_suffix(".txt").read_text()
                found[str(each.path.relative_to(out))] = (each.path.read_text(), text)
    return found


def test_every_sample_has_the_words_and_links_of_its_text(made: dict[str, tuple[str, str]]) -> None:
    assert len(made) > len(RELEASES)
    for page, text in made.values():
        assert find_word_differences(whole(page), text) == ()


ODD = """\
reference: B-1
house: inspectorate
headline: "A | B & C <x> '1. two' - three"
times: {zone: Europe/London, embargo: 2031-04-02 00:01}
people: {ray: {name: Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}}
notes:
  - {id: one, text: "See https://a.example/x?y=1&z=2 and [the report](https://b.example/r_(1)) or <https://c.example>."}
  - {id: two, text: "1. a number; 2) another"}
body:
  - "1. begins with a number"
  - "- begins with a dash"
  - "There | there, a|b | ________________________________________________________________________ end"
  - "**[bold *both* link](https://b.example/q)**, [b.example](https://b.example), [here](https://b.example/q)[two]."
  - "Angles <https://b.example/q> are words, so is &amp; and &lt;b&gt; [note](https://n.example/\u00e9)."
  - "soft\u00adhyphen nb\u00a0sp zero\u200bwidth wj\u2060x"
  - list: [one, "two | three", "- dash", "1. n"]
  - table:
      header: [A very long heading of a column, B | C, "|"]
      rows: [["a cell that is long enough not to fit in a narrow text mail", "|", "x"], ["", "-", "3"]]
  - quote: {by: ray, words: ["It 'holds'. | & <b>", "Second."]}
contacts: [ray]
"""


def test_whatever_the_words_look_like_text_and_html_are_found_to_be_the_same(tmp_path: Path) -> None:
    """Else a release would go without HTML, and nobody would know why."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folder = tmp_path / "releases" / "bridge"
    folder.mkdir(parents=True)
    (folder / "release.yaml").write_text(ODD)
    found = {
        each.path.suffix: each.path
        for each in build(
            BuildRequest(Workspace(tmp_path), folder, [Format.HTML, Format.TXT], [Variant.EMBARGOED], tmp_path / "dist")
        ).written
    }

    assert find_word_differences(whole(found[".html"].read_text()), found[".txt"].read_text()) == ()


def test_nothing_is_fetched_and_nothing_runs(made: dict[str, tuple[str, str]]) -> None:
    for page, _ in made.values():
        mail = whole(page)
        assert not re.search(r"<(img|script|style|link|svg|iframe|form|input)\b|\bon\w+=|url\(|\bid=|\bclass=", mail)
        assert len(mail.encode()) < 102_000  # Gmail shows no more


@pytest.mark.parametrize(
    ("page", "mail"),
    [
        ('<p id="pg-1">Bread &amp; cheese &lt;3</p>', "<p>Bread &amp; cheese &lt;3</p>"),
        ('<p>Told<sup><a href="#pg-n">1</a></sup>.</p>', "<p>Told<sup>[1]</sup>.</p>"),
        ('<a href="#pg-1" class="back"><svg></svg></a>', ""),
        ('<div class="figure"><img src="data:,x" alt="A bridge"></div>', "<div><p>[A bridge]</p></div>"),
        ('<div class="chart"><img src="data:,x" alt="Bars"></div>', "<div></div>"),
        ('<p><a href="https://a.example/?b&amp;c">here</a></p>', '<p><a href="https://a.example/?b&amp;c">here</a></p>'),
        ('<p><a href="javascript:x">here</a></p>', "<p>here</p>"),
        ('<p onclick="x">a <span lang="cy" dir="ltr">Môn</span></p>', '<p>a <span lang="cy" dir="ltr">Môn</span></p>'),
        ("<script>x</script><style>y</style><p>a</p>", "<p>a</p>"),
        ('<ol start="3"><li>c</li></ol>', '<ol start="3"><li>c</li></ol>'),
    ],
)  # fmt: skip
def test_what_mail_programs_do_not_show_stays_out(page: str, mail: str) -> None:
    assert inside(page) == mail


def test_a_banner_can_be_read_on_whatever_colour_the_house_has() -> None:
    assert (
        "background-color:#ffee00;color:#000000" in make_release_part(PAGE % '<p class="banner-line">WAIT</p>').markup
    )


def test_a_banner_is_in_the_colour_of_warnings_only_under_embargo() -> None:
    page = (
        PAGE.replace('<meta name="robots" content="noindex">', "") % '<p class="banner-line">FOR IMMEDIATE RELEASE</p>'
    )

    assert "background-color:#0b4f6c;color:#ffffff" in make_release_part(page).markup


def test_a_line_and_a_notice_are_words_and_never_markup() -> None:
    notice = MailNotice(language="en-GB", title="<b>", paragraphs=("a & b\nhttps://a.example/x",), lines=("0  <a>",))
    markup = make_notice_part(notice, make_release_part(PAGE % "").looks).markup + format_copy_line("<i>")

    assert "<b>" not in markup
    assert "<i>" not in markup
    assert Markup('a &amp; b<br><a href="https://a.example/x">https://a.example/x</a>') in markup


@pytest.mark.parametrize(
    ("html", "text", "told"),
    [
        ("<p>£3m café</p>", "£3mcafé\n", "its HTML reads “£3m”"),
        ("<p>Bread &amp; cheese</p>", "Bread cheese", "its HTML reads “&”"),
        ("<p>a</p><p>b</p>", "a", "its HTML reads “b”"),
        ("<p>a</p>", "a b", "its HTML reads nothing"),
        ("<ol><li>a<li>b</ol>", "1. a\n3. b", "its HTML reads “2.”"),
        ('<p><a href="https://b.example">a</a></p>', "a <https://c.example>", "its HTML reads nothing"),
        ('<p><a href="https://b.example">yes</a></p>', "yes", "links to https://b.example"),
        ("<style>a</style><p>b</p>", "a b", "its HTML reads “b”"),
    ],
)
def test_other_words_or_links_than_the_text_s_are_told(html: str, text: str, told: str) -> None:
    assert told in "; ".join(find_word_differences(html, text))


def test_how_a_text_shows_lists_links_and_tables_is_no_difference() -> None:
    html = (
        '<ul><li>a<ul><li>b</li></ul></li></ul><p>See <a href="https://a.example">the report</a>.</p>'
        "<table><tr><td>x</td><td>1</td></tr></table>"
    )

    assert find_word_differences(html, "- a\n  - b\n\nSee the\nreport\n<https://a.example>.\n\nx | 1\n") == ()
