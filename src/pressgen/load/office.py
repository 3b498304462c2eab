"""An office from `releases/pressgen.yaml`, or every fault in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING

from pydantic import ValidationError

from pressgen.errors import Place, Problem, Refused
from pressgen.load.channel_secrets import secret_problems
from pressgen.load.channel_uses import CHANNEL, USE, judge_uses
from pressgen.load.faults import fault
from pressgen.load.list_file import read_list_file
from pressgen.load.schema import ShapeCodes, judge
from pressgen.load.source import SourceText, read_source
from pressgen.load.tree import Mapping, Scalar, Sequence, plain
from pressgen.model.address import is_loopback, mailbox_of
from pressgen.model.office import NEWSROOM, Office

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.model.office import Recipient

SHAPE = ShapeCodes(unknown="O01", missing="O02", shape="O03", form="O04", few="O05")
PARTED, USED = {"people", "lists", "channels"}, {"at_issue", "at_lift"}
"""Fields whose entries stand alone, and those that name channels."""
LIST = re.compile(r"lists\.[^.\[]+")
LIST_FILE = re.compile(r"(?:[\w-][\w. -]*/)*[\w-][\w. -]*\.csv")
"""A file under releases/: no step of it is hidden or leads upwards."""
ReadFile = Callable[[str], bytes]
"""Gives the bytes of a file under releases/."""
RECIPIENT = re.compile(r"(lists\.[^.\[]+)\.recipients\[[^\]]*\]\.(id|email)")


def no_file(name: str) -> bytes:
    """Refuse to read the file of a list, where there is only the office's own.

    Raises:
        Refused: always.
    """
    raise Refused([fault("O12", "cannot be read here", Place(name))])


def read_office(data: bytes, shown: str, read: ReadFile = no_file) -> Office:
    """An office from the bytes of its file, which messages call `shown`, and of the files of its lists.

    Raises:
        Refused: with every fault of the file.
    """
    office = read_sound_office(data, shown, read)
    if office.problems:
        raise Refused(office.problems)
    return office


def read_sound_office(data: bytes, shown: str, read: ReadFile = no_file) -> Office:
    """An office without the parts of its file that are at fault: each list, channel and person stands alone.

    Args:
        data: of the office's file.
        shown: what messages call it.
        read: gives the files of its lists.

    Raises:
        Refused: the YAML cannot be read, or the office itself or all its people are at fault.
    """
    source, unread = read_source(data, shown)
    office, problems = judge(Office, source, SHAPE)
    problems += judge_uses(source)
    problems += secret_problems(source)
    problems += _plaintext_problems(source)
    problems += _doubled(source)
    problems += _leaks(source)
    listed, wrong = _listed(source, read)
    problems += wrong
    if office is not None and not unread and not problems:
        return _with_recipients(office, listed)
    problems = list(dict.fromkeys(problems))
    faults = [(part, each) for each in problems for part in _parts(source, each.path)]
    faults += [*_uses_of_faulty_channels(source, problems)]
    try:
        if unread or any(each.path == "office" or each.path.startswith("office.") for each in problems):
            raise Refused([*unread, *problems])
        sound = Office.model_validate(_sound_parts(source, faults))
        return _with_recipients(sound, listed).without(faults)
    except ValidationError:
        raise Refused(problems) from None


def _uses_of_faulty_channels(source: SourceText, problems: Iterable[Problem]) -> Iterator[tuple[str, Problem]]:
    """The faults of channels and lists, where these are used; and where a channel may be the newsroom."""
    for path in filter(USE.fullmatch, source.nodes):
        channel, list_ = f"channels.{source.text_at(path)}", f"lists.{source.text_at(path)}"
        is_list = list_ in source.nodes and channel not in source.nodes
        for problem in problems:
            if is_list and (_within(problem.path, list_) or problem.path == "lists"):
                yield path, problem
            elif _within(problem.path, channel) or problem.path in {path, "channels"}:
                yield path, problem
                if path.startswith("at_lift") and source.text_at(f"{channel}.kind") not in {"smtp", "graph", "webhook"}:
                    yield NEWSROOM, problem
    for problem in problems:
        if {"at_lift", "channels"} & set(_parts(source, problem.path)):
            yield NEWSROOM, problem


def _parts(source: SourceText, path: str) -> list[str]:
    """What a fault at `path` concerns; a field that is none may have been meant for any that is not there."""
    if path in source.root.fields and path not in Office.model_fields:
        return [name for name in Office.model_fields if name not in source.root.fields]
    return [path]


def _sound_parts(source: SourceText, faults: Iterable[tuple[str, Problem]]) -> dict[str, object]:
    """The data of the file without what is at fault."""
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
                made[name] = {key: plain(each) for key, each in kept.items()}
            case Sequence() if name in USED:
                kept_items = zip(node.names, node.items, strict=True)
                made[name] = [plain(each) for key, each in kept_items if f"{name}[{key}]" not in paths]
            case _:
                made[name] = plain(node)
    return made


def _any_within(paths: Iterable[str], whole: str) -> bool:
    return any(_within(path, whole) for path in paths)


def _within(path: str, whole: str) -> bool:
    return path == whole or path.startswith((f"{whole}.", f"{whole}["))


def _listed(source: SourceText, read: ReadFile) -> tuple[dict[str, list[Recipient]], list[Problem]]:
    """The recipients of each list that has a file of its own, and what is wrong with those files."""
    found: dict[str, list[Recipient]] = {}
    problems: list[Problem] = []
    for path, node in source.nodes.items():
        if not LIST.fullmatch(path) or not isinstance(node, Mapping):
            continue
        name, file = path.removeprefix("lists."), source.text_at(f"{path}.file")
        if ("file" in node.fields) == ("recipients" in node.fields):
            message = "a list has either “recipients” or “file”, the file in which they stand; write one of the two"
            problems.append(fault("O11", message, source.key_place(path), path))
        elif file is not None and not LIST_FILE.fullmatch(file):
            message = f"“{file}” is no file of a list; write it from releases/ on, such as lists/{name}.csv"
            problems.append(fault("O12", message, source.place(f"{path}.file"), path))
        elif file is not None:
            try:
                found[name], wrong = read_list_file(read(file), f"releases/{file}")
            except Refused as refusal:
                wrong = [
                    fault("O12", each.message.removeprefix(f"{each.place} "), source.place(f"{path}.file"))
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


def _plaintext_problems(source: SourceText) -> Iterator[Problem]:
    """Mail channels by which mails would leave this machine unencrypted, without the office's word for it."""
    for path in filter(CHANNEL.fullmatch, source.nodes):
        host, word = source.text_at(f"{path}.host"), source.text_at(f"{path}.plaintext")
        if source.text_at(f"{path}.security") == "none" and host and not is_loopback(host) and word != "accepted":
            message = (
                f"mails to “{host}” would be readable by anybody on the way, embargoed releases too; write"
                " security: starttls or tls, or take that upon the office with plaintext: accepted"
            )
            yield fault("O10", message, source.place(f"{path}.security"), f"{path}.security")


