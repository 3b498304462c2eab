"""Cut many releases into chunks: long enough that handing them out is nothing, short enough that little is lost.

A chunk takes 10 to 60 seconds of a service with all its cores: about as many chunks as sixteen services can share,
none shorter than ten seconds, beside which half a second between two chunks is little; none longer than a minute,
which is what a crash may cost. How long a release takes is what it took lately to the same order; where none was
made to it yet, it is estimated from what a file of each format takes one core of an ordinary machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pressgen.model.artifact import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.actions.batch.work_package import Ordered

SHORTEST, LONGEST, SHARED_BY = 10.0, 60.0, 16
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a chunk's files: more than that no service should have to hold at once."""
READING: Final = 0.01
"""Seconds to read and check a release."""
MAKING: Final = {Format.DOCX: 0.012, Format.PDF: 0.06, Format.HTML: 0.004, Format.TXT: 0.001}
"""Seconds to make and verify a file."""
CORES: Final = 2


def estimated(ordered: Ordered) -> float:
    """Seconds that a service takes for a release of ordinary length."""
    variants = len(ordered.variants) or 2
    return (READING + variants * sum(MAKING[each] for each in ordered.formats)) / CORES


def per_chunk(releases: int, seconds: float) -> int:
    """How many of so many releases are a chunk, where each takes so many seconds."""
    long = min(max(releases * seconds / SHARED_BY, SHORTEST), LONGEST)
    return max(1, round(long / seconds))


def cut(sizes: Iterable[tuple[str, int]], most: int) -> Iterator[list[str]]:
    """Releases in chunks of at most so many, by slug and the bytes of their files."""
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
