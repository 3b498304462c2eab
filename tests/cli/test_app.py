"""The command line: lines and exit codes."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from machine import ROOT
from pressgen.actions.setup.schema import generate_format_manual, generate_schema
from pressgen.actions.workspace.folder import find_workspace
from pressgen.actions.workspace.office import load_office
from pressgen.cli.app import main
from pressgen.errors import DEBUG, describe_fault


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace made by `pressgen init`, and the current folder."""
    assert run("init", tmp_path / "office").exit_code == 0
    monkeypatch.chdir(tmp_path / "office")
    return tmp_path / "office"


def test_a_new_workspace_builds_its_first_release_at_once(office: Path) -> None:
    begun = run("new", "river-survey")
    built = run("build", "releases/river-survey")

    assert begun.stdout == f"{office}/releases/river-survey/release.yaml\n"
    assert "pressgen check river-survey lists those that you have not replaced yet" in begun.stderr
    assert run("check", "river-survey").exit_code == 1
    assert (begun.exit_code, built.exit_code) == (0, 0), built.output
    assert built.output.splitlines() == [
        f"dist/river-survey/{variant}/river-survey.{ending}"
        for variant in ("embargoed", "public")
        for ending in ("docx", "pdf", "html", "txt")
    ]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("house", ["inspectorate", "university"])
def test_a_new_release_can_be_begun_in_either_house(house: str) -> None:
    run("new", "prize", "--house", house)

    assert run("build", "releases/prize", "--format", "txt").exit_code == 0


def test_a_new_release_tells_the_editor_its_schema(office: Path) -> None:
    run("new", "prize")
    first = (office / "releases" / "prize" / "release.yaml").read_text().splitlines()[0]

    assert first == "# yaml-language-server: $schema=../release.schema.json"
    assert (office / "releases" / "release.schema.json").read_text() == generate_schema()


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("slug", ["Prize", "../prize", "a b", "", "prize-"])
def test_a_name_that_makes_no_folder_is_wrong_use(slug: str) -> None:
    found = run("new", slug)

    assert found.exit_code == 2
    assert "cannot be the name of a release" in found.output


def test_a_release_that_is_there_is_not_begun_again(office: Path) -> None:
    run("new", "prize")
    (office / "releases" / "prize" / "release.yaml").write_text("mine\n")

    assert run("new", "prize").exit_code == 2
    assert (office / "releases" / "prize" / "release.yaml").read_text() == "mine\n"


def test_a_workspace_is_not_made_twice(office: Path) -> None:
    assert run("init", office).exit_code == 2


def test_every_fault_is_a_line_with_its_place_and_nothing_is_written(office: Path) -> None:
    run("new", "prize")
    file = office / "releases" / "prize" / "release.yaml"
    file.write_text(file.read_text().replace("contacts: [press]", "contacts: [pres]").replace("headline:", "hedline:"))

    found = run("build", "releases/prize")

    assert found.exit_code == 1
    assert "releases/prize/release.yaml:7:1: R01" in found.output
    assert "did you mean “headline”?" in found.output
    assert "did you mean “press”?" in found.output
    assert not (office / "dist").exists()


def test_one_bad_release_does_not_stop_the_others(office: Path) -> None:
    run("new", "good")
    run("new", "bad")
    (office / "releases" / "bad" / "release.yaml").write_text("house: inspectorate\n")

    found = run("build", "--all", "--format", "txt")

    assert found.exit_code == 1
    assert (office / "dist" / "good" / "public" / "good.txt").is_file()
    assert not (office / "dist" / "bad").exists()


@pytest.mark.usefixtures("office")
def test_no_release_at_all_is_wrong_use() -> None:
    found = run("build")

    assert found.exit_code == 2
    assert "Give its folder, such as releases/NAME, or --all" in found.output


def test_a_folder_without_workspace_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    found = run("build", "--all")

    assert found.exit_code == 2
    assert "pressgen init FOLDER" in found.output


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("house", ["inspectorate", "university"])
def test_the_houses_that_come_with_it_have_no_fault(house: str) -> None:
    found = run("template", "check", house)

    assert (found.exit_code, found.output) == (0, f"{house}: nothing wrong\n")


