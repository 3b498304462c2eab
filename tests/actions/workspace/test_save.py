"""A save loses nothing: not what somebody else saved meanwhile, not half a file, not one of two files."""

from __future__ import annotations

import os
import resource
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest

from actions.workspace.savers import WAYS, both, left_over, opens, put, save
from pressgen.actions.workspace import file_exchange, replace_files
from pressgen.actions.workspace import save as saving
from pressgen.actions.workspace.file_exchange import DirectoryEntry
from pressgen.actions.workspace.folder import Workspace, find_workspace
from pressgen.actions.workspace.office import prepare_state_folder
from pressgen.actions.workspace.save import FileChange
from pressgen.errors import EnvironmentFailureError, InputError, StateError, UsageError


@pytest.fixture
def folder(workspace: Path) -> Path:
    return workspace / "releases" / "bridge"


@pytest.fixture
def file(folder: Path) -> Path:
    return folder / "release.yaml"


def just_before_the_swap(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None], times: int = 1) -> None:
    """Have something happen between the comparison and the swap."""
    left = [act] * times

    def meanwhile(new: DirectoryEntry, target: DirectoryEntry) -> None:
        if left:
            left.pop()()
        real(new, target)

    real = replace_files.exchange_files
    monkeypatch.setattr(replace_files, "exchange_files", meanwhile)


def test_a_change_is_saved_and_nothing_is_left_beside_it(folder: Path, file: Path) -> None:
    before = file.read_bytes()

    assert save(folder, opens(before)) == []

    assert file.read_bytes() == opens(before).after
    assert left_over(folder) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_save_made_while_a_command_thinks_is_merged(folder: Path, file: Path, way: str) -> None:
    before = file.read_bytes()
    WAYS[way](file, put(before, "Bridge opens", "Bridge opens at last"))

    merged = save(folder, opens(before))

    assert merged == ["releases/bridge/release.yaml"]
    assert file.read_bytes() == put(opens(before).after, "Bridge opens", "Bridge opens at last")


