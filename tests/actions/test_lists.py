"""`pressgen lists import`: what would change is shown first, then written; every other byte stays."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from actions.editors import run
from actions.room import OFFICE
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import load_office

HEAD = "Name,Outlet,Email\n"
FILE = HEAD + "Home desk,A daily paper,DESK@daily.example\nAda Moss,The Echo,ada@echo.example\n"


@pytest.fixture
def office(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office's file, in whose workspace commands are run."""
    file = workspace / "releases" / "pressgen.yaml"
    file.write_text(OFFICE.replace("lists:", "lists:   # by region"))
    (workspace / "readers.csv").write_text(FILE)
    monkeypatch.chdir(workspace)
    return file


def addresses(office: Path, name: str = "national") -> list[str]:
    return [each.email for each in load_office(Workspace(office.parent.parent)).lists[name].recipients]


def test_changes_are_shown_and_nothing_is_written(office: Path) -> None:
    before = office.read_bytes()

    result = run("lists", "import", "readers.csv", "--list", "national")

    assert result.exit_code == 0, result.output
    assert "added: Ada Moss, The Echo <ada@echo.example>" in result.output
    assert "not in the file, kept: News desk, An agency <news@agency.example>" in result.output
    assert "Nothing was written." in result.output
    assert office.read_bytes() == before
    assert not (office.parent / "lists").exists()


def test_apply_writes_a_file_of_the_list_and_leaves_the_rest_of_the_office(office: Path) -> None:
    before = office.read_text()

    result = run("lists", "import", "readers.csv", "--list", "national", "--apply")

    assert result.exit_code == 0, result.output
    assert addresses(office) == ["desk@daily.example", "news@agency.example", "ada@echo.example"]
    start, end = before.index("    recipients:"), before.index("  ministers:")
    assert office.read_text() == f"{before[:start]}    file: lists/national.csv\n{before[end:]}"
    rows = list(csv.reader((office.parent / "lists" / "national.csv").read_text().splitlines()))
    assert rows[0] == ["id", "name", "outlet", "email"]
    assert rows[3] == ["ada-moss", "Ada Moss", "The Echo", "ada@echo.example"]


COMMENTED = """\
  national:   # by region
    audience: press
    # the big ones
    recipients:   # checked in May
      # rings back
      - {id: daily, name: "Home # desk", outlet: A daily paper, email: desk@daily.example}   # answers quickly
      - id: agency
        name: News desk
        outlet: 'An #agency'   # two desks
        email: news@agency.example
      # nobody else
"""
BRACKETED = """\
  national: {audience: press, recipients: [  # by region
    {id: daily, name: Home desk, email: desk@daily.example},   # answers quickly
    # rings back
    {id: agency, name: "a # b", email: news@agency.example}  # two desks
  ]}
"""


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
@pytest.mark.parametrize("listed", [COMMENTED, BRACKETED, BRACKETED.replace("  national:", "lists: {national:") + "}"])
def test_the_comments_of_a_list_that_moves_into_a_file_stay(office: Path, listed: str, breaks: str) -> None:
    before = OFFICE.partition("lists:")[0] + ("" if listed.startswith("lists") else "lists:\n") + listed
    text = before.rstrip("\n") + "\nchannels:" + OFFICE.partition("channels:")[2]
    office.write_bytes(text.replace("\n", breaks).encode())
    comments = {each for each in ("by region", "the big ones", "checked in May", "rings back", "answers quickly",
                                  "two desks", "nobody else") if f"# {each}" in text}  # fmt: skip

    result = run("lists", "import", "readers.csv", "--list", "national", "--apply")

    assert result.exit_code == 0, result.output
    after = office.read_bytes().decode()
    kept = {each.partition("#")[2].strip() for each in after.splitlines() if "#" in each}
    assert kept == {{"answers quickly": "daily: answers quickly", "two desks": "agency: two desks"}.get(each, each)
                    for each in comments}  # fmt: skip
    assert after.count("\n") == after.count(breaks)
    assert addresses(office) == ["desk@daily.example", "news@agency.example", "ada@echo.example"]


def test_again_there_is_nothing_to_do(office: Path) -> None:
    run("lists", "import", "readers.csv", "--list", "national", "--apply")
    before = (office.parent / "lists" / "national.csv").read_bytes()

    result = run("lists", "import", "readers.csv", "--list", "national", "--apply")

    assert result.output.splitlines()[-1] == "The list national is unchanged."
    assert (office.parent / "lists" / "national.csv").read_bytes() == before


def test_who_is_missing_leaves_only_when_that_is_asked_for(office: Path) -> None:
    run("lists", "import", "readers.csv", "--list", "national", "--apply", "--remove-missing")

    assert addresses(office) == ["desk@daily.example", "ada@echo.example"]


def test_a_new_list_wants_to_know_whom_it_is_for(office: Path) -> None:
    unsaid = run("lists", "import", "readers.csv")
    run("lists", "import", "readers.csv", "--audience", "press", "--apply")

    assert unsaid.exit_code == 2
    assert unsaid.output.startswith("there is no list “readers” yet; to create it, say who it is for: add --audience")
    assert addresses(office, "readers") == ["DESK@daily.example", "ada@echo.example"]


