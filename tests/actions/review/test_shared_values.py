"""A value that several places print changes only where the copy changes all of them alike; else a person decides."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from actions.editors import change, edited, run
from review.editing import EDITORS, Char, Editing, Para

RELEASE = """\
reference: B-2
house: inspectorate
headline: Survey of the county is out
times:
  zone: Europe/London
  embargo: 2019-05-08 00:01
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}
facts:
  answers: {value: 4210, unit: people}
  towns: {value: 17}
  area: {value: East and North Wend}
body:
  - The survey was filled in by {{ facts.answers }} people of {{ facts.towns }} towns in April and May.
  - quote: {by: ray, words: I thank everybody who took part.}
  - We thank all {{ facts.answers }} of them for the time that they gave to it.
  - The survey was taken in {{ facts.area }} only.
notes:
  - {id: how, text: "Answers of {{ facts.answers }} people came by post or by telephone."}
contacts: [ray]
"""
FILTERED = (
    "The survey was taken",
    "About {{ facts.answers|nearest(100) }} answers mean one household in three. The survey was taken",
)
FINDINGS = """\
findings:
  scale: [Good, Fair, Poor]
  items:
    - {id: roads, subject: State of the roads, rating: Fair}
body:
  - findings: all
  - The inspectors call the roads {{ findings.roads.rating }} and not better than that.
"""
CHART = """\
  - chart:
      kind: bar
      caption: People who answered
      unit: people
      rows:
        - {label: This time, values: [answers]}
"""
Edit = Callable[[Editing], None]


@pytest.fixture
def newsroom(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one release, where commands are run."""
    (workspace / "releases" / "bridge" / "release.yaml").write_text(RELEASE)
    monkeypatch.chdir(workspace)
    return workspace


def file_of(newsroom: Path, name: str = "release.yaml") -> Path:
    return newsroom / "releases" / "bridge" / name


def source(newsroom: Path) -> str:
    return file_of(newsroom).read_text()


def write(newsroom: Path, *changes: tuple[str, str]) -> str:
    """Another release; what it is then."""
    text = RELEASE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file_of(newsroom).write_text(text)
    return text


def each_of(old: str, new: str, *, tracked: bool = False) -> Edit:
    """An edit: one word for another wherever the copy has it."""

    def edit(editing: Editing) -> None:
        found = [p for p in editing.paras if old in "".join(char.text for char in p.chars)]
        assert found
        for para in found:
            in_one(editing, para, change(old, new, tracked=tracked))

    return edit


def within(begin: str, old: str, new: str, *, tracked: bool = False) -> Edit:
    """An edit: one word for another in the paragraph that begins with certain words."""

    def edit(editing: Editing) -> None:
        para = next(p for p in editing.paras if "".join(char.text for char in p.chars).startswith(begin))
        in_one(editing, para, change(old, new, tracked=tracked))

    return edit


def in_one(editing: Editing, para: Para, edit: Edit) -> None:
    everything = editing.paras
    editing.paras = [para]
    edit(editing)
    editing.paras = everything


def receive(newsroom: Path, *edits: Edit, options: tuple[str, ...] = ("--apply",)) -> str:
    """What the command says of a copy with these edits, on one line."""
    result = run("review", "receive", str(edited(newsroom, *edits)), *options)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize("how", ["tracked", "untracked"])
def test_a_fact_that_the_copy_changes_in_one_place_of_three_stays_as_it_is(newsroom: Path, how: str) -> None:
    receive(newsroom, within("We thank", "4,210", "4,300", tracked=how == "tracked"))

    assert source(newsroom) == RELEASE


def test_the_places_that_the_copy_leaves_alone_are_named_with_file_and_line(newsroom: Path) -> None:
    told = receive(newsroom, within("We thank", "4,210", "4,300"))

    assert "release.yaml:16:18: 1: not put in: other places also print facts.answers.value" in told
    assert "the copy does not change it in body[0] (releases/bridge/release.yaml:14:33), notes[how].text (" in told
    assert "change facts.answers.value by hand (releases/bridge/release.yaml:10:20)" in told