@pytest.mark.parametrize("way", WAYS)
def test_a_save_made_just_before_the_swap_is_merged(
    folder: Path, file: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    theirs = put(before, "Bridge opens", "Bridge opens at last")
    just_before_the_swap(monkeypatch, lambda: WAYS[way](file, theirs))

    merged = save(folder, opens(before))

    assert merged == ["releases/bridge/release.yaml"]
    assert file.read_bytes() == put(opens(before).after, "Bridge opens", "Bridge opens at last")
    assert left_over(folder) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_save_that_is_lost_without_swapping_names_is_found(
    folder: Path, file: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where names cannot be swapped, a second link keeps what was written in place after the comparison."""
    monkeypatch.setattr("pressgen.actions.workspace.file_exchange._swap_names", lambda *_: False)
    before = file.read_bytes()
    theirs = put(before, "Bridge opens", "Bridge opens at last")
    just_before_the_swap(monkeypatch, lambda: WAYS[way](file, theirs))

    save(folder, opens(before))

    assert file.read_bytes() == put(opens(before).after, "Bridge opens", "Bridge opens at last")
    assert left_over(folder) == []


def test_an_editor_that_has_the_file_open_is_waited_for(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opened the file before the swap, and writes after it: into the file that came out."""
    before = file.read_bytes()
    theirs = put(before, "Bridge opens", "Bridge opens at last")
    handles: list[int] = []
    just_before_the_swap(monkeypatch, lambda: handles.append(os.open(file, os.O_RDWR)))
    real, looks = replace_files.read_when_idle, list[DirectoryEntry]()

    def looked(path: DirectoryEntry) -> bytes:
        if handles and not looks:
            looks.append(path)
            late = threading.Timer(0.2, lambda: (os.write(handles[0], theirs), os.close(handles[0])))
            late.start()
        return real(path)

    monkeypatch.setattr(replace_files, "read_when_idle", looked)

    save(folder, opens(before))

    assert looks
    assert file.read_bytes() == put(opens(before).after, "Bridge opens", "Bridge opens at last")


def test_the_same_words_are_a_refusal_with_both_texts(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    theirs = put(before, "The bridge opened", "The bridge was opened")
    file.write_bytes(theirs)
    recorded: list[int] = []

    with pytest.raises(InputError) as refusal:
        save(folder, opens(before), record=lambda: recorded.append(1))

    (problem,) = refusal.value.problems
    line = theirs.decode().splitlines().index("  - The bridge was opened.") + 1
    assert str(problem.place) == f"releases/bridge/release.yaml:{line}:1"
    assert all(words in problem.message for words in ("bridge opened", "bridge was opened", "bridge is open"))
    assert "nothing was written: run the command again" in problem.message
    assert file.read_bytes() == theirs
    assert recorded == []


def test_a_conflict_just_before_the_swap_is_put_back(folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    theirs = put(before, "The bridge opened", "The bridge was opened")
    just_before_the_swap(monkeypatch, lambda: WAYS["by rename"](file, theirs))

    with pytest.raises(InputError, match="with the same words changed"):
        save(folder, opens(before))

    assert file.read_bytes() == theirs
    assert left_over(folder) == []


def test_a_merge_that_does_not_load_is_a_refusal(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    theirs = put(before, "contacts: [ray]", "contacts: [nobody]")
    file.write_bytes(theirs)

    with pytest.raises(InputError, match="is not valid with both changes"):
        save(folder, opens(before))

    assert file.read_bytes() == theirs


def test_a_file_that_is_gone_is_a_refusal(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    file.unlink()

    with pytest.raises(InputError, match="is no longer there"):
        save(folder, opens(before))

    assert not file.exists()


def test_a_file_that_goes_just_before_the_swap_stays_gone(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    just_before_the_swap(monkeypatch, file.unlink)

    with pytest.raises(InputError, match="is no longer there"):
        save(folder, opens(before))

    assert list(folder.iterdir()) == []


def test_a_new_file_never_replaces_one(folder: Path, file: Path) -> None:
    before = file.read_bytes()

    with pytest.raises(InputError, match="already exists"):
        save(folder, FileChange("a.txt", None, b"a"), FileChange("release.yaml", None, b"b"))

    assert file.read_bytes() == before
    assert sorted(each.name for each in folder.iterdir()) == ["release.yaml"]


def test_a_new_file_that_is_there_at_the_last_moment_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = replace_files.rename_to_unused_name

    def late(new: DirectoryEntry, target: DirectoryEntry) -> None:
        (folder / target.name).write_bytes(b"theirs")
        real(new, target)

    monkeypatch.setattr(replace_files, "rename_to_unused_name", late)

    with pytest.raises(InputError, match="already exists"):
        save(folder, FileChange("a.txt", None, b"ours"))

    assert (folder / "a.txt").read_bytes() == b"theirs"


def test_mode_and_owner_stay(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    file.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(file, 12345, 23456)
    was = file.stat()

    save(folder, opens(before))

    now = file.stat()
    assert now.st_ino != was.st_ino
    assert (stat.S_IMODE(now.st_mode), now.st_uid, now.st_gid) == (0o640, was.st_uid, was.st_gid)


def test_a_link_within_the_workspace_stays_a_link(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    shared = folder.parents[1] / "shared.yaml"
    file.replace(shared)
    file.symlink_to(shared)

    save(folder, opens(before))

    assert file.is_symlink()
    assert shared.read_bytes() == opens(before).after


def test_a_link_out_of_the_workspace_is_not_followed(
    folder: Path, file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = file.read_bytes()
    outside = tmp_path_factory.mktemp("elsewhere") / "release.yaml"
    file.replace(outside)
    file.symlink_to(outside)

    with pytest.raises(InputError, match="K06 is a link to .*, which is outside the workspace") as refused:
        save(folder, opens(before))

    assert refused.value.exit_code == 1, "it is no fault of the machine"
    assert outside.read_bytes() == before


def test_a_folder_that_gives_way_to_a_link_meanwhile_takes_the_save_with_it(
    folder: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside, moved, before = tmp_path / "outside", tmp_path / "moved", file.read_bytes()
    outside.mkdir()
    (outside / file.name).write_bytes(before)

    def swapped() -> None:
        folder.rename(moved)
        folder.symlink_to(outside)

    just_before_the_swap(monkeypatch, swapped)

    save(folder, opens(before))

    assert (outside / file.name).read_bytes() == before
    assert [each.name for each in outside.iterdir()] == [file.name]
    assert (moved / file.name).read_bytes() == opens(before).after


def test_a_read_only_file_is_a_refusal(folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    file.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_, **__: bool(file.stat().st_mode & stat.S_IWUSR))  # for root, too

    with pytest.raises(InputError, match="is read-only"):
        save(folder, opens(before))

    assert file.read_bytes() == before


def test_a_full_disk_leaves_every_file_as_it_was(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    long = FileChange("release.yaml", before, before + b"# more\n" * 100_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(InputError, match="K02 cannot be written: File too large"):
            save(folder, FileChange("a.txt", None, b"a"), long)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert file.read_bytes() == before
    assert sorted(each.name for each in folder.iterdir()) == ["release.yaml"]


def test_of_two_files_both_are_saved_or_neither(folder: Path, file: Path) -> None:
    changes = both(folder)
    other = folder / "release.cy.yaml"
    theirs = put(file.read_bytes(), "The bridge opened", "The bridge was opened")
    other.write_bytes(theirs)

    with pytest.raises(InputError, match=r"release\.cy\.yaml"):
        save(folder, *changes)
    assert (file.read_bytes(), other.read_bytes()) == (changes[0].before, theirs)

    other.write_bytes(changes[1].before or b"")
    save(folder, *changes)
    assert (file.read_bytes(), other.read_bytes()) == (changes[0].after, changes[1].after)


def test_a_second_file_that_cannot_be_swapped_puts_the_first_back(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = both(folder)
    real = replace_files.exchange_files

    def failing(new: DirectoryEntry, target: DirectoryEntry) -> None:
        if target.name == "release.cy.yaml":
            raise OSError(5, "Input/output error")
        real(new, target)

    monkeypatch.setattr(replace_files, "exchange_files", failing)

    with pytest.raises(InputError, match="Input/output error"):
        save(folder, *changes)

    assert (file.read_bytes(), (folder / "release.cy.yaml").read_bytes()) == (changes[0].before, changes[1].before)
    assert left_over(folder) == []


def test_what_failed_to_be_recorded_is_said_to_be_saved(folder: Path, file: Path) -> None:
    before = file.read_bytes()

    def record() -> None:
        raise EnvironmentFailureError("the ledger does not answer")

    with pytest.raises(
        EnvironmentFailureError, match="(?s)does not answer.*release.yaml saved, but not recorded.*again"
    ):
        save(folder, opens(before), record=record)

    assert file.read_bytes() == opens(before).after


def test_what_is_there_already_is_only_recorded(folder: Path, file: Path) -> None:
    change = opens(file.read_bytes())
    save(folder, change)
    inode, recorded = file.stat().st_ino, list[int]()

    save(folder, change, record=lambda: recorded.append(1))

    assert (file.stat().st_ino, recorded) == (inode, [1])


def test_two_who_save_at_once_take_turns(folder: Path, file: Path) -> None:
    lines = [f"# line {number}\n" for number in range(17)]
    before = "".join(lines).encode() + file.read_bytes()
    file.write_bytes(before)
    changes = [put(before, f"line {number * 2}\n", f"line {number * 2} changed\n") for number in range(8)]

    threads = [
        threading.Thread(target=save, args=(folder, FileChange("release.yaml", before, each))) for each in changes
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert file.read_bytes().count(b" changed\n") == 8
    assert left_over(folder) == []


def test_a_command_that_never_ends_is_not_waited_for_for_ever(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "PATIENCE", 0.1)
    change = opens(file.read_bytes())

    with (
        saving.lock_folder(Workspace(folder.parents[1]), folder),
        pytest.raises(StateError, match="another command is saving releases/bridge"),
    ):
        save(folder, change)


def before_and_behind_the_swap(
    monkeypatch: pytest.MonkeyPatch, first: Callable[[], None], then: Callable[[], None]
) -> None:
    """Have something happen just before the first swap, and something else just behind it."""
    acts = [first, then]

    def meanwhile(new: DirectoryEntry, target: DirectoryEntry) -> None:
        if len(acts) == 2:
            acts.pop(0)()
        real(new, target)
        if len(acts) == 1:
            acts.pop()()

    real = replace_files.exchange_files
    monkeypatch.setattr(replace_files, "exchange_files", meanwhile)


def test_of_two_saves_before_and_behind_the_swap_none_is_lost(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    first = put(before, "Bridge opens", "Bridge opens at last")
    before_and_behind_the_swap(
        monkeypatch,
        lambda: WAYS["by rename"](file, first),
        lambda: WAYS["by rename"](file, file.read_bytes() + b"# the second\n"),
    )

    save(folder, opens(before))

    assert file.read_bytes() == put(opens(before).after, "Bridge opens", "Bridge opens at last") + b"# the second\n"
    assert left_over(folder) == []


def test_two_saves_before_and_behind_the_swap_that_cannot_be_merged_are_both_kept(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    before_and_behind_the_swap(
        monkeypatch,
        lambda: WAYS["by rename"](file, before + b"# the first\n"),
        lambda: WAYS["by rename"](file, file.read_bytes() + b"# the second\n"),
    )

    with pytest.raises(InputError) as refusal:
        save(folder, opens(before))

    (kept,) = left_over(folder)
    assert kept in str(refusal.value)
    assert (folder / kept).read_bytes() == before + b"# the first\n"
    assert file.read_bytes() == opens(before).after + b"# the second\n"


def test_a_program_that_saves_without_end_is_told(folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()

    turns = cycle([True, False])  # not while its save is put back

    def saves() -> None:
        if next(turns):
            WAYS["by rename"](file, file.read_bytes() + b"# saved\n")

    just_before_the_swap(monkeypatch, saves, times=100)

    with pytest.raises(InputError, match="K03 is constantly being saved by another program; .* after it"):
        save(folder, opens(before))


def held_open(file: Path) -> int:
    return os.open(file, os.O_WRONLY)


def made_a_pipe(file: Path) -> int:
    file.unlink()
    os.mkfifo(file)
    return os.open(file, os.O_RDWR)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [(held_open, "another program is writing it"), (made_a_pipe, "is not a regular file")],
)
def test_a_file_that_cannot_be_read_is_not_replaced(
    folder: Path, file: Path, spoil: Callable[[Path], int], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_exchange, "PATIENCE", 0.0)
    change = opens(file.read_bytes())
    handle = spoil(file)

    with closing(os.fdopen(handle, "wb")), pytest.raises(InputError, match=f"K02 cannot be written: {message}"):
        save(folder, change)


def test_a_save_of_somebody_else_that_is_not_utf_8_is_not_merged(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    file.write_bytes(b"caf\xe9")

    with pytest.raises(InputError, match="K03 was saved by somebody else in the meantime, but not as UTF-8; "):
        save(folder, opens(before))


def test_a_state_folder_that_cannot_be_made_is_told(workspace: Path) -> None:
    (workspace / ".pressgen").write_text("no folder")

    with pytest.raises(EnvironmentFailureError, match=".pressgen in the workspace cannot be written: "):
        prepare_state_folder(Workspace(workspace))


def test_a_folder_without_templates_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no templates/ folder; make a workspace with: pressgen init FOLDER"):
        find_workspace(tmp_path, [], tmp_path)
