"""`pressgen lists`: the lists of people who get copies.

They are brought up to date from other programs' files.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.cli.lazy import SummaryGroup
from pressgen.cli.options import as_option, complete_list, resolve_workspace, workspace_option
from pressgen.cli.refusal_advice import explain_refusal
from pressgen.cli.terminal import echo
from pressgen.errors import InputError
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.actions.workspace.list_import import ListImportPlan
    from pressgen.model.office import Recipient

SHOWN = 10
"""The most entries of a kind that are printed without --all."""


@click.group(
    cls=SummaryGroup,
    epilog="""\b
Example:
  pressgen lists import readers.xlsx --list national
  pressgen lists import readers.xlsx --list national --apply""",
)
def lists() -> None:
    """Import mailing lists, change an address, remove a reader."""


@lists.command(
    name="import",
    epilog="""\b
Examples:
  pressgen lists import readers.xlsx --list national              shows what would change
  pressgen lists import readers.csv --list national --apply
  pressgen lists import press.vcf --list wales --audience press --apply
  pressgen lists import readers.xlsx --list national --columns email=E,name=B+C,outlet=D

\b
Exit codes: 0 done; 1 the file cannot be read, or rows of it have no usable address: those are listed and left out;
2 wrong use.""",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--list", "list_", metavar="NAME", shell_complete=complete_list, help="The list; else the file's name.")
@click.option("--audience", type=click.Choice(["press", "named"]), help="Whom a new list is for.")
@click.option("--columns", metavar="email=E,name=B+C", help="Which columns to read, by letters or heads; else guessed.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook, where several have addresses.")
@click.option("--remove-missing", is_flag=True, help="Take off the list whoever is not in the file.")
@click.option("--apply", is_flag=True, help="Write the changes, without a question.")
@click.option("--all", "in_full", is_flag=True, help="Show every change and remark, not the first ten of a kind.")
@workspace_option
def import_(  # noqa: PLR0913, PLR0917 - one option each
    file: Path, list_: str | None, audience: str | None, columns: str | None, sheet: str | None,
    remove_missing: bool, apply: bool, in_full: bool, workspace: Path | None,
) -> None:  # fmt: skip
    """Bring a list up to date from an Excel workbook, CSV or vCards.

    Shows which columns of FILE are read, and what would change: who is new, who has another name, who is no longer in
    FILE. Nothing is written without --apply, or your yes on a terminal. Formulas and macros are neither calculated nor
    run: what a cell shows is read as text.
    """
    from pressgen.actions.workspace.list_import import ListImportRequest, apply_list_import, plan_list_import

    found = resolve_workspace(workspace, [file])
    order = ListImportRequest(
        name=list_, audience=audience, columns=columns, sheet=sheet, remove_missing=remove_missing
    )  # fmt: skip
    with explain_refusal("Nothing was imported", found):
        plan = plan_list_import(found, file, order)
    for line in _format_plan(plan, None if in_full else SHOWN, remove_missing=remove_missing):
        echo(line)
    if plan.change is None:
        echo(f"The list {plan.name} is unchanged.")
    elif apply or (sys.stdin.isatty() and click.confirm(f"Write the list {plan.name}?")):
        with explain_refusal("Nothing was imported", found):
            written = apply_list_import(found, plan)
        readers = format_count(len(plan.change.recipients), "reader")
        echo(f"Saved {', '.join(written)}. The list {plan.name} has {readers}.")
    else:
        echo("Nothing was written. Add --apply to write it.")
    if plan.entries.bad:
        raise InputError(plan.entries.bad)


def _format_plan(plan: ListImportPlan, most: int | None, *, remove_missing: bool) -> Iterator[str]:
    entries = plan.entries
    rows, readers = format_count(entries.rows, plan.table.unit), format_count(len(entries.readers), "reader")
    yield f"{plan.table.shown}: {rows} below the head, {readers}"
    if plan.table.unit == "row":
        yield f"  {plan.columns.describe()}"
        for column in plan.columns.others:
            yield f"  {plan.columns.call(column)} also contains addresses, but is not read"
        if unread := plan.columns.find_unread(plan.table):
            yield f"  not read: {', '.join(map(plan.columns.call, unread))}"
    yield from (f"  {each}" for each in plan.table.remarks)
    yield from _limit_lines([f"  {each}" for each in entries.remarks], most)
    yield from _format_people("added", plan.added, most)
    yield from _limit_lines(
        [f"  changed: {_format_person(old)} → {_format_person(new)} <{new.email}>" for old, new in plan.changed], most
    )
    yield from _format_people("taken off the list" if remove_missing else "not in the file, kept", plan.missing, most)
    for old, new in plan.moved[:most]:
        yield f"  {old.name} may have a new address: pressgen lists replace {old.email} {new.email}"
    left = "" if remove_missing or not plan.missing else "; --remove-missing removes people who are not in the file"
    counts = f"{len(plan.added)} added, {len(plan.changed)} changed, {plan.same} unchanged, {len(plan.missing)}"
    yield f"{counts} not in the file, {len(entries.bad)} without a usable address{left}"


def _format_people(what: str, people: Sequence[Recipient], most: int | None) -> Iterator[str]:
    yield from _limit_lines([f"  {what}: {_format_person(each)} <{each.email}>" for each in people], most)


def _format_person(person: Recipient) -> str:
    return f"{person.name}, {person.outlet}" if person.outlet else person.name


def _limit_lines(lines: Sequence[str], most: int | None) -> Iterator[str]:
    yield from lines[:most]
    if most is not None and len(lines) > most:
        yield f"  … and {len(lines) - most} more like this; --all shows them"


because_option = click.option("--because", required=True, metavar="TEXT", help="Why, for the ledger.")


@lists.command(
    epilog="""\b
