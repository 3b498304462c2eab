from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from machine import ROOT
from pressgen.errors import InputError
from pressgen.load.edits import (
    AddField,
    Change,
    EditText,
    InsertEntry,
    MoveEntry,
    RemoveNode,
    ReplaceValue,
    apply_changes,
)
from pressgen.load.source import SourceText, read_source
from pressgen.load.tree import Mapping, Node, Scalar, Sequence, to_plain_data

SAMPLES = sorted((ROOT / "releases").glob("*/release*.yaml"))
HOSTILE = st.text(alphabet="ab .é😀‘–\n  '\"\\x#:-&>|+[]{},*!%@?", max_size=30)
PROSE = st.text(alphabet="abcde  é’,.:#'", min_size=1, max_size=200)
FRAMES = st.sampled_from([
    "k: {}\n",
    "k:\n  {}\nz: 1\n",
    "k: '{}'\n",
    'k: "{}" # why\nz: 1\n',
    "k: &a # why\n  {}\n",
    "k: [{}, b]\nz: 1\n",
    "z: {{c: {}, d: '1'}}\n",
    "z:\n- {}\n- b\n",
    "z:\n  - - {}\n    - b\n",
    "z:\n  - a: {}\n    b: c",
])  # fmt: skip
HEADERS = st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|2", ">2", "> # why"])


def read(text: str) -> SourceText:
    source, problems = read_source(text.encode(), "r.yaml")
    if problems:
        raise InputError(problems)
    return source


def texts(source: SourceText) -> dict[str, Scalar]:
    return {path: node for path, node in source.nodes.items() if isinstance(node, Scalar)}


def replaced(node: Node, path: str, value: object, at: str = "") -> object:
    """The data of `node`, which is at `at`, with `value` at `path`."""
    if at == path:
        return value
    match node:
        case Scalar():
            return node.value
        case Sequence():
            named = zip(node.names, node.items, strict=True)
            return [replaced(item, path, value, f"{at}[{name}]") for name, item in named]
        case Mapping():
            inner = f"{at}." if at else ""
            return {name: replaced(item, path, value, inner + name) for name, item in node.fields.items()}


@st.composite
def text_edits(draw: st.DrawFn, source: SourceText) -> tuple[str, list[EditText], str]:
    """A path, edits of its text, and the text after them."""
    paths = [each for each in sorted(texts(source)) if not each.endswith(".id")]
    assume(paths)
    path = draw(st.sampled_from(paths))
    value = texts(source)[path].value
    count = draw(st.integers(1, 3))
    cuts = sorted(draw(st.lists(st.integers(0, len(value)), min_size=2 * count, max_size=2 * count)))
    edits, after = [], value
    for start, end in reversed(list(zip(cuts[::2], cuts[1::2], strict=True))):
        text = draw(HOSTILE | PROSE)
        edits.insert(0, EditText(path, start, end, text))
        after = after[:start] + text + after[end:]
    return path, edits, after


@settings(max_examples=400)
@given(FRAMES, HOSTILE, st.data())
def test_a_text_on_the_line_reads_as_after_its_edits(frame: str, typed: str, data: st.DataObject) -> None:
    try:
        source = read(frame.format(typed))
    except InputError:
        reject()
    path, edits, after = data.draw(text_edits(source))
    assume(after.strip() or not after)

    new = apply_changes(source, edits)

    assert to_plain_data(read(new).root) == replaced(source.root, path, after)
    scalar = texts(source)[path]
    assert new.startswith(source.text[: scalar.start])
    assert new.endswith(source.text[scalar.end :]) or scalar.style in {"|", ">"}


