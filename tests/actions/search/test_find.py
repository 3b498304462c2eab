"""Releases found by their words, in either database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from actions.search.conftest import LEVY, WEIR, add
from pressgen.actions.search.find import SearchHit, search_releases
from pressgen.cli.progress import show_progress
from pressgen.errors import EnvironmentFailureError, UsageError
from pressgen.search.question import SearchQuery, parse_terms

if TYPE_CHECKING:
    from pressgen.actions.workspace.folder import Workspace

NOW = datetime(2031, 4, 1, tzinfo=UTC)
LIFT = datetime(2031, 4, 1, 23, 1, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("store")


def asked(archive: Workspace, typed: str = "", **narrowed: object) -> list[SearchHit]:
    wanted, without = parse_terms(typed)
    person, _ = parse_terms(str(narrowed.pop("person", "")))
    question = SearchQuery(terms=wanted, without=without, person=person, **narrowed)  # type: ignore[arg-type]
    return list(search_releases(archive, question, 20, show_progress, NOW).best)


def slugs(archive: Workspace, typed: str = "", **narrowed: object) -> list[str]:
    return sorted(hit.facts.slug for hit in asked(archive, typed, **narrowed))


def marked(hit: SearchHit) -> list[str]:
    return [hit.text[start:end] for start, end in hit.spans]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("weir", ["levy", "weir"]),
        ("weir levy", ["levy"]),
        ("WEIR warm century", ["weir"]),
        ('"north weir"', ["weir"]),
        ('"weir of the north"', ["levy"]),
        ("weir -levy", ["weir"]),
        ('weir -"without a levy"', ["weir"]),
        ("centu*", ["weir"]),
        ('"another cent"*', ["weir"]),
        ("centu", []),
        ("wyn", ["weir"]),
        ("ŴYN", ["weir"]),
        ("sorensen", ["weir"]),
        ("moe", ["weir"]),
        ("3,930", ["weir"]),
        ("W-1", ["weir"]),
        ('"May 2019"', ["weir"]),
        ("wednesday", ["levy", "weir"]),
        ("2031-04-02", ["levy"]),
        ("the", ["levy", "weir"]),
        ("and or not", []),
    ],
)
def test_words_phrases_beginnings_accents_figures_and_dates(archive: Workspace, typed: str, wanted: list[str]) -> None:
    assert slugs(archive, typed) == wanted


def test_no_phrase_runs_from_one_passage_into_the_next(archive: Workspace) -> None:
    """“… of spring.” ends a paragraph of the body; the levy's headline ends before its place in the body."""
    assert slugs(archive, '"century the eels"') == []
    assert slugs(archive, '"rated good fish"') == []


@pytest.mark.parametrize(
    ("within", "typed", "wanted"),
    [
        ("headline", "weir", ["weir"]),
        ("headline", "wyn", ["weir"]),
        ("people", "warden", ["weir"]),
        ("people", "century", []),
        ("findings", "river", ["weir"]),
        ("findings", "poor banks", ["weir"]),
        ("notes", "weir", ["weir"]),
        ("quotes", "century", ["weir"]),
        ("quotes", "weir", []),
        ("body", "levy", ["levy"]),
        ("body", "weir -salmon", ["levy"]),
    ],
)
def test_a_field_is_asked_by_itself(archive: Workspace, within: str, typed: str, wanted: list[str]) -> None:
    assert slugs(archive, typed, within=within) == wanted


@pytest.mark.parametrize(
    ("narrowed", "wanted"),
    [
        ({"person": "Ray"}, ["levy", "weir"]),
        ({"person": "sorensen warden"}, ["weir"]),
        ({"rating": "poor"}, ["weir"]),
        ({"rating": "po"}, []),
        ({"house": "university"}, ["levy"]),
        ({"first": date(2019, 5, 9)}, ["levy"]),
        ({"last": date(2019, 5, 8)}, ["weir"]),
        ({"first": date(2019, 5, 8), "last": date(2031, 4, 2)}, ["levy", "weir"]),
    ],
)
def test_people_ratings_houses_and_days_narrow_what_is_found(
    archive: Workspace, narrowed: dict[str, object], wanted: list[str]
) -> None:
    assert slugs(archive, **narrowed) == wanted
    assert slugs(archive, "weir", **narrowed) == wanted


