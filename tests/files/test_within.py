"""What lies in a folder can be read; nothing else, whatever links say."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.files.within import (
    OutsideFolderError,
    UnsuitableFileError,
    list_within,
    read_user_file,
    read_within,
    resolve_within,
    write_within,
)

FOREIGN = "not for the press"
LARGEST = 100


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a file in it, and a file beside it."""
    root = tmp_path / "office"
    (root / "a" / "b").mkdir(parents=True)
    (root / "a" / "b" / "file").write_text("ours")
    (tmp_path / "secret").write_text(FOREIGN)
    return root


@pytest.mark.parametrize("target", ["b/file", "../a/b/file", "b/../b/./file", "{root}/a/b/file", "b//file"])
def test_a_link_that_stays_within_is_followed(root: Path, target: str) -> None:
    (root / "a" / "link").symlink_to(target.format(root=root))

    assert read_within(root, root / "a" / "link", LARGEST) == b"ours"
    assert resolve_within(root, root / "a" / "link") == root / "a" / "b" / "file"


@pytest.mark.parametrize(
    "target",
    ["../../secret", "{out}/secret", "/proc/self/root{out}/secret", "../../office/a/b/file", "{root}/../secret",
     "b/../../../secret", "{root}-other/file", "/dev/zero", "/etc/passwd"],
)  # fmt: skip
@pytest.mark.parametrize("in_the_middle", [False, True])
def test_a_link_that_leads_out_is_refused(root: Path, target: str, in_the_middle: bool) -> None:  # noqa: FBT001
    path = Path(target.format(root=root, out=root.parent))
    link = root / "a" / "link"
    link.symlink_to(path.parent if in_the_middle else path)

    with pytest.raises(
        OutsideFolderError, match="a/link is a symbolic link to .*, outside .*; put the file or folder itself"
    ):
        read_within(root, link / path.name if in_the_middle else link, LARGEST)


@pytest.mark.parametrize("path", ["../secret", "a/../../secret", "..", "a/b/../../../secret"])
def test_a_path_that_leads_out_is_refused(root: Path, path: str) -> None:
    with pytest.raises(OutsideFolderError):
        read_within(root, root / path, LARGEST)


def test_a_path_of_another_folder_is_refused(root: Path) -> None:
    with pytest.raises(OutsideFolderError):
        read_within(root, Path(f"{root}-other") / "file", LARGEST)


def test_links_in_a_ring_end(root: Path) -> None:
    (root / "one").symlink_to("two")
    (root / "two").symlink_to("one")

    with pytest.raises(OSError, match="Too many levels"):
        read_within(root, root / "one", LARGEST)


def test_the_folder_itself_may_be_reached_by_a_link(root: Path) -> None:
    (root.parent / "link").symlink_to(root)
    (root / "absolute").symlink_to(root / "a" / "b" / "file")

    assert read_within(root.parent / "link", root.parent / "link" / "absolute", LARGEST) == b"ours"


def test_a_pipe_and_a_socket_are_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe")
    (root / "link").symlink_to("pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "socket"))

    for name in ("pipe", "link", "socket"):
        with pytest.raises(UnsuitableFileError, match="not a regular file"):
            read_within(root, root / name, LARGEST)
    with pytest.raises(UnsuitableFileError, match="not a regular file"):
        read_user_file(root / "pipe", LARGEST)


def test_a_folder_is_no_file(root: Path) -> None:
    for path in (root, root / "a"):
        with pytest.raises(IsADirectoryError):
            read_within(root, path, LARGEST)


def test_a_file_that_is_too_large_is_not_read(root: Path) -> None:
    with (root / "large").open("wb") as file:
        file.truncate(1 << 40)

    with pytest.raises(UnsuitableFileError, match="larger than"):
        read_within(root, root / "large", LARGEST)


@pytest.mark.parametrize("size", [LARGEST - 1, LARGEST])
def test_a_file_may_have_as_many_bytes_as_are_allowed(root: Path, size: int) -> None:
    (root / "file").write_bytes(b"x" * size)

    assert len(read_within(root, root / "file", LARGEST)) == size


def test_files_are_listed_and_links_out_with_them(root: Path) -> None:
    for name, target in {"in": "a/b/file", "out": "../secret", "folder": "a", "away": "..", "gone": "x"}.items():
        (root / name).symlink_to(target)
    os.mkfifo(root / "pipe")

    assert list_within(root, root) == ["a/b/file", "away", "in", "out"]


def test_a_folder_that_leads_out_is_not_listed(root: Path) -> None:
    (root / "away").symlink_to("..")

    with pytest.raises(OutsideFolderError):
        list_within(root, root / "away")


def test_a_link_that_leads_out_is_not_written_through(root: Path) -> None:
    (root / "away").symlink_to("..")

    with pytest.raises(OutsideFolderError):
        write_within(root, root / "away" / "new", {"file": b"x"})

    assert sorted(each.name for each in root.parent.iterdir()) == ["office", "secret"]


def test_a_folder_is_made_behind_a_link_that_stays_within(root: Path) -> None:
    (root / "link").symlink_to("a/b")

    write_within(root, root / "link" / "new", {"file": b"x"})

    assert (root / "a" / "b" / "new" / "file").read_bytes() == b"x"


def test_a_link_that_is_swapped_all_the_while_gives_away_nothing(root: Path) -> None:
    """Between every look and every opening: the content that comes back is ours, or none."""
    ends = threading.Event()
    folder, link = root / "a" / "b", root / "a" / "swap"
    (root.parent / "file").write_text(FOREIGN)

    def swap() -> None:
        while not ends.is_set():
            for target in (root.parent, folder):
                link.with_name("next").symlink_to(target)
                link.with_name("next").replace(link)
                (folder / "next").symlink_to(root.parent / "secret")
                (folder / "next").replace(folder / "changing")
                (folder / "next").write_text("ours")
                (folder / "next").replace(folder / "changing")

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        read: set[bytes] = set()
        for _ in range(3000):
            for path in (link / "file", folder / "changing"):
                try:
                    read.add(read_within(root, path, LARGEST))
                except OSError:
                    continue
    finally:
        ends.set()
        thread.join()

    assert read == {b"ours"}


NAMES = st.sampled_from(["a", "b", "c", "..", ".", "link", "other", "file", "/"])


LINKS = st.dictionaries(st.sampled_from(["link", "other", "c"]), st.lists(NAMES, min_size=1))


@given(st.lists(NAMES, max_size=8), LINKS)
def test_what_is_read_lies_within_by_the_word_of_the_system(
    tmp_path_factory: pytest.TempPathFactory, path: list[str], links: dict[str, list[str]]
) -> None:
    """Compared with `os.path.realpath`, which knows nothing of handles."""
    root = tmp_path_factory.mktemp("links") / "a"
    (root / "a" / "b").mkdir(parents=True)
    for each in (root, root / "a", root / "a" / "b", root.parent):
        (each / "file").write_text(str(each))
    for name, target in links.items():
        (root / "a" / name).symlink_to("/".join(target))
    named = root.joinpath(*[each for each in path if each != "/"])

    try:
        content = read_within(root, named, 10_000)
    except OSError:
        return

    real = Path(os.path.realpath(named))
    assert real.is_relative_to(root)
    assert content == real.read_bytes()


def test_folders_within_each_other_are_listed_to_a_depth(root: Path) -> None:
    (root / Path(*["a"] * 70)).mkdir(parents=True)

    with pytest.raises(UnsuitableFileError, match="has more than 64 folders within each other"):
        list_within(root, root)
