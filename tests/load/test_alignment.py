from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pressgen.errors import InputError
from pressgen.load.alignment import align_scalar
from pressgen.load.source import SourceText, read_source
from pressgen.load.tree import Scalar

WHITE = " \n"
TYPED = st.text(alphabet="ab .é😀‘–\n  '\"\\nxu41#:-&>|+[]{},", max_size=60)
FRAMES = st.sampled_from([
    "k: {}\n",
    "k:\n  {}\nz: 1\n",
    "k: '{}'\n",
    "k: &a '{}'\nz: *a\n",
    'k: "{}"\n',
    "k: &a # why\n  {}\n",
    "k: [{}, b]\n",
    "k: {{c: {}}}\n",
    "'{}': b\n",
])  # fmt: skip
HEADERS = st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|2", ">2", "|1+", ">-1", "> # why"])


def scalars(source: SourceText) -> list[Scalar]:
    found = [node for node in source.nodes.values() if isinstance(node, Scalar) and not node.refused]
    return [*found, *source.keys.values()]


def misaligned(text: str, scalar: Scalar) -> list[str]:
    """The characters of the value whose place in the file neither holds nor stands for them."""
    indices = align_scalar(text, scalar)
    wrong = [] if len(indices) == len(scalar.value) + 1 else [f"{len(indices)} places"]
    wrong += [f"{a} before {b}" for a, b in itertools.pairwise(indices) if a >= b]
    for character, at in zip(scalar.value, indices, strict=False):
        typed = text[at : at + 1]
        stands_for = (character in WHITE and typed in {" ", "\n", "\r"}) or (scalar.style == '"' and typed == "\\")
        if typed != character and not stands_for:
            wrong.append(f"{character!r} at {at}: {typed!r}")
    return wrong


def aligned_or_refused(text: str) -> bool:
    try:
        source, _ = read_source(text.encode(), "r.yaml")
    except InputError:
        return True
    return not any(misaligned(source.text, scalar) for scalar in scalars(source))


@settings(max_examples=1500)
@given(FRAMES, TYPED)
@example("k: {}\n", "&1:1")  # libyaml ends the anchor before the colon
def test_every_character_of_a_text_on_the_line_is_found_again(frame: str, typed: str) -> None:
    assert aligned_or_refused(frame.format(typed))


@settings(max_examples=1500)
@given(HEADERS, st.lists(st.text(alphabet="ab é😀#:'\" ", max_size=12), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_every_character_of_a_block_of_lines_is_found_again(header: str, lines: list[str], end: str) -> None:
    block = end.join([f"k: {header}", *(f"  {line}" if line else "" for line in lines), "z: 1", ""])

    assert aligned_or_refused(block)


@settings(max_examples=1500)
@given(HEADERS, st.text(alphabet="a \n", max_size=30))
def test_every_character_of_an_unkempt_block_is_found_again(header: str, typed: str) -> None:
    assert aligned_or_refused(f"k: {header}\n{typed}")


def span(text: str, path: str = "k") -> tuple[str, list[int]]:
    source, _ = read_source(text.encode(), "r.yaml")
    scalar = source.nodes[path]
    assert isinstance(scalar, Scalar)
    return scalar.value, [source.place(path, offset).column for offset in range(len(scalar.value) + 1)]


@pytest.mark.parametrize(
    ("text", "value", "columns"),
    [
        ("k: ab c\n", "ab c", [4, 5, 6, 7, 8]),
        ("k: 'it''s'\n", "it's", [5, 6, 7, 9, 10]),
        ('k: "a\\u00e9\\n\\x41b"\n', "aé\nAb", [5, 6, 12, 14, 18, 19]),
        ("k: a\n  b\n", "a b", [4, 5, 3, 4]),
        ("k: 'a  \n\n  b'\n", "a\nb", [5, 1, 3, 4]),
        ('k: "a \\\n   b"\n', "a b", [5, 6, 4, 5]),
        ("k: >-\n  ab\n  c\n", "ab c", [3, 4, 5, 3, 4]),
        ("k: >\n  a\n\n  b\n", "a\nb\n", [3, 1, 3, 4, 1]),
        ("k: |\n  a\n   b\n", "a\n b\n", [3, 4, 3, 4, 5, 1]),
        ("k: |1\n   a\n", "  a\n", [2, 3, 4, 5, 1]),
        ("k: >-\r\n  a\r\n  b\r\n", "a b", [3, 4, 3, 4]),
        ("k: &n 'a'\n", "a", [8, 9]),
        ("k: 😀é\n", "😀é", [4, 5, 6]),
    ],
)
def test_the_column_of_every_character_is_the_one_an_editor_shows(text: str, value: str, columns: list[int]) -> None:
    assert (value, columns) == span(text)