@pytest.mark.parametrize("how", ["tracked", "untracked"])
def test_a_fact_that_the_copy_changes_in_all_places_alike_is_changed(newsroom: Path, how: str) -> None:
    told = receive(newsroom, each_of("4,210", "4,300", tracked=how == "tracked"))

    assert "3 of 3 put in" in told
    assert source(newsroom) == RELEASE.replace("4210", "4300")


def test_a_fact_that_is_printed_once_is_changed(newsroom: Path) -> None:
    receive(newsroom, change("17", "18", tracked=False))

    assert source(newsroom) == RELEASE.replace("value: 17", "value: 18")


def test_two_new_values_for_one_fact_are_both_left(newsroom: Path) -> None:
    told = receive(newsroom, within("We thank", "4,210", "4,300"), within("The survey was filled", "4,210", "4,400"))

    assert "several changes of facts.answers.value that differ: “4400” and “4300”" in told
    assert source(newsroom) == RELEASE


def test_changes_of_one_fact_are_accepted_together_or_not_at_all(newsroom: Path) -> None:
    told = receive(newsroom, each_of("4,210", "4,300"), options=("--accept", "2"))

    assert "1, 3, which must be accepted along with it, changes it in body[0]" in told
    assert source(newsroom) == RELEASE


def test_a_place_whose_sentence_is_taken_out_or_typed_anew_needs_no_change_of_its_own(newsroom: Path) -> None:
    said = "We thank all 4,210 of them for the time that they gave to it."
    edits = (
        within("The survey was filled", "4,210", "4,300"),
        within("We thank", said, "Many thanks to you.", tracked=True),
        within("Answers", "4,210 people", "4,300 persons", tracked=True),
    )
    receive(newsroom, *edits, options=("--accept", "1-3"))  # the third asks, since it types a figure anew

    assert "value: 4300" in source(newsroom)
    assert "Many thanks to you." in source(newsroom)
    assert "Answers of 4,300 persons came" in source(newsroom)


def test_a_place_that_prints_the_fact_rounded_must_read_as_the_copy_does(newsroom: Path) -> None:
    before = write(newsroom, FILTERED)

    told = receive(newsroom, each_of("4,210", "4,300"))

    assert "the copy does not change it in body[3]" in told
    assert source(newsroom) == before


def test_a_place_that_prints_the_fact_rounded_follows_where_the_copy_says_the_same(newsroom: Path) -> None:
    before = write(newsroom, FILTERED)

    told = receive(newsroom, each_of("4,210", "4,311"), each_of("4,200", "4,300"))

    assert "3 of 3 put in, 1 needed no change" in told
    assert source(newsroom) == before.replace("4210", "4311")


def test_a_rounded_place_that_prints_the_same_with_the_new_value_needs_no_change(newsroom: Path) -> None:
    before = write(newsroom, FILTERED)

    receive(newsroom, each_of("4,210", "4,220"))

    assert source(newsroom) == before.replace("4210", "4220")


def test_a_summary_that_the_copy_does_not_show_is_asked_about(newsroom: Path) -> None:
    before = write(newsroom, ("times:", "summary: Asked were {{ facts.answers }} people.\ntimes:"))

    told = receive(newsroom, each_of("4,210", "4,300"))

    assert (
        "the copy does not show (its editor may not know of them) summary (releases/bridge/release.yaml:4:10)" in told
    )
    assert source(newsroom) == before


def test_everywhere_changes_a_value_in_all_places(newsroom: Path) -> None:
    receive(newsroom, within("We thank", "4,210", "4,300"), options=("--everywhere", "1"))

    assert source(newsroom) == RELEASE.replace("4210", "4300")


