from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from pressgen.channels.credentials import (
    Secret,
    read_secret_from_environment,
    read_secret_from_file,
    read_secret_from_keyring,
)
from pressgen.errors import EnvironmentFailureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Chest(KeyringBackend):
    """A keyring in memory, which may be locked."""

    priority = 1.0  # type: ignore[assignment]
    locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("hunter2 is locked")
        return {("pressgen", "mail"): "hunter2"}.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError

    def delete_password(self, service: str, username: str) -> None:
        raise NotImplementedError


@pytest.fixture
def chest() -> Iterator[Chest]:
    before, made = keyring.get_keyring(), Chest()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.mark.usefixtures("chest")
def test_a_secret_comes_from_the_systems_keyring() -> None:
    assert read_secret_from_keyring("mail", "the mail") == Secret("hunter2")


@pytest.mark.usefixtures("chest")
def test_a_keyring_without_the_secret_says_how_to_put_it_there() -> None:
    with pytest.raises(EnvironmentFailureError, match="keyring set pressgen wire"):
        read_secret_from_keyring("wire", "the mail")


def test_a_locked_keyring_is_told_without_its_words(chest: Chest) -> None:
    chest.locked = True

    with pytest.raises(EnvironmentFailureError, match="unlock it") as raised:
        read_secret_from_keyring("mail", "the mail")

    assert "hunter2" not in str(raised.value)


def test_a_secret_does_not_show_itself() -> None:
    assert "hunter2" not in f"{Secret('hunter2')} {Secret('hunter2')!r} {[Secret('hunter2')]}"


def test_a_secret_comes_from_the_environment() -> None:
    assert read_secret_from_environment("KEY", {"KEY": "hunter2"}, "the mail") == Secret("hunter2")


@pytest.mark.parametrize("environment", [{}, {"KEY": ""}])
def test_a_secret_that_is_not_set_is_asked_for(environment: dict[str, str]) -> None:
    with pytest.raises(EnvironmentFailureError, match="KEY is not set: it holds the secret for the mail"):
        read_secret_from_environment("KEY", environment, "the mail")


def test_a_secret_is_the_first_line_of_a_file_of_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("hunter2 \r\nsecond\n")
    file.chmod(0o600)

    assert read_secret_from_file(file, "the mail") == Secret("hunter2 ")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_may_read_is_refused(mode: int, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("hunter2")
    file.chmod(mode)

    with pytest.raises(EnvironmentFailureError, match="chmod 600"):
        read_secret_from_file(file, "the mail")


def test_a_file_that_is_missing_or_empty_or_a_link_or_no_text_is_refused(tmp_path: Path) -> None:
    for name, content in (("empty", b"\n"), ("bytes", b"\xff")):
        (tmp_path / name).write_bytes(content)
        (tmp_path / name).chmod(0o600)
    (tmp_path / "link").symlink_to(tmp_path / "empty")

    for name in ("empty", "bytes", "link", "missing", "."):
        with pytest.raises(EnvironmentFailureError, match="for the mail"):
            read_secret_from_file(tmp_path / name, "the mail")


def test_a_pipe_in_the_place_of_a_secret_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "secret", 0o600)

    with pytest.raises(EnvironmentFailureError, match=", for the mail, is not a file"):
        read_secret_from_file(tmp_path / "secret", "the mail")


def test_a_machine_without_the_keyring_library_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(
        EnvironmentFailureError, match=r"the keyring, for the mail, needs: pip install 'pressgen\[keyring"
    ):
        read_secret_from_keyring("mail", "the mail")
