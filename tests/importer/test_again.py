"""What was imported without a doubt, built and imported again, is the same release."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from importer.drafts import MUSEUM, draft_of, texts_of
from machine import ROOT, need_shared
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.setup.importing import ImportedRelease, choose_import_options, import_file
from pressgen.actions.workspace.folder import Workspace
from pressgen.importer.draft import DraftQuotation
from pressgen.model.artifact import Format, Variant

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.importer.draft import ReleaseDraft

FORMATS = (Format.TXT, Format.DOCX, Format.HTML)
QUOTES = str.maketrans("’‘", "''")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("archive")
    shutil.copytree(ROOT / "templates", root / "templates")
    return Workspace(root)


@pytest.fixture(scope="module")
def real(workspace: Workspace) -> list[ImportedRelease]:
    """The real releases, imported once for all formats."""
    texts = sorted(need_shared("corpus", "texts").glob("*.txt"))
    arrangement = choose_import_options(workspace, workspace.root / "real", "inspectorate")
    found = [import_file(workspace, path, arrangement) for path in texts]
    return [each for each in found if isinstance(each, ImportedRelease)]


def shape(draft: ReleaseDraft) -> dict[str, Any]:
    """The structure of a release: what it says, in which parts, and who says it."""
    return {
        "headline": _words(draft.headline),
        "subhead": _words(draft.subhead),
        "body": [
            (
                type(each).__name__,
                draft.people[each.by].name if isinstance(each, DraftQuotation) else "",
                _all(texts_of(each)),
            )
            for each in draft.body
        ],
        "notes": [_words(note.text) for note in draft.notes],
        "boilerplate": [(_words(each.heading), _all(each.texts)) for each in draft.boilerplate],
        "contacts": [(draft.people[key].phone, draft.people[key].email) for key in draft.contacts],
    }


def rebuilt(workspace: Workspace, path: Path, wanted: Format) -> bytes:
    written = build(BuildRequest(workspace, path, [wanted], [Variant.PUBLIC], workspace.root / "dist")).written
    return written[0].path.read_bytes()


@pytest.mark.parametrize("wanted", FORMATS)
def test_a_sample_comes_back_from_each_format(workspace: Workspace, tmp_path: Path, wanted: Format) -> None:
    source = tmp_path / f"museum-{wanted}.txt"
    source.write_text(MUSEUM)

    imported = import_file(workspace, source, choose_import_options(workspace, None, "inspectorate"))

    assert shape(draft_of(rebuilt(workspace, imported.path, wanted))) == shape(imported.draft)


@pytest.mark.parametrize("wanted", FORMATS)
def test_every_real_release_without_doubts_comes_back(
    workspace: Workspace, real: list[ImportedRelease], wanted: Format
) -> None:
    clean = [each for each in real if set(each.draft.kinds) <= OF_SPEECH]

    changed = [
        each.path.parent.name for each in clean
        if shape(draft_of(rebuilt(workspace, each.path, wanted))) != shape(each.draft)
    ]  # fmt: skip

    assert len(clean) > len(real) // 6
    assert changed == []


OF_SPEECH = {"quotation that is not sure", "speech without a speaker", "attribution with more in it"}
"""Doubts that leave nothing out of place: a release with these alone can be built, and must come back the same."""


def _all(texts: Any) -> list[str]:  # noqa: ANN401 - a list or a tuple of texts
    return [_words(text) for text in texts]


def _words(text: str) -> str:
    return re.sub(r"\W+", " ", text.translate(QUOTES)).strip()