def test_a_template_check_tells_every_fault_of_a_house(office: Path) -> None:
    house = office / "templates" / "inspectorate"
    (house / "mail.txt").write_text("{{ headlin }}\n{{ boddy }}\n")
    (house / "release.css").write_text((house / "release.css").read_text() + "p { colour: red }\n")

    found = run("template", "check", "inspectorate")

    assert found.exit_code == 1
    assert (
        "templates/inspectorate/mail.txt:1:4: P03 there is no value called “headlin”; did you mean"
        " “headline”?" in found.output
    )
    assert (
        "templates/inspectorate/mail.txt:2:4: P03 there is no value called “boddy”; did you mean “body”?"
    ) in found.output
    assert "templates/inspectorate/release.css" in found.output


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x {{ headline.__class__ }}", ":1:15: P04 “__class__” is a part of the program, which no template can use"),
        ("{{ headline }} {{ headline['_x'] }}", ":1:29: P04 “_x” is a part of the program"),
        ("{% include 'other.txt' %}", ":1:4: P04 a template cannot bring in another file; write its text here"),
        ("{% if embargoed and false %}{% import 'x' as y %}{% endif %}", ":1:32: P04 a template cannot bring in"),
        ("x {{ headline.colour }}", ":1:3: P04 a Heading has no “colour”"),
        ("{{ headline }} {{ 1 // 0 }}", ":1:1: P04 this divides by zero"),
        ("{{ reference.format(1) }}", ":1:1: P04 “format” is nothing a template can do with a text"),
        ("{{ headline() }}", ":1:1: P04 a Heading is not a macro or a method"),
    ],
)
def test_a_template_check_tells_what_a_build_would_refuse(office: Path, line: str, expected: str) -> None:
    (office / "templates" / "inspectorate" / "mail.txt").write_text(f"{line}\n")

    found = run("template", "check", "inspectorate")

    assert found.exit_code == 1
    assert f"templates/inspectorate/mail.txt{expected}" in found.output


def test_a_part_of_a_value_that_is_asked_for_with_care_is_no_fault(office: Path) -> None:
    file = office / "templates" / "inspectorate" / "mail.txt"
    file.write_text(file.read_text() + "{% if headline.colour is defined %}x{% endif %}{{ subhead | default('') }}\n")

    assert run("template", "check", "inspectorate").exit_code == 0


def test_a_number_of_thousands_of_digits_in_a_stylesheet_is_reported_at_its_place(office: Path) -> None:
    sheet = office / "templates" / "inspectorate" / "release.css"
    lines = sheet.read_text().count("\n") + 1
    sheet.write_text(sheet.read_text() + f"p {{ margin: {'9' * 5000}px }}\n")

    found = run("template", "check", "inspectorate")

    assert found.exit_code == 1
    assert f"release.css:{lines}:13: P06 a number has too many digits; shorten it" in found.output


def test_a_template_check_says_what_no_file_made_from_the_template_has(office: Path) -> None:
    file = office / "templates" / "inspectorate" / "release.docx"
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("customXml/item1.xml", "<owner>petra@county.example</owner>")

    found = run("template", "check", "inspectorate")

    assert (found.exit_code, found.output.splitlines()[1:]) == (
        0,
        ["Not on the page, and so left out of every file made from release.docx: customXml/item1.xml"],
    )


def test_a_template_that_no_code_foresaw_does_not_hide_the_faults_of_the_others(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.delenv(DEBUG)
    monkeypatch.setattr("pressgen.render.word.check_template", failing)
    (office / "templates" / "inspectorate" / "mail.txt").write_text("{{ headlin }}\n")

    found = run("template", "check", "inspectorate")

    assert found.exit_code == 1
    fault = r"templates/inspectorate/release.docx: K05 could not be read \(unexpected fault [0-9a-f]{4}: unforeseen\)"
    assert re.search(fault, found.output)
    assert "templates/inspectorate/mail.txt:1:4: P03" in found.output


def test_the_schema_is_json_with_a_description_for_every_key() -> None:
    schema = json.loads(run("schema").output)

    assert schema["$schema"].startswith("https://json-schema.org/")
    assert all("description" in field for field in schema["properties"].values())


def test_the_manual_page_is_what_the_models_say() -> None:
    """Write it anew with: pressgen schema --manual > src/pressgen/manual/format.md."""
    assert (ROOT / "src" / "pressgen" / "manual" / "format.md").read_text() == generate_format_manual()


def test_the_doctor_names_the_command_for_what_is_missing() -> None:
    found = run("doctor")

    assert found.exit_code == 0
    assert "Pango" in found.output


@pytest.mark.parametrize(
    "command", [[], ["build"], ["new"], ["init"], ["schema"], ["template"], ["template", "check"], ["doctor"]]
)
def test_every_command_has_help(command: list[str]) -> None:
    found = run(*command, "--help")

    assert found.exit_code == 0
    assert "Usage: main" in found.output


@pytest.mark.parametrize("command", ["build", "new", "init", "schema"])
def test_help_shows_an_example(command: str) -> None:
    assert f"pressgen {command}" in run(command, "--help").output


@pytest.mark.parametrize("arguments", [["--help"], ["schema"], ["build", "nowhere"], ["doctor"]])
def test_a_command_that_makes_no_pdf_never_imports_weasyprint(arguments: list[str]) -> None:
    code = (
        "import sys, pressgen.cli.app as a\n"
        "try: a.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print('weasyprint' in sys.modules)"
    )

    shown = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert shown.stdout.splitlines()[-1] == "False"


def test_a_release_that_is_refused_never_imports_weasyprint(office: Path) -> None:
    (office / "releases" / "bad").mkdir()
    (office / "releases" / "bad" / "release.yaml").write_text("headline: x\n")
    code = (
        "import sys, pressgen.cli.app as a\n"
        "try: a.main(['build', 'releases/bad'])\n"
        "except SystemExit as end: print(end.code)\n"
        "print([each for each in ('weasyprint', 'jinja2', 'babel', 'lxml') if each in sys.modules])"
    )

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=office)

    assert shown.stdout.splitlines() == ["1", "[]"]


