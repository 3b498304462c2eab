"""Ledgers as the version before the index wrote them: each standing lists who has copies, what failed, what came back.

The rules are those of that version, kept here as they were; they read the entries as plain JSON.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import NullPool, create_engine, text

from pressgen.model.address import normalise_mailbox
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

Plain = dict[str, Any]
LIFTED = {"scheduled", "unscheduled", "moved", "embargo ended", "lifted", "lift failed"}
ORDER = [each.name for each in fields(Standing)]


def write_as_before(url: str) -> None:
    """Write every standing of a ledger as the version before did, and take the index away."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool)
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT reference, standing FROM pressgen_standings")).all()
        for reference, standing in rows:
            query = text("SELECT entry FROM pressgen_entries WHERE reference = :reference ORDER BY number")
            entries = connection.scalars(query, {"reference": reference})
            told = lengthened(json.loads(standing), map(json.loads, entries))
            long = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
            seal = hashlib.sha256(f"{reference}\n{long}".encode()).hexdigest()
            change = text("UPDATE pressgen_standings SET standing = :long, seal = :seal WHERE reference = :reference")
            connection.execute(change, {"long": long, "seal": seal, "reference": reference})
        connection.execute(text("DROP TABLE pressgen_index"))
    engine.dispose()


def lengthened(standing: Plain, entries: Iterable[Plain]) -> Plain:
    """A standing with the lists of its release in the place of numbers."""
    made = {name: each for name, each in standing.items() if name != "delays"} | lists_of(entries)
    return {name: made[name] for name in ORDER if made.get(name)}


def lists_of(entries: Iterable[Plain]) -> dict[str, list[Plain]]:
    """Who has copies, what failed and what came back, as the version before worked it out."""
    copies: list[Plain] = []
    failures: list[Plain] = []
    bounces: list[Plain] = []
    for entry in entries:
        event, at = entry["event"], entry["at"]
        kind = event["kind"]
        if kind in {"issued", "issue ordered"}:
            failures = [each for each in failures if each["key"] != f"issue to {event['list']}"]
        elif kind == "issue order ended" and event["ending"] == "failed":
            name = f"issue to {event['list']}"
            failures = [each for each in failures if each["key"] != name]  # an order that has failed is given anew
            failures.append({"key": name, "what": name, "detail": event["detail"], "at": at})
        elif kind in {"sent", "announced"}:
            failures = _failed(failures, event, at)
            copies = _copied(copies, event, at)
        elif kind in LIFTED:
            failures = [each for each in failures if each["key"] != "lift"]
            if kind == "lift failed":
                failures.append({"key": "lift", "what": "lift", "detail": event["detail"], "at": at})
        elif kind == "bounced":
            reason = " ".join(filter(None, (event["status"], event["reason"])))
            kept = {name: event[name] for name in ("key", "recipient", "address", "final")}
            bounces = [each for each in bounces if each["key"] != event["key"]]
            bounces.append(kept | {"reason": reason, "at": at})
        elif kind == "posted":
            bounces = [each for each in bounces if each["key"] != event["key"]]
        elif kind == "reissued":
            failures = [each for each in failures if not each["what"].endswith(f" to {event['address']}")]
            bounces = [each for each in bounces if each["address"] != event["address"]]
    return {"copies": copies, "failures": failures, "bounces": bounces}


def _failed(failures: list[Plain], event: Plain, at: str) -> list[Plain]:
    others = [each for each in failures if each["key"] != event["key"]]
    if event["outcome"] == "ok":
        return others
    to = f" to {event['address']}" if event.get("address") else ""
    return [
        *others,
        {"key": event["key"], "what": f"{event['channel']}{to}", "detail": event["detail"], "at": at},
    ]


def _copied(copies: list[Plain], event: Plain, at: str) -> list[Plain]:
    if not event.get("recipient") or event["outcome"] not in {"ok", "unknown"}:
        return copies
    others = [each for each in copies if normalise_mailbox(each["address"]) != normalise_mailbox(event["address"])]
    copy = {name: event[name] for name in ("recipient", "address", "channel", "version")}
    return [*others, copy | {"at": at}]
