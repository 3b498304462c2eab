"""Check releases: everything that a wire editor would send back, before it is built."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.check.attachments import attached, with_sums
from pressgen.actions.check.clearances import cleared
from pressgen.actions.workspace.folder import Desk, Workspace, take
from pressgen.actions.workspace.reading import LARGEST
from pressgen.errors import Problem, Refused, Severity, StateForbids
from pressgen.files.within import read_within
from pressgen.model.change import Edit, Give

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import TakeHouse
    from pressgen.check.acknowledgement import Answer
    from pressgen.check.subject import Clearing, Earlier
    from pressgen.errors import Place
    from pressgen.model.acknowledgement import Acknowledgement
    from pressgen.model.moment import Moments


@dataclass(frozen=True, slots=True)
class Mend:
    """A safe change of a release's file.

    Attributes:
        change: other words at a place of a value, or a field that is filled in.
        original: the file's bytes when it was checked; in any others, `change` may meet other words.
    """

    file: str
    change: Edit | Give
    original: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be said of a release.

    Attributes:
        problems: by place; what the release acknowledges is not among them.
        settled: how many warnings it acknowledges.
        mends: what `--fix` would change.
        reference: the release's own, and where it stands; None for one that cannot be read.
    """

    problems: list[Problem]
    settled: int = 0
    mends: tuple[Mend, ...] = ()
    reference: tuple[str, Place] | None = None

    @property
    def blocks(self) -> list[Problem]:
        """What keeps the release from approval: errors, and warnings that nobody has acknowledged."""
        return [each for each in self.problems if each.severity is not Severity.STYLE]


def check(workspace: Workspace, path: Path, at: datetime | None = None, house_of: TakeHouse | None = None) -> Checked:
    """What is wrong with the release at `path` and its translations.

    Args:
        workspace: where it lies.
        path: its folder, or its `release.yaml`.
        at: the instant to judge it at (aware); None to leave out what depends on the hour.
        house_of: what reads its house, as for `take`.

    Raises:
        WrongUse: there is no release at `path`.
    """
    try:
        desks = take(workspace, path, house_of)
    except Refused as refusal:
        return Checked(list(refusal.problems))
    found = [judge(workspace, desk, at, cleared(workspace, desk)) for desk in desks]
    problems = [each for one in found for each in one.problems]
    if at is not None:
        from pressgen.actions.check.embargo_state import standing_at  # noqa: PLC0415 - only with an instant

        problems.append(standing_at(workspace, desks[0], at))
    return Checked(
        sorted(problems, key=lambda each: (each.place, each.code)),
        sum(each.settled for each in found),
        tuple(mend for each in found for mend in each.mends),
        (desks[0].release.reference, desks[0].source.place("reference")),
    )


def judge(
    workspace: Workspace, desk: Desk, at: datetime | None, clearings: Mapping[str, Clearing] | None = None
) -> Checked:
    """What is wrong with one language of a release that is on the desk.

    `clearings` is how its quotations stand to what was cleared; sign-off leaves it out, and has its own word on that.
    """
    from pressgen.check.acknowledgement import answered  # noqa: PLC0415 - the rules take a while to import
    from pressgen.check.found import rules  # noqa: PLC0415
    from pressgen.check.run import run  # noqa: PLC0415
    from pressgen.check.subject import Subject  # noqa: PLC0415
    from pressgen.compose.document import compose  # noqa: PLC0415
    from pressgen.model.artifact import Variant  # noqa: PLC0415
    from pressgen.model.moment import moments  # noqa: PLC0415

    release, times = desk.release, moments(desk.release)
    variant = Variant.EMBARGOED if times.embargo else Variant.PUBLIC
    try:
        [document] = compose(release, times, desk.house.house, slug=desk.name, variants=[variant], locate=desk.locate)
    except Refused as refusal:
        return Checked(list(refusal.problems))
    typed = desk.source.typed
    subject = Subject.of(
        release,
        times,
        desk.house.house,
        document,
        typed,
        slug=desk.slug,
        now=at,
        earlier=_earlier(workspace, desk, times),
        cleared=clearings,
        attached=attached(desk),
    )
    usable, unusable = rules()
    caught = run(subject, usable, unusable, desk.locate)
    memory = _Memory(workspace, desk.name)
    codes = {each.code for each in usable}
    answer = answered(caught, release.accept, codes, with_sums(desk, typed), memory.prints, desk.locate)
    memory.keep(answer.prints)
    mends = tuple(_mends(desk, answer, release.accept))
    return Checked([*(each.problem for each in answer.standing), *answer.about], answer.settled, mends)


def _earlier(workspace: Workspace, desk: Desk, times: Moments) -> Sequence[Earlier]:
    from pressgen.actions.check.previous_releases import earlier  # noqa: PLC0415 - as in judge

    dated = times.embargo or times.publish or times.issue
    return earlier(workspace, desk.slug, dated.local.date()) if dated else ()


def _mends(desk: Desk, answer: Answer, accept: Sequence[Acknowledgement]) -> Iterator[Mend]:
    """What `--fix` would change: words, and fingerprints of words that were accepted as they are."""
    from pressgen.check.acknowledgement import is_within, key  # noqa: PLC0415 - as in judge

    original = desk.inputs[f"release{desk.suffix}.yaml"]
    edited: set[str] = set()
    for each in answer.standing:
        if each.finding and each.finding.mend is not None:
            found = each.finding
            edited.add(found.path)
            edit = Edit(found.path, found.start, found.end, each.finding.mend)
            yield Mend(each.problem.place.file, edit, original)
    for index, one in enumerate(accept):
        seen = answer.prints.get(key(one))
        if one.seen is None and seen and not any(is_within(path, one.where) for path in edited):
            path = f"accept[{index}]"
            yield Mend(desk.locate(path, 0).file, Give(path, "seen", seen), original)


class _Memory:
    """The fingerprints of what was acknowledged without one, as first met: a file in `.pressgen/` for each release."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self.workspace = workspace
        self.file = workspace.root / ".pressgen" / "acknowledged" / f"{name}.json"
        self.prints = self._read()

    def keep(self, prints: Mapping[str, str]) -> None:
        """Remember what is new; a workspace that cannot be written forgets, and says nothing."""
        if prints.items() <= self.prints.items():
            return
        from pressgen.actions.workspace.save import lock_folder  # noqa: PLC0415 - only acknowledgements want it
        from pressgen.files.modes import make_folder  # noqa: PLC0415 - as above
        from pressgen.files.writing import write_into  # noqa: PLC0415 - as above

        with suppress(OSError, StateForbids):
            make_folder(self.file.parent, own=True)
            with lock_folder(self.workspace, self.file.parent):  # another check may have remembered more meanwhile
                new = {**prints, **self._read()}
                text = json.dumps(new, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
                write_into(self.file.parent, {self.file.name: text.encode()})

    def _read(self) -> Mapping[str, str]:
        try:
            found = json.loads(read_within(self.workspace.root, self.file, LARGEST))
        except (OSError, ValueError):
            found = {}
        return found if isinstance(found, dict) else {}
