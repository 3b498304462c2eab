"""Every message of pressgen is provoked by a test, and stands with its code and an example in one file."""

from __future__ import annotations

import ast
import os
import textwrap
from pathlib import Path

import pytest

from messages import keeping, recording
from messages.inventory import find_messages, list_sentences, to_template
from messages.keeping import (
    Sighting,
    find_unsaid,
    format_kept,
    is_outdated,
    read_kept,
    read_sightings,
    read_unprovoked,
    shorten,
)

MOST_UNPROVOKED = 35
"""The number of lines in unprovoked.txt. It may only become smaller."""


def found(source: str) -> list[str]:
    """The messages in a module's source."""
    return [to_template(each) for each in find_messages(ast.parse(textwrap.dedent(source)))]


def test_every_message_has_an_example() -> None:
    if os.environ.get(keeping.WRITE):
        pytest.skip("this run writes the examples")
    known = read_kept().keys() | read_unprovoked()

    missing = [f"src/pressgen/{each.module}:{each.line}: {each.text}" for each in list_sentences()]

    assert [line for line, each in zip(missing, list_sentences(), strict=True) if each.text not in known] == [], (
        "no test has provoked these yet: write one, then run make messages"
    )


def test_no_example_is_of_a_message_that_is_gone() -> None:
    said = {each.text for each in list_sentences()}

    assert sorted((read_kept().keys() | read_unprovoked()) - said) == [], "run make messages"


def test_the_list_of_messages_that_no_test_provokes_only_becomes_shorter() -> None:
    assert len(read_unprovoked()) <= MOST_UNPROVOKED
    assert read_unprovoked().isdisjoint(read_kept())


def test_a_refusal_with_a_name_in_it_is_a_message() -> None:
    source = """
        def refuse(name):
            \"\"\"Refuse what has no name.\"\"\"
            raise UsageError(f"there is no release {name} here")
    """

    assert found(source) == ["there is no release {…} here"]


def test_a_part_of_a_message_that_is_put_in_is_a_message_as_well() -> None:
    source = "def tell(many):\n    echo(f\"{'nobody has it yet' if many else 1}: pressgen issue sends it\")"

    assert found(source) == ["{…}: pressgen issue sends it", "nobody has it yet"]


@pytest.mark.parametrize(
    "line",
    [
        'connection.execute("SELECT facts FROM files ORDER BY file")',
        're.compile("one or more words")',
        'raise TypeError("the entry is no copy at all")',
        '"""A docstring of several words."""',
        'kind == "one of these words"',
        'print("weir")',
    ],
)
def test_what_no_user_reads_is_no_message(line: str) -> None:
    assert found(f"def do():\n    {line}\n    return 1") == []


def test_what_a_module_says_is_recorded_with_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(recording.FOLDER, str(tmp_path))
    recorder = recording.Recorder()

    assert recorder.note("no {…} here", "no weir here") == "no weir here"
    recorder.place("R07", "there is no weir here", "release.yaml:3:1: R07 there is no weir here")

    assert read_sightings(tmp_path) == {
        "no {…} here": Sighting("R07", "release.yaml:3:1: R07 there is no weir here"),
    }


def test_what_a_command_prints_in_a_process_of_its_own_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(recording.FOLDER, str(tmp_path))
    recorder = recording.Recorder()

    recorder.hear("\nthere is no batch weir\nno batch was sent yet; send one with: pressgen build --all --queue\n")

    assert sorted(read_sightings(tmp_path)) == [
        "no batch was sent yet; send one with: pressgen build --all --queue",
        "there is no batch {…}",
    ]


def test_the_kept_file_groups_messages_by_code() -> None:
    text = format_kept({"no {…}": Sighting("R07", "no weir"), "and so": Sighting("", "and so")})

    assert text.endswith("\nR07\n    no {…}\n        » no weir\n\npart\n    and so\n        » and so\n")


def test_an_example_tells_nothing_of_the_machine_that_made_it() -> None:
    assert shorten("/tmp/pytest-of-root/pytest-7/popen-gw1/test_it0/releases: no") == "/work/newsroom/releases: no"  # noqa: S108


def test_a_run_of_all_tests_fails_for_a_message_that_none_provoked() -> None:
    assert find_unsaid(["a b", "c d"], ["a b", "e f"]) == ["no test provokes this message any more: 'c d'"]


@pytest.mark.parametrize(
    ("kept", "seen", "outdated"),
    [
        ("127.0.0.1:4301 refuses “Ada”: 12 mails", "127.0.0.1:9 refuses “Jo”: 7 mails", False),
        ("/work/newsroom/releases: no", "/work/newsroom/other/releases: no", False),
        ("it was made anew, in 3 parts", "it was built again, in 3 parts", True),
    ],
)
def test_a_run_of_all_tests_replaces_an_example_whose_words_are_gone(kept: str, seen: str, outdated: bool) -> None:  # noqa: FBT001
    assert is_outdated(Sighting("", kept), Sighting("", seen)) == outdated


def test_only_a_run_of_all_tests_replaces_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = list_sentences()[0].text
    monkeypatch.setattr(keeping, "KEPT", tmp_path / "messages.txt")
    monkeypatch.setattr(keeping, "UNPROVOKED", tmp_path / "unprovoked.txt")
    keeping.UNPROVOKED.touch()
    seen = {text: Sighting("R07", "it was built again")}
    keeping.KEPT.write_text(format_kept({text: Sighting("R07", "it was made anew")}), "utf-8")

    keeping.write_kept(seen, whole=False)
    partly = read_kept()[text].example
    keeping.write_kept(seen, whole=True)

    assert (partly, read_kept()[text].example) == ("it was made anew", "it was built again")
