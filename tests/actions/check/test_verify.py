"""Made files are held against the data that they were made from."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import docx
import pikepdf
import pytest
from click.testing import CliRunner, Result

from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.check.batch import find_releases
from pressgen.actions.workspace.folder import Workspace
from pressgen.cli.app import main
from pressgen.errors import UsageError
from pressgen.model.artifact import Format
from validate.good import parts, zipped

BODY = "word/document.xml"
ENDINGS = [".pdf", ".docx", ".html"]
RELEASE = """\
reference: B-1
house: inspectorate
headline: Bridge opens to all traffic at midnight
times: {zone: Europe/London, embargo: 2019-05-08 00:01}
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}
facts: {cars: {value: 3930}}
body:
  - The bridge carries {{ facts.cars }} cars on each weekday.
  - quote: {by: ray, words: It holds whatever the river does to it.}
  - The old one is taken down.
notes:
  - {id: one, text: Built in 1962 of stone from the quarry nearby.}
contacts: [ray]
"""
WELSH = RELEASE.replace("house: inspectorate", "house: inspectorate\nlanguage: cy").replace(
    "Bridge opens to all traffic at midnight", "Y bont yn agor i bawb am hanner nos"
)


@pytest.fixture
def bridge(workspace: Path) -> Path:
    """A release with its Welsh twin, built."""
    folder = workspace / "releases" / "bridge"
    (folder / "release.yaml").write_text(RELEASE)
    (folder / "release.cy.yaml").write_text(WELSH)
    order = BuildRequest(Workspace(workspace), folder, [Format.PDF, Format.DOCX, Format.HTML], [], workspace / "dist")
    build(order)
    return folder


def file(bridge: Path, name: str) -> Path:
    return bridge.parents[1] / "dist" / "bridge" / name


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def verify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def told(*arguments: str | Path) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return [(each["code"], each["where"]) for each in json.loads(verify("--format", "json", *arguments).output)]


def test_all_that_is_built_says_what_the_data_say(bridge: Path) -> None:
    made = [path for path in file(bridge, "").rglob("*") if path.suffix in ENDINGS]

    assert len(made) == 12
    assert told(*made) == []


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("language", ["", ".cy"])
def test_data_that_have_changed_since_are_told_with_what_differs(bridge: Path, ending: str, language: str) -> None:
    for name in ("release.yaml", "release.cy.yaml"):
        change(bridge / name, "value: 3930", "value: 4120")
        change(bridge / name, "on each weekday", "on each Tuesday")
    line = 10 if language else 9

    result = verify(file(bridge, f"public/bridge{language}{ending}"))

    assert result.exit_code == 1
    assert f"X09 was made before bridge{language} or its house was changed: 1 of its" in result.output
    assert f"releases/bridge/release{language}.yaml:{line}:5: X03 “The bridge carries 4,120 cars" in result.output
    assert result.output.count("X03") == 1


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_taken_out_of_the_data_is_told(bridge: Path, ending: str) -> None:
    for name in ("release.yaml", "release.cy.yaml"):
        change(bridge / name, "  - The old one is taken down.\n", "")

    assert told(file(bridge, f"public/bridge{ending}")) == [("X09", "")]


def test_an_embargo_that_was_moved_is_told(bridge: Path) -> None:
    for name in ("release.yaml", "release.cy.yaml"):
        change(bridge / name, "2019-05-08", "2019-05-09")

    assert {code for code, _ in told(file(bridge, "embargoed/bridge.pdf"))} == {"X09", "X03"}


def test_a_word_file_that_was_edited_is_told(bridge: Path) -> None:
    path = file(bridge, "public/bridge.docx")
    content = parts(path.read_bytes())
    assert b"3,930" in content[BODY]
    path.write_bytes(zipped({**content, BODY: content[BODY].replace(b"3,930", b"3,390")}))

    assert told(path) == [("X03", "releases/bridge/release.yaml:9:5")]


def test_a_page_that_says_something_twice_is_told(bridge: Path) -> None:
    path = file(bridge, "public/bridge.html")
    change(path, "</main>", "<p>“It holds whatever the river does to it.”</p><p>The old one is taken down.</p></main>")

    assert told(path) == [("X03", "releases/bridge/release.yaml:11:5")]


def test_a_page_in_another_order_is_told(bridge: Path) -> None:
    path = file(bridge, "public/bridge.html")
    text = path.read_text()
    start = text.rindex("<p", 0, text.index("The old one"))
    paragraph = text[start : text.index("</p>", start) + 4]
    path.write_text(text.replace(paragraph, "").replace("<h1", paragraph + "<h1", 1))

    assert ("X03", "releases/bridge/release.yaml:11:5") in told(path)


def test_where_there_is_no_workspace_the_check_is_said_not_to_be_made(
    bridge: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    path = file(bridge, "public/bridge.pdf").rename(elsewhere / "bridge.pdf")
    monkeypatch.chdir(elsewhere)

    result = verify("bridge.pdf")

    assert result.exit_code == 0
    assert result.output == (
        "bridge.pdf: X08 style: was not compared with the data that it was made from: there is no workspace here; name"
        " one with --workspace, or the release with --release\n"
        "bridge.pdf: no problems found, but its words were not compared with any release (see above)\n"
    )
    assert told("--release", bridge, "bridge.pdf") == []
    assert told("--workspace", bridge.parents[1], path) == []


def test_a_release_that_is_gone_or_at_fault_leaves_the_check_unmade(bridge: Path) -> None:
    change(bridge / "release.yaml", "headline:", "hedline:")
    result = verify(file(bridge, "public/bridge.pdf"))
    assert (
        "X08 style: was not compared with the data that it was made from: the release has problems: "
    ) in result.output

    (bridge / "release.yaml").unlink()
    result = verify(file(bridge, "public/bridge.pdf"))
    assert "no release here has the reference B-1; name its release with --release" in result.output


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("seed", range(4))
def test_damage_to_a_file_of_ours_is_told_and_no_more(bridge: Path, ending: str, seed: int) -> None:
    path, chance = file(bridge, f"public/bridge{ending}"), random.Random(seed)  # noqa: S311 - the same in each run
    data = bytearray(path.read_bytes())
    for _ in range(20):
        data[chance.randrange(len(data) // 2, len(data))] = chance.randrange(256)
    path.write_bytes(data)

    result = verify(path)

    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code in {0, 1}


def test_a_page_nested_without_end_is_told(bridge: Path) -> None:
    path = file(bridge, "public/bridge.html")
    change(path, "<body", "<body>" + "<div>" * 100_000 + "<p")

    assert verify(path).exit_code == 1


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
def test_a_review_copy_is_named_as_one_and_compared_with_nothing(bridge: Path, ending: str) -> None:
    run = CliRunner().invoke(main, ["review", "send", str(bridge), "--workspace", str(bridge.parents[1])])
    assert run.exit_code == 0, run.output
    copy = file(bridge, f"review/bridge-review-1{ending}")
    change(bridge / "release.yaml", "on each weekday", "on each Tuesday")

    result = verify(copy)

    assert result.exit_code == 0
    assert "X08 style: is a review copy of B-1, so it was compared with nothing" in result.output
    assert "nothing wrong" not in result.output
    assert told(copy) == [("X08", "")]


def test_a_file_of_somebody_else_is_held_against_nothing(bridge: Path) -> None:
    path = file(bridge, "public/bridge.pdf")
    with pikepdf.open(path) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata = pdf.make_stream(packet.replace(b"urn:pressgen:", b"urn:somebody:"))
        pdf.save(path.with_name("other.pdf"))

    assert not [each for each in told(path.with_name("other.pdf")) if each[0].startswith("T")]


def test_a_paragraph_that_somebody_added_to_a_word_file_is_told(bridge: Path) -> None:
    made = file(bridge, "public/bridge.docx")
    document = docx.Document(str(made))
    document.paragraphs[-1].insert_paragraph_before("It will fall down.")
    document.save(str(made))

    assert [(code, where) for code, where in told(made) if code == "X12"] == [("X12", "")]
    assert "“It will fall down.” was added" in verify(made).output


@pytest.mark.parametrize("behind", ["</p>", "<body>", "</html>"])
def test_words_that_somebody_added_to_a_page_are_told_wherever_a_browser_finds_them(bridge: Path, behind: str) -> None:
    made = file(bridge, "public/bridge.html")
    first, rest = re.split(f"(?<={behind.rstrip('>')})", made.read_text(), maxsplit=1)
    head, rest = rest.split(">", maxsplit=1)
    made.write_text(f"{first}{head}>It will fall down. {rest}")

    assert "“It will fall down.” was added" in verify(made).output


def test_a_file_that_another_program_saved_again_has_no_words_added(bridge: Path) -> None:
    made = file(bridge, "public/bridge.docx")
    before = made.read_bytes()
    docx.Document(str(made)).save(str(made))

    assert made.read_bytes() != before
    assert "X12" not in verify(made).output


def test_a_name_in_somebody_else_s_word_file_is_told_as_a_remark(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.author = "Jane Smith"
    document.save(str(tmp_path / "theirs.docx"))

    said = verify(tmp_path / "theirs.docx").output

    assert "X01 style: names “Jane Smith” as author or last editor; if that is a person" in said


def test_a_name_in_somebody_else_s_pdf_is_told_as_a_remark(tmp_path: Path) -> None:
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.docinfo["/Author"] = "Jane Smith"
        paper.save(tmp_path / "theirs.pdf")

    assert "X01 style: names “Jane Smith” as author" in verify(tmp_path / "theirs.pdf").output


def test_where_the_release_cannot_be_built_again_added_words_are_not_searched_for(bridge: Path) -> None:
    template = bridge.parents[1] / "templates" / "inspectorate" / "release.docx"
    template.write_bytes(b"no template")

    output = verify(file(bridge, "public/bridge.docx")).output

    assert "was not searched for added words, because its release cannot be built again (" in output


def test_a_folder_without_releases_is_refused(bridge: Path) -> None:
    with pytest.raises(
        UsageError, match="templates holds no release: give a release's folder, or a folder of releases"
    ):
        find_releases(Workspace(bridge.parents[1]), [bridge.parents[1] / "templates"])
