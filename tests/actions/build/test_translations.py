"""A translation is the twin of its release: other words, the same figures, times, people and notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import InputError
from pressgen.model.artifact import Format, Variant
from pressgen.pdf.text import read_body

ENGLISH = """\
reference: B-1
house: inspectorate
headline: Bridge opens
times: {zone: Europe/London, embargo: 2019-05-08 00:01}
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}
facts: {cars: {value: 3930}}
findings: {scale: [Good, Poor], items: [{id: deck, subject: Deck, rating: Good}]}
body:
  - The bridge carries {{ facts.cars }} cars in 24 hours.
  - quote: {by: ray, words: It holds.}
notes:
  - {id: one, text: Built in 1962.}
  - {id: two, text: Painted.}
contacts: [ray]
"""
WELSH = (
    ENGLISH.replace("house: inspectorate", "house: inspectorate\nlanguage: cy")
    .replace("Bridge opens", "Pont Tŷ Ŵyl yn agor")
    .replace(
        "The bridge carries {{ facts.cars }} cars in 24 hours.",
        "Mae'r bont yn cludo {{ facts.cars }} o geir mewn 24 awr.",
    )
    .replace("Chief Engineer", "Prif Beiriannydd")
    .replace("It holds.", 'Mae\'n "dal".')
    .replace("[Good, Poor]", "[Da, Gwael]")
    .replace("rating: Good", "rating: Da")
    .replace("Built in 1962.", "Codwyd yn 1962.")
)


@pytest.fixture
def bridge(workspace: Path) -> Path:
    """The release with its Welsh twin."""
    folder = workspace / "releases" / "bridge"
    (folder / "release.yaml").write_text(ENGLISH)
    (folder / "release.cy.yaml").write_text(WELSH)
    return folder


def made(bridge: Path, *formats: Format) -> dict[str, bytes]:
    root = bridge.parents[1]
    written = build(BuildRequest(Workspace(root), bridge, formats, [Variant.EMBARGOED], root / "dist")).written
    return {each.path.name: each.path.read_bytes() for each in written}


def test_both_languages_are_built_side_by_side(bridge: Path) -> None:
    assert list(made(bridge, Format.TXT, Format.HTML)) == [
        "bridge.txt",
        "bridge.html",
        "bridge.cy.txt",
        "bridge.cy.html",
    ]


def test_the_welsh_twin_speaks_welsh(bridge: Path) -> None:
    text = " ".join(made(bridge, Format.TXT)["bridge.cy.txt"].decode().split())

    assert text.startswith("EMBARGO LLYM TAN 00:01 BST DYDD MERCHER 8 MAI 2019 ")
    assert "Mae’r bont yn cludo 3,930 o geir mewn 24 awr." in text
    assert "Dywedodd Prif Beiriannydd Dr Ada Ray: “Mae’n ‘dal’.”" in text
    assert "DIWEDD Nodiadau i olygyddion 1. Codwyd yn 1962. 2. Painted. 3. Ar gyfer ymholiadau" in text


def test_welsh_letters_are_glyphs_of_the_pdf(bridge: Path) -> None:
    assert "Pont Tŷ Ŵyl yn agor" in " ".join("".join(read_body(made(bridge, Format.PDF)["bridge.cy.pdf"])).split())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("language: cy", "language: en-GB", "L01 the name of this file says “cy”; write language: cy"),
        (
            "reference: B-1",
            "reference: B-2",
            "L02 reference: the original has “B-1” (releases/bridge/release.yaml:1:12)",
        ),
        ("00:01", "00:10", "L02 times.embargo: the original has “2019-05-08 00:01”"),
        ("value: 3930", "value: 3390", "L02 facts.cars.value: the original has “3930”"),
        ("960000", "960001", "L02 people.ray.phone: the original has “01632 960000”"),
        ("name: Dr Ada Ray", "name: Dr Ada Roy", "L02 people.ray.name: the original has “Dr Ada Ray”"),
        ("rating: Da", "rating: Gwael", "L02 findings: the original has ('deck', 1)"),
        ("  - {id: two, text: Painted.}\n", "", "L02 notes: the original has one, two"),
        ("1962", "1926", "L02 notes[one].text: the original has 1962 (releases/bridge/release.yaml:13:21)"),
        ("24 awr", "42 awr", "L02 body[0]: the original has 24"),
        ("contacts: [ray]", "", "L02 contacts: the original has ray"),
    ],
)
def test_what_a_translation_says_otherwise_is_refused_with_both_places(
    bridge: Path, old: str, new: str, message: str
) -> None:
    assert old in WELSH
    (bridge / "release.cy.yaml").write_text(WELSH.replace(old, new))

    with pytest.raises(InputError) as refusal:
        made(bridge, Format.TXT)

    assert any(
        message in line and line.startswith("releases/bridge/release.cy.yaml:") for line in refusal.value.lines()
    )
    assert not (bridge.parents[1] / "dist").exists()


SHOWN = """\
  - table: {header: [Year, Cars], rows: [["1962", "1,200"], ["2026", many]]}
  - chart: {kind: bar, caption: Cars, unit: cars, rows: [{label: Then, values: ["1200"]}, {label: Now, values: [cars]}]}
