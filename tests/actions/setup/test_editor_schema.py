"""The JSON Schemas describe YAML as editors read it: no mark on a right file, a mark on a wrong one."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from check.cases import HOUSE as MUSEUM
from check.cases import RELEASE, all_cases, whole
from machine import ROOT
from node.language_server import LanguageServer
from pressgen.actions.setup.schema import generate_schema
from pressgen.actions.setup.start import create_release, create_workspace
from pressgen.actions.workspace.folder import find_workspace
from pressgen.errors import InputError
from pressgen.load.release import read_release

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODELINE = "# yaml-language-server: $schema=../release.schema.json\n"
HOUSE_MODELINE = "# yaml-language-server: $schema=../house.schema.json\n"
CELLS = "body:\n  - table:\n      header: [a]\n      rows:\n        - - %s\n"
TYPED = (
    "0 7 1234 -12 +3 40.5 .5 1. 00.01 1e3 0o17 0x1F .inf -.inf .nan true True FALSE 12:30 2031-05-08 01632 no".split()
)
"""Scalars that YAML takes for numbers, booleans and, in version 1.1, dates."""


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    folder = tmp_path_factory.mktemp("releases")
    (folder / "release.schema.json").write_text(generate_schema())
    (folder / "house.schema.json").write_text(generate_schema(house=True))
    server = LanguageServer(folder)
    yield server
    server.close()


def release(first: str) -> str:
    return MODELINE + whole(first, RELEASE)


@pytest.mark.parametrize("path", sorted(ROOT.glob("releases/*/release*.yaml")), ids=lambda each: each.parent.name)
def test_an_editor_marks_nothing_in_a_sample(editor: LanguageServer, path: Path) -> None:
    text = path.read_text()

    assert text.startswith(MODELINE)
    assert editor.find_marks(text) == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("templates/*/house.yaml")), ids=lambda each: each.parent.name)
def test_an_editor_marks_nothing_in_a_house(editor: LanguageServer, path: Path) -> None:
    assert editor.find_marks(HOUSE_MODELINE + path.read_text()) == []


def test_an_editor_marks_nothing_in_a_new_release_of_any_house(editor: LanguageServer, tmp_path: Path) -> None:
    create_workspace(tmp_path, now=datetime(2031, 5, 1, tzinfo=UTC))
    workspace = find_workspace(tmp_path, [], tmp_path)
    files = [
        create_release(workspace, f"new-{house}", house, now=datetime(2031, 5, 1, tzinfo=UTC))
        for house in workspace.houses
    ]

    assert files
    assert all((path.parent / "../release.schema.json").read_text() == generate_schema() for path in files)
    assert [editor.find_marks(path.read_text()) for path in files] == [[] for _ in files]


@pytest.mark.parametrize("scalar", TYPED)
def test_an_editor_takes_any_scalar_for_text(editor: LanguageServer, scalar: str) -> None:
    text = release(
        f"facts: {{a: {{value: {scalar}}}}}\nheadline: {scalar}\nterms: {{{scalar}: {scalar}}}\n" + CELLS % scalar
    )

    read_release(text.encode(), "release.yaml")
    assert editor.find_marks(text) == []


@pytest.mark.parametrize("scalar", ["", "~", "null", "''"])
def test_an_editor_takes_nothing_for_text_where_text_may_be_empty(editor: LanguageServer, scalar: str) -> None:
    assert editor.find_marks(release(CELLS % scalar)) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("hedline: x\n", "Property hedline is not allowed."),
        ("headline: [x]\n", "Incorrect type. Expected one of string, number."),
        ("headline:\n", "Incorrect type. Expected one of string, number."),
        ("place:\n", "Incorrect type. Expected one of string, number."),
        ("facts: {a: {value: {b: c}}}\n", "Incorrect type. Expected one of string, number."),
        ("facts: {a: 12}\n", 'Incorrect type. Expected "Fact".'),
        ("times: {zone: Europe/London, embargo: 2031}\n", 'Incorrect type. Expected "string".'),
        ("language: 12\n", 'Incorrect type. Expected "string".'),
        ("audience: everybody\n", 'Value is not accepted. Valid values: "press", "named", "nobody".'),
        ("body: [{list: {items: [a], ordered: yes}}]\n", "write true or false"),
        ("contacts: lind\n", 'Incorrect type. Expected "array".'),
    ],
)
def test_an_editor_marks_a_wrong_file(editor: LanguageServer, fields: str, said: str) -> None:
    text = release(fields)

    with pytest.raises(InputError):
        read_release(text.encode(), "release.yaml")
    assert editor.find_marks(text) == [f"2: {said}"]


@pytest.mark.parametrize("clock", ["12", "'12'", "24"])
def test_a_number_among_fixed_words_may_stand_without_quotation_marks(editor: LanguageServer, clock: str) -> None:
    assert editor.find_marks(HOUSE_MODELINE + whole(f"style: {{clock: {clock}, limits: {{lead: 50}}}}\n", MUSEUM)) == []


@pytest.mark.parametrize("style", ["clock: 13", "spelling: welsh", "limits: {lead: 5.5}", "ordinals: 1"])
def test_an_editor_marks_a_wrong_house(editor: LanguageServer, style: str) -> None:
    assert len(editor.find_marks(HOUSE_MODELINE + whole(f"style: {{{style}}}\n", MUSEUM))) == 1


def test_an_editor_completes_fields_without_a_value_that_pressgen_would_print(editor: LanguageServer) -> None:
    found = editor.complete(MODELINE + "headline: A\n▮")

    assert found["place"] == "place: "
    assert found["audience"] == "audience: "
    assert found["times"] == "times:\n  zone: "


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("audience: ▮\n", ["press", "named", "nobody"]),
        ("times:\n  fold: ▮\n", ["first", "second"]),
        ("body:\n  - list:\n      ordered: ▮\n      items: [a]\n", ["false", "true"]),
        ("place: ▮\n", []),
        ("facts:\n  a:\n    value: ▮\n", []),
    ],
)
def test_an_editor_proposes_the_values_that_there_are(editor: LanguageServer, text: str, words: list[str]) -> None:
    assert list(editor.complete(MODELINE + text)) == words


def test_an_editor_explains_a_field_under_the_mouse(editor: LanguageServer) -> None:
    assert "Where it is issued, for the dateline" in editor.hover(MODELINE + "pl▮ace: Ashgrove\n")


# Another judge, and YAML 1.1, as older editors and programs read it: `no` and `12:30` are no text there.


@cache
def validator(*, house: bool) -> Draft202012Validator:
    return Draft202012Validator(json.loads(generate_schema(house=house)))


def marks(text: str, *, house: bool = False) -> list[str]:
    return [each.message for each in validator(house=house).iter_errors(as_json(read_old_yaml(text)))]


def read_old_yaml(text: str) -> Any:  # noqa: ANN401 - what YAML holds
    return yaml.load(text, Loader=yaml.CSafeLoader)


def as_json(value: Any) -> Any:  # noqa: ANN401 - what YAML holds
    """What a validator is given: JSON has no dates, and its names are text."""
    if isinstance(value, dict):
        return {name if isinstance(name, str) else "text": as_json(each) for name, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def test_the_schemas_are_right_schemas_with_patterns_that_javascript_reads() -> None:
    escaped = re.compile(r"\\[^\w^$\\.*+?()\[\]{}|/-]")
    for house in (False, True):
        text = generate_schema(house=house)
        Draft202012Validator.check_schema(json.loads(text))
        assert [each for each in re.findall(r'"pattern": (".*")', text) if escaped.search(json.loads(each))] == []


def test_a_validator_passes_every_release_and_house_of_the_rules_cases() -> None:
    cases = all_cases()

    assert len(cases) > 100
    assert {str(each): found for each in cases if (found := marks(whole(each.said.get("release", ""), RELEASE)))} == {}
    houses = {str(each): whole(each.said["house"], MUSEUM) for each in cases if "house" in each.said}
    assert {name: found for name, text in houses.items() if (found := marks(text, house=True))} == {}


@given(st.from_regex(r"[-+.0-9a-fA-Fox_:TNUuLlr~ ]{1,12}|[ -~]{1,12}", fullmatch=True))
def test_a_scalar_that_pressgen_takes_is_marked_nowhere_unless_it_says_nothing(scalar: str) -> None:
    text = whole(f"facts:\n  a:\n    value: {scalar}\n", RELEASE)
    try:
        read_release(text.encode(), "release.yaml")
    except InputError:
        return
    try:
        value = read_old_yaml(text)["facts"]["a"]["value"]
    except (yaml.constructor.ConstructorError, ValueError):
        return  # PyYAML has no value for `=`, and none for a day such as 2031-02-30
    if value is not None:
        assert marks(text) == []
