"""No symbolic link leads out of a workspace, on any way in or out; and the refusal says what to do."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressgen.actions.amend.move import rebuild_with_embargo
from pressgen.actions.batch.up_to_date import read_release_files
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.search.update_index import open_updated_index
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.cli.app import main
from pressgen.errors import InputError
from pressgen.model.artifact import Format

FOREIGN = "a stranger’s file"
NOW = datetime(2031, 4, 1, 12, 0, tzinfo=UTC)
OUT = "is a symbolic link to .*, outside .*; put the file or folder itself there"


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of somebody else with a file."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "plan.pdf").write_text(FOREIGN)
    return folder


def release(workspace: Path) -> Path:
    return workspace / "releases" / "bridge"


def attach(workspace: Path, name: str) -> None:
    with (release(workspace) / "release.yaml").open("a") as file:
        file.write(f"attachments: [{{file: {name}, title: The plan}}]\n")


def refusal(workspace: Path) -> str:
    """What `load_release` says of the release."""
    with pytest.raises(InputError) as refused:
        load_release(Workspace(workspace), release(workspace))
    return "\n".join(refused.value.lines())


def test_an_attachment_that_links_out_is_refused(workspace: Path, outside: Path) -> None:
    attach(workspace, "plan.pdf")
    (release(workspace) / "plan.pdf").symlink_to(outside / "plan.pdf")

    said = refusal(workspace)

    assert re.match(r"releases/bridge/release\.yaml:\d+:\d+: K01 “plan\.pdf” ", said)
    assert said.count("plan.pdf") == len(["what it is called", "where it points"])
    assert f"is a symbolic link to {outside}/plan.pdf, outside {workspace}" in said
    assert FOREIGN not in said


def test_an_attachment_below_a_folder_that_links_out_is_refused(workspace: Path, outside: Path) -> None:
    attach(workspace, "plans/plan.pdf")
    (release(workspace) / "plans").symlink_to(outside)

    assert "plans/plan.pdf" in refusal(workspace)


def test_an_attachment_that_links_to_a_file_of_the_workspace_is_taken(workspace: Path) -> None:
    attach(workspace, "plan.pdf")
    (workspace / "plan.pdf").write_text("ours")
    (release(workspace) / "plan.pdf").symlink_to("../../plan.pdf")

    assert load_release(Workspace(workspace), release(workspace))[0].media == {"plan.pdf": b"ours"}


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_an_attachment_that_is_no_file_is_not_waited_for(workspace: Path, kind: str) -> None:
    attach(workspace, "plan.pdf")
    if kind == "pipe":
        os.mkfifo(release(workspace) / "plan.pdf")
    else:
        (release(workspace) / "plan.pdf").symlink_to("/dev/zero")

    assert "plan.pdf" in refusal(workspace)


@pytest.mark.parametrize("name", ["release.yaml", "release.cy.yaml"])
def test_the_data_of_a_release_may_not_link_out(workspace: Path, outside: Path, name: str) -> None:
    shutil.copy(release(workspace) / "release.yaml", outside / name)
    (release(workspace) / name).unlink(missing_ok=True)
    (release(workspace) / name).symlink_to(outside / name)

    assert f"is a symbolic link to {outside}/{name}" in refusal(workspace)


def test_a_release_folder_that_links_out_is_refused(workspace: Path, outside: Path) -> None:
    shutil.move(release(workspace), outside / "bridge")
    release(workspace).symlink_to(outside / "bridge")

    assert f"is a symbolic link to {outside}/bridge" in refusal(workspace)


def test_a_release_that_a_user_names_may_lie_elsewhere(workspace: Path, outside: Path) -> None:
    shutil.move(release(workspace), outside / "bridge")
    (outside / "link").symlink_to("bridge")

    for name in ("bridge", "link"):
        assert load_release(Workspace(workspace), outside / name)[0].slug == "bridge"


def test_a_release_elsewhere_may_not_link_out_of_its_folder(workspace: Path, outside: Path) -> None:
    attach(workspace, "plan.pdf")
    shutil.move(release(workspace), outside / "bridge")
    (outside / "bridge" / "plan.pdf").symlink_to("../plan.pdf")

    with pytest.raises(InputError, match=OUT):
        load_release(Workspace(workspace), outside / "bridge")


@pytest.mark.parametrize("path", ["{link}/releases/bridge", "releases/bridge", "releases/../releases/bridge"])
def test_the_workspace_may_be_reached_by_a_link(
    workspace: Path, outside: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    link = outside / "office"
    link.symlink_to(workspace)
    monkeypatch.chdir(link)

    assert load_release(Workspace(workspace), Path(path.format(link=link)))[0].folder == release(workspace)


@pytest.mark.parametrize("name", ["fonts/More.otf", "house.yaml", "release.docx", "release.css", "more.html"])
def test_a_file_of_a_house_may_not_link_out(workspace: Path, outside: Path, name: str) -> None:
    house = workspace / "templates" / "inspectorate"
    (house / name).unlink(missing_ok=True)
    (house / name).symlink_to(outside / "plan.pdf")

    assert f"templates/inspectorate/{name}: K01 is a symbolic link to {outside}/plan.pdf" in refusal(workspace)


@pytest.mark.parametrize("name", ["templates", "templates/inspectorate"])
def test_no_folder_of_houses_may_link_out(workspace: Path, outside: Path, name: str) -> None:
    shutil.move(workspace / name, outside / "moved")
    (workspace / name).symlink_to(outside / "moved")

    assert f"is a symbolic link to {outside}/moved" in refusal(workspace)


@pytest.mark.parametrize("name", ["dist", "dist/bridge", "dist/bridge/public"])
def test_a_folder_to_write_into_may_not_link_out(workspace: Path, outside: Path, name: str) -> None:
    (workspace / name).parent.mkdir(parents=True, exist_ok=True)
    (workspace / name).symlink_to(outside)

    with pytest.raises(InputError, match=OUT):
        build(BuildRequest(Workspace(workspace), release(workspace), [Format.TXT], [], workspace / "dist"))

    assert [each.name for each in outside.iterdir()] == ["plan.pdf"]


def test_a_folder_that_a_user_names_may_lie_elsewhere(workspace: Path, outside: Path) -> None:
    (outside / "link").symlink_to("there")
    (outside / "there").mkdir()

    build(BuildRequest(Workspace(workspace), release(workspace), [Format.TXT], [], outside / "link"))

    assert (outside / "there" / "bridge" / "public" / "bridge.txt").is_file()


def test_what_a_user_names_may_not_be_left_by_links_in_it(workspace: Path, outside: Path) -> None:
    (outside / "there").mkdir()
    (outside / "there" / "bridge").symlink_to("..")

    with pytest.raises(InputError, match=OUT):
        build(BuildRequest(Workspace(workspace), release(workspace), [Format.TXT], [], outside / "there"))


def test_a_file_in_dist_that_links_out_is_replaced_and_not_followed(workspace: Path, outside: Path) -> None:
    folder = workspace / "dist" / "bridge" / "public"
    folder.mkdir(parents=True)
    (folder / "bridge.txt").symlink_to(outside / "plan.pdf")

    build(BuildRequest(Workspace(workspace), release(workspace), [Format.TXT], [], workspace / "dist"))

    assert (outside / "plan.pdf").read_text() == FOREIGN
    assert not (folder / "bridge.txt").is_symlink()


@pytest.mark.parametrize("name", ["../../../releases/bridge/release.yaml", "/etc/x", "..", "a\\u0000b", ""])
def test_a_manifest_that_was_changed_deletes_nothing_elsewhere(workspace: Path, name: str) -> None:
    order = BuildRequest(Workspace(workspace), release(workspace), [Format.TXT], [], workspace / "dist")
    build(order)
    manifest = workspace / "dist" / "bridge" / "public" / "manifest.json"
    manifest.write_text(
        '{"inputs": {}, "made_with": {}, "outputs": {"NAME": {}}}'.replace("NAME", name.replace("\0", "\\u0000"))
    )

    build(order)

    assert (release(workspace) / "release.yaml").is_file()


def test_a_release_is_not_sent_to_makers_with_a_file_that_links_out(workspace: Path, outside: Path) -> None:
    (release(workspace) / "notes.txt").symlink_to(outside / "plan.pdf")

    with pytest.raises(InputError, match=OUT):
        read_release_files(Workspace(workspace), "bridge")


def test_a_release_is_not_moved_with_a_file_that_links_out(workspace: Path, outside: Path) -> None:
    (release(workspace) / "notes.txt").symlink_to(outside / "plan.pdf")

    with pytest.raises(InputError, match=OUT):
        rebuild_with_embargo(Workspace(workspace), release(workspace), "2019-05-09 00:01", NOW)


def test_the_archive_counts_a_release_that_links_out_as_faulty(workspace: Path, outside: Path) -> None:
    (outside / "release.yaml").write_text((release(workspace) / "release.yaml").read_text())
    (release(workspace) / "release.yaml").unlink()
    (release(workspace) / "release.yaml").symlink_to(outside / "release.yaml")

    index = open_updated_index(Workspace(workspace), lambda _: nullcontext(lambda _: None))
    try:
        assert index.faulty()
    finally:
        index.close()


def test_the_command_says_which_link_and_what_to_do(workspace: Path, outside: Path) -> None:
    attach(workspace, "plan.pdf")
    (release(workspace) / "plan.pdf").symlink_to(outside / "plan.pdf")

    result = CliRunner().invoke(main, ["check", "bridge", "--workspace", str(workspace)])

    assert result.exit_code == 1
    assert "put the file or folder itself there" in result.output