def test_everywhere_does_not_overrule_what_the_copy_says_elsewhere(newsroom: Path) -> None:
    before = write(newsroom, FILTERED)

    told = receive(
        newsroom, each_of("4,210", "4,300"), each_of("4,200", "4,900"), options=("--apply", "--everywhere", "1")
    )

    assert "the copy has something else in body[3]" in told
    assert source(newsroom) == before


def test_a_chart_that_shows_the_fact_counts_as_a_place(newsroom: Path) -> None:
    before = write(newsroom, ("notes:\n", f"{CHART}notes:\n"))

    told = receive(
        newsroom, *(within(each, "4,210", "4,300") for each in ("The survey was filled", "We thank", "Answers"))
    )

    assert "the copy does not change it in body[4].chart.rows[0].values[0]" in told
    assert source(newsroom) == before


def test_a_role_in_an_attribution_stays_while_the_contact_lines_say_the_old_one(newsroom: Path) -> None:
    told = receive(newsroom, change("Chief Engineer", "Head Engineer", tracked=False))

    assert "other places also print people.ray.role" in told
    assert "contacts[0] (releases/bridge/release.yaml:" in told
    assert source(newsroom) == RELEASE


def test_a_name_that_the_copy_changes_wherever_it_stands_is_changed(newsroom: Path) -> None:
    receive(newsroom, each_of("Dr Ada Ray", "Dr Adah Ray"))

    assert source(newsroom) == RELEASE.replace("Dr Ada Ray", "Dr Adah Ray")


def test_a_rating_changed_in_the_table_stays_while_prose_prints_the_old_one(newsroom: Path) -> None:
    before = write(newsroom, ("body:\n", FINDINGS))

    told = receive(newsroom, within("Fair", "Fair", "Good"))

    assert "other places also print findings.items[roads].rating" in told
    assert source(newsroom) == before


def test_a_rating_changed_in_table_and_prose_is_changed(newsroom: Path) -> None:
    before = write(newsroom, ("body:\n", FINDINGS))

    receive(newsroom, each_of("Fair", "Good"))

    assert source(newsroom) == before.replace("rating: Fair", "rating: Good")


def test_findings_shown_in_two_tables_are_changed_where_the_copy_changes_both(newsroom: Path) -> None:
    before = write(newsroom, ("body:\n", FINDINGS.replace("  - findings: all\n", "  - findings: all\n" * 2)))

    receive(newsroom, each_of("State of the roads", "Health of the roads"))

    assert source(newsroom) == before.replace("State of", "Health of")


def test_findings_shown_in_two_tables_stay_where_the_copy_changes_one(newsroom: Path) -> None:
    before = write(newsroom, ("body:\n", FINDINGS.replace("  - findings: all\n", "  - findings: all\n" * 2)))

    receive(newsroom, change("State of the roads", "Health of the roads", tracked=False))

    assert source(newsroom) == before


def test_a_rating_changed_in_prose_alone_is_left(newsroom: Path) -> None:
    before = write(newsroom, ("body:\n", FINDINGS))

    receive(newsroom, within("The inspectors", "Fair", "Good"))

    assert source(newsroom) == before


def test_a_fact_that_a_translation_has_as_well_is_left_with_the_place_of_both(newsroom: Path) -> None:
    welsh = RELEASE.replace("house:", "language: cy\nhouse:")
    run("review", "send", "releases/bridge")
    file = edited(newsroom, each_of("4,210", "4,300"))
    file_of(newsroom, "release.cy.yaml").write_text(welsh)

    told = run("review", "receive", str(file), "--apply").output

    assert "another language of the release must change too: facts.answers.value (releases/bridge/" in told
    assert "release.cy.yaml:11:20)" in told
    assert (source(newsroom), file_of(newsroom, "release.cy.yaml").read_text()) == (RELEASE, welsh)


