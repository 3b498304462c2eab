"""Hosts: network namespaces of this machine, each with a cable of its own to where the databases are."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from machine import lack, need_program

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Host:
    """A namespace.

    Attributes:
        cable: our end of its cable.
        ours: our address as it is seen there.
    """

    name: str
    cable: str
    ours: str

    @property
    def inside(self) -> list[str]:
        """What stands before a command that runs there.

        Not `ip netns exec`: it changes the mount of /, which a root entered by chroot need not have.
        """
        return [need_program("nsenter"), f"--net=/run/netns/{self.name}", "--"]

    @property
    def inside_as_named(self) -> list[str]:
        """The same, where the machine itself is called as the host is."""
        name = 'echo "$0" > /proc/sys/kernel/hostname && exec "$@"'
        return [*self.inside, need_program("unshare"), "--uts", "--", "sh", "-c", name, self.name]

    def cut(self) -> None:
        """Pull the cable out."""
        _ip("link", "set", self.cable, "down")

    def join(self) -> None:
        """Put it in again."""
        _ip("link", "set", self.cable, "up")


@contextmanager
def hosts(beginning: str, network: int, count: int) -> Iterator[list[Host]]:
    """So many hosts, and nothing left of them at the end.

    Args:
        beginning: of their names, at most ten characters, which no other test uses at the same time.
        network: 10.NETWORK.x.x is theirs alone.
        count: how many.
    """
    made = [
        Host(f"{beginning}{number}", f"{beginning}w{number}", f"10.{network}.{number}.1")
        for number in range(1, count + 1)
    ]
    try:
        for host in made:
            _ip("netns", "add", host.name)
            _ip("link", "add", host.cable, "type", "veth", "peer", "name", "eth0", "netns", host.name)
            _ip("address", "add", f"{host.ours}/24", "dev", host.cable)
            _ip("link", "set", host.cable, "up")
            theirs = f"{host.ours.removesuffix('1')}2/24"
            for command in (("address", "add", theirs, "dev", "eth0"), ("link", "set", "eth0", "up")):
                _run([*host.inside, "ip", *command])
        yield made
    finally:
        for host in made:
            subprocess.run(["ip", "netns", "delete", host.name], capture_output=True, check=False)


def _ip(*arguments: str) -> None:
    _run([need_program("ip"), *arguments])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lack(f"this machine makes no network namespaces: {done.stderr.strip()}")
