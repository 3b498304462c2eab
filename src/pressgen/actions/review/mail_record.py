"""Find the record of the copy that a mail is about."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pressgen.actions.review.copy_records import read_records
from pressgen.actions.review.record_lookup import (
    LINE,
    compute_similarity,
    describe_newer_round,
    find_copy_record,
    join_blocks,
)
from pressgen.actions.workspace.folder import RELEASE
from pressgen.actions.workspace.office import FILE, open_ledger
from pressgen.actions.workspace.read_files import read_or_empty
from pressgen.model.round import Posted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.export import Export
    from pressgen.review.mail_reader import MailReply

REFERENCE = re.compile(rb"^reference:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
SIGNS = re.compile(r"Ref\s+(\S{1,200})\s+\S\s+(review(?:\s+\d{1,6})?)\s+\S\s+([0-9a-f]{12})")
"""The line on a review copy, with whatever a mail program made of its dots."""
ROUND = re.compile(r"\b(?:round|review)\s+(\d{1,6})\b", re.IGNORECASE)
MOST_NAMED = 5


def find_mail_record(workspace: Workspace, reply: MailReply, shown: str) -> tuple[Export, str]:
    """Find the record of the copy that a mail is about.

    The line of the copy counts first, then the mail that it answers, then a reference that it names, then its words.

    Raises:
        InputError: the mail belongs to no release here.
    """
    texts = [reply.subject, *(line.text for line in reply.lines)]
    whole = SIGNS.sub(r"Ref \1 · \2 · \3", " ".join(" ".join(texts).split()))
    quoted = " ".join(line.text for line in reply.lines if line.depth) or whole
    if not LINE.search(whole) and (answered := _find_answered_record(workspace, reply)):
        return answered, describe_newer_round(answered, read_records(workspace, answered.slug))
    if not LINE.search(whole) and (named := list(_find_named_records(workspace, whole))):
        return _choose(named, quoted, reply.subject), ""
    return find_copy_record(workspace, "", whole if LINE.search(whole) else quoted, shown)


def _find_answered_record(workspace: Workspace, reply: MailReply) -> Export | None:
    """Find the record of the copies that a mail answers."""
    if not reply.answers or not (workspace.root / FILE).is_file():
        return None
    with open_ledger(workspace) as ledger:
        mails = {each.event.key: each for each in ledger.review_mails(reply.answers) if isinstance(each.event, Posted)}
    for key in reply.answers:
        if (sent := mails.get(key)) is None or not isinstance(sent.event, Posted):
            continue
        number = sent.event.round
        records = [each for each in read_records(workspace, sent.slug) if each.round == number]
        if records:
            return max(records, key=lambda each: (_share_quoted(reply, each), each.name == RELEASE))
    return None


def _share_quoted(reply: MailReply, record: Export) -> float:
    """Compute how much of a mail is in a copy."""
    return round(compute_similarity(" ".join(line.text for line in reply.lines), join_blocks(record)), 1)


def _find_named_records(workspace: Workspace, text: str) -> Iterator[Export]:
    """Yield the records of the releases whose references a mail names."""
    folders = (
        folder
        for folder in workspace.releases
        if (found := REFERENCE.search(read_or_empty(workspace.root, folder / "release.yaml")))
        and re.search(rf"(?<![\w-]){re.escape(found[1].decode('utf-8', 'replace'))}(?![\w-])", text)
    )
    for folder in islice(folders, MOST_NAMED):
        yield from read_records(workspace, folder.name)


def _choose(records: Sequence[Export], quoted: str, subject: str) -> Export:
    """Choose the record with most of the quoted words.

    Among equals it is the round that the subject names, else the latest.
    """
    match = ROUND.search(subject)
    wanted = int(match[1]) if match else 0

    def rank(each: Export) -> tuple[float, bool, int]:
        return round(compute_similarity(quoted, join_blocks(each)), 1), each.round == wanted, each.round

    return max(records, key=rank)