def test_a_place_that_was_written_after_the_copy_was_sent_counts(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    file = edited(newsroom, each_of("4,210", "4,300"))
    now = write(
        newsroom, ("  - The survey was taken", "  - In all {{ facts.answers }} took part.\n  - The survey was taken")
    )

    result = run("review", "receive", str(file), "--apply")

    assert "the copy does not show (its editor may not know of them) body[3]" in result.output
    assert source(newsroom) == now


def test_a_copy_of_an_earlier_state_changes_a_fact_that_it_changes_everywhere(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    file = edited(newsroom, each_of("4,210", "4,300"))
    now = write(newsroom, ("  - The survey was filled", "  - First a word.\n  - The survey was filled"))

    run("review", "receive", str(file), "--apply")

    assert source(newsroom) == now.replace("4210", "4300")


def test_a_sentence_that_was_typed_anew_since_the_copy_was_sent_counts(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    file = edited(newsroom, within("The survey was filled", "4,210", "4,300"), within("Answers", "4,210", "4,300"))
    now = write(newsroom, ("We thank all", "Our warm thanks go to all"))

    result = run("review", "receive", str(file), "--apply")

    assert "the copy does not change it in body[2]" in result.output
    assert source(newsroom) == now


def replaced_on_pdf(newsroom: Path, old: str, new: str, places: slice) -> Path:
    """The PDF of a copy on which a word is struck and another put in, in some of the places that have it."""
    run("review", "send", "releases/bridge")
    sent, file = newsroom / "dist" / "bridge" / "review" / "bridge-review-1.pdf", newsroom / "marked.pdf"
    with pypdfium2.PdfDocument(sent) as pages:
        page = pages[0].get_textpage()
        search, found = page.search(old), list[tuple[int, int]]()
        while hit := search.get_next():
            found.append(hit)
        rects = [page.get_rect(page.count_rects(*each) - 1) for each in found]
    with pikepdf.open(sent) as pdf:
        marks = pikepdf.Array()
        for number, (left, low, right, high) in list(enumerate(rects))[places]:
            caret = pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Caret,
                    Rect=[right - 2, low - 4, right + 2, low],
                    Contents=new,
                    T="Bo Desk",
                    NM=f"caret-{number}",
                )
            )
            struck = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.StrikeOut, Rect=[left, low, right, high], T="Bo Desk",
                QuadPoints=[left, high, right, high, left, low, right, low], IRT=caret, RT=pikepdf.Name.Group,
                NM=f"struck-{number}",
            )  # fmt: skip
            marks.extend([caret, pdf.make_indirect(struck)])
        pdf.pages[0].Annots = pdf.make_indirect(marks)
        pdf.save(file)
    return file


@pytest.mark.parametrize(("places", "value"), [(slice(1, 2), "4210"), (slice(None), "4300")])
def test_marks_on_a_pdf_change_a_fact_only_where_they_stand_in_all_places(
    newsroom: Path, places: slice, value: str
) -> None:
    result = run("review", "receive", str(replaced_on_pdf(newsroom, "4,210", "4,300", places)), "--apply")

    assert result.exit_code == 0, result.output
    assert source(newsroom) == RELEASE.replace("4210", value)


def test_a_fact_of_words_keeps_its_blanks(newsroom: Path) -> None:
    receive(newsroom, change("North Wend", "South Wend", tracked=False))

    assert source(newsroom) == RELEASE.replace("North Wend", "South Wend")


def test_a_figure_typed_without_separators_is_the_same_figure(newsroom: Path) -> None:
    receive(newsroom, each_of("4,210", "4300"))

    assert source(newsroom) == RELEASE.replace("4210", "4300")


def test_a_figure_of_a_language_with_a_decimal_comma_is_read_in_that_language(newsroom: Path) -> None:
    before = write(newsroom, ("house:", "language: de\nhouse:"))

    receive(newsroom, each_of("4.210", "4.300,5"))

    assert source(newsroom) == before.replace("4210", "4300.5")


