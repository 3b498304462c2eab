"""What has changed since a signature: every word that differs, and nothing that does not."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.happening import version
from pressgen.actions.approve.version_changes import compare_with_signed_version, pair_changed_texts
from pressgen.model.event import Version

BEFORE = """\
reference: B-1
body:
  - The bridge opened.
  - quote: {by: ray, words: [It holds., It shines.]}
"""


def told(after: str, before: str = BEFORE) -> list[str]:
    """What is told of a release that was signed as `before`."""
    was, is_ = before.encode(), after.encode()
    signed, now = (replace(version(), data={"release.yaml": digest(each)}) for each in (was, is_))
    return [
        str(each)
        for each in compare_with_signed_version(signed, now, {digest(was): was}.__getitem__, {"release.yaml": is_})
    ]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("opened", "opens", ["release.yaml: body[0]: The bridge [-opened.-]{+opens.+}"]),
        ("body:\n", "body:\n  - At last.\n", ["release.yaml: body[0]: {+At last.+}"]),
        ("  - The bridge opened.\n", "", ["release.yaml: body[0]: [-The bridge opened.-]"]),
        (", It shines.", "", ["release.yaml: body[1].quote.words[1]: [-It shines.-]"]),
        (
            "by: ray, words: [It holds., It shines.]",
            "by: roy, words: [It held., It shone.]",
            [
                "release.yaml: body[1].quote.by: [-ray-]{+roy+}",
                "release.yaml: body[1].quote.words[0]: It [-holds.-]{+held.+}",
                "release.yaml: body[1].quote.words[1]: It [-shines.-]{+shone.+}",
            ],
        ),
        ("body:", "# agreed\nbody:", ["release.yaml was changed in its layout or comments; its words are the same"]),
        ("body:", "body: [", ["release.yaml was changed"]),
    ],
)
def test_a_change_of_the_data_is_told_with_its_path(old: str, new: str, lines: list[str]) -> None:
    assert old in BEFORE
    assert told(BEFORE.replace(old, new)) == lines


def test_files_that_came_and_went_are_told() -> None:
    signed, now = (replace(version(), data={name: "0" * 64}) for name in ("old.png", "new.png"))

    assert [str(each) for each in compare_with_signed_version(signed, now, dict[str, bytes]().__getitem__, {})] == [
        "new.png was added",
        "old.png was taken out",
    ]


def other(**changed: dict[str, str]) -> Version:
    return replace(version(**{"a.pdf": "0" * 64}), **changed)  # type: ignore[arg-type]


def test_programs_are_told_where_they_alone_can_have_made_other_bytes() -> None:
    signed = other(made_with={"weasyprint": "70.0", "python": "3.11"})
    now = other(made_with={"weasyprint": "70.1", "python": "3.11"}, files={"public/a.pdf": "1" * 64})

    assert [str(each) for each in compare_with_signed_version(signed, now, dict[str, bytes]().__getitem__, {})] == [
        "weasyprint: [-70.0-]{+70.1+}",
        "public/a.pdf has changed",
    ]
    assert (
        compare_with_signed_version(signed, replace(now, files=signed.files), dict[str, bytes]().__getitem__, {}) == []
    )


TEXTS = st.lists(
    st.tuples(st.sampled_from(["body[0]", "body[1]", "notes[a].text"]), st.sampled_from("abc")), max_size=6
)


@given(before=TEXTS, after=TEXTS)
def test_every_text_that_differs_is_told_and_no_other(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    """From the texts before and what is told, the texts after can be had: nothing is passed over in silence."""
    found = list(pair_changed_texts(before, after))
    gone = Counter(was for _, was, _ in found if was is not None)
    come = Counter(is_ for _, _, is_ in found if is_ is not None)

    kept = Counter(text for _, text in before) - gone
    assert kept + come == Counter(text for _, text in after)