@settings(max_examples=400)
@given(
    HEADERS,
    st.lists(st.text(alphabet="ab é😀#:'\" ", max_size=12), max_size=8),
    st.sampled_from(["\n", "\r\n"]),
    st.data(),
)
def test_a_block_of_lines_reads_as_after_its_edits(
    header: str, lines: list[str], end: str, data: st.DataObject
) -> None:
    try:
        source = read(end.join([f"k: {header}", *(f"  {line}" if line else "" for line in lines), "z: 1", ""]))
    except InputError:
        reject()
    path, edits, after = data.draw(text_edits(source))
    assume(after.strip() or not after)

    new = apply_changes(source, edits)

    assert to_plain_data(read(new).root) == replaced(source.root, path, after)
    if path == "k":
        assert new.endswith(f"z: 1{end}")
        assert header.partition(" ")[2] in new


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
@settings(max_examples=60)
@given(data=st.data())
def test_an_edit_of_a_sample_changes_its_text_and_not_another_byte(sample: Path, data: st.DataObject) -> None:
    source = read(sample.read_text())
    path, edits, after = data.draw(text_edits(source))
    assume(after.strip() or not after)

    new = apply_changes(source, edits)

    assert to_plain_data(read(new).root) == replaced(source.root, path, after)
    scalar = texts(source)[path]
    begin, end = source.place(path).line, source.place(path, len(scalar.value)).line
    assert new.splitlines()[: begin - 2] == source.text.splitlines()[: begin - 2]
    assert (
        new.splitlines()[len(new.splitlines()) - len(source.text.splitlines()) + end :]
        == source.text.splitlines()[end:]
    )