def test_another_change_in_the_same_copy_goes_in_while_the_fact_waits(newsroom: Path) -> None:
    receive(newsroom, within("We thank", "4,210", "4,300"), change("by telephone", "by mail"))

    assert source(newsroom) == RELEASE.replace("by telephone", "by mail")


def test_the_listing_tells_before_anything_is_accepted_that_a_value_is_printed_elsewhere(newsroom: Path) -> None:
    told = receive(newsroom, within("We thank", "4,210", "4,300"), options=())

    assert "facts.answers.value (facts.answers) untracked in body[2], releases/bridge/release.yaml:16:18" in told
    assert "1: cannot be made automatically: other places also print facts.answers.value" in told


def test_the_listing_shows_whole_figures(newsroom: Path) -> None:
    told = receive(newsroom, within("We thank", "4,210", "4,300"), options=())

    assert "[-4,210-]{+4,300+}" in told


def test_two_changes_within_one_figure_are_one_proposal(newsroom: Path) -> None:
    write(newsroom, ("value: 17", "value: 4210333"))
    file = edited(newsroom, change("4,210,333", "5,210,444", tracked=False))

    (proposal,) = json.loads(run("review", "receive", str(file), "--format", "json").stdout)

    assert (proposal["before"], proposal["after"]) == ("4,210,333", "5,210,444")


@pytest.mark.parametrize("edit", ["one place", "every place"])
def test_what_one_editor_strikes_and_another_replaces_is_one_change_of_the_fact(newsroom: Path, edit: str) -> None:
    def by_two(editing: Editing) -> None:
        for para in [p for p in editing.paras if "4,210" in "".join(char.text for char in p.chars)]:
            at = "".join(char.text for char in para.chars).find("4,210")
            editing._strike(para, at, at + 5, EDITORS[0])
            para.chars[at + 5 : at + 5] = [Char(each, None, EDITORS[1]) for each in "4,300"]
            if edit == "one place":
                return

    receive(newsroom, by_two)

    assert source(newsroom) == (RELEASE if edit == "one place" else RELEASE.replace("4210", "4300"))


def test_a_figure_that_is_struck_in_one_place_goes_from_that_place(newsroom: Path) -> None:
    receive(newsroom, within("We thank", "4,210", "", tracked=True))

    assert source(newsroom) == RELEASE.replace("thank all {{ facts.answers }} of", "thank all of")


def test_two_marks_that_want_other_figures_in_one_place_are_both_left(newsroom: Path) -> None:
    file = replaced_on_pdf(newsroom, "17", "18", slice(None))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        for each in list(pdf.pages[0].Annots):
            again = pikepdf.Dictionary(dict(each.items()))
            again.NM = f"again-{each.NM}"
            if "/Contents" in again:
                again.Contents, caret = "19", pdf.make_indirect(again)
                pdf.pages[0].Annots.append(caret)
            else:
                again.IRT = caret
                pdf.pages[0].Annots.append(pdf.make_indirect(again))
        pdf.save(file)

    result = run("review", "receive", str(file), "--apply")

    assert "several changes of facts.towns.value that differ" in result.output
    assert source(newsroom) == RELEASE


def test_a_key_accepts_a_value_in_every_place(newsroom: Path) -> None:
    file = edited(newsroom, within("We thank", "4,210", "4,300"))

    result = run("review", "receive", str(file), "--ask", typed="e\n")

    assert "e accept, and change it everywhere" in result.output
    assert re.search(r"We thank all \[-4,210-\]\{\+4,300\+\} of them", result.output)
    assert source(newsroom) == RELEASE.replace("4210", "4300")


def test_run_again_after_a_value_was_changed_nothing_is_changed_twice(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    file = edited(newsroom, each_of("4,210", "4,300"))
    run("review", "receive", str(file), "--apply")

    result = run("review", "receive", str(file), "--apply")

    assert "already says it" in result.output
    assert source(newsroom) == RELEASE.replace("4210", "4300")
