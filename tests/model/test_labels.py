"""What stands in the margin of a review copy."""

from __future__ import annotations

import pytest

from machine import ROOT
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.model.artifact import Variant
from pressgen.model.document import iter_leaves
from pressgen.model.labels import label_blocks, label_path
from render.documents import charted, sample

RELEASES = sorted(path.parent.name for path in (ROOT / "releases").glob("*/release.yaml"))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("headline", "headline"),
        ("body[3]", "4"),
        ("body[3].heading", "4"),
        ("body[3].quote.words", "4"),
        ("body[3].quote.words[1]", "4.2"),
        ("body[5].list[2].text", "6.3"),
        ("body[5].list.items[1].items[0]", "6.2.1"),
        ("body[7].table.caption", "8 caption"),
        ("body[7].table.header[0]", "8 head"),
        ("body[7].table.rows[10][0]", "8.11"),
        ("body[8].chart.labels", "9 head"),
        ("body[8].chart.rows[1].label", "9.2"),
        ("findings.items[safety].subject", "row Safety"),
        ("findings.items[purposeful-activity].rating", "row Purposeful activity"),
        ("notes[report].text", "note report"),
        ("contacts[0]", "contact 1"),
        ("house.wording.end", "end mark"),
        ("house.wording.embargo[0]", "banner"),
        ("house.wording.immediate", "banner"),
        ("house.languages.cy.wording.embargo[1]", "banner 2"),
        ("house.wording.findings[0]", "table head 1"),
        ("house.boilerplate[0].heading", "about us 1 heading"),
        ("house.languages.cy.boilerplate[0].text[1]", "about us 1.2"),
    ],
)
def test_a_path_is_said_in_a_word_or_two(path: str, said: str) -> None:
    assert label_path(path) == said


@pytest.mark.parametrize("release", RELEASES)
def test_a_label_leads_to_one_path_and_no_other(release: str) -> None:
    for desk in load_release(Workspace(ROOT), ROOT / "releases" / release):
        [document] = compose_release(desk, [Variant.REVIEW])
        paths = {leaf.id: leaf.path for leaf in iter_leaves(document.blocks)}
        found = {(said, paths.get(ident, ident)) for ident, said in label_blocks(document).items()}

        assert len({said for said, _ in found}) == len(found)


def test_every_paragraph_entry_row_and_note_has_a_label() -> None:
    for document in (sample(), charted()):
        cells = {
            leaf.id for leaf in iter_leaves(document.blocks) if "rows[" in leaf.path and not leaf.path.endswith("[0]")
        }
        lines = {line.id for contact in document.contacts for line in contact.lines[1:]}
        everything = {leaf.id for leaf in iter_leaves(document.blocks)}

        assert everything - cells - lines <= label_blocks(document).keys()
