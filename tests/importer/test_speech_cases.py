"""The small files in which speech was lost or given to somebody else, each with its right result."""

from __future__ import annotations

import pytest

from importer.drafts import draft_of, lost, written
from machine import need_shared
from pressgen.importer.draft import Confidence, DraftParagraph, DraftQuotation, ReleaseDraft

SURE, LIKELY = Confidence.SURE, Confidence.LIKELY
CASES: dict[str, list[tuple[str, str, str, Confidence]]] = {
    "m1_wrong_speaker.txt": [
        ("Ines Falk", "director of Arl Bridges", "We are delighted", SURE),
        ("Lord Quennell", "Transport minister", "I am proud of what", LIKELY),
    ],
    "m4_blockquote.html": [("Ines Falk", "Roads Minister", "This bridge will make", SURE)],
    "m5_title_da.txt": [("Elin Vance", "DA", "This was a vicious crime. It is a wonder", SURE)],
    "m12_cowriter.txt": [("Ines Falk", "Co-author, professor of bridges at the University of Arl", "We", SURE)],
    "n2.html": [("Ines Falk", "Road Safety Minister", "This bridge will make", SURE)],
    "n3.html": [("Ines Falk", "Roads Minister", "This bridge will make", SURE)],
    "n8.txt": [
        ("Ines Falk", "director of Arl Bridges", "We are delighted with what", SURE),
        ("Lord Quennell", "Health minister", "I am proud of the work", LIKELY),
    ],
    "p3_according.txt": [
        ("Dr Falk", "", "The response from the town", SURE),
        ("Dr Falk", "", "It all started as a story", SURE),
        ("Dr Falk", "", "The bridge is a powerful place to talk about. With my books", SURE),
    ],
    "p3b_attrib.txt": [
        ("Dr Ines Falk", "bridge director", "The response from the town", SURE),
        ("Dr Ines Falk", "bridge director", "It all started as a story", SURE),
        ("Dr Ines Falk", "bridge director", "The bridge is a powerful place to talk about. With my books", SURE),
        ("Dr Ines Falk", "bridge director", "We are glad that the bridge", SURE),
    ],
    "p5_lead_short.txt": [("Ines Falk", "director of Arl Bridges", "We are delighted.", SURE)],
    "p7_warn.txt": [("the researchers", "", "Rust has become a major problem for bridges. And there is", SURE)],
    "r4_initial.txt": [
        ("Dr Ines M Falk", "director of Arl Bridges", "We are glad that the bridge", SURE),
        ("Ann R. Reed", "head of roads", "It took ten years", SURE),
    ],
}  # fmt: skip


def said_in(draft: ReleaseDraft) -> list[tuple[str, str, str, Confidence]]:
    """Who says what, in which role, and how sure that is."""
    return [
        (draft.people[each.by].name, draft.people[each.by].role, " ".join(each.words), each.confidence)
        for each in draft.body
        if isinstance(each, DraftQuotation)
    ]


@pytest.mark.parametrize(("file", "expected"), CASES.items(), ids=list(CASES))
def test_a_case_of_speech_gives_its_right_result(file: str, expected: list[tuple[str, str, str, Confidence]]) -> None:
    found = said_in(draft_of(need_shared("cases", "import", file).read_bytes()))

    assert [(name, role, sure) for name, role, _, sure in found] == [
        (name, role, sure) for name, role, _, sure in expected
    ]
    assert all(words.startswith(begun) for (_, _, words, _), (_, _, begun, _) in zip(found, expected, strict=True))


def test_one_speaker_of_two_parts_leaves_no_words_over() -> None:
    data = need_shared("cases", "import", "p7_warn.txt").read_bytes()
    draft = draft_of(data)

    assert [each.text for each in draft.body if isinstance(each, DraftParagraph)][-1] == "The study was small."
    assert draft.unplaced == ()
    assert lost(data, written(draft)) == []