TREES = st.recursive(
    st.sampled_from(["a", "b c", "d: e", "two\nlines", "long " * 20 + "end", "'q'", "- x", "{{ facts.x }}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=6,
)
LAYOUTS = st.sampled_from([
    "# one\nk:\n  # two\n  - a # three\n\n  # four\n  - >-\n    b\n    c\n\n  - x: 1\n    y: [p, q]\nz: 1\n# end",
    "k:\n- - a\n  - b\n- - c\n- d: e\n  f:\n    - g\n    - h # why\nz: 1",
    "k: [a, 'b', {c: d, e: f}] # why\nz: {a: [], b: {}}\n",
    "k:\n  a: |+\n    x\n\n  b: 1 # why\n  c:\n    - >\n      y\n\nz: '1'\n",
])  # fmt: skip


@st.composite
def regroupings(draw: st.DrawFn, source: SourceText) -> Change:
    """A change of something in a file, of whatever kind."""
    path = draw(st.sampled_from(sorted(source.nodes)))
    node, value = source.nodes[path], draw(TREES)
    choices: list[Change] = [ReplaceValue(path, value), RemoveNode(path)] if path else []
    if isinstance(node, Sequence):
        choices.append(InsertEntry(path, draw(st.integers(0, len(node.items))), value))
        if node.items:
            moved = draw(st.integers(0, len(node.items) - 1))
            choices.append(MoveEntry(f"{path}[{moved}]", draw(st.integers(0, len(node.items)))))
    if isinstance(node, Mapping):
        choices.append(AddField(path, "new", value))
    assume(choices)
    return draw(st.sampled_from(choices))


def at(data: Any, path: str) -> tuple[Any, Any]:  # noqa: ANN401 - lists and fields, as deep as you like
    """What holds the data at `path`, and its key or position in that."""
    keys = [int(each) if each.isdigit() else each for each in path.replace("[", ".").replace("]", "").split(".")]
    for key in keys[:-1]:
        data = data[key]
    return data, keys[-1]


def changed(data: object, change: Change) -> object:
    """`data` after `change`."""
    done = {"": deepcopy(data)}
    holder, key = at(done, f".{change.path}") if change.path else (done, "")
    match change:
        case ReplaceValue():
            holder[key] = change.value
        case InsertEntry():
            holder[key].insert(change.before, change.value)
        case AddField():
            holder[key][change.name] = change.value
        case RemoveNode():
            del holder[key]
        case MoveEntry():
            entry = holder[key]
            holder[key] = None
            holder.insert(change.before, entry)
            holder.remove(None)
        case EditText():
            raise AssertionError(change)
    return done[""]


@settings(max_examples=400)
@given(LAYOUTS, st.data())
def test_whatever_is_put_in_or_taken_out_the_data_are_what_was_asked_for(layout: str, data: st.DataObject) -> None:
    source = read(layout)
    change = data.draw(regroupings(source))

    new = apply_changes(source, [change])

    assert to_plain_data(read(new).root) == changed(to_plain_data(source.root), change)


@settings(max_examples=300)
@given(LAYOUTS, TREES, st.data())
def test_what_is_put_in_leaves_every_line_and_comment_as_it_was(layout: str, value: Any, data: st.DataObject) -> None:  # noqa: ANN401 - any data
    source = read(layout)
    groups = [
        path
        for path, node in sorted(source.nodes.items())
        if not isinstance(node, Scalar) and source.text[node.start] not in "[{"
    ]
    path = data.draw(st.sampled_from(groups))
    node = source.nodes[path]
    change: Change = AddField(path, "new", value)
    if isinstance(node, Sequence):
        change = InsertEntry(path, data.draw(st.integers(0, len(node.items))), value)

    lines = iter(line.lstrip(" -") for line in apply_changes(source, [change]).split("\n"))

    assert all(line.lstrip(" -") in lines for line in layout.split("\n"))


def test_what_is_moved_keeps_its_folding_its_comment_and_what_is_edited_in_it() -> None:
    source = read("k:\n  # one\n  - >-\n    First\n    of all\n\n  - a: b   # why\n  - last # of them\n")

    new = apply_changes(source, [MoveEntry("k[0]", 3), ReplaceValue("k[0]", "First of many"), MoveEntry("k[2]", 1)])

    assert new == "k:\n  # one\n  - last # of them\n\n  - a: b   # why\n  - >-\n    First\n    of many\n"


LISTS = st.sampled_from([
    "k:\n  - {0} # 0\n  # one\n  - {1}\n\n  - {2}\nz: 1\n",
    "k:\n- - {0}\n  - {1}\n  # two\n  - {2}",
    "k: [{0}, {1}, {2}]",
    "k: [\n  {0}, # 0\n  {1},\n  {2}, ]\nz: 1\n",
])  # fmt: skip


@settings(max_examples=500)
@given(
    LISTS,
    st.sets(st.integers(0, 2)),
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["x", "y: z", "p " * 70 + "q"]))),
)
def test_a_list_takes_any_number_of_entries_and_loses_any(
    layout: str, gone: set[int], new: list[tuple[int, str]]
) -> None:
    source = read(layout.format("a", "b", "c"))
    path = "k[0]" if "- -" in layout else "k"

    text = apply_changes(
        source, [*(RemoveNode(f"{path}[{each}]") for each in gone), *(InsertEntry(path, *each) for each in new)]
    )

    expected = []
    for position, old in enumerate(["a", "b", "c", ""]):
        expected += [value for before, value in new if before == position]
        expected += [old] if old and position not in gone else []
    assert to_plain_data(read(text).nodes[path]) == expected


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ([EditText("k", 0, 3, "x"), EditText("k", 2, 4, "y")], "E01", "1:6"),
        ([EditText("l[0]", 0, 1, "x"), RemoveNode("l[0]")], "E01", "3:5"),
        ([ReplaceValue("q", ["x"]), RemoveNode("q[1]")], "E01", "6:6"),
        ([EditText("m", 0, 1, "x")], "E02", "1:1"),
        ([EditText("l", 0, 1, "x")], "E02", "3:3"),
        ([EditText("k", 0, 9, "x")], "E02", "1:4"),
        ([InsertEntry("l", 9, "x")], "E02", "3:3"),
        ([AddField("", "k", "x")], "E02", "1:1"),
        ([RemoveNode("")], "E02", "1:1"),
        ([EditText("l[1]", 0, 1, "x")], "E03", "4:8"),
        ([ReplaceValue("o.p", "x")], "E03", "4:8"),
        ([ReplaceValue("k", " ")], "E04", "1:4"),
        ([EditText("k", 1, 1, "\t")], "E04", "1:4"),
        ([InsertEntry("q", 1, "\v")], "E04", "1:1"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_place(changes: list[Change], code: str, place: str) -> None:
    source = read("k: abcdef\nl:\n  - g\n  - &a h\no: {p: *a}\nq: [r, s]\n")

    with pytest.raises(InputError) as refusal:
        apply_changes(source, changes)

    (problem,) = refusal.value.problems
    assert (problem.code, str(problem.place)) == (code, f"r.yaml:{place}")


def test_a_line_is_broken_anew_only_where_it_grows_too_wide() -> None:
    words = [f"word{number:02}" for number in range(40)]
    lines = [" ".join(words[at : at + 10]) for at in range(0, 40, 10)]
    source = read("k: >-\n" + "".join(f"  {line}\n" for line in lines) + "z: 1\n")

    new = apply_changes(
        source, [EditText("k", 77, 77, "another word or two or three "), EditText("k", 154, 160, "word")]
    )

    assert new.split("\n") == [
        "k: >-",
        f"  {lines[0]}",
        "  word10 another word or two or three word11 word12 word13 word14 word15 word16 word17",
        "  word18 word19",
        "  " + lines[2].replace("word22", "word"),
        f"  {lines[3]}",
        "z: 1",
        "",
    ]