notes:
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"1,200"', '"1,210"', "L02 body[2].table.rows[0][1]: the original has 1200"),
        ('"1,200"', "mil a dau gant", "L02 body[2].table.rows[0][1]: the original has 1200"),
        ("many", '"3,930"', "L02 body[2].table.rows[1][1]: the original has none"),
        ('["1200"]', '["1210"]', "L02 body[3].chart.rows[0].values: the original has 1200"),
        ("[cars]", '["3930"]', "L02 body[3].chart.rows[1].values: the original has cars"),
        (", {label: Now, values: [cars]}", "", "L02 body[3].chart.rows: the original has “2”"),
        ("kind: bar", "kind: line", "L02 body[3].chart.kind: the original has “bar”"),
    ],
)
def test_figures_of_tables_and_charts_agree_too(bridge: Path, old: str, new: str, message: str) -> None:
    (bridge / "release.yaml").write_text(ENGLISH.replace("notes:\n", SHOWN))
    (bridge / "release.cy.yaml").write_text(WELSH.replace("notes:\n", SHOWN))
    assert made(bridge, Format.TXT)
    (bridge / "release.cy.yaml").write_text(WELSH.replace("notes:\n", SHOWN.replace(old, new)))

    with pytest.raises(InputError) as refusal:
        made(bridge, Format.TXT)

    assert any(message in line for line in refusal.value.lines())


def test_a_quotation_less_is_told(bridge: Path) -> None:
    kept = WELSH.replace('  - quote: {by: ray, words: Mae\'n "dal".}\n', "")
    assert kept != WELSH
    (bridge / "release.cy.yaml").write_text(kept)

    with pytest.raises(InputError, match="L02 body: the original has text, quote by ray, 1"):
        made(bridge, Format.TXT)


def test_faults_of_both_files_are_told_in_one_run(bridge: Path) -> None:
    (bridge / "release.yaml").write_text(ENGLISH.replace("headline:", "hedline:"))
    (bridge / "release.cy.yaml").write_text(WELSH.replace("headline:", "hedline:"))

    with pytest.raises(InputError) as refusal:
        made(bridge, Format.TXT)

    files = {problem.place.file for problem in refusal.value.problems}
    assert files == {"releases/bridge/release.yaml", "releases/bridge/release.cy.yaml"}


def test_a_house_without_the_language_keeps_its_own_words(bridge: Path) -> None:
    (bridge / "release.cy.yaml").rename(bridge / "release.fr.yaml")
    (bridge / "release.fr.yaml").write_text(WELSH.replace("language: cy", "language: fr"))

    assert "Notes to editor" in made(bridge, Format.TXT)["bridge.fr.txt"].decode()