def test_one_mailbox_has_one_id_on_all_lists(office: Path) -> None:
    run("lists", "import", "readers.csv", "--list", "wales", "--audience", "press", "--apply")

    found = load_office(Workspace(office.parent.parent)).lists["wales"].recipients
    assert [each.id for each in found] == ["daily", "ada-moss"]


@pytest.mark.usefixtures("office")
def test_rows_without_an_address_are_told_and_the_others_written(office: Path) -> None:
    Path("readers.csv").write_text(FILE + "Jo Reed,,jo at reed\n")

    result = run("lists", "import", "readers.csv", "--list", "national", "--apply")

    assert result.exit_code == 1
    assert "readers.csv:4:10: I11 “jo at reed” is not an e-mail address" in result.output
    assert addresses(office)[-1] == "ada@echo.example"


def test_a_formula_in_a_name_stays_text_in_the_list(office: Path) -> None:
    Path("readers.csv").write_text(HEAD + "\"=cmd|' /C calc'!A0\",,a@x.example\n")

    run("lists", "import", "readers.csv", "--list", "national", "--apply")

    assert "'=cmd|' /C calc'!A0," in (office.parent / "lists" / "national.csv").read_text()
    assert load_office(Workspace(office.parent.parent)).lists["national"].recipients[-1].name == "=cmd|' /C calc'!A0"


def test_a_fault_in_a_list_is_told_with_its_place_and_stops_that_list_alone(office: Path) -> None:
    run("lists", "import", "readers.csv", "--list", "national", "--apply")
    file = office.parent / "lists" / "national.csv"
    file.write_text(file.read_text().replace("ada@echo.example", "ada@echo"))

    found = load_office(Workspace(office.parent.parent))

    assert list(found.lists) == ["ministers"]
    assert [str(each) for each in found.problems] == [
        "releases/lists/national.csv:4:28: O14 “ada@echo” is not an e-mail address; write one such as press@example.org"
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("file: lists/none.csv", "O12"),
        ("file: ../outside.csv", "O12"),
        ("file: /etc/passwd.csv", "O12"),
        ("file: .hidden/x.csv", "O12"),
        ("file: lists/a.csv, recipients: [{id: a, name: A, email: a@x.example}]", "O11"),
        ("audience: press", "O11"),
    ],
)
def test_a_list_has_one_file_under_releases_or_recipients(office: Path, fields: str, code: str) -> None:
    extra = fields if fields.startswith("audience") else f"audience: press, {fields}"
    office.write_text(OFFICE.replace("lists:", f"lists:\n  odd: {{{extra}}}"))

    assert [each.code for each in load_office(Workspace(office.parent.parent)).problems] == [code]


