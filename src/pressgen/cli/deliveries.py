"""Print what was delivered, and raise an error for what was not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pressgen.cli.refusal_advice import format_rerun_command
from pressgen.cli.terminal import echo
from pressgen.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pressgen.actions.distribute.message_sender import SendOptions
    from pressgen.model.event import Sent
    from pressgen.model.round import Posted


def make_send_options() -> SendOptions:
    """Return send options with the clock and a printing callback."""
    from pressgen.actions.distribute.message_sender import SendOptions

    return SendOptions(clock=lambda: datetime.now(UTC), tell=_print_sent)


def report_deliveries(
    done: Sequence[Sent], once_more: Callable[[Sent], str], nobody: str = "", also: Sequence[Problem] = ()
) -> None:
    """Raise an error for every mail that was not delivered.

    Where nothing had to be sent, print `nobody`.

    Args:
        done: the result of each sending.
        once_more: returns how to send an uncertain one again.
        nobody: printed where there is none; empty for nothing.
        also: problems of earlier mails that did not arrive.

    Raises:
        InputError: something did not arrive, or may not have.
    """
    if nobody and not done:
        echo(nobody)
    if problems := [*(build_delivery_problem(each, once_more(each)) for each in done if each.outcome != "ok"), *also]:
        raise InputError(problems)


def build_delivery_problem(sent: Sent | Posted, once_more: str = "by hand") -> Problem:
    """Return the problem that a mail was not delivered.

    It was refused, was not accepted yet, or may not have arrived.
    """
    match sent.outcome:
        case "unknown":
            how = f"ask them; if they do not have it, send it again {once_more}"
            message = f"may have it by {sent.channel}, or not: {sent.detail}; {how}"
        case "deferred":
            later = "a running worker sends it later, or " if sent.kind == "sent" else ""
            message = (
                f"has not received it yet by {sent.channel}: {sent.detail}; {later}run again: {format_rerun_command()}"
            )
        case _:
            message = f"did not get it by {sent.channel}: {sent.detail}"
    return Problem(code="D03", message=message, place=Place(sent.address))


def _print_sent(sent: Sent) -> None:
    if sent.outcome == "ok":
        echo(f"{sent.address}: {sent.channel}, {sent.detail}")
