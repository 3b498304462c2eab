"""An editor who types words round a figure anew changes the figure's fact, or is asked about it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from actions.editors import edited, run
from actions.review.test_shared_values import RELEASE, newsroom, receive, source, within
from pressgen.model.export import ExportedBlock
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.model.words import Field, Piece, Source
from pressgen.review.completeness import apply_proposals
from pressgen.review.value_edits import separate_value_edits

__all__ = ["newsroom"]  # the fixture

CHANCE = random.Random
OLD = "The survey was filled in by 4,210 people of 17 towns"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("4,210 people", "4,300 people"),
        ("by 4,210 people of 17", "by 4,300 people of 17"),
        (OLD, OLD.replace("4,210", "4,300")),
    ],
)
def test_a_figure_typed_with_its_neighbours_is_an_edit_of_the_fact(newsroom: Path, old: str, new: str) -> None:
    told = receive(newsroom, within("The survey was filled", old, new, tracked=True))

    assert "1: not put in: other places also print facts.answers.value" in told
    assert source(newsroom) == RELEASE


def test_words_that_change_beside_a_figure_leave_its_expression(newsroom: Path) -> None:
    receive(newsroom, within("We thank", "all 4,210 of them", "each one of the 4,210", tracked=True))

    assert "We thank each one of the {{ facts.answers }} for the time" in source(newsroom)


def test_a_figure_and_words_that_change_together_are_two_proposals(newsroom: Path) -> None:
    edit = within("The survey was filled", "4,210 people of 17 towns", "4,210 people of 18 cities", tracked=True)

    told = receive(newsroom, edit, options=("--no-ask", "--format", "json"))

    found = json.loads(told)
    assert [(each["path"], each["before"], each["after"]) for each in found] == [
        ("body[0]", "17 towns", "18 cities"),
    ]


@pytest.mark.parametrize("words", ["more than 4,300", "about four thousand"])
def test_a_figure_that_no_diff_can_lead_to_its_fact_is_asked_about(newsroom: Path, words: str) -> None:
    edit = within("We thank", "all 4,210 of them", f"{words} people in the county", tracked=True)

    told = receive(newsroom, edit)

    assert "it types a figure in place of facts.answers, which other places go on printing" in told
    assert source(newsroom) == RELEASE


def test_words_without_a_figure_may_take_its_place(newsroom: Path) -> None:
    receive(newsroom, within("We thank", "all 4,210 of them", "everybody", tracked=True))

    assert "We thank everybody for the time" in source(newsroom)


def test_a_currency_sign_beside_a_figure_stays_typed(newsroom: Path) -> None:
    text = RELEASE.replace("all {{ facts.answers }} of them", "them for £{{ facts.answers }}")
    (newsroom / "releases" / "bridge" / "release.yaml").write_text(text)
    file = edited(newsroom, within("We thank", "for £4,210", "for £4,300", tracked=True))

    (found,) = json.loads(run("review", "receive", str(file), "--format", "json").stdout)

    assert (found["path"], found["before"], found["after"]) == ("facts.answers.value", "4,210", "4,300")


def test_the_parts_of_an_edit_ask_for_the_text_that_the_whole_asked_for() -> None:
    chance = CHANCE(16)
    parts = ["Of ", "34", " per cent, ", "£", "4,210", " or ", "East Wend", "."]
    pieces = tuple(
        Piece(text=each, origin=Field(f"facts.f{at}", (), None) if at % 2 else Source("body[0]", 0, 1))
        for at, each in enumerate(parts)
    )
    block = ExportedBlock(id="a0", path="body[0]", kind="paragraph", part="body", words=pieces)
    words = [*"".join(parts).split(), "35", "£4,300", "West", "per"]
    for _ in range(500):
        start, end = sorted(chance.sample(range(len(block.text) + 1), 2))
        after = " ".join(chance.choices(words, k=chance.randrange(6)))
        whole = Proposal(
            kind=ProposalKind.EDIT, path="body[0]", block=0, start=start, end=end,
            before=block.text[start:end], after=after, revisions=frozenset([1]),
        )  # fmt: skip
        found = list(separate_value_edits([block], [whole]))

        assert apply_proposals([block], found) == apply_proposals([block], [whole])
        assert all(block.text[each.start : each.end] == each.before for each in found)
        assert found == [] or {each.revisions for each in found} == {whole.revisions}
