"""A release from the bytes of its `release.yaml`, or every fault in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.errors import Problem, Refused
from pressgen.load.charts import chart_problems
from pressgen.load.citations import citation_problems
from pressgen.load.faults import fault
from pressgen.load.files import Named, file_problems
from pressgen.load.pull_quotes import pull_problems
from pressgen.load.references import reference_problems
from pressgen.load.schema import ShapeCodes, judge
from pressgen.load.source import SourceText, read_source
from pressgen.load.times import time_problems
from pressgen.load.unplaced import unplaced_problems
from pressgen.model.release import Release
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SHAPE = ShapeCodes(unknown="R01", missing="R02", shape="R03", form="R04", few="R05")
FILES = (
    Named(re.compile(r"body\[\d+\]\.image\.file"), (".png", ".jpg", ".jpeg")),
    Named(re.compile(r"attachments\[\d+\]\.file"), ()),
)


@dataclass(frozen=True, slots=True)
class LoadedRelease:
    """A release, and the file that it was read from."""

    release: Release
    source: SourceText


def read_release(
    data: bytes, shown: str, *, beside: Collection[str] | None = None, houses: Collection[str] | None = None
) -> LoadedRelease:
    """A release from its file.

    Args:
        data: the bytes of the file.
        shown: its name in messages.
        beside: the files in its folder, as relative paths with `/`; None to leave alone whether pictures and
            attachments are there.
        houses: the names of the houses there are; None to leave alone whether its house is one.

    Raises:
        Refused: with every fault of the file.
    """
    source, problems = read_source(data, shown)
    release, faults = judge(Release, source, SHAPE)
    problems += faults
    problems += reference_problems(source)
    problems += chart_problems(source)
    problems += pull_problems(source)
    problems += citation_problems(source)
    problems += time_problems(source)
    problems += file_problems(source, FILES, beside, ("R14", "R15"))
    problems += unplaced_problems(source)
    problems += _house_problems(source, houses)
    if problems or release is None:
        raise Refused(problems)
    return LoadedRelease(release, source)


def _house_problems(source: SourceText, houses: Collection[str] | None) -> Iterator[Problem]:
    house = source.text_at("house")
    if houses is not None and house is not None and house not in houses:
        message = f"there is no house “{house}” under templates/{near(house, houses)}"
        yield fault("R22", message, source.place("house"), "house")