def test_a_link_out_of_the_workspace_is_not_followed(office: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.csv"
    outside.write_text("id,name,outlet,email\na,A,,a@x.example\n")
    (office.parent / "lists").mkdir()
    (office.parent / "lists" / "a.csv").symlink_to(outside)
    office.write_text(OFFICE.replace("lists:", "lists:\n  odd: {audience: press, file: lists/a.csv}"))

    said = str(load_office(Workspace(office.parent.parent)).problems[0])

    assert f"O12 releases/lists/a.csv is a symbolic link to {outside}, outside" in said


def acts(*words: str) -> str:
    """A command of a writer, done."""
    result = run("lists", *words, "--because", "Asked", "--as", "writer")
    assert result.exit_code == 0, result.output
    return str(result.output)


IMPORT = ("lists", "import", "readers.csv", "--list", "national", "--apply", "--remove-missing")


def test_a_file_with_the_old_address_of_a_reader_means_the_reader_at_the_new_one(office: Path) -> None:
    acts("replace", "desk@daily.example", "new@daily.example")

    result = run(*IMPORT)

    assert result.exit_code == 0, result.output
    assert addresses(office) == ["new@daily.example", "ada@echo.example"]
    assert "was replaced by new@daily.example, and is read as new@daily.example" in result.output


@pytest.mark.parametrize("place", ["in releases/pressgen.yaml", "in a file of its own"])
def test_a_reader_who_has_no_name_is_called_by_the_new_address(office: Path, place: str) -> None:
    office.write_text(office.read_text().replace("Home desk", "Desk@daily.example"))
    if place == "in a file of its own":
        Path("readers.csv").write_text(HEAD + ",,desk@daily.example\n")
        run(*IMPORT)

    acts("replace", "desk@daily.example", "new@daily.example")

    first = load_office(Workspace(office.parent.parent)).lists["national"].recipients[0]
    assert (first.name, first.email) == ("new@daily.example", "new@daily.example")


def test_a_file_with_both_addresses_of_a_reader_has_one_reader(office: Path) -> None:
    acts("replace", "desk@daily.example", "new@daily.example")
    Path("readers.csv").write_text(FILE + "The new desk,A daily paper,new@daily.example\n")

    run(*IMPORT)

    assert addresses(office) == ["new@daily.example", "ada@echo.example"]
    assert load_office(Workspace(office.parent.parent)).lists["national"].recipients[0].name == "The new desk"


def test_a_forgotten_reader_in_the_file_is_told_and_not_added(office: Path) -> None:
    acts("forget", "desk@daily.example")

    result = run(*IMPORT)

    assert addresses(office) == ["ada@echo.example"]
    assert "was forgotten on request, and is not added" in result.output


@pytest.mark.parametrize("command", [["replace", "dask@daily.example", "new@daily.example"],
                                     ["forget", "dask@daily.example"]])  # fmt: skip
def test_an_address_that_nobody_has_is_refused(office: Path, command: list[str]) -> None:
    before = office.read_bytes()

    result = run("lists", *command, "--because", "Asked", "--as", "writer")

    assert result.exit_code == 2
    assert (
        "is on no list, and no release was sent there: nothing was changed; did you mean “desk@daily.example”?"
        in result.output
    )
    assert office.read_bytes() == before
    assert "reader changed" not in run("history", "--format", "json").output


def test_an_address_that_nobody_has_yet_can_be_forgotten_before_an_import_brings_it(office: Path) -> None:
    acts("forget", "ada@echo.example", "--unknown")

    run("lists", "import", "readers.csv", "--list", "national", "--apply")

    assert "ada@echo.example" not in addresses(office)


def test_neither_address_of_a_replacement_may_be_forgotten(office: Path) -> None:
    acts("forget", "desk@daily.example")

    back = run("lists", "replace", "agency", "desk@daily.example", "--because", "Moved", "--as", "writer")
    away = run("lists", "replace", "desk@daily.example", "new@daily.example", "--because", "Moved", "--as", "writer")

    assert [back.exit_code, away.exit_code] == [4, 4]
    assert all("desk@daily.example was forgotten on request" in each.output for each in (back, away))
    assert addresses(office) == ["news@agency.example"]


@pytest.mark.usefixtures("office")
def test_what_is_said_of_a_change_is_true() -> None:
    replaced = acts("replace", "desk@daily.example", "new@daily.example")
    forgotten = acts("forget", "new@daily.example")

    assert "new@daily.example replaces desk@daily.example on the list national." in replaced
    assert "No release was ever sent to desk@daily.example." in replaced
    assert "The ledger keeps that record" not in forgotten
    assert "Taken off the list national." in forgotten


def test_a_command_that_is_run_again_is_not_refused_as_unknown(office: Path) -> None:
    """Whoever was killed between the file and the ledger runs it again."""
    for _ in range(2):
        acts("replace", "desk@daily.example", "new@daily.example")
    for _ in range(2):
        acts("forget", "new@daily.example")

    assert addresses(office) == ["news@agency.example"]


@pytest.mark.usefixtures("office")
def test_an_import_names_what_it_did_not_read_and_whose_address_may_be_new() -> None:
    rows = "".join(f"Reader {number},,r{number}@x.example,old{number}@x.example\n" for number in range(12))
    Path("readers.csv").write_text(f"Name,Outlet,Email,Email 2\nHome desk,A daily paper,new@daily.example,\n{rows}")

    lines = run("lists", "import", "readers.csv", "--list", "national").output.splitlines()

    assert "  D “Email 2” also contains addresses, but is not read" in lines
    assert "  Home desk may have a new address: pressgen lists replace desk@daily.example new@daily.example" in lines
    assert "  … and 3 more like this; --all shows them" in lines


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("name", "text", "refusal"),
    [
        ("phones.csv", "Name,Phone\nAda,01632 960000\n", "no column holds e-mail addresses; say which one does with"),
        ("readers.pages", "Ada", "is no Excel workbook (.xlsx), CSV or vCard; save it as one of them"),
    ],
)
def test_a_file_without_readers_is_refused(name: str, text: str, refusal: str) -> None:
    Path(name).write_text(text)

    result = run("lists", "import", name, "--list", "national")

    assert result.exit_code == 1
    assert refusal in result.output


def test_on_a_terminal_the_import_asks_before_it_writes(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    before = office.read_bytes()

    declined = run("lists", "import", "readers.csv", "--list", "national", typed="n\n")

    assert "Write the list national? [y/N]: n\n" in declined.output
    assert "Nothing was written." in declined.output
    assert office.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--list", "national", "--audience", "named"], "the list “national” is for audience: press; change that in"),
        (["--list", "national", "--sheet", "North"], "has no sheet “North” with anything in it: “South”, “West”"),
        (["--list", "national"], "has addresses in 2 sheets; choose one with --sheet"),
    ],
)
def test_an_import_that_does_not_fit_is_refused(office: Path, arguments: list[str], told: str) -> None:
    book = openpyxl.Workbook()
    for name in ("South", "West"):
        sheet = book.create_sheet(name)
        sheet.append(["Name", "Email"])
        sheet.append(["Ada Moss", f"ada@{name.lower()}.example"])
    book.save(office.parents[1] / "readers.xlsx")

    result = run("lists", "import", "readers.xlsx", *arguments)

    assert result.exit_code == 2
    assert told in result.output