Examples:
  pressgen lists replace desk@daily.example newsdesk@daily.example --because "The desk has moved" --as writer
  pressgen lists replace daily newsdesk@daily.example --because "Misaddressed since May" --as writer

\b
Exit codes: 0 done; 1 a list is at fault; 2 wrong use, such as an address that nobody has; 4 both are one mailbox, or
one of them was forgotten."""
)
@click.argument("old")
@click.argument("new")
@because_option
@as_option
@workspace_option
def replace(old: str, new: str, because: str, who: str | None, workspace: Path | None) -> None:
    """Replace the address OLD with NEW on every list.

    OLD may be a reader's id. For releases that are out, corrections, moves, lifts and withdrawals go to NEW, and
    nothing more to OLD. What OLD was sent stays in the ledger.
    """
    from pressgen.actions.workspace.reader_addresses import replace_reader_address

    found = resolve_workspace(workspace)
    with explain_refusal("No address was replaced", found):
        done = replace_reader_address(found, old, new, who, because, lambda: datetime.now(UTC))
    old = done.was[0]
    echo(f"{done.now} replaces {old}{f' on the {_format_lists(done.lists)}' if done.lists else ''}.")
    if not done.lists:
        echo(f"{old} was on no list.")
    if not done.releases:
        echo(f"No release was ever sent to {old}.")
        return
    echo(f"What changes in {', '.join(done.releases)} is sent to {done.now} from now on, and no longer to {old}.")
    echo(f"{done.now} has not received the release itself. Issue it again to send it to those who have not had it.")


@lists.command(
    epilog="""\b
Examples:
  pressgen lists forget desk@daily.example --because "Asked by letter, 4 May" --as writer
  pressgen lists forget desk@daily.example --undo --because "Wants our mails again" --as writer

\b
Exit codes: 0 done; 1 a list is at fault; 2 wrong use, such as an address that nobody has; 4 there is nothing to
undo."""
)
@click.argument("address")
@click.option("--undo", is_flag=True, help="Let the address get mails again; put it on a list as any other.")
@click.option("--unknown", is_flag=True, help="Forget an address that nobody here has, so that no import brings it in.")
@because_option
@as_option
@workspace_option
def forget(address: str, undo: bool, unknown: bool, because: str, who: str | None, workspace: Path | None) -> None:
    """Send nothing more to ADDRESS, or to the reader with that id.

    They get no release, no correction and no withdrawal. The reader is removed from every list, and an import does not
    bring them back. What they were sent stays in the ledger, from which no entry can be removed.
    """
    from pressgen.actions.workspace.reader_addresses import forget_reader, readmit_reader

    found, clock = resolve_workspace(workspace), lambda: datetime.now(UTC)
    if undo:
        with explain_refusal("Nothing was changed", found):
            readmit_reader(found, address, who, because, clock)
        echo(f"{address} may get mails again. It is not on any list yet; to add it, put it back into a list.")
        return
    with explain_refusal("The reader was not forgotten", found):
        done = forget_reader(found, address, who, because, clock, unknown=unknown)
    where = f"Taken off the {_format_lists(done.lists)}." if done.lists else "No list was changed."
    echo(f"No more mails are sent to {' and '.join(done.was)}. {where}")
    if done.releases:
        had = ", ".join(done.releases)
        echo(f"They were sent {had}. The ledger keeps that record, because no entry can be removed from it.")
    else:
        echo("No release was ever sent there.")


def _format_lists(names: Sequence[str]) -> str:
    return f"{'list' if len(names) == 1 else 'lists'} {', '.join(names)}"
