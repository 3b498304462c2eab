"""Judge files that are already there, ours or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.errors import Problem


def judge(path: Path) -> list[Problem]:
    """What is wrong with the PDF or Word file at `path`: nothing, or every fault found, in the order of their places.

    Raises:
        WrongUse: there is no such file, or it may not be read.
    """
    from pressgen.verify import file  # noqa: PLC0415 - only a file that is there wants it

    try:
        with path.open("rb") as opened:
            data = opened.read(file.LARGEST + 1)
    except OSError as error:
        raise WrongUse(f"{path}: cannot be read ({error.strerror})") from error
    return file.problems(data, str(path))
