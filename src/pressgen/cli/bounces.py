"""`pressgen bounces`: which mails came back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pressgen.cli.options import resolve_workspace, workspace_option
from pressgen.cli.terminal import echo


@click.command(
    epilog="""\b
Examples:
  pressgen bounces                  the mailbox and the folder that releases/pressgen.yaml names under bounces
  pressgen bounces /srv/returned    a folder of .eml files

\b
Exit codes: 0 read; 1 releases/pressgen.yaml is at fault there; 2 wrong use; 3 the mailbox cannot be read."""
)
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@workspace_option
def bounces(folder: Path | None, workspace: Path | None) -> None:
    """Read returned mail, and record who did not receive a release.

    Each is recorded once, however often it is read; status and history show it. An answer that says somebody is on
    holiday does not count, and a mail with a key that is not ours marks nobody. A worker does this by itself.
    """
    from pressgen.actions.distribute.returned_mail import collect_returned_mails

    found = collect_returned_mails(resolve_workspace(workspace), folder, lambda: datetime.now(UTC))
    for reference, event in found.recorded:
        what = "bounced" if event.final else "delayed"
        echo(f"{reference}: {what}: {event.recipient}, {event.address}: {event.why}")
    others = [f"{count} {kind}" for kind, count in sorted(found.others.items())]
    counts = [f"{len(found.recorded)} recorded", f"{found.known} known already", *others]
    if found.foreign:
        counts.append(f"{found.foreign} of mails that were not sent by pressgen")
    echo(f"{found.read} read: {', '.join(counts)}")