def test_output_that_the_terminal_cannot_show_is_no_traceback(office: Path) -> None:
    (office / "releases" / "bad").mkdir()
    (office / "releases" / "bad" / "release.yaml").write_text("hëadline: ŵ\n")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}

    shown = subprocess.run(
        [sys.executable, "-m", "pressgen", "build", "releases/bad"],
        capture_output=True, text=True, cwd=office, env=environment, check=False,
    )  # fmt: skip

    assert shown.returncode == 1
    assert "Traceback" not in shown.stderr


def test_the_shell_completes_releases_and_houses(office: Path) -> None:
    run("new", "prize")
    environment = {
        **os.environ,
        "_PRESSGEN_COMPLETE": "bash_complete",
        "COMP_WORDS": "pressgen build rel",
        "COMP_CWORD": "2",
    }

    shown = subprocess.run(
        [Path(sys.executable).with_name("pressgen")],
        capture_output=True, text=True, cwd=office, env=environment, check=True,
    )  # fmt: skip

    assert "plain,releases/prize" in shown.stdout


@pytest.mark.usefixtures("office")
def test_a_release_that_nobody_filled_in_is_refused_by_its_checks() -> None:
    """What `pressgen new` writes must not go out by mistake."""
    run("new", "river-survey")

    shown = run("check", "releases/river-survey")

    assert shown.exit_code == 1
    for words in ("Say in one line what is new", "Name of the town", "Full name of the speaker", "The lead says who"):
        assert f"N07 placeholder “{words}" in shown.stdout


def test_the_office_that_init_writes_can_be_read(office: Path) -> None:
    found = load_office(find_workspace(office, [], office))

    assert set(found.people) == {"writer", "head"}
    assert found.at_lift[0] == "newsroom"


@pytest.mark.parametrize("command", ["build releases/prize --format txt", "review send releases/prize"])
def test_a_folder_that_cannot_be_written_is_the_machine_s_fault(office: Path, command: str) -> None:
    run("new", "prize")
    (office / "taken").write_text("a file where a folder should be")

    found = run(
        *command.split(), "--out", office / "taken" / "copies", *(["--as", "writer"] if "send" in command else [])
    )

    assert found.exit_code == 3
    assert "K02 cannot be written: Not a directory; let the user who runs pressgen write there" in found.output


def test_a_link_out_of_the_workspace_is_no_fault_of_the_machine(office: Path, tmp_path: Path) -> None:
    run("new", "prize")
    (tmp_path / "elsewhere").mkdir()
    (office / "dist").symlink_to(tmp_path / "elsewhere")

    found = run("build", "releases/prize", "--format", "txt")

    assert found.exit_code == 1
    assert "K06 cannot be written: " in found.output
    assert "put the file or folder itself there" in found.output
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(("debug", "words"), [("1", r"KeyError: 'x'"), ("", r"unexpected fault [0-9a-f]{4}: 'x'")])
def test_an_unforeseen_fault_has_a_short_code_and_its_class_only_where_somebody_looks_for_it(
    monkeypatch: pytest.MonkeyPatch, debug: str, words: str
) -> None:
    monkeypatch.setenv(DEBUG, debug)
    said = set()
    for _ in range(2):
        with pytest.raises(KeyError) as fault:
            {}["x"]
        said.add(describe_fault(fault.value))
        assert re.fullmatch(words, describe_fault(fault.value))
    assert len(said) == 1


def test_a_workspace_that_the_disk_does_not_hold_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **_by_name: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pressgen.files.atomic.write_files", full)

    made = run("init", tmp_path / "office")

    assert (made.exit_code, made.output) == (
        3,
        f"{tmp_path}/office cannot be written: No space left on device; make room on the disk\n",
    )
    assert sorted(each.name for each in (tmp_path / "office").iterdir()) == ["releases"]


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "releases"), 3,
         "releases: K01 cannot be read or written: Permission denied\n"),
        (KeyboardInterrupt(), 130, "Stopped. No file is damaged. To continue: pressgen status"),
    ],
)  # fmt: skip
def test_what_stops_a_command_is_told_in_a_line(
    office: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int, told: str
) -> None:
    def stopped(*_: object) -> None:
        raise fault

    monkeypatch.setattr("pressgen.actions.status.status.list_status_reports", stopped)

    shown = run("status", "--workspace", office)

    assert shown.exit_code == code
    assert shown.output.startswith(told)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")
def test_a_full_disk_behind_the_output_is_told_without_a_traceback() -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "pressgen", "rules"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert (ended.returncode, ended.stderr) == (3, "the command cannot continue: No space left on device\n")


def test_a_command_that_runs_out_of_memory_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **_by_name: object) -> None:
        raise MemoryError

    monkeypatch.setattr("pressgen.files.atomic.write_files", exhausted)

    made = run("init", tmp_path / "office")

    assert made.exit_code == 3
    assert made.output == (
        "not enough memory to continue; no file is damaged: give the command more memory, or fewer releases at a time\n"
    )