def _doubled(source: SourceText) -> Iterator[Problem]:
    """Ids and addresses that stand twice on one list: one person would get two copies, or two persons one mark."""
    said: dict[tuple[str, str, str], str] = {}
    for path, node in source.nodes.items():
        match = RECIPIENT.fullmatch(path)
        if match is None or not isinstance(node, Scalar) or node.refused:
            continue
        one = mailbox_of(node.value) if match[2] == "email" else node.value.casefold()
        first = said.setdefault((match[1], match[2], one), path)
        if first != path:
            line = source.place(first).line
            yield fault("O08", f"“{node.value}” is on this list already, in line {line}", source.place(path), path)


def _leaks(source: SourceText) -> Iterator[Problem]:
    """Folders of the issue that the newsroom would show, or that lie in it."""
    folders: dict[str, list[tuple[str, PurePosixPath]]] = {"at_issue": [], "at_lift": []}
    for path in source.nodes:
        if (match := USE.fullmatch(path)) and (folder := source.text_at(f"channels.{source.text_at(path)}.path")):
            folders[match[1]].append((path, PurePosixPath(normpath(folder))))
    for (path, early), (_, public) in product(folders["at_issue"], folders["at_lift"]):
        if early.is_relative_to(public) or public.is_relative_to(early):
            message = f"the folder “{early}” would show embargoed files: the newsroom is “{public}”; use another"
            yield fault("O09", message, source.place(path), path)
