"""A store that many machines share: a folder or an S3-compatible bucket.

Its files may be under embargo, so a store is private: it never asks for access for others, keys come from the
environment and are never shown, and a bucket that strangers can read is refused before anything is put into it.
"""

from __future__ import annotations

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

from pressgen.channels.outcome import clean_reply
from pressgen.channels.safe_folder import split_path
from pressgen.errors import EnvironmentFailureError, StateError, UsageError, describe_fault
from pressgen.files.atomic import make_folder, write_into

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

S3: Final = "s3://"
QUEUE: Final = ".queue"
"""The folder for everything but results: messages between machines, and incomplete files."""
INCOMING: Final = f"{QUEUE}/incoming"
PARALLEL: Final = 32
"""Files that are fetched at a time: a store answers each in milliseconds, but it is far away."""
QUICKLY: Final = 8
"""Seconds after which a request has ended, with or without success: a machine that is cut off loses its work to
another after eleven (see `scheduler.worker_lock`), and nothing that it has sent may arrive after that."""
KEYS: Final = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID")


class StoreUnreachableError(EnvironmentFailureError):
    """A store that does not answer, or refuses us, for now."""


class ObjectStore:
    """A store of files by path, in a folder or bucket.

    One object may be used by many threads.

    Attributes:
        address: `s3://BUCKET/PREFIX`, or the folder's absolute path.
    """

    def __init__(self, given: str) -> None:
        """Open the store at `given`, a folder or `s3://BUCKET/PREFIX`.

        A folder is created if it is missing.

        Raises:
            UsageError: it is neither, or holds a key.
            EnvironmentFailureError: the library for S3 is not installed.
            StoreUnreachableError: the folder cannot be created.
        """
        import fsspec

        self._object_store = given.startswith(S3)
        if self._object_store:
            self.address = S3 + _parse_address(given)
            self._root = _parse_address(given)
            self._files: Any = _open_s3()
            return
        if "://" in given.removeprefix("file://"):
            raise UsageError(
                f"{given.partition('://')[0]}:// is not a kind of store that pressgen knows;"
                " give a folder, or s3://BUCKET/PREFIX"
            )
        self.address = self._root = str(Path(given.removeprefix("file://")).absolute())
        with self._plainly():
            make_folder(Path(self._root))
        self._files = fsspec.filesystem("file", skip_instance_cache=True)

    def put(self, path: str, content: bytes) -> None:
        """Put a file whole.

        Readers see the old file, or none, until the new one is complete.

        Raises:
            StoreUnreachableError: it cannot be put.
        """
        where = self._at(path)
        with self._plainly():
            if self._object_store:
                self._files.pipe_file(where, content)  # an object appears when all of it has arrived
                return
            aside = token_hex(8)
            write_into(Path(self._at(INCOMING)), {aside: content})
            make_folder(Path(where).parent)
            try:
                Path(self._at(f"{INCOMING}/{aside}")).replace(where)
            except OSError:
                with suppress(OSError):
                    Path(self._at(f"{INCOMING}/{aside}")).unlink()
                raise

    def get(self, path: str) -> bytes | None:
        """Return the bytes of a file, None where there is none.

        Raises:
            StoreUnreachableError: the store does not answer.
        """
        with self._plainly():
            try:
                found: bytes = self._files.cat_file(self._at(path))
            except (FileNotFoundError, NotADirectoryError):
                return None
            return found

    def get_many(self, paths: Iterable[str]) -> dict[str, bytes | None]:
        """Return the bytes of many files at a time, by path.

        None for a missing file.

        Raises:
            StoreUnreachableError: the store does not answer.
        """
        wanted = list(paths)
        with ThreadPoolExecutor(PARALLEL) as pool:
            return dict(zip(wanted, pool.map(self.get, wanted), strict=True))

    def names(self, folder: str = "") -> set[str]:
        """Return the names of the files and folders directly in a folder.

        Raises:
            StoreUnreachableError: the store does not answer.
        """
        with self._plainly():
            try:
                listed = self._files.ls(f"{self._root}/{folder}".rstrip("/"), detail=False)
            except (FileNotFoundError, NotADirectoryError):
                return set()
        return {each.rstrip("/").rpartition("/")[2] for each in listed}

    def take_away(self, path: str) -> None:
        """Remove a file, if it is there.

        Raises:
            StoreUnreachableError: the store does not answer.
        """
        with self._plainly(), suppress(FileNotFoundError):
            self._files.rm_file(self._at(path))

    def keep_private(self) -> None:
        """Check that a stranger without a key cannot read the bucket.

        Raises:
            StateError: a stranger can.
            StoreUnreachableError: the store cannot be written.
        """
        if not self._object_store:
            return
        probe = f"{token_hex(16)}.probe"
        self.put(probe, b"may a stranger read this?")
        try:
            stranger = _open_s3(anon=True)
            try:
                bucket, _, key = self._at(probe).partition("/")
                stranger.call_s3("get_object", Bucket=bucket, Key=key)
            except Exception:  # noqa: BLE001 - any error means that strangers have no access
                return
        finally:
            self.take_away(probe)
        raise StateError(
            f"{self.address}: strangers can read its files, which may be under embargo; close the bucket to the"
            " public (Block Public Access, no public policy or ACL), or give another"
        )

    def _at(self, path: str) -> str:
        return "/".join([self._root, *split_path(path)])

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn the store's errors into advice for its user.

        Every error of a bucket is turned; of a folder, only those of the system.
        """
        try:
            yield
        except FileNotFoundError:
            raise StoreUnreachableError(
                f"{self.address} does not exist: create the bucket or the folder, or correct the name"
            ) from None
        except PermissionError as error:
            mend = "check the keys (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE) and their permissions"
            way = mend if self._object_store else "let the user who runs pressgen write there"
            raise StoreUnreachableError(f"{self.address} refuses: {_describe_error(error)}; {way}") from None
        except Exception as error:
            if isinstance(error, (OSError, TimeoutError)) or self._object_store:
                mend = "check that the store is running, that this machine can reach it, and AWS_ENDPOINT_URL"
                way = mend if self._object_store else "check that the disk is there and has room"
                raise StoreUnreachableError(f"{self.address} cannot be used: {_describe_error(error)}; {way}") from None
            raise


def _parse_address(given: str) -> str:
    """Return the bucket and prefix of an address.

    Raises:
        UsageError: there is no bucket, or the address has a key in it, which the message does not repeat.
    """
    found = given.removeprefix(S3).strip("/")
    if "@" in found or "?" in found:
        raise UsageError(
            "the address of a store must not contain a key: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead"
        )
    try:
        return "/".join(split_path(found))
    except ValueError:
        raise UsageError(f"{given} names no bucket; write s3://BUCKET/PREFIX") from None


def _open_s3(*, anon: bool = False) -> Any:  # noqa: ANN401 - the library has no types
    try:
        from s3fs import S3FileSystem
    except ModuleNotFoundError:
        raise EnvironmentFailureError("s3:// needs a library; install it with: pip install 'pressgen[s3]'") from None
    quickly = {
        "connect_timeout": QUICKLY / 2,
        "read_timeout": QUICKLY,
        "retries": {"max_attempts": 0},
        "connector_args": {"socket_factory": _open_socket},
    }
    files = S3FileSystem(anon=anon, config_kwargs=quickly, use_listings_cache=False, skip_instance_cache=True)
    files.retries = 1  # callers check before each attempt whether they may still put the file
    return files


def _open_socket(address: tuple[int, int, int, str, object]) -> socket.socket:
    """Open a socket with a kernel timeout for unacknowledged data.

    It holds also when no code waits for the socket any more.
    """
    made = socket.socket(*address[:3])
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, QUICKLY * 1000)
    return made


def _describe_error(error: Exception) -> str:
    """Return a store's error message on one line, without any key."""
    said = (isinstance(error, OSError) and error.strerror) or str(error) or describe_fault(error)
    for name in KEYS:
        if value := os.environ.get(name):
            said = said.replace(value, "(secret)")
    return clean_reply(said)
