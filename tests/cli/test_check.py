"""`pressgen check` and `pressgen rules`, as they are typed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen.actions.check import fix
from pressgen.actions.workspace.folder import Workspace
from pressgen.cli.app import main

RELEASE = """\
reference: B-1
house: inspectorate
headline: Bridge opens on Tuesday 8 May 2097
times:
  zone: Europe/London
  embargo: 2097-05-08 00:01
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}
body:
  - Engineers opened it on 8th May for the ABCD of the county.   # a comment
  - quote: {by: ray, words: It holds.}
contacts: [ray]
"""


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release with an error and three notes on style, in a workspace that is the current folder."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folder = tmp_path / "releases" / "bridge"
    folder.mkdir(parents=True)
    (folder / "release.yaml").write_text(RELEASE)
    monkeypatch.chdir(tmp_path)
    return folder / "release.yaml"


def check(*arguments: str, code: int = 1) -> str:
    """What `pressgen check` prints, with that exit code."""
    shown = CliRunner().invoke(main, ["check", *arguments])
    assert shown.exit_code == code, shown.output
    return shown.stdout


@pytest.mark.usefixtures("bridge")
def test_a_finding_shows_its_line_with_the_place_marked() -> None:
    assert check("releases/bridge").startswith(
        "releases/bridge/release.yaml:3:27: T01 8 May 2097 is a Wednesday, not a Tuesday\n"
        "    headline: Bridge opens on Tuesday 8 May 2097\n"
        "                              ^^^^^^^^^^^^^^^^^^\n"
    )


def test_without_a_name_every_release_is_checked(bridge: Path) -> None:
    assert check() == check("releases/bridge") == check(str(bridge)) == check("releases")


@pytest.mark.usefixtures("bridge")
def test_json_says_where_and_what() -> None:
    objects = json.loads(check("--format", "json"))

    assert objects[0] == {
        "file": "releases/bridge/release.yaml",
        "line": 3,
        "column": 27,
        "code": "T01",
        "severity": "error",
        "path": "headline",
        "message": "8 May 2097 is a Wednesday, not a Tuesday",
    }
    assert {each["severity"] for each in objects} == {"error", "style"}


@pytest.mark.usefixtures("bridge")
def test_sarif_names_the_rule_and_the_region() -> None:
    [run] = json.loads(check("--format", "sarif"))["runs"]

    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("T01", "error")
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 27}
    assert {"id": "T01", "name": "weekday-not-of-date"} in run["tool"]["driver"]["rules"]


@pytest.mark.usefixtures("bridge")
def test_annotations_are_github_s_workflow_commands() -> None:
    assert check("--format", "github").startswith(
        "::error file=releases/bridge/release.yaml,line=3,col=27,title=T01::8 May 2097 is a Wednesday, not a Tuesday\n"
    )


def test_what_cannot_be_read_is_told_like_everything_else(bridge: Path) -> None:
    bridge.write_text(RELEASE.replace("by: ray", "by: roy"))

    found = {each["code"]: each["severity"] for each in json.loads(check("--format", "json"))}

    assert found["R07"] == "error"


def test_a_release_without_faults_exits_with_0(bridge: Path) -> None:
    bridge.write_text(RELEASE.replace("Tuesday ", ""))

    assert "style" in check(code=0)


def test_strict_wants_every_warning_answered(bridge: Path) -> None:
    fair = RELEASE.replace("Tuesday ", "").replace("It holds.", "It holds. It holds holds.")
    bridge.write_text(fair)
    check(code=0)
    check("--strict", code=1)

    bridge.write_text(fair + "accept:\n  - {rule: N18, where: 'body[1]', because: that is how she said it}\n")
    assert "1 acknowledged" in CliRunner().invoke(main, ["check", "--strict"]).stderr


def test_an_acknowledgement_lapses_when_the_words_change(bridge: Path) -> None:
    fair = RELEASE.replace("Tuesday ", "").replace("It holds.", "It holds holds.")
    accept = "accept:\n  - {rule: N18, where: 'body[1]', because: that is how she said it}\n"
    bridge.write_text(fair + accept)
    check("--strict", code=0)

    bridge.write_text(fair.replace("It holds holds.", "It holds holds well.") + accept)
    lapsed = check("--strict", code=1)

    assert "N18" in lapsed
    assert "A03 warning: the words at body[1] changed since N18 was accepted" in lapsed


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{rule: N18, where: 'body[0]', because: x}",
            "A02 warning: N18 finds nothing at body[0]: delete this",
        ),
        ("{rule: N99, where: 'body[0]', because: x}", "A01 warning: there is no rule N99"),
        (
            "{rule: T01, where: headline, because: x}",
            "A02 warning: T01 at headline is an error, and errors cannot be accepted",
        ),
        (
            "{rule: N06, where: 'body[0]', because: x}",
            "A02 warning: N06 at body[0] is only advice on style, which blocks nothing: delete this",
        ),
    ],
)
def test_an_acknowledgement_that_settles_nothing_is_told(bridge: Path, entry: str, message: str) -> None:
    """An error is not for accepting, so an acknowledgement of one settles nothing either."""
    bridge.write_text(f"{RELEASE}accept:\n  - {entry}\n")

    assert message in check()


def test_faults_of_several_stages_come_out_at_once(bridge: Path) -> None:
    """A person who is not there, a false claim, and what only the rules find."""
    bridge.write_text(
        RELEASE.replace("contacts: [ray]", "contacts: [roy]\nfacts: {cars: {value: 4120}}").replace(
            "It holds.}", "It holds.}\n  - Nearly {{ facts.cars | nearest(1000) }} cars crossed it."
        )
    )

    told = check()

    assert all(f": {code} " in told for code in ("R07", "C02")), told
    assert "Traceback" not in told


def test_rules_are_asked_beside_a_person_who_is_not_there(bridge: Path) -> None:
    bridge.write_text(RELEASE.replace("contacts: [ray]", "contacts: [roy]").replace("by: ray", "by: rya"))

    told = check()

    assert told.count(": R07 ") == 2
    assert ": T01 8 May 2097 is a Wednesday" in told
    assert "contacts[0]" not in told


def test_nothing_is_fixed_in_a_release_that_cannot_be_read(bridge: Path) -> None:
    bridge.write_text(text := RELEASE.replace("contacts: [ray]", "contacts: [roy]"))
    check("--fix", "--yes")

    assert bridge.read_text() == text


def test_what_is_no_language_is_refused_with_how_to_write_one(bridge: Path) -> None:
    bridge.write_text(RELEASE.replace("the county.", "[y sir]{lang=welsh!}."))

    assert "“welsh!” is not a language; write its tag, such as {lang=cy} or {lang=zh-Hans}" in check()


def test_fix_shows_the_change_and_leaves_the_rest_as_it_was(bridge: Path) -> None:
    shown = check("--fix", "--yes")

    assert "-  - Engineers opened it on 8th May for the ABCD of the county.   # a comment\n" in shown
    assert "+  - Engineers opened it on 8 May for the ABCD of the county.   # a comment\n" in shown
    assert bridge.read_text() == RELEASE.replace("8th May", "8 May")


def test_fix_keeps_what_is_saved_while_it_asks(bridge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fix.save_fixes

    def late(workspace: Workspace, files: Sequence[fix.FixedFile]) -> fix.FixOutcome:
        bridge.write_text(bridge.read_text() + "# saved meanwhile\n")
        return real(workspace, files)

    monkeypatch.setattr(fix, "save_fixes", late)

    shown = CliRunner().invoke(main, ["check", "--fix", "--yes"]).stderr

    assert "releases/bridge/release.yaml: was saved by somebody else in the meantime; it now has both changes" in shown
    assert bridge.read_text() == RELEASE.replace("8th May", "8 May") + "# saved meanwhile\n"


def test_fix_changes_nothing_where_nobody_can_be_asked(bridge: Path) -> None:
    check("--fix", code=2)

    assert bridge.read_text() == RELEASE


@pytest.mark.usefixtures("bridge")
def test_an_instant_without_its_clock_is_refused() -> None:
    check("--at", "2097-05-08T00:01", code=2)


@pytest.mark.parametrize("at", ["2097-05-07T22:00:00Z", "2097-05-07 23:00 Europe/London", "2097-05-07T23:00+01:00"])
@pytest.mark.usefixtures("bridge")
def test_a_release_is_judged_as_it_stands_at_an_instant(at: str) -> None:
    assert "T14 style: journalists get 1 hour 1 minute" in check("--at", at)


@pytest.mark.parametrize(
    ("at", "standing"),
    [
        ("2097-05-07T23:00:59Z", "AT style: under embargo for 1 second, until 00:01 BST on Wed 8 May 2097"),
        ("2097-05-07T23:01:00Z", "AT style: free to use for less than a second, since 00:01 BST on Wed 8 May 2097"),
        ("2097-05-06T12:01:00Z", "AT style: under embargo for 1 day 11 hours, until 00:01 BST on Wed 8 May 2097"),
    ],
)
@pytest.mark.usefixtures("bridge")
def test_an_instant_tells_how_the_release_stands_then(at: str, standing: str) -> None:
    assert standing in check("--at", at)


@pytest.mark.parametrize(
    ("times", "standing"),
    [
        ("{zone: Europe/London, publish: 2097-05-08 10:00}",
         "AT style: for immediate release, to be published at 10:00 BST on Wed 8 May 2097"),
        ("{zone: Europe/London}", "AT style: free to use"),
    ],
)  # fmt: skip
def test_an_instant_tells_when_a_release_without_an_embargo_may_be_used(
    bridge: Path, times: str, standing: str
) -> None:
    bridge.write_text(re.sub(r"times:\n.*\n.*\n", f"times: {times}\n", RELEASE))

    assert standing in check("--at", "2097-05-07T12:00:00Z")


@pytest.mark.parametrize("arguments", [[], ["--jobs", "2"]])
def test_an_embargo_that_has_ended_is_told_as_submit_tells_it(arguments: list[str], bridge: Path) -> None:
    day = datetime.now(UTC).date() - timedelta(days=90)
    bridge.write_text(RELEASE.replace("Tuesday 8 May 2097", "at last").replace("2097-05-08", day.isoformat()))

    shown = check(*arguments, code=0)

    assert "release.yaml:6:12: T13 warning: the embargo ended at 00:01 " in shown
    check("--strict", code=1)


def test_an_embargo_that_ended_years_ago_is_a_note_on_style(bridge: Path) -> None:
    bridge.write_text(RELEASE.replace("Tuesday 8 May 2097", "at last").replace("2097", "2019"))

    assert "release.yaml:6:12: T13 style: the embargo ended at 00:01 BST on Wed 8 May 2019 (" in check(code=0)


def test_an_issue_after_the_end_of_the_embargo_is_an_error_of_check_too(bridge: Path) -> None:
    past = RELEASE.replace("2097-05-08 00:01", "2019-05-08 00:01\n  issue: 2097-05-09 00:01")
    bridge.write_text(past.replace(" on Tuesday 8 May 2097", ""))

    check(code=1)


def test_two_releases_of_one_reference_are_told(bridge: Path) -> None:
    twin = bridge.parents[1] / "twin"
    twin.mkdir()
    (twin / "release.yaml").write_text(RELEASE)

    assert "twin/release.yaml:1:12: C06 the reference B-1 is already used by releases/bridge/release.yaml" in check()


def test_many_releases_in_two_processes_give_what_one_gives(bridge: Path) -> None:
    for number in range(60):
        folder = bridge.parents[1] / f"r{number:02}"
        folder.mkdir()
        (folder / "release.yaml").write_text(RELEASE.replace("B-1", f"R-{number}"))

    assert check("--jobs", "2", "--format", "json") == check("--jobs", "1", "--format", "json")


def test_the_page_of_a_rule_is_printed() -> None:
    shown = CliRunner().invoke(main, ["rules", "t01"]).output

    assert shown.startswith("T01 weekday-not-of-date (error)\n\nA weekday that its date does not fall on.")


def test_the_list_has_every_rule() -> None:
    assert "N07  error    A placeholder that nobody filled in" in CliRunner().invoke(main, ["rules"]).output


def test_a_code_that_is_no_rule_is_looked_up_in_the_manual() -> None:
    shown = CliRunner().invoke(main, ["rules", "m05"])

    assert shown.exit_code == 0
    assert shown.output.startswith("M05: a copy that does not belong to any release here\n")
    assert shown.output.endswith("pressgen manual codes\n")


def test_an_unknown_rule_is_wrong_use() -> None:
    shown = CliRunner().invoke(main, ["rules", "T0l"])

    assert shown.exit_code == 2
    assert "there is no rule T0l" in shown.output


def test_the_chapter_of_the_manual_is_what_the_rules_say() -> None:
    assert (ROOT / "src/pressgen/manual/rules.md").read_text() == CliRunner().invoke(main, ["rules", "--manual"]).output


@pytest.mark.usefixtures("bridge")
def test_a_release_is_checked_by_its_name_alone() -> None:
    assert check("bridge") == check("releases/bridge")


@pytest.mark.parametrize(
    ("given", "advice"),
    [("2026-12-08", "has neither a clock time nor a time zone; write 2026-12-08T00:01Z or"),
     ("2026-12-08T09:30", "does not say in which time zone; write 2026-12-08T09:30Z or “2026-12-08 09:30"
                          " Europe/London”")],
)  # fmt: skip
def test_an_instant_without_its_clock_is_answered_with_how_to_write_that_one(given: str, advice: str) -> None:
    done = CliRunner().invoke(main, ["check", "--at", given])

    assert done.exit_code == 2
    assert advice in " ".join(done.output.split())


def test_fix_fills_in_the_fingerprint_of_words_that_were_accepted(bridge: Path) -> None:
    fair = RELEASE.replace("Tuesday ", "").replace("8th May", "8 May").replace("It holds.", "It holds holds.")
    accept = "accept:\n  - {rule: N18, where: 'body[1]', because: that is how she said it"
    bridge.write_text(f"{fair}{accept}}}\n")

    check("--fix", "--yes", code=0)

    assert re.fullmatch(re.escape(f"{fair}{accept}, seen: ") + r"""["']?[0-9a-f]{8}["']?\}\n""", bridge.read_text())
    assert "1 acknowledged" in CliRunner().invoke(main, ["check", "--strict"]).stderr


def test_an_acknowledgement_of_several_warnings_without_a_fingerprint_is_remarked_on(bridge: Path) -> None:
    fair = RELEASE.replace("Tuesday ", "").replace("It holds.", "It holds holds. It stands stands.")
    bridge.write_text(f"{fair}accept:\n  - {{rule: N18, where: 'body[1]', because: x}}\n")

    assert re.search(
        "A04 style: this accepts 2 warnings of N18 at once: look at each, then add seen: [0-9a-f]{8}\n",
        check("--strict", code=0),
    )


def test_fix_leaves_an_acknowledgement_without_a_fingerprint_whose_words_it_mends(bridge: Path) -> None:
    fair = RELEASE.replace("Tuesday ", "").replace("for the ABCD", "for for the ABCD")
    bridge.write_text(f"{fair}accept:\n  - {{rule: N18, where: 'body[0]', because: x}}\n")

    check("--fix", "--yes", code=0)

    assert "8 May" in bridge.read_text()
    assert "seen" not in bridge.read_text()


@pytest.mark.usefixtures("bridge")
def test_where_nothing_can_be_fixed_the_command_says_so() -> None:
    CliRunner().invoke(main, ["check", "--fix", "--yes", "releases/bridge"])

    assert "nothing that can be fixed automatically" in CliRunner().invoke(main, ["check", "--fix"]).stderr


def test_who_declines_the_fixes_has_the_file_as_it_was(bridge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)

    result = CliRunner().invoke(main, ["check", "--fix", "releases/bridge"], input="n\n")

    assert "nothing was changed" in result.stderr.splitlines()
    assert bridge.read_text() == RELEASE
