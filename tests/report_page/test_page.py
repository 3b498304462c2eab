"""The page of figures: every figure as a count of its own gives it, in words, plots and tables."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from machine import ROOT
from pressgen.newsroom.theme import LEAST, _rgb, compute_contrast
from pressgen.report.counts import ArchiveSummary, PublishedRelease, format_duration, format_share
from pressgen.report.page import render_page
from pressgen.report.plots import INK, PAPER, QUIET
from pressgen.report.sections import MONTHS, build_sections
from report_page.reading import LONDON, NOW, SCALE, made, published, some, tables

CSS = (ROOT / "src" / "pressgen" / "report" / "templates" / "page.css").read_text()
releases = st.lists(
    st.builds(
        PublishedRelease,
        since=st.dates(date(2026, 1, 1), date(2031, 3, 1)).flatmap(
            lambda day: st.times().map(lambda time: datetime.combine(day, time, LONDON))
        ),
        house=st.sampled_from(["inspectorate", "university"]),
        embargoed=st.booleans(),
        scale=st.just(SCALE),
        ratings=st.lists(st.sampled_from([*SCALE, "poor", "Odd"]), max_size=4).map(tuple),
        waited=st.none() | st.timedeltas(timedelta(0), timedelta(days=40)),
        corrections=st.lists(st.sampled_from(["figure", "wording"]), max_size=2).map(tuple),
        withdrawn=st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def figures(every: list[PublishedRelease]) -> dict[str, list[list[str]]]:
    """The tables of the sections, without drawing any plot."""
    return {
        table.caption: [list(table.header), *([str(cell) for cell in row] for row in table.rows)]
        for section in build_sections(ArchiveSummary(published=every))
        for table in section.tables
    }


def test_releases_stand_under_their_month() -> None:
    shown = tables(made(*some()))["Releases by year and month"]

    assert shown[0] == ["Year", *MONTHS, "Year in all"]
    assert shown[1] == ["2029", *["–"] * 10, "2", "0", "2"]
    assert shown[2] == ["2030", "1", *["0"] * 11, "1"]
    assert shown[3] == ["2031", "0", "0", "1", *["–"] * 9, "1"]


def test_findings_stand_under_their_scale_year_and_house() -> None:
    """A rating in small letters is the same; one that is no word of the scale stands under Other."""
    shown = tables(made(*some()[:3]))

    assert shown["Findings by year"] == [
        ["Year", *SCALE, "In all"],
        ["2029", "1", "0", "1", "2"],
        ["2030", "0", "1", "0", "1"],
    ]
    assert shown["Findings by house"][1:] == [["inspectorate", "1", "0", "1", "2"], ["university", "0", "1", "0", "1"]]
    assert tables(made(some()[3]))["Findings by year"] == [
        ["Year", "Yes", "No", "Other", "In all"],
        ["2031", "0", "2", "1", "3"],
    ]


def test_each_scale_has_a_section_of_its_own() -> None:
    titles = [each.title for each in build_sections(ArchiveSummary(published=some()))]

    assert titles[1:3] == ["Findings by rating: Good to Poor", "Findings by rating: Yes to No"]


def test_scales_that_are_seldom_used_share_a_table() -> None:
    odd = [published("2030-01-01", scale=(f"Up {at}", "Down"), ratings=("Down",) * (9 - at)) for at in range(6)]

    shown = tables(made(*odd))

    assert shown["Findings on other scales"] == [["Scale", "Findings"], ["Up 4 – Down", "5"], ["Up 5 – Down", "4"]]


def test_times_from_approval_to_lift_stand_in_their_step() -> None:
    shown = tables(made(*some()))["Releases by their time from approval to lift"]

    assert [row[0] for row in shown[1:] if row[1] != "0"] == ["1 to 6 hours", "1 to 2 days", "2 weeks or more"]
    [waits] = [each for each in build_sections(ArchiveSummary(published=some())) if each.name == "waits"]
    assert waits.told.endswith("half waited 30 hours or less from approval to lift, and nine in ten 20 days or less.")


def test_corrections_and_withdrawals_stand_under_the_year_of_their_release() -> None:
    shown = tables(made(*some()))

    assert shown["Corrections and withdrawals, by year"][1:] == [
        ["2029", "2", "0"],
        ["2030", "0", "0"],
        ["2031", "0", "1"],
    ]
    assert shown["Corrections by kind"][1:] == [["figure", "1"], ["wording", "1"]]


@given(releases)
@settings(max_examples=60)
def test_every_figure_is_that_of_a_count_of_its_own(every: list[PublishedRelease]) -> None:
    shown = figures(every)

    months = Counter((str(each.since.year), MONTHS[each.since.month - 1]) for each in every)
    head, *rows = shown["Releases by year and month"]
    assert months == Counter(
        {(row[0], head[at]): int(row[at]) for row in rows for at in range(1, 13) if row[at] not in {"–", "0"}}
    )
    for caption, kind in (
        ("Releases by weekday, each on its own clock", "%A"),
        ("Releases by hour, each on its own clock", "%H:00"),
    ):
        counted = Counter(each.since.strftime(kind) for each in every)
        assert {row[0]: int(row[1]) for row in shown[caption][1:] if row[1] != "0"} == counted
    for at, held in ((1, True), (2, False)):
        counted = Counter(str(each.since.year) for each in every if each.embargoed is held)
        assert {
            row[0]: int(row[at]) for row in shown["Under embargo or at once, by year"][1:] if row[at] != "0"
        } == counted
    waits = shown.get("Releases by their time from approval to lift", [[]])[1:]
    assert sum(int(row[1]) for row in waits) == sum(each.waited is not None for each in every)
    found = Counter(rating.capitalize() if rating != "Odd" else "Other" for each in every for rating in each.ratings)
    for caption in ("Findings by year", "Findings by house"):
        if caption in shown:
            head, *rows = shown[caption]
            assert {
                word: sum(int(row[at]) for row in rows) for at, word in enumerate(head[1:-1], 1)
            } | found == found | {word: found.get(word, 0) for word in head[1:-1]}
    mended = shown.get("Corrections and withdrawals, by year", [[]])[1:]
    assert sum(int(row[1]) for row in mended) == sum(len(each.corrections) for each in every)
    assert sum(int(row[2]) for row in mended) == sum(each.withdrawn for each in every)


@given(releases)
@settings(max_examples=30)
def test_a_plot_has_the_figures_of_its_table(every: list[PublishedRelease]) -> None:
    for section in build_sections(ArchiveSummary(published=every)):
        if section.plot:
            plotted = sum(sum(values) for _, values in section.plot.series)
            first = section.tables[0]
            last = first.header[-1] in {"In all", "Year in all"}
            cells = [
                cell for row in first.rows for cell in (row[-1:] if last else row[1 : 1 + len(section.plot.series)])
            ]
            assert plotted == sum(map(int, cells))


def test_every_plot_prints_its_figures_and_says_what_it_shows() -> None:
    document = html.fromstring(made(*some()).decode())
    plots = document.findall(".//figure//svg")

    assert len(plots) == len([each for each in build_sections(ArchiveSummary(published=some())) if each.plot])
    for plot in plots:
        title, told = plot.get("aria-labelledby").split()
        assert document.get_element_by_id(title).text
        assert document.get_element_by_id(told).text in document.text_content()
        assert plot.get("role") == "img"


def test_several_series_are_told_apart_by_texture() -> None:
    """Of any two of them, at least one has a pattern, and no two the same."""
    [plot] = html.fromstring(made(*some()[:3]).decode()).xpath("//section[h2[@id='ratings0']]//svg")
    fills = re.findall(r"fill: (#[0-9a-f]{6}|url\(#[^)]+\)); stroke: #1f4a7a", etree.tostring(plot).decode())

    assert len({fill for fill in fills if fill != PAPER}) == 3
    assert sum(fill.startswith("url(") for fill in set(fills)) == 1


def test_ids_are_those_of_one_element_each() -> None:
    document = html.fromstring(made(*some()).decode())

    ids = [each.get("id") for each in document.iter() if each.get("id")]

    assert sorted(set(ids)) == sorted(ids)
    content = made(*some()).decode()
    assert set(re.findall(r"url\(#([^)]+)\)", content)) <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', content)) <= set(ids)


def test_every_table_has_a_caption_and_headed_rows_and_columns() -> None:
    for table in html.fromstring(made(*some()).decode()).iter("table"):
        assert table.findtext("caption")
        assert {cell.get("scope") for cell in table.findall("thead/tr/th")} == {"col"}
        assert {row[0].get("scope") for row in table.findall("tbody/tr")} == {"row"}


def test_letters_can_be_read_on_their_ground() -> None:
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]+)", CSS))

    for text in ("ink", "quiet", "accent"):
        for ground in ("paper", "wash"):
            assert compute_contrast(_rgb(named[text]), _rgb(named[ground])) >= LEAST
    assert all(compute_contrast(_rgb(text), _rgb(PAPER)) >= LEAST for text in (INK, QUIET))


def test_the_page_is_whole_by_itself() -> None:
    content = made(*some()).decode()

    assert "<script" not in content
    assert not re.search(r'(?:src|href)="(?!#)', content.replace("xlink:href", "href"))
    assert "http://www.w3.org/" in content
    assert not re.findall(r"https?://(?!www\.w3\.org/)", content)


def test_the_same_archive_at_the_same_instant_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); from report_page.reading import made, some;"
        "sys.stdout.buffer.write(made(*some()))"
    )
    settings_of_others = tmp_path / "matplotlibrc"
    settings_of_others.write_text("font.size: 30\naxes.facecolor: red\n")
    environments = (
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2", "MATPLOTLIBRC": str(settings_of_others), "TZ": "Asia/Tokyo"},
    )

    written = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PATH": "", "HOME": str(tmp_path)} | each,
            capture_output=True,
            check=True,
        ).stdout
        for each in environments
    ]

    assert written == [made(*some())] * 2


def test_what_is_left_out_is_told_as_a_number() -> None:
    content = made(*some(), ahead=2, undated=1, faulty=3).decode()

    assert "2 releases are not public yet; nothing of them is told here" in content
    assert "1 without a time, of which the ledger has no lift" in content
    assert "3 whose file cannot be read" in content


def test_an_archive_in_which_nothing_is_public_has_a_page_too() -> None:
    content = made(ahead=1).decode()

    assert "No release was public then." in content
    assert "1 release is not public yet; nothing of it is told here" in content


def test_the_period_is_told() -> None:
    content = render_page(ArchiveSummary(published=some()), "", (date(2029, 1, 1), date(2031, 12, 31)), NOW).decode()

    assert "What was public from 1 January 2029 to 31 December 2031, as of 1 April 2031, 12:00 UTC" in content


def test_hostile_names_stay_names() -> None:
    odd = published("2030-01-01", house="<script>x</script>", scale=("<b>$x$ & </svg>", "_^{", "\\"), ratings=("_^{",))
    other = published("2030-01-01", house="b", scale=odd.scale, ratings=("\\",))

    content = made(odd, other).decode()

    assert "<script" not in content
    words = {each for table in tables(content.encode()).values() for row in table for each in row}
    assert {"<script>x</script>", *odd.scale} <= words
    plotted = [
        each.text_content() for each in html.fromstring(content).xpath("//section[h2[@id='ratings0']]//svg//text")
    ]
    assert {"<script>x</script>", *odd.scale} <= {each.strip() for each in plotted}


@pytest.mark.parametrize(
    ("time", "words"),
    [(timedelta(seconds=20), "0 minutes"), (timedelta(minutes=1), "1 minute"), (timedelta(minutes=119), "119 minutes"),
     (timedelta(hours=47), "47 hours"), (timedelta(hours=60), "2 days"), (timedelta(days=20), "20 days")],
)  # fmt: skip
def test_times_are_told_in_a_unit_that_suits(time: timedelta, words: str) -> None:
    assert format_duration(time) == words


@pytest.mark.parametrize(("part", "whole", "told"), [(0, 0, "0%"), (0, 9, "0%"), (1, 300, "under 1%"), (1, 3, "33%")])
def test_a_few_are_not_told_as_none(part: int, whole: int, told: str) -> None:
    assert format_share(part, whole) == told
