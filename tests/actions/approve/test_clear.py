"""Clearance: of exact words, wherever they stand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.actions.approve.speaker_clearances import SpeakerClearance, list_speaker_clearances, record_clearance
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.actions.workspace.office import open_ledger
from pressgen.actions.workspace.printed_quotations import PrintedQuotation, collect_quotations
from pressgen.errors import StateError, UsageError
from pressgen.model.event import Withdrawn
from pressgen.model.standing import Clearance, Standing

NOW = datetime(2019, 5, 7, 9, 0, tzinfo=UTC)


def folder(office: Workspace) -> Path:
    return office.root / "releases" / "bridge"


def change(office: Workspace, old: str, new: str) -> None:
    file = folder(office) / "release.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def cleared(office: Workspace, how: str = "") -> list[PrintedQuotation]:
    return record_clearance(office, folder(office), "ray", "moss", how, NOW)


def state(office: Workspace) -> SpeakerClearance:
    with open_ledger(office) as ledger:
        standing = ledger.standing("B-1") or Standing(reference="B-1", slug="bridge")
        [found] = list_speaker_clearances(
            collect_quotations(load_release(office, folder(office))), standing, ledger.fetch
        )
        return found


def test_words_are_cleared_as_they_are_printed(office: Workspace) -> None:
    change(office, "contacts:", "facts: {lorries: {value: 3930}}\ncontacts:")
    change(office, "words: It holds.", 'words: ["It\'s strong.", "It holds {{ facts.lorries }} lorries."]')

    assert [(each.path, each.words) for each in cleared(office)] == [
        ("body[1].quote", "It’s strong.\nIt holds 3,930 lorries.")
    ]
    assert state(office).state == "cleared"


def test_a_changed_figure_is_a_changed_word(office: Workspace) -> None:
    change(office, "contacts:", "facts: {lorries: {value: 3930}}\ncontacts:")
    change(office, "words: It holds.", 'words: "It holds {{ facts.lorries }} lorries."')
    cleared(office)

    change(office, "3930", "3931")

    assert [(each.cleared, each.said.words) for each in state(office).open] == [
        ("It holds 3,930 lorries.", "It holds 3,931 lorries.")
    ]


def test_a_paragraph_put_in_above_changes_no_word(office: Workspace) -> None:
    cleared(office)

    change(office, "  - quote:", "  - Traffic began at once.\n  - quote:")

    assert state(office).state == "cleared"


def test_another_title_changes_no_word(office: Workspace) -> None:
    """The attribution is the office's; the words are the speaker's."""
    cleared(office)

    change(office, "Chief Engineer", "Engineer in charge")

    assert state(office).state == "cleared"


def test_a_further_quotation_is_not_cleared(office: Workspace) -> None:
    cleared(office)

    change(office, "contacts:", "  - quote: {by: ray, words: It shines.}\ncontacts:")

    assert [(each.cleared, each.said.path) for each in state(office).open] == [(None, "body[2].quote")]
    assert state(office).state == "changed"


def test_before_any_clearance_nothing_is_cleared(office: Workspace) -> None:
    assert state(office).state == "not cleared"


def test_the_words_of_a_translation_are_cleared_too(office: Workspace) -> None:
    text = (folder(office) / "release.yaml").read_text().replace("It holds.", "Mae'n dal.")
    house = office.root / "templates" / "inspectorate" / "house.yaml"
    if "cy:" not in house.read_text():
        pytest.skip("the house speaks no Welsh")
    (folder(office) / "release.cy.yaml").write_text("language: cy\n" + text)

    assert [each.path for each in cleared(office)] == ["body[1].quote", "release.cy.yaml: body[1].quote"]


def test_who_is_not_quoted_clears_nothing(office: Workspace) -> None:
    with pytest.raises(UsageError, match="bridge does not quote “rya”; did you mean “ray”"):
        record_clearance(office, folder(office), "rya", "moss", "", NOW)


@pytest.mark.parametrize("how", ["a\nb", "\x1b[2J", "x \u2029 y"])
def test_how_it_was_cleared_is_one_line(office: Workspace, how: str) -> None:
    with pytest.raises(UsageError, match="--how must be one line"):
        cleared(office, how)


def test_words_of_a_withdrawn_release_are_not_cleared(office: Workspace) -> None:
    with open_ledger(office) as ledger:
        event = Withdrawn(reason="An error", revision=1)
        ledger.append(event, reference="B-1", slug="bridge", actor="reed", at=NOW)

    with pytest.raises(StateError, match="B-1 is withdrawn"):
        cleared(office)


WORDS = st.text("ab\u2019 .", min_size=1, max_size=6)


@given(before=st.lists(WORDS, max_size=4), after=st.lists(WORDS, max_size=4))
def test_a_clearance_holds_for_the_same_words_and_no_others(before: list[str], after: list[str]) -> None:
    then, now = (
        [PrintedQuotation("ray", f"body[{index}].quote", words) for index, words in enumerate(texts)]
        for texts in (before, after)
    )
    kept = {each.digest: each.words.encode() for each in then}
    clearance = Clearance(speaker="ray", quotes={each.path: each.digest for each in then}, how="", actor="moss", at=NOW)
    standing = Standing(reference="B-1", slug="bridge", clearances=(clearance,))

    found = [each for one in list_speaker_clearances(now, standing, kept.__getitem__) for each in one.open]

    assert [each.said.words for each in found] == [words for words in after if words not in before]
    assert all(each.cleared not in after for each in found if each.cleared is not None)
