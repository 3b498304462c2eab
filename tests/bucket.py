"""An S3-compatible store of the tests' own: moto's server, on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from machine import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "press"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIATESTS", "AWS_SECRET_ACCESS_KEY": "open-sesame", "AWS_DEFAULT_REGION": "eu-west-2"}


@dataclass(frozen=True)
class Bucket:
    """A store that runs, with a bucket of the name `press`."""

    port: int

    def environment(self, host: str = "127.0.0.1") -> dict[str, str]:
        """What a process needs to use it, on a machine that reaches it as `host`."""
        return {**KEYS, "AWS_ENDPOINT_URL": f"http://{host}:{self.port}"}

    def ask(self, program: str) -> str:
        """What a few lines of Python print, in which `s3` is a client with keys."""
        given = f"import boto3; s3 = boto3.client('s3'); {program}"
        done = subprocess.run(
            [sys.executable, "-c", given], env={**os.environ, **self.environment()},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()


@contextmanager
def bucket(listening: str = "127.0.0.1") -> Iterator[Bucket]:
    """Start the store, make its bucket, and end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [Path(sys.executable).with_name("moto_server"), "-H", listening, "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            made = Bucket(port)
            where = {"LocationConstraint": KEYS["AWS_DEFAULT_REGION"]}
            made.ask(f"s3.create_bucket(Bucket={NAME!r}, CreateBucketConfiguration={where!r})")
            yield made
        finally:
            server.kill()


def _wait_for(port: int) -> None:
    for _ in range(10 * PATIENCE):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the store does not come up")
