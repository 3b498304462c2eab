"""Every character of every block is traced to its place in the YAML, its field, or what made it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from machine import ROOT, need_shared
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.compose.document import compose
from pressgen.model.artifact import Variant
from pressgen.model.document import Document, iter_leaves
from pressgen.model.moment import read_moments
from pressgen.model.words import Field, GeneratedText, Source
from pressgen.text.prose import escape_marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Composed

MADE = {
    "opening quotation mark",
    "closing quotation mark",
    "attribution",
    "banner",
    "dateline",
    "end mark",
    "contact wording",
}
TYPOGRAPHY = {"'": "‘’“”", '"': "“”‘’", "-": "–—", " ": "\u00a0\u202f", "\n": " "}
SAMPLES = sorted(path.parent for path in (ROOT / "releases").glob("*/release.yaml"))


def said_at(data: object, path: str) -> str:
    """The text of the data at `path`, read the plain way."""
    for step in re.findall(r"[^.\[\]]+", path):
        if isinstance(data, list | tuple):
            data = data[int(step)] if step.isdigit() else next(each for each in data if each["id"] == step)
        elif isinstance(data, dict):
            data = data[step]
    assert isinstance(data, str), path
    return data


def untraced(document: Document, said: Callable[[str], str]) -> list[str]:
    """The pieces whose origin does not hold what they say."""
    wrong = []
    for leaf in iter_leaves(document.blocks):
        for piece in leaf.words:
            match piece.origin:
                case Source(path, start, end):
                    typed = said(path)[start:end]
                    same = len(typed) == len(piece.text) or (len(typed) == 1 and piece.text)
                    fits = all(a == b or b in TYPOGRAPHY.get(a, "") for a, b in zip(typed, piece.text, strict=False))
                    right = bool(same and fits)
                case Field(name):
                    right = bool(name)
                case GeneratedText(what):
                    right = what in MADE
            if not right:
                wrong.append(f"{leaf.path}: {piece}")
    return wrong


def test_every_character_of_the_seed_is_traced() -> None:
    test_every_character_of_a_sample_is_traced(need_shared("seeds", "example"), Variant.EMBARGOED)


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("variant", list(Variant))
def test_every_character_of_a_sample_is_traced(folder: Path, variant: Variant) -> None:
    desk = load_release(Workspace(ROOT), folder)[0]
    times = read_moments(desk.release)
    (document,) = compose(desk.release, times, desk.house.house, slug="x", variants=[variant], locate=desk.locate)
    release, house = desk.release.model_dump(), desk.house.house.model_dump()

    def said(path: str) -> str:
        return said_at(house, path.removeprefix("house.")) if path.startswith("house.") else said_at(release, path)

    assert untraced(document, said) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["C"]), min_size=1, max_size=60).filter(str.strip))
def test_every_character_of_any_text_is_traced(composed: Composed, text: str) -> None:
    typed = escape_marks(text)
    document = composed(headline=typed, body=[typed, {"quote": {"by": "ray", "words": typed}}])
    data = {"headline": typed, "body": [typed, {"quote": {"words": typed}}]}

    def said(path: str) -> str:
        return "ENDS" if path.startswith("house.") else said_at(data, path)

    assert untraced(document, said) == []
