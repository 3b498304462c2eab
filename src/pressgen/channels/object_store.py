"""A depot: where many machines put what they make, a shared folder or a bucket of an S3-compatible store.

What lies there may be under embargo, so a depot is private: no access for others is ever asked for, keys come from the
environment and are never shown, and a bucket that strangers may read is refused before anything is put into it.
"""

from __future__ import annotations

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

from pressgen.channels.outcome import quoted
from pressgen.channels.safe_folder import steps_of
from pressgen.errors import MachineLacks, StateForbids, WrongUse
from pressgen.files.modes import make_folder
from pressgen.files.writing import write_into

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

S3: Final = "s3://"
QUEUE: Final = ".queue"
"""Where lies what is no result: what passes between machines, and what is not whole yet."""
INCOMING: Final = f"{QUEUE}/incoming"
PARALLEL: Final = 32
"""Files that are fetched at a time: a store answers each in milliseconds, but far away."""
QUICKLY: Final = 8
"""Seconds within which a request has ended, whatever becomes of it: a machine that is cut off loses its work to another
after eleven (see `engine.seat`), and nothing that it has sent may arrive after that."""
KEYS: Final = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID")


class Unreachable(MachineLacks):
    """The depot does not answer, or not to us; it may do so later."""


class Depot:
    """Files by their path, with `/`. One object may be used by many threads.

    Attributes:
        address: `s3://BUCKET/PREFIX`, or the folder's absolute path.
    """

    def __init__(self, given: str) -> None:
        """The depot at `given`: a folder, which is made if need be, or `s3://BUCKET/PREFIX`.

        Raises:
            WrongUse: it is neither, or holds a key.
            MachineLacks: the library for S3 is not installed.
            Unreachable: the folder cannot be made.
        """
        import fsspec  # noqa: PLC0415 - only who works with a depot needs it

        self._object_store = given.startswith(S3)
        if self._object_store:
            self.address = S3 + _checked(given)
            self._root = _checked(given)
            self._files: Any = _s3()
            return
        if "://" in given.removeprefix("file://"):
            raise WrongUse(f"{given.partition('://')[0]}:// is no depot: give a folder, or s3://BUCKET/PREFIX")
        self.address = self._root = str(Path(given.removeprefix("file://")).absolute())
        with self._plainly():
            make_folder(Path(self._root))
        self._files = fsspec.filesystem("file", skip_instance_cache=True)

    def put(self, path: str, content: bytes) -> None:
        """Put a file whole: who looks meanwhile finds the old one, or none.

        Raises:
            Unreachable: it cannot be put.
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
        """The bytes of a file, None where there is none.

        Raises:
            Unreachable: nobody answers.
        """
        with self._plainly():
            try:
                found: bytes = self._files.cat_file(self._at(path))
            except (FileNotFoundError, NotADirectoryError):
                return None
            return found

    def get_many(self, paths: Iterable[str]) -> dict[str, bytes | None]:
        """As `get`, of many files at a time, by path.

        Raises:
            Unreachable: nobody answers.
        """
        wanted = list(paths)
        with ThreadPoolExecutor(PARALLEL) as pool:
            return dict(zip(wanted, pool.map(self.get, wanted), strict=True))

    def names(self, folder: str = "") -> set[str]:
        """The names of what lies right in a folder of the depot, files and folders.

        Raises:
            Unreachable: nobody answers.
        """
        with self._plainly():
            try:
                listed = self._files.ls(f"{self._root}/{folder}".rstrip("/"), detail=False)
            except (FileNotFoundError, NotADirectoryError):
                return set()
        return {each.rstrip("/").rpartition("/")[2] for each in listed}

    def take_away(self, path: str) -> None:
        """Take a file away, if it is there.

        Raises:
            Unreachable: nobody answers.
        """
        with self._plainly(), suppress(FileNotFoundError):
            self._files.rm_file(self._at(path))

    def keep_private(self) -> None:
        """See that a stranger, who has no key, cannot read what lies in the bucket.

        Raises:
            StateForbids: he can.
            Unreachable: the depot cannot be written.
        """
        if not self._object_store:
            return
        probe = f"{token_hex(16)}.probe"
        self.put(probe, b"may a stranger read this?")
        try:
            stranger = _s3(anon=True)
            try:
                bucket, _, key = self._at(probe).partition("/")
                stranger.call_s3("get_object", Bucket=bucket, Key=key)
            except Exception:  # noqa: BLE001 - whatever keeps a stranger out is good
                return
        finally:
            self.take_away(probe)
        raise StateForbids(
            f"{self.address}: strangers may read what lies there, and it may be under embargo; shut the bucket to the"
            " public (Block Public Access, no public policy or ACL), or give another"
        )

    def _at(self, path: str) -> str:
        return "/".join([self._root, *steps_of(path)])

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn what a store says into what its user can do; what holds no reason that mends itself is said as well."""
        try:
            yield
        except FileNotFoundError:
            raise Unreachable(f"{self.address} is not there: make the bucket or the folder, or mend the name") from None
        except PermissionError as error:
            mend = "see the keys (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE) and what they may do"
            way = mend if self._object_store else "let the user who runs pressgen write there"
            raise Unreachable(f"{self.address} refuses: {_said(error)}; {way}") from None
        except Exception as error:
            if isinstance(error, (OSError, TimeoutError)) or self._object_store:
                mend = "see that the store runs, that this machine reaches it, and what AWS_ENDPOINT_URL says"
                way = mend if self._object_store else "see that the disk is there and has room"
                raise Unreachable(f"{self.address} cannot be used: {_said(error)}; {way}") from None
            raise


def _checked(given: str) -> str:
    """Bucket and prefix of an address.

    Raises:
        WrongUse: there is no bucket, or the address has a key in it, which is not repeated.
    """
    found = given.removeprefix(S3).strip("/")
    if "@" in found or "?" in found:
        raise WrongUse("an address of a depot holds no key: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead")
    try:
        return "/".join(steps_of(found))
    except ValueError:
        raise WrongUse(f"{given} names no bucket; write s3://BUCKET/PREFIX") from None


def _s3(*, anon: bool = False) -> Any:  # noqa: ANN401 - the library has no types
    try:
        from s3fs import S3FileSystem  # noqa: PLC0415 - only who has a bucket needs it
    except ModuleNotFoundError:
        raise MachineLacks("s3:// needs a library; install it with: pip install 'pressgen[s3]'") from None
    quickly = {
        "connect_timeout": QUICKLY / 2,
        "read_timeout": QUICKLY,
        "retries": {"max_attempts": 0},
        "connector_args": {"socket_factory": _socket},
    }
    files = S3FileSystem(anon=anon, config_kwargs=quickly, use_listings_cache=False, skip_instance_cache=True)
    files.retries = 1  # who puts something asks first, before each attempt, whether it is still his to put
    return files


def _socket(address: tuple[int, int, int, str, object]) -> socket.socket:
    """A socket whose kernel gives up what has not arrived in time, also when nobody waits for it any more."""
    made = socket.socket(*address[:3])
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, QUICKLY * 1000)
    return made


def _said(error: Exception) -> str:
    """What a store says, in a line, without any key."""
    said = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    for name in KEYS:
        if value := os.environ.get(name):
            said = said.replace(value, "(secret)")
    return quoted(said)