def test_a_hit_says_where_the_words_stand_and_marks_them(archive: Workspace) -> None:
    [hit] = asked(archive, '"north weir" spring')

    assert str(hit.place) == "releases/weir/release.yaml:21:9"
    assert hit.path == "body[0]"
    assert hit.text == "The north weir was mended, and 3,930 fish passed in a warm river of spring."
    assert marked(hit) == ["north weir", "spring"]


def test_a_figure_is_marked_where_prose_names_it(archive: Workspace) -> None:
    [hit] = asked(archive, "3930 passed")

    assert marked(hit) == ["3,930", "passed"]


def test_of_a_long_text_the_words_around_are_shown(archive: Workspace) -> None:
    long = "One two three. " * 40 + "A needle here. " + "Four five six. " * 40
    add(archive, "long", LEVY.replace("Nobody pays.", long))

    [hit] = asked(archive, "needle")

    assert hit.text.startswith("… ")
    assert hit.text.endswith(" …")
    assert len(hit.text) < 300
    assert marked(hit) == ["needle"]


def test_a_rating_is_shown_with_its_subject(archive: Workspace) -> None:
    [hit] = asked(archive, rating="poor")

    assert hit.text == "Banks: Poor"
    assert marked(hit) == ["Poor"]
    assert hit.path == "findings.items[banks].rating"


def test_a_word_in_the_headline_counts_more_than_one_in_a_note(archive: Workspace) -> None:
    assert [hit.facts.slug for hit in asked(archive, "weir")] == ["weir", "levy"]


def test_without_words_the_latest_come_first(archive: Workspace) -> None:
    assert [hit.facts.slug for hit in asked(archive, person="ray")] == ["levy", "weir"]


def test_under_embargo_is_what_the_clock_says(archive: Workspace) -> None:
    [hit] = asked(archive, "levy")

    assert hit.facts.embargoed(NOW)
    assert hit.facts.embargoed(LIFT - timedelta(seconds=1))
    assert not hit.facts.embargoed(LIFT)


def test_an_embargo_that_cannot_be_read_holds(archive: Workspace) -> None:
    add(archive, "levy", LEVY.replace("2031-04-02 00:01", "YYYY-04-02 00:01"))

    [hit] = asked(archive, "levy")

    assert hit.facts.embargoed(datetime(2099, 1, 1, tzinfo=UTC))


def test_a_translation_is_found_by_itself(archive: Workspace) -> None:
    add(archive, "levy", LEVY.replace("Levy on barges ends", "Diwedd y dreth"), "release.cy.yaml")

    [hit] = asked(archive, "dreth")

    assert hit.place.file == "releases/levy/release.cy.yaml"
    assert hit.facts.language == "cy"


def test_what_changes_is_found_and_what_goes_is_not(archive: Workspace) -> None:
    assert slugs(archive, "levy") == ["levy"]

    add(archive, "levy", LEVY.replace("levy", "toll").replace("Levy", "Toll"))
    assert slugs(archive, "levy") == []
    assert slugs(archive, "toll") == ["levy"]

    (archive.root / "releases" / "levy" / "release.yaml").unlink()
    assert slugs(archive, "toll") == []


def test_a_change_of_the_same_length_within_a_tick_of_the_clock_is_seen(archive: Workspace) -> None:
    for number in range(5):
        add(archive, "levy", LEVY.replace("levy", f"lev{number}"))

        assert slugs(archive, f"lev{number}") == ["levy"]


