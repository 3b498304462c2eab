"""Depots: a folder, and a bucket of a real S3-compatible store."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import pytest

from bucket import KEYS, Bucket, bucket
from channels.servers import raw_server
from pressgen.channels.object_store import INCOMING, ObjectStore, StoreUnreachableError
from pressgen.errors import EnvironmentFailureError, StateError, UsageError


@pytest.fixture(scope="module")
def store() -> Iterator[Bucket]:
    with bucket() as made:
        yield made


@pytest.fixture
def in_bucket(store: Bucket, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> ObjectStore:
    for name, value in store.environment().items():
        monkeypatch.setenv(name, value)
    return ObjectStore(f"s3://press/{request.node.name.partition('[')[0]}")


@pytest.fixture(params=["folder", "bucket"])
def depot(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    return ObjectStore(str(tmp_path / "depot")) if request.param == "folder" else request.getfixturevalue("in_bucket")


def test_what_is_put_is_got_and_what_is_not_there_is_none(depot: ObjectStore) -> None:
    depot.put("bridge/public/bridge.txt", b"Bridge opens")
    depot.put("bridge/public/bridge.txt", b"Bridge closed")

    assert depot.get("bridge/public/bridge.txt") == b"Bridge closed"
    assert depot.get("bridge/public/bridge.pdf") is None
    assert depot.get_many(["bridge/public/bridge.txt", "none"]) == {
        "bridge/public/bridge.txt": b"Bridge closed", "none": None,
    }  # fmt: skip


def test_names_are_those_right_in_a_folder(depot: ObjectStore) -> None:
    depot.put("one/public/a.txt", b"a")
    depot.put("two/public/b.txt", b"b")

    assert depot.names() - {".queue"} == {"one", "two"}
    assert depot.names("two/public") == {"b.txt"}
    assert depot.names("three") == set()


def test_what_is_taken_away_is_gone_and_may_be_so_twice(depot: ObjectStore) -> None:
    depot.put("a.txt", b"a")
    depot.take_away("a.txt")
    depot.take_away("a.txt")

    assert depot.get("a.txt") is None


@pytest.mark.parametrize("path", ["../outside", "a/../../b", "/etc/passwd", "a//b", ""])
def test_no_path_leads_out(depot: ObjectStore, path: str) -> None:
    with pytest.raises((ValueError, StoreUnreachableError), match="no path within"):
        depot.put(path, b"x")


def test_who_looks_while_a_file_is_put_finds_the_old_or_the_new_one_whole(tmp_path: Path) -> None:
    depot = ObjectStore(str(tmp_path))
    contents = [bytes([number]) * 2_000_000 for number in range(2)]
    depot.put("a", contents[0])
    seen, stop = set(), threading.Event()

    def look() -> None:
        while not stop.is_set():
            seen.add(depot.get("a") in contents)

    watcher = threading.Thread(target=look)
    watcher.start()
    for number in range(60):
        depot.put("a", contents[number % 2])
    stop.set()
    watcher.join()

    assert seen == {True}
    assert depot.names(INCOMING) == set()


def test_a_new_folder_is_not_for_others(tmp_path: Path) -> None:
    ObjectStore(str(tmp_path / "depot"))

    assert (tmp_path / "depot").stat().st_mode & 0o007 == 0


def test_objects_are_put_without_any_right_for_others(in_bucket: ObjectStore, store: Bucket) -> None:
    in_bucket.put("secret.txt", b"embargoed")

    grants = store.ask(
        f"print([g['Grantee'].get('URI') for g in s3.get_object_acl(Bucket='press',"
        f" Key='{in_bucket.address.removeprefix('s3://press/')}/secret.txt')['Grants']])"
    )
    assert grants == "[None]"


def test_a_private_bucket_is_taken(in_bucket: ObjectStore) -> None:
    in_bucket.keep_private()

    assert not [name for name in in_bucket.names() if name.endswith(".probe")]


def test_a_bucket_that_strangers_may_read_is_refused(in_bucket: ObjectStore, store: Bucket) -> None:
    policy = (
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",'
        '"Resource":"arn:aws:s3:::press/*"}]}'
    )
    store.ask(f"s3.put_bucket_policy(Bucket='press', Policy={policy!r})")
    try:
        with pytest.raises(StateError, match="strangers can read"):
            in_bucket.keep_private()
    finally:
        store.ask("s3.delete_bucket_policy(Bucket='press')")


@pytest.mark.usefixtures("in_bucket")
def test_a_bucket_that_is_not_there_is_told() -> None:
    with pytest.raises(StoreUnreachableError, match=r"^s3://elsewhere/x does not exist: create the bucket"):
        ObjectStore("s3://elsewhere/x").put("a.txt", b"a")


def test_a_store_that_is_away_is_told_without_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASECRET")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "open-sesame")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")

    with pytest.raises(StoreUnreachableError, match="check that the store is running") as refusal:
        ObjectStore("s3://press/archive").get("a.txt")

    assert "AKIASECRET" not in str(refusal.value)
    assert "open-sesame" not in str(refusal.value)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("s3://", "names no bucket"),
        ("s3://press/../other", "names no bucket"),
        ("s3://AKIA:sesame@press/archive", "must not contain a key"),
        ("https://press.example/archive", "https:// is not a kind of store"),
        ("gs://press/archive", "gs:// is not a kind of store"),
    ],
)
def test_an_address_that_is_none_is_refused_without_repeating_a_key(address: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as refusal:
        ObjectStore(address)

    assert "sesame" not in str(refusal.value)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(StoreUnreachableError, match=r"cannot be used|refuses|is not there"):
        ObjectStore(str(tmp_path / "file" / "depot"))


def test_a_store_that_refuses_the_keys_says_which_to_check(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(caller: socket) -> None:
        caller.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    with raw_server(refuse) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        with pytest.raises(StoreUnreachableError, match="check the keys .* and their permissions"):
            ObjectStore("s3://press/archive").get("a.txt")


def test_a_machine_without_the_library_for_s3_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)

    with pytest.raises(EnvironmentFailureError, match=r"s3:// needs a library; install it with: pip install"):
        ObjectStore("s3://bucket/prefix").get("a")
