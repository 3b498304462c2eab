"""A folder that a web server serves: whole files, in order, and nothing through a symbolic link."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from machine import need_root
from pressgen.channels import safe_folder as folders
from pressgen.channels.folder import publish_files
from pressgen.channels.safe_folder import capture_outcome
from pressgen.channels.staging import StagingFolder, publish_staged_files

SITE = {"2019/bridge/index.html": b"<p>Bridge", "2019/bridge/bridge.pdf": b"%PDF", "feed.atom": b"<feed/>"}


def files(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_files_are_there_for_everyone_to_read(tmp_path: Path) -> None:
    outcome = publish_files(tmp_path / "public", SITE)

    assert outcome.ok
    assert files(tmp_path / "public") == SITE
    assert {each.stat().st_mode & 0o777 for each in (tmp_path / "public").rglob("*.*")} == {0o644}


def test_to_do_it_again_touches_nothing(tmp_path: Path) -> None:
    publish_files(tmp_path, SITE)
    before = {each: each.stat().st_ino for each in tmp_path.rglob("*")}
    publish_files(tmp_path, SITE)

    assert {each: each.stat().st_ino for each in tmp_path.rglob("*")} == before


def test_files_appear_in_their_order_and_whole(tmp_path: Path) -> None:
    """As seen from another process while a thousand of them appear."""
    many = {f"{number:04}.html": b"x" * 5000 for number in range(300)}
    watcher = (
        "import os, sys\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    seen = sorted(name for name in os.listdir(sys.argv[1]) if name.endswith('.html'))\n"
        "    sizes = {os.stat(os.path.join(sys.argv[1], name)).st_size for name in seen}\n"
        "    if sizes - {5000} or seen != [f'{n:04}.html' for n in range(len(seen))]: print('bad'); break\n"
        "    if len(seen) == 300: print('good'); break\n"
    )
    with subprocess.Popen([sys.executable, "-c", watcher, tmp_path], stdout=subprocess.PIPE, text=True) as seen:
        assert seen.stdout
        seen.stdout.readline()
        publish_files(tmp_path, many)
        assert seen.stdout.read() == "good\n"


def test_what_is_gone_is_taken_away_and_need_not_be_there(tmp_path: Path) -> None:
    publish_files(tmp_path, SITE)
    outcome = publish_files(
        tmp_path, {"feed.atom": b"<feed>2</feed>"}, ["2019/bridge/bridge.pdf", "2018/never/there.pdf"]
    )

    assert outcome.ok
    assert files(tmp_path) == {"2019/bridge/index.html": b"<p>Bridge", "feed.atom": b"<feed>2</feed>"}


@pytest.mark.parametrize("link", ["2019", "2019/bridge", "2019/bridge/index.html", "feed.atom"])
@pytest.mark.parametrize("act", ["put", "take away"])
def test_a_symbolic_link_is_refused_and_nothing_is_done(link: str, act: str, tmp_path: Path) -> None:
    elsewhere, public = tmp_path / "elsewhere", tmp_path / "public"
    elsewhere.mkdir()
    (elsewhere / "secret").write_text("untouched")
    (public / link).parent.mkdir(parents=True)
    (public / link).symlink_to(elsewhere / "secret" if "." in link else elsewhere)
    before = files(tmp_path)

    outcome = publish_files(public, SITE if act == "put" else {"new.html": b""}, [] if act == "put" else list(SITE))

    assert not outcome.ok
    assert f"{link} is a symbolic link" in outcome.detail
    assert files(tmp_path) == before
    assert sorted(each.name for each in public.iterdir()) == [link.split("/", maxsplit=1)[0]]


@pytest.mark.parametrize("path", ["../up", "/etc/x", "a//b", "a/./b", "", "a/../b", "a\\b", "a\0b"])
def test_a_path_out_of_the_folder_is_an_error_of_ours(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no path within"):
        publish_files(tmp_path, {path: b""})


def test_a_full_disk_is_told_and_leaves_all_as_it_was(tmp_path: Path, small_disk: Path) -> None:
    del tmp_path
    publish_files(small_disk, SITE)
    outcome = publish_files(small_disk, {"feed.atom": b"new", "big.pdf": b"x" * 2_000_000})

    assert (outcome.ok, outcome.permanent) == (False, False)
    assert "the disk is full" in outcome.detail
    assert files(small_disk) == SITE
    assert publish_files(small_disk, {"feed.atom": b"new"}).ok


def test_a_read_only_disk_is_told(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    outcome = publish_files(small_disk, SITE)

    assert (outcome.ok, outcome.permanent) == (False, False)
    assert "read-only" in outcome.detail


@pytest.fixture
def small_disk(tmp_path: Path):  # noqa: ANN201 - a fixture that cleans up
    """A disk of one megabyte."""
    from machine import lack  # noqa: PLC0415

    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        lack("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_what_a_killed_process_left_is_cleared_after_an_hour(tmp_path: Path) -> None:
    for age, name in ((7200, "old"), (60, "young")):
        left = tmp_path / f"{folders.INCOMING}{name}"
        left.mkdir()
        (left / "0").write_bytes(b"")
        os.utime(left, (time.time() - age,) * 2)
    publish_files(tmp_path, SITE)

    assert [each.name for each in tmp_path.glob(".*")] == [f"{folders.INCOMING}young"]


def test_files_set_aside_are_nowhere_in_the_folder_until_they_are_revealed(tmp_path: Path) -> None:
    newsroom = tmp_path / "newsroom"
    aside = StagingFolder(tmp_path / "aside")
    waiting = aside.stage(newsroom, {"2027/prize/index.html": b"<p>Prize", "index.html": b"all"})
    assert waiting is not None
    assert list(newsroom.rglob("*")) == []

    assert [each.ok for each in publish_staged_files([waiting])] == [True]

    assert (newsroom / "2027" / "prize" / "index.html").read_bytes() == b"<p>Prize"
    assert (newsroom / "index.html").read_bytes() == b"all"
    aside.close()
    assert list((tmp_path / "aside").iterdir()) == []


HOLDS = """\
import sys, time
from pathlib import Path
from pressgen.channels.staging import StagingFolder
aside = StagingFolder(Path(sys.argv[1]))
aside.stage(Path(sys.argv[2]), {"index.html": b"all"})
print("ready", flush=True)
time.sleep(600)
"""


def test_what_a_living_process_has_set_aside_stays_and_what_a_killed_one_left_goes(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDS, tmp_path / "aside", tmp_path / "newsroom"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        StagingFolder(tmp_path / "aside").tidy()
        kept = len(files(tmp_path / "aside"))
        other.kill()
    StagingFolder(tmp_path / "aside").tidy()

    assert (kept, list((tmp_path / "aside").iterdir())) == (1, [])


def test_a_folder_that_is_empty_now_is_taken_away_with_its_name(tmp_path: Path) -> None:
    publish_files(tmp_path, SITE)
    publish_files(tmp_path, {}, ["2019/bridge/bridge.pdf", "2019/bridge/index.html"])

    assert [each.name for each in tmp_path.iterdir()] == ["feed.atom"]


def test_files_set_aside_may_be_read_by_their_owner_only(tmp_path: Path) -> None:
    StagingFolder(tmp_path / "aside").stage(tmp_path / "newsroom", {"index.html": b"all"})

    assert (tmp_path / "aside").stat().st_mode & 0o777 == 0o700


def test_a_link_put_in_meanwhile_keeps_files_set_aside_out(tmp_path: Path) -> None:
    waiting = StagingFolder(tmp_path / "aside").stage(tmp_path / "newsroom", {"2027/index.html": b"all"})
    assert waiting is not None
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "newsroom" / "2027").symlink_to(tmp_path / "elsewhere")

    assert [each.ok for each in publish_staged_files([waiting])] == [False]

    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(("count", "said"), [(1, "1 file in out"), (2, "2 files in out")])
def test_one_file_is_told_in_the_singular(count: int, said: str) -> None:
    with capture_outcome(Path("out"), count) as outcome:
        pass

    assert [each.detail for each in outcome] == [said]


def test_a_folder_of_another_user_says_who_must_be_let_in(tmp_path: Path) -> None:
    need_root()
    program = (
        "import os, sys; from pathlib import Path; from pressgen.channels.folder import publish_files;"
        " os.seteuid(65534); print(publish_files(Path(sys.argv[1]), {'index.html': b''}).detail)"
    )

    with subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE, text=True) as stranger:
        printed, _ = stranger.communicate()

    assert printed == f"{tmp_path}: it cannot be written; let the user who runs pressgen write there\n"


def test_a_disk_quota_that_is_used_up_is_told(tmp_path: Path) -> None:
    with capture_outcome(tmp_path, 1) as outcome:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    assert outcome[0].detail == f"{tmp_path}: the disk quota is used up; make room"
