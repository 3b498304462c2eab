"""Who may read what is written: whom the folder is for, and nobody else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from machine import need_root
from pressgen.channels.folder import publish_files
from pressgen.channels.safe_folder import Access
from pressgen.files.atomic import create_empty_file, make_folder, open_lock_file, write_into, write_tree

GROUP, OTHER = 31_337, 31_338
"""Groups that nobody on a machine has."""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize(("of_folder", "of_file"), [(0o700, 0o600), (0o755, 0o640), (0o775, 0o660), (0o2770, 0o660)])
def test_a_new_file_takes_the_bits_of_its_folder_but_none_for_others(
    tmp_path: Path, umask: int, of_folder: int, of_file: int
) -> None:
    tmp_path.chmod(of_folder)
    code = "import sys; from pathlib import Path;"
    code += " from pressgen.files.atomic import write_into, create_empty_file;"
    code += "f = Path(sys.argv[1]); write_into(f, {'a': b'x'}); create_empty_file(f / 'b');"
    code += " write_into(f / 'new', {'c': b''})"

    subprocess.run([sys.executable, "-c", code, tmp_path], umask=umask, check=True)

    assert mode(tmp_path / "a") == mode(tmp_path / "b") == mode(tmp_path / "new" / "c") == of_file
    assert mode(tmp_path / "new") == of_folder & ~0o007


@pytest.mark.parametrize("kept", [0o600, 0o640, 0o644, 0o664, 0o400])
def test_a_replaced_file_keeps_its_mode(tmp_path: Path, kept: int) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "a").chmod(kept)

    write_into(tmp_path, {"a": b"new"})

    assert (mode(tmp_path / "a"), (tmp_path / "a").read_text()) == (kept, "new")


def test_a_replaced_file_keeps_its_owner_and_group(tmp_path: Path) -> None:
    need_root()
    (tmp_path / "a").write_text("old")
    os.chown(tmp_path / "a", OTHER, GROUP)

    write_into(tmp_path, {"a": b"new"})

    assert ((tmp_path / "a").stat().st_uid, (tmp_path / "a").stat().st_gid) == (OTHER, GROUP)


def test_a_group_that_the_new_file_has_not_gets_nothing(tmp_path: Path) -> None:
    need_root()
    os.chown(tmp_path, 0, GROUP)
    tmp_path.chmod(0o770)

    write_into(tmp_path, {"a": b"new"})

    assert ((tmp_path / "a").stat().st_gid, mode(tmp_path / "a")) == (0, 0o600)


def test_the_group_of_a_shared_folder_carries_over_at_any_depth(tmp_path: Path) -> None:
    need_root()
    os.chown(tmp_path, 0, GROUP)
    tmp_path.chmod(0o2770)

    write_tree(tmp_path, {"one/two/a": b"new"})
    os.close(open_lock_file(tmp_path / "one" / "lock"))

    for path in (tmp_path / "one", tmp_path / "one" / "two"):
        assert (path.stat().st_gid, mode(path)) == (GROUP, 0o2770)
    for path in (tmp_path / "one" / "two" / "a", tmp_path / "one" / "lock"):
        assert (path.stat().st_gid, mode(path)) == (GROUP, 0o660)


def test_a_folder_of_our_own_is_shared_only_where_its_parent_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "own", own=True)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o2755)
    make_folder(tmp_path / "shared" / "own", own=True)

    assert (mode(tmp_path / "own"), mode(tmp_path / "shared" / "own")) == (0o700, 0o2750)


def test_a_link_that_has_the_name_of_a_new_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "far").write_text("theirs")
    (tmp_path / "far").chmod(0o666)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").symlink_to(tmp_path / "far")

    write_into(tmp_path / "in", {"a": b"ours"})

    assert (tmp_path / "far").read_text() == "theirs"
    assert not (tmp_path / "in" / "a").is_symlink()
    assert mode(tmp_path / "in" / "a") & 0o007 == 0


def test_a_failure_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    with pytest.raises(OSError, match="File name too long"):
        write_into(tmp_path, {"a": b"new", "b" * 300: b"new"})

    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a", "old")]


@pytest.mark.parametrize("path", ["../a", "/a", "a/../b", "a//b", "a/./b", "", "a\\b", "a\0"])
def test_a_tree_has_no_path_that_leads_out_of_it(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no path within"):
        write_tree(tmp_path / "tree", {path: b""})


def test_an_empty_file_is_made_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    create_empty_file(tmp_path / "a")

    assert (tmp_path / "a").read_text() == "old"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_newsroom_is_for_everybody_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    code = "import sys; from pathlib import Path; from pressgen.channels.folder import publish_files;"
    code += "publish_files(Path(sys.argv[1]), {'2031/a/index.html': b'x', 'index.html': b'x'})"

    subprocess.run([sys.executable, "-c", code, tmp_path / "www" / "news"], umask=umask, check=True)

    made = [tmp_path / "www", *(tmp_path / "www").rglob("*")]
    assert {mode(each) for each in made if each.is_dir()} == {0o755}
    assert {mode(each) for each in made if each.is_file()} == {0o644}


def test_a_newsroom_file_that_nobody_could_read_is_published_anew(tmp_path: Path) -> None:
    publish_files(tmp_path, {"index.html": b"x"})
    (tmp_path / "index.html").chmod(0o600)

    publish_files(tmp_path, {"index.html": b"x"})

    assert mode(tmp_path / "index.html") == 0o644


def test_a_folder_that_gets_files_under_embargo_is_not_for_everybody(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    publish_files(tmp_path / "early", {"bridge/a.pdf": b"x"}, (), Access.FOLDER)

    assert mode(tmp_path / "early") == mode(tmp_path / "early" / "bridge") == 0o750
    assert mode(tmp_path / "early" / "bridge" / "a.pdf") == 0o640


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "taken")
