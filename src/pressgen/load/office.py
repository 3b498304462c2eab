"""Read an office from `releases/pressgen.yaml`, or report every fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING

from pydantic import ValidationError

from pressgen.errors import InputError, Problem
from pressgen.load.channel_secrets import find_secret_problems
from pressgen.load.channel_uses import CHANNEL, USE, find_channel_use_problems
from pressgen.load.faults import make_problem
from pressgen.load.list_file import read_list_file
from pressgen.load.schema import SchemaCodes, validate_data
from pressgen.load.source import SourceText, read_source
from pressgen.load.tree import Mapping, Scalar, Sequence, to_plain_data
from pressgen.model.address import is_loopback, normalise_mailbox
from pressgen.model.office import NEWSROOM, Office

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.model.office import Recipient

SHAPE = SchemaCodes(unknown="O01", missing="O02", shape="O03", form="O04", few="O05")
PARTED, USED = {"people", "lists", "channels"}, {"at_issue", "at_lift"}
"""Fields with entries that are judged one by one, and fields that name channels."""
LIST = re.compile(r"lists\.[^.\[]+")
LIST_FILE = re.compile(r"(?:[\w-][\w. -]*/)*[\w-][\w. -]*\.csv")
"""A file under releases/: no folder on its path is hidden or leads upwards."""
ReadFile = Callable[[str], bytes]
"""Returns the bytes of a file under releases/."""
RECIPIENT = re.compile(r"(lists\.[^.\[]+)\.recipients\[[^\]]*\]\.(id|email)")


def read_valid_office(data: bytes, shown: str, read: ReadFile) -> Office:
    """Read an office without the faulty parts of its file.

    Each list, channel and person is judged on its own.

    Args:
        data: of the office's file.
        shown: its name in messages.
        read: returns the files of its lists.

    Raises:
        InputError: the YAML cannot be read, or the office itself or all its people are at fault.
    """
    source, unread = read_source(data, shown)
    office, problems = validate_data(Office, source, SHAPE)
    problems += find_channel_use_problems(source)
    problems += find_secret_problems(source)
    problems += _find_plaintext_problems(source)
    problems += _find_duplicates(source)
    problems += _find_exposed_folders(source)
    listed, wrong = _read_list_files(source, read)
    problems += wrong
    if office is not None and not unread and not problems:
        return _with_recipients(office, listed)
    problems = list(dict.fromkeys(problems))
    faults = [(part, each) for each in problems for part in _find_affected_parts(source, each.path)]
    faults += [*_find_faulty_uses(source, problems)]
    try:
        if unread or any(each.path == "office" or each.path.startswith("office.") for each in problems):
            raise InputError([*unread, *problems])
        sound = Office.model_validate(_drop_faulty_parts(source, faults))
        return _with_recipients(sound, listed).without(faults)
    except ValidationError:
        raise InputError(problems) from None


def _find_faulty_uses(source: SourceText, problems: Iterable[Problem]) -> Iterator[tuple[str, Problem]]:
    """Find the uses of faulty channels and lists.

    A faulty channel may also be the newsroom.
    """
    for path in filter(USE.fullmatch, source.nodes):
        channel, list_ = f"channels.{source.text_at(path)}", f"lists.{source.text_at(path)}"
        is_list = list_ in source.nodes and channel not in source.nodes
        for problem in problems:
            if is_list and (_is_within(problem.path, list_) or problem.path == "lists"):
                yield path, problem
            elif _is_within(problem.path, channel) or problem.path in {path, "channels"}:
                yield path, problem
                if path.startswith("at_lift") and source.text_at(f"{channel}.kind") not in {"smtp", "graph", "webhook"}:
                    yield NEWSROOM, problem
    for problem in problems:
        if {"at_lift", "channels"} & set(_find_affected_parts(source, problem.path)):
            yield NEWSROOM, problem


def _find_affected_parts(source: SourceText, path: str) -> list[str]:
    """Return the parts that a fault at `path` concerns.

    An unknown field may be meant for any that is missing.
    """
    if path in source.root.fields and path not in Office.model_fields:
        return [name for name in Office.model_fields if name not in source.root.fields]
    return [path]


def _drop_faulty_parts(source: SourceText, faults: Iterable[tuple[str, Problem]]) -> dict[str, object]:
    """Return the data of the file without its faulty parts."""
    paths = {path for path, _ in faults}
    data = source.root.fields
    made: dict[str, object] = {}
    for name, node in data.items():
        if name in paths or name not in Office.model_fields:
            continue
        match node:
            case Mapping() if name == "bounces" and _any_within(paths, name):
                continue
            case Mapping() if name in PARTED:
                kept = {key: each for key, each in node.fields.items() if not _any_within(paths, f"{name}.{key}")}
                made[name] = {key: to_plain_data(each) for key, each in kept.items()}
            case Sequence() if name in USED:
                kept_items = zip(node.names, node.items, strict=True)
                made[name] = [to_plain_data(each) for key, each in kept_items if f"{name}[{key}]" not in paths]
            case _:
                made[name] = to_plain_data(node)
    return made


def _any_within(paths: Iterable[str], whole: str) -> bool:
    return any(_is_within(path, whole) for path in paths)


def _is_within(path: str, whole: str) -> bool:
    return path == whole or path.startswith((f"{whole}.", f"{whole}["))


def _read_list_files(source: SourceText, read: ReadFile) -> tuple[dict[str, list[Recipient]], list[Problem]]:
    """Read the recipients of each list file, and find its problems."""
    found: dict[str, list[Recipient]] = {}
    problems: list[Problem] = []
    for path, node in source.nodes.items():
        if not LIST.fullmatch(path) or not isinstance(node, Mapping):
            continue
        name, file = path.removeprefix("lists."), source.text_at(f"{path}.file")
        if ("file" in node.fields) == ("recipients" in node.fields):
            message = "a list has either “recipients” or “file” (the file with the recipients); write one of the two"
            problems.append(make_problem("O11", message, source.key_place(path), path))
        elif file is not None and not LIST_FILE.fullmatch(file):
            message = f"“{file}” is not the file of a list; write its path from releases/, such as lists/{name}.csv"
            problems.append(make_problem("O12", message, source.place(f"{path}.file"), path))
        elif file is not None:
            try:
                found[name], wrong = read_list_file(read(file), f"releases/{file}")
            except InputError as refusal:
                wrong = [
                    make_problem("O12", each.message.removeprefix(f"{each.place} "), source.place(f"{path}.file"))
                    for each in refusal.problems
                ]
                wrong = [replace(each, message=f"releases/{file} {each.message}") for each in wrong]
            problems += [replace(each, path=path) for each in wrong]
    return found, problems


def _with_recipients(office: Office, listed: dict[str, list[Recipient]]) -> Office:
    filled = {
        name: each.model_copy(update={"recipients": tuple(listed[name])}) if name in listed else each
        for name, each in office.lists.items()
    }
    return office.model_copy(update={"lists": filled})


def _find_plaintext_problems(source: SourceText) -> Iterator[Problem]:
    """Find mail channels that send unencrypted mail without permission."""
    for path in filter(CHANNEL.fullmatch, source.nodes):
        host, word = source.text_at(f"{path}.host"), source.text_at(f"{path}.plaintext")
        if source.text_at(f"{path}.security") == "none" and host and not is_loopback(host) and word != "accepted":
            message = (
                f"mails to “{host}” could be read by anybody on the way, embargoed releases too; write"
                " security: starttls or tls, or accept that risk with plaintext: accepted"
            )
            yield make_problem("O10", message, source.place(f"{path}.security"), f"{path}.security")


def _find_duplicates(source: SourceText) -> Iterator[Problem]:
    """Find ids and addresses that are on one list twice.

    One person would get two copies, or two people one mark.
    """
    said: dict[tuple[str, str, str], str] = {}
    for path, node in source.nodes.items():
        match = RECIPIENT.fullmatch(path)
        if match is None or not isinstance(node, Scalar) or node.refused:
            continue
        one = normalise_mailbox(node.value) if match[2] == "email" else node.value.casefold()
        first = said.setdefault((match[1], match[2], one), path)
        if first != path:
            line = source.place(first).line
            yield make_problem(
                "O08", f"“{node.value}” is on this list already, in line {line}", source.place(path), path
            )


def _find_exposed_folders(source: SourceText) -> Iterator[Problem]:
    """Find folders of the issue that the newsroom would show.

    This includes folders inside the newsroom.
    """
    folders: dict[str, list[tuple[str, PurePosixPath]]] = {"at_issue": [], "at_lift": []}
    for path in source.nodes:
        if (match := USE.fullmatch(path)) and (folder := source.text_at(f"channels.{source.text_at(path)}.path")):
            folders[match[1]].append((path, PurePosixPath(normpath(folder))))
    for (path, early), (_, public) in product(folders["at_issue"], folders["at_lift"]):
        if early.is_relative_to(public) or public.is_relative_to(early):
            message = f"the folder “{early}” would show embargoed files: the newsroom is “{public}”; use another"
            yield make_problem("O09", message, source.place(path), path)
