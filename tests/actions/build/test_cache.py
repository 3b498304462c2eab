"""What is kept comes back as it was, or not at all."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.actions.build.cache import SUBFOLDERS, BuildCache, CacheEntryCorruptError, CacheFolder, FormatOutput
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import Place, Problem, Severity
from pressgen.model.artifact import Artifact, Format

KEY, OTHER = (sha256(each).hexdigest() for each in (b"one", b"other"))


@pytest.fixture
def cache(tmp_path: Path) -> CacheFolder:
    return CacheFolder(tmp_path / "cache", SUBFOLDERS * 1000)


def lying(cache: CacheFolder) -> list[Path]:
    return [path for path in cache.folder.rglob("*") if path.is_file()]


def test_what_was_put_in_comes_back(cache: CacheFolder) -> None:
    cache.put(KEY, b"words")

    assert (cache.get(KEY), cache.get(OTHER)) == (b"words", None)


@given(at=st.integers(0, 36), bit=st.integers(0, 7))
def test_a_flipped_bit_is_noticed(tmp_path_factory: pytest.TempPathFactory, at: int, bit: int) -> None:
    cache = CacheFolder(tmp_path_factory.mktemp("cache"), SUBFOLDERS * 1000)
    cache.put(KEY, b"words")
    (file,) = lying(cache)
    kept = bytearray(file.read_bytes())
    kept[at] ^= 1 << bit
    file.write_bytes(kept)

    with pytest.raises(CacheEntryCorruptError):
        cache.get(KEY)

    assert cache.get(KEY) is None


@pytest.mark.parametrize("size", [0, 10, 36])
def test_a_cut_off_file_is_noticed(cache: CacheFolder, size: int) -> None:
    cache.put(KEY, b"words")
    (file,) = lying(cache)
    file.write_bytes(file.read_bytes()[:size])

    with pytest.raises(CacheEntryCorruptError):
        cache.get(KEY)


def test_what_lies_under_another_key_is_no_better_than_damaged(cache: CacheFolder) -> None:
    cache.put(KEY, b"words")
    cache.put(OTHER, b"other words")
    one, other = sorted(lying(cache), key=lambda each: each.name != KEY)
    one.write_bytes(other.read_bytes())

    with pytest.raises(CacheEntryCorruptError):
        cache.get(KEY)


def test_the_oldest_goes_first_and_the_bound_is_kept(cache: CacheFolder) -> None:
    same_drawer = [f"00{number:062x}" for number in range(10)]
    for key in same_drawer:
        cache.put(key, bytes(200))
        cache.mark_used(same_drawer[0])

    held = [key for key in same_drawer if cache.get(key) is not None]

    assert held[0] == same_drawer[0]
    assert held[-1] == same_drawer[-1]
    assert sum(path.stat().st_size for path in lying(cache)) <= 1000


def test_what_would_fill_a_drawer_alone_is_not_kept(cache: CacheFolder) -> None:
    cache.put(KEY, bytes(1001))

    assert cache.get(KEY) is None


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    cache = CacheFolder(tmp_path / "cache", 1 << 20)

    cache.put(KEY, b"words")

    assert cache.get(KEY) is None


remarks = st.builds(
    Problem, code=st.text(), message=st.text(), place=st.builds(Place, st.text(), st.integers(), st.integers()),
    path=st.text(), severity=st.sampled_from(Severity), extent=st.integers(),
)  # fmt: skip
artifacts = st.builds(Artifact, st.text(), st.sampled_from(Format), st.binary(), st.lists(remarks).map(tuple))


@given(st.lists(artifacts).map(tuple), st.dictionaries(st.text(), st.text()))
def test_made_files_come_back_with_all_that_was_said_of_them(
    tmp_path_factory: pytest.TempPathFactory, files: tuple[Artifact, ...], made_with: dict[str, str]
) -> None:
    cache = BuildCache(Workspace(tmp_path_factory.mktemp("workspace")))
    output = FormatOutput(files, made_with)
    made = []

    for _ in range(2):
        assert cache.get_or_make(KEY, lambda: made.append(1) or output) == output

    assert len(made) == 1