@pytest.mark.parametrize("state", ["archive.sqlite", "archive.json"])
def test_the_index_can_be_deleted_and_damaged_at_any_time(archive: Workspace, state: str) -> None:
    assert slugs(archive, "weir") == ["levy", "weir"]
    for file in (archive.root / ".pressgen").glob(f"{state}*"):
        file.unlink()
    assert slugs(archive, "weir") == ["levy", "weir"]
    for file in (archive.root / ".pressgen").glob(f"{state}*"):
        file.write_bytes(b"no database, nor JSON\n" * 100)
    assert slugs(archive, "weir") == ["levy", "weir"]


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_found(archive: Workspace) -> None:
    add(archive, "broken", "headline: [weir")
    (archive.root / "releases" / "latin").mkdir()
    (archive.root / "releases" / "latin" / "release.yaml").write_bytes(b"\x00\xff\xfe weir")

    for _ in range(2):
        told = search_releases(archive, SearchQuery(terms=parse_terms("weir")[0]), 20, show_progress, NOW)

        assert sorted(each.facts.slug for each in told.best) == ["levy", "weir"]
        assert [each.partition(":")[0] for each in told.faulty] == [
            "releases/broken/release.yaml",
            "releases/latin/release.yaml",
        ]


def test_a_draft_that_check_would_refuse_is_found(archive: Workspace) -> None:
    add(archive, "draft", "headline: A weir without a house\ntimes: {zone: Nowhere/Land, embargo: soon}\n")

    assert "draft" in slugs(archive, "weir house")


@pytest.mark.parametrize(
    "typed",
    ["'; DROP TABLE files; --", '"', "NEAR(weir levy, 5)", "headline:weir", "weir*levy", "^weir", "{headline}: weir",
     "weir \x00", "%(limit)s %s", "\\", "a:*b & | ! <->", "'weir':*", "\udcff weir", "ꙮꙮ", "+weir", "weir\n-levy"],
)  # fmt: skip
def test_hostile_words_are_words(archive: Workspace, typed: str) -> None:
    try:
        found = slugs(archive, typed)
    except UsageError:
        found = []

    assert set(found) <= {"levy", "weir"}
    assert slugs(archive, "weir") == ["levy", "weir"]


def test_as_many_are_shown_as_are_asked_for_and_all_are_counted(archive: Workspace) -> None:
    for number in range(5):
        add(archive, f"more-{number}", WEIR)

    told = search_releases(archive, SearchQuery(terms=parse_terms("warm")[0]), 2, show_progress, NOW)

    assert (len(told.best), told.total) == (2, 6)


def test_stems_of_the_language_count_in_postgresql(archive: Workspace, store: str) -> None:
    """“Barge” finds “barges” there; SQLite wants barge*."""
    found = asked(archive, "barge passing")

    if store == "postgresql":
        assert [marked(hit) for hit in found] == [["Barges pass"]]
    assert [hit.facts.slug for hit in found] == (["levy"] if store == "postgresql" else [])


def test_a_database_that_does_not_answer_is_told(archive: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSGEN_DATABASE", "postgresql://press:secret@127.0.0.1:9/none")

    with pytest.raises(EnvironmentFailureError) as told:
        asked(archive, "weir")

    assert "secret" not in str(told.value)


def test_a_headline_is_shown_as_it_is_printed(office: Workspace) -> None:
    file = office.root / "releases" / "bridge" / "release.yaml"
    typed = file.read_text().replace("Bridge opens", "Bridge with {{ facts.cranes }} cranes opens")
    file.write_text(typed + "facts:\n  cranes: {value: 1234}\n")

    [hit] = asked(office, "cranes")

    assert hit.facts.headline == "Bridge with 1,234 cranes opens"


def test_an_index_that_cannot_be_opened_says_that_it_may_be_deleted(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRESSGEN_DATABASE", raising=False)
    (office.root / ".pressgen" / "archive.sqlite").mkdir(parents=True)

    with pytest.raises(EnvironmentFailureError, match="it can be deleted at any time: rm .pressgen/archive.sqlite"):
        asked(office, "weir")
