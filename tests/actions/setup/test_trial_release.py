"""The trial release has every kind of block that a release may have."""

from __future__ import annotations

from typing import get_args

from machine import ROOT
from pressgen.actions.setup.trial_release import BLOCKS, SLUG, draw_trial_pictures, write_trial_release
from pressgen.actions.workspace.folder import Workspace, load_house
from pressgen.compose.document import compose
from pressgen.errors import Place
from pressgen.load.release import read_release
from pressgen.model.artifact import Variant
from pressgen.model.document import Block
from pressgen.model.moment import read_moments
from pressgen.model.release import KINDS, Release
from pressgen.render import word_styles


def test_no_kind_of_block_of_the_model_is_forgotten() -> None:
    assert set(BLOCKS) == {"text", *KINDS}


def test_no_kind_of_block_of_a_document_is_forgotten() -> None:
    seen = set()
    for house in ("inspectorate", "university"):
        folder, _ = load_house(Workspace(ROOT), house, Place("templates"))
        parsed = read_release(write_trial_release(house, folder.house, year=2027), SLUG, beside=draw_trial_pictures())
        (document,) = compose(
            parsed.release, read_moments(parsed.release), folder.house, slug=SLUG,
            variants=[Variant.EMBARGOED], locate=parsed.source.place,
        )  # fmt: skip
        seen |= {type(block) for block in document.blocks}

    assert seen == set(get_args(Block))


def test_every_field_that_prints_something_is_filled() -> None:
    folder, _ = load_house(Workspace(ROOT), "inspectorate", Place("templates"))
    release = read_release(write_trial_release("inspectorate", folder.house, year=2027), SLUG).release
    silent = {"audience", "terms", "links", "attachments", "accept", "unplaced"}

    assert [name for name in Release.model_fields if name not in silent and not getattr(release, name)] == []
    assert len(word_styles.BULLETS) == len(word_styles.NUMBERS) == 3
