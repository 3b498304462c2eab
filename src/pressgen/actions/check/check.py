"""Check a release before it is built.

It finds everything that a wire editor would send back.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.check.attachments import add_attachment_digests, describe_attachments
from pressgen.actions.check.ledger_view import compare_with_clearances, read_state
from pressgen.actions.workspace.folder import LoadedRelease, Workspace, load_release
from pressgen.actions.workspace.read_files import LARGEST
from pressgen.errors import InputError, Problem, Severity, StateError
from pressgen.files.within import read_within
from pressgen.model.change import AddField, EditText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import TakeHouse
    from pressgen.check.acknowledgement import AcknowledgementResult
    from pressgen.check.subject import PreviousRelease, QuotationClearance
    from pressgen.errors import Place
    from pressgen.model.acknowledgement import Acknowledgement
    from pressgen.model.moment import Moments

ENTRY = re.compile(r"\w+\[\d+\]")
"""The path of an entry of the body, the contacts and so on."""


@dataclass(frozen=True, slots=True)
class Fix:
    """An automatic fix of a release's file.

    Attributes:
        change: new words for a value, or a field that is filled in.
        original: the file's bytes when it was checked; in any other version, `change` might hit other words.
    """

    file: str
    change: EditText | AddField
    original: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of checking a release.

    Attributes:
        problems: by place, without those that the release acknowledges.
        settled: how many warnings it acknowledges.
        mends: what `--fix` would change.
        reference: the release's own, and its place; None if it cannot be read.
    """

    problems: list[Problem]
    settled: int = 0
    mends: tuple[Fix, ...] = ()
    reference: tuple[str, Place] | None = None

    @property
    def blocks(self) -> list[Problem]:
        """The problems that prevent approval.

        They are errors, and warnings that nobody has acknowledged.
        """
        return [each for each in self.problems if each.severity is not Severity.STYLE]


def check_release(
    workspace: Workspace,
    path: Path,
    at: datetime | None = None,
    house_of: TakeHouse | None = None,
    *,
    present: datetime | None = None,
) -> CheckResult:
    """Check a release and its translations against all rules.

    Args:
        workspace: the release's.
        path: its folder, or its `release.yaml`.
        at: the instant to judge it at (aware); None to leave out what depends on the hour.
        house_of: reads its house, as for `load_release`.
        present: the present instant (aware): an hour of a release that nobody has is judged by it, as `submit` does;
            None to leave that out.

    Raises:
        UsageError: there is no release at `path`.
    """
    from pressgen.render.unfit_for_pdf import find_unfit_pictures

    refused: tuple[Problem, ...] = ()
    try:
        languages = load_release(workspace, path, house_of)
    except InputError as refusal:
        refused = tuple(refusal.problems)
        try:
            languages = load_release(workspace, path, house_of, incomplete=True)
        except InputError:
            return CheckResult(list(refused))
    hour = present if present and _is_in_hand(workspace, languages[0]) else None
    found = [
        check_loaded_release(workspace, loaded, at, compare_with_clearances(workspace, loaded), present=hour)
        for loaded in languages
    ]
    house = languages[0].house
    further = (each for one in found for each in one.problems if not _comes_of(each, refused))
    problems = [*refused, *further, *find_unfit_pictures(house.files, house.shown)]
    if at is not None:
        from pressgen.actions.check.embargo_state import check_embargo_state

        problems.append(check_embargo_state(workspace, languages[0], at))
    return CheckResult(
        sorted(problems, key=lambda each: (each.place, each.code)),
        sum(each.settled for each in found),
        () if refused else tuple(mend for each in found for mend in each.mends),
        (languages[0].release.reference, languages[0].source.place("reference")),
    )


def _comes_of(problem: Problem, refused: Sequence[Problem]) -> bool:
    """Return whether a problem is about an entry already refused."""
    entries = {ENTRY.match(each.path) for each in refused}
    return any(found and problem.path.startswith(found[0]) for found in entries)


def _is_in_hand(workspace: Workspace, loaded: LoadedRelease) -> bool:
    """Return whether nobody outside has the release, by the ledger."""
    state = read_state(workspace, loaded)
    if state is None:
        return True
    from pressgen.model.standing import IN_HAND

    return state in IN_HAND


