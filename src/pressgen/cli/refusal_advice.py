"""The end of a command that refuses.

It says what was not done, why, and what to run next.
"""

from __future__ import annotations

import json
import shlex
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from pressgen.cli.lazy import TYPED
from pressgen.errors import InputError, PressgenError, Severity
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import Problem

MOST_LINES: Final = 10
"""The most lines for `accept` that are printed at a time; the next run prints the next ones."""
SAVED_ONLY: Final = "K04"
"""The code for saved files that the ledger could not record."""
ABOUT_ACCEPT: Final = "accept["
"""The start of the path of warnings about `accept` itself, which no line there can settle."""


def format_rerun_command() -> str:
    """Return the running command with its options, to paste into a shell."""
    return shlex.join(["pressgen", *click.get_current_context().meta.get(TYPED, [])])


@contextmanager
def explain_refusal(outcome: str, workspace: Workspace, release: Path | None = None) -> Iterator[None]:
    """Add to an error what was not done, and what comes next.

    Args:
        outcome: what was not done, for example `Not submitted` or `Not issued, and nothing was sent`. It is printed
            only if the ledger has no new entry for the release.
        workspace: where the command works.
        release: its entries in the ledger are read; None where the command records nothing of a release.

    Raises:
        InputError: as raised inside, with the end.
    """
    began = datetime.now(UTC)
    try:
        yield
    except InputError as refusal:
        unrecorded = any(each.code == SAVED_ONLY for each in refusal.problems)
        if unrecorded or (release is not None and _has_new_entry(workspace, release, began)):
            outcome = "Not finished (pressgen history shows what was done)"
        raise ExplainedInputError(refusal.problems, outcome, format_rerun_command()) from None


def _has_new_entry(workspace: Workspace, release: Path, began: datetime) -> bool:
    """Return whether the ledger has a new entry for a release.

    It is also true if the ledger cannot be read.
    """
    from pressgen.actions.status.history import is_recorded_since

    try:
        return is_recorded_since(workspace, release, began)
    except PressgenError:
        return True


class ExplainedInputError(InputError):
    """An input error that says what to run next.

    For each warning it gives the line that accepts it.
    """

    def __init__(self, problems: Sequence[Problem], outcome: str, command: str) -> None:
        super().__init__(problems)
        self._outcome, self._command = outcome, command

    def lines(self) -> list[str]:
        """Return the findings, a line for `accept` below warnings, and the end."""
        return [*self._findings(), *self._end()]

    def _findings(self) -> Iterator[str]:
        printed: set[str] = set()
        for problem in self.problems:
            yield from str(problem).splitlines()
            if not can_accept(problem):
                continue
            line = format_accept_line(problem)
            if line not in printed and len(printed) < MOST_LINES:
                printed.add(line)
                yield f"  {line}"

    def _end(self) -> Iterator[str]:
        errors = sum(each.severity is Severity.ERROR for each in self.problems)
        warnings = [each for each in self.problems if each.severity is Severity.WARNING]
        counts = [(errors, "error"), (len(warnings), "warning")]
        why = " and ".join(format_count(count, noun) for count, noun in counts if count)
        yield f"{self._outcome}: {why}." if why else f"{self._outcome}."
        mend = [f"Correct the {_format_plural('error', errors)}."] if errors else []
        if warnings:
            mend.append(_advise_on_warnings(warnings))
        yield " ".join([*mend, f"Then run: {self._command}"])


def _advise_on_warnings(warnings: Sequence[Problem]) -> str:
    """Return what to do about warnings."""
    count = len(warnings)
    mend = f"Correct the {_format_plural('warning', count)}"
    able = [each for each in warnings if can_accept(each)]
    if not able:
        return f"{mend}."
    which = "it" if count == 1 else "one" if len(able) == count else "one of the others"
    lines = len({format_accept_line(each) for each in able})
    more = f" The first {MOST_LINES} have such a line; the next get theirs then." if lines > MOST_LINES else ""
    where = " or ".join(dict.fromkeys(each.place.file for each in able))
    return (
        f"{mend}, or accept {which} with the line below it: copy that line to `accept:` in {where}, and write your"
        f" reason between the quotation marks.{more}"
    )


def can_accept(problem: Problem) -> bool:
    """Return whether a person may accept a problem.

    It must be a warning of a rule, at a path of the data.
    """
    is_warning = problem.severity is Severity.WARNING
    return is_warning and bool(problem.path) and not problem.path.startswith(ABOUT_ACCEPT)


def format_accept_line(problem: Problem) -> str:
    """Return the item of `accept` that settles a warning, without the reason.

    A person must fill in the reason: a release with the unchanged line is refused. The fingerprint in it is of the
    words that were warned of, so that the line accepts no others.
    """
    where = json.dumps(problem.path, ensure_ascii=False)
    seen = f', seen: "{problem.seen}"' if problem.seen else ""
    return f'- {{rule: {problem.code}, where: {where}, because: ""{seen}}}'


def _format_plural(noun: str, count: int) -> str:
    return format_count(count, noun).partition(" ")[2]
