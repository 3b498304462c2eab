"""`pressgen login`: sign in and out of a mail channel by OAuth.

It also tests whether the sign-in works.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pressgen.cli.options import complete_channel, resolve_workspace, workspace_option
from pressgen.cli.terminal import echo
from pressgen.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="""\b
Examples:
  pressgen login mail
  pressgen login mail --check
  pressgen login mail --forget

\b
Exit codes: 0 done; 2 there is no such channel, or nobody has to sign in for it; 3 the service refuses, or does not
answer, or a library is missing."""
)
@click.argument("channel", shell_complete=complete_channel)
@click.option("--check", is_flag=True, help="Only see whether the channel gets in; no mail is sent.")
@click.option("--forget", is_flag=True, help="Remove the tokens from this machine.")
@workspace_option
def login(channel: str, check: bool, forget: bool, workspace: Path | None) -> None:
    """Sign in to Microsoft 365 or Google, to send by CHANNEL.

    The channel's `oauth` in releases/pressgen.yaml says where. Once is enough: pressgen keeps the tokens in
    .pressgen/tokens/, in a file that only its owner can read, and renews them there. A channel with a client secret, a
    certificate or a service account needs no sign-in. The manual's chapter mail-login tells an administrator how to
    set it up.
    """
    from pressgen.actions.distribute.office_channels import check_login
    from pressgen.actions.distribute.sign_in import SignInPrompts, sign_in, sign_out

    if check and forget:
        raise UsageError("--check and --forget do not go together")
    found = resolve_workspace(workspace)
    if forget:
        gone = sign_out(found, channel)
        echo(f"The tokens of “{channel}” are removed from this machine." if gone else "There were no tokens to remove.")
        return
    if not check:
        who = sign_in(found, channel, SignInPrompts(_show_code, _show_page))
        echo(f"Signed in for “{channel}”{f' as {who}' if who else ''}. Next: pressgen login {channel} --check")
        return
    echo(f"{check_login(found, channel)}.")


def _show_code(page: str, code: str) -> None:
    echo(f"Open {page} in any browser, type the code {code} and sign in. Waiting …")


def _show_page(page: str) -> None:
    echo(f"Open this page in a browser on this machine, and sign in. Waiting …\n{page}")
