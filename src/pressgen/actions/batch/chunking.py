"""Split many releases into chunks for build services.

They are long enough that the overhead is small, and short enough that a crash costs little.

A chunk takes a service with all its cores 10 to 60 seconds. There are about as many chunks as sixteen services can
share. None is shorter than ten seconds, compared with half a second between two chunks; none is longer than a minute,
which is the most that a crash costs. The time for a release is taken from recent builds with the same request; where
there were none, it is estimated from what a file of each format takes one core of an ordinary machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pressgen.model.artifact import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.actions.batch.work_package import BatchRequest

SHORTEST, LONGEST, SHARED_BY = 10.0, 60.0, 16
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a chunk's files: the most that a service should have to hold at once."""
READING: Final = 0.01
"""Seconds to read and check a release."""
MAKING: Final = {Format.DOCX: 0.012, Format.PDF: 0.06, Format.HTML: 0.004, Format.TXT: 0.001}
"""Seconds to build and verify a file."""
CORES: Final = 2


def estimate_seconds(ordered: BatchRequest) -> float:
    """Estimate how many seconds a service takes for a release."""
    variants = len(ordered.variants) or 2
    return (READING + variants * sum(MAKING[each] for each in ordered.formats)) / CORES


def compute_chunk_size(releases: int, seconds: float) -> int:
    """Compute how many releases a chunk should contain."""
    long = min(max(releases * seconds / SHARED_BY, SHORTEST), LONGEST)
    return max(1, round(long / seconds))


def split_into_chunks(sizes: Iterable[tuple[str, int]], most: int) -> Iterator[list[str]]:
    """Split releases into chunks by number and size of files."""
    chunk: list[str] = []
    held = 0
    for slug, size in sizes:
        if chunk and (len(chunk) == most or held + size > LARGEST):
            yield chunk
            chunk, held = [], 0
        chunk.append(slug)
        held += size
    if chunk:
        yield chunk
