"""The secrets that an office's channels name: none missing, none twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.channel_uses import CHANNEL
from pressgen.load.faults import make_problem
from pressgen.load.tree import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

MAILBOX = "bounces.mailbox"
OAUTH = re.compile(r"channels\.[^.\[]+\.oauth")


def find_secret_problems(source: SourceText) -> Iterator[Problem]:
    """Find channels and sign-ins that name no secret, or several."""
    for path, node in source.nodes.items():
        if isinstance(node, Mapping) and CHANNEL.fullmatch(path):
            yield from _check_channel(source, path, node)
        elif isinstance(node, Mapping) and path == MAILBOX:
            yield from _check_places(source, path, node, "password", wanted=True)
        elif isinstance(node, Mapping) and OAUTH.fullmatch(path):
            yield from _check_oauth(source, path, node)


def _check_channel(source: SourceText, path: str, node: Mapping) -> Iterator[Problem]:
    kind = source.text_at(f"{path}.kind")
    match kind:
        case "smtp":
            wanted = "user" in node.fields
            yield from _check_places(source, path, node, "password", wanted=wanted, more=("oauth",))
            if not wanted and "oauth" in node.fields:
                message = "“oauth” needs “user”, the address that logs in with the token"
                yield make_problem("O07", message, source.key_place(f"{path}.oauth"), path)
        case "webhook":
            yield from _check_places(source, path, node, "secret", wanted=True)
        case _:
            pass


def _check_oauth(source: SourceText, path: str, node: Mapping) -> Iterator[Problem]:
    provider = source.text_at(f"{path}.provider")
    if provider == "microsoft":
        yield from _check_places(source, path, node, "secret", wanted=False, more=("certificate_file",))
    if provider != "google":
        return
    if "account_file" in node.fields and "client" in node.fields:
        message = "“account_file” is for a service account and “client” is for a person; delete one"
        yield make_problem("O07", message, source.key_place(f"{path}.client"), path)
    elif "account_file" not in node.fields and "client" not in node.fields:
        message = "no sign-in is named; add “account_file” for a service account, or “client” for a person"
        yield make_problem("O07", message, source.key_place(path), path)
    yield from _check_places(source, path, node, "secret", wanted="client" in node.fields)


def _check_places(
    source: SourceText, path: str, node: Mapping, secret: str, *, wanted: bool, more: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Find the problems of the places named for one secret."""
    named = [
        each for each in (*(f"{secret}_{place}" for place in ("env", "file", "keyring")), *more) if each in node.fields
    ]
    if len(named) > 1:
        message = f"“{named[0]}” and “{named[1]}” both give the same secret; delete one"
        yield make_problem("O07", message, source.key_place(f"{path}.{named[1]}"), path)
    elif wanted and not named:
        message = f"no {secret} is named; add “{secret}_env”, the variable that holds it, or “{secret}_file”"
        yield make_problem("O07", message, source.key_place(path), path)