def check_loaded_release(
    workspace: Workspace,
    loaded: LoadedRelease,
    at: datetime | None,
    clearings: Mapping[str, QuotationClearance] | None = None,
    *,
    present: datetime | None = None,
) -> CheckResult:
    """Check one language of a loaded release.

    `clearings` says how its quotations compare with the words that were cleared. Approval leaves it out, since it
    checks clearances itself.
    """
    from pressgen.check.acknowledgement import apply_acknowledgements
    from pressgen.check.run import load_rules, run_rules
    from pressgen.check.subject import Subject
    from pressgen.compose.document import compose
    from pressgen.model.artifact import Variant
    from pressgen.model.moment import read_moments

    release, times = loaded.release, read_moments(loaded.release)
    variants = [Variant.EMBARGOED if times.embargo else Variant.PUBLIC]
    try:
        house = loaded.house.house
        [document] = compose(release, times, house, slug=loaded.name, variants=variants, locate=loaded.locate)
    except InputError as refusal:
        return CheckResult(list(refusal.problems))
    typed = loaded.source.typed
    subject = Subject(
        release=release,
        house=house,
        document=document,
        typed=typed,
        slug=loaded.slug,
        now=at,
        present=present,
        earlier=_find_previous_releases(workspace, loaded, times),
        cleared=clearings or {},
        attached=describe_attachments(loaded),
    )
    usable, unusable = load_rules()
    caught = run_rules(subject, usable, unusable, loaded.locate)
    memory = _AcknowledgementStore(workspace, loaded.name)
    codes = {each.code for each in usable}
    answer = apply_acknowledgements(
        caught, release.accept, codes, add_attachment_digests(loaded, typed), memory.prints, loaded.locate
    )
    memory.keep(answer.prints)
    mends = tuple(_list_fixes(loaded, answer, release.accept))
    return CheckResult([*(each.problem for each in answer.standing), *answer.about], answer.settled, mends)


def _find_previous_releases(workspace: Workspace, loaded: LoadedRelease, times: Moments) -> Sequence[PreviousRelease]:
    """Find the releases that came out before this one."""
    from pressgen.actions.check.previous_releases import find_previous_releases

    dated = times.embargo or times.publish or times.issue
    return find_previous_releases(workspace, loaded.slug, dated.local.date()) if dated else ()


def _list_fixes(
    loaded: LoadedRelease, answer: AcknowledgementResult, accept: Sequence[Acknowledgement]
) -> Iterator[Fix]:
    """List the fixes that `--fix` would make.

    They change words, or add fingerprints of words that were acknowledged.
    """
    from pressgen.check.acknowledgement import build_acknowledgement_key, is_within

    original = loaded.inputs[f"release{loaded.suffix}.yaml"]
    edited: set[str] = set()
    for each in answer.standing:
        if each.finding and each.finding.mend is not None:
            found = each.finding
            edited.add(found.path)
            edit = EditText(found.path, found.start, found.end, each.finding.mend)
            yield Fix(each.problem.place.file, edit, original)
    for index, one in enumerate(accept):
        seen = answer.prints.get(build_acknowledgement_key(one))
        if one.seen is None and seen and not any(is_within(path, one.where) for path in edited):
            path = f"accept[{index}]"
            yield Fix(loaded.locate(path, 0).file, AddField(path, "seen", seen), original)


class _AcknowledgementStore:
    """A store of fingerprints for acknowledgements that state none.

    Each release has a file in `.pressgen/`, with each text as first seen.
    """

    def __init__(self, workspace: Workspace, name: str) -> None:
        self.workspace = workspace
        self.file = workspace.root / ".pressgen" / "acknowledged" / f"{name}.json"
        self.prints = self._read()

    def keep(self, prints: Mapping[str, str]) -> None:
        """Store what is new; do nothing if the folder cannot be written."""
        if prints.items() <= self.prints.items():
            return
        from pressgen.actions.workspace.save import lock_folder
        from pressgen.files.atomic import make_folder, write_into

        with suppress(OSError, StateError):
            make_folder(self.file.parent, own=True)
            with lock_folder(self.workspace, self.file.parent):  # another check may have stored more meanwhile
                new = {**prints, **self._read()}
                text = json.dumps(new, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
                write_into(self.file.parent, {self.file.name: text.encode()})

    def _read(self) -> Mapping[str, str]:
        try:
            found = json.loads(read_within(self.workspace.root, self.file, LARGEST))
        except (OSError, ValueError):
            found = {}
        return found if isinstance(found, dict) else {}
