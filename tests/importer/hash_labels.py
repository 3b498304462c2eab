"""Turn what people found in releases into hashes, so that a measure can be repeated and no text of others is kept.

Run it with: PYTHONPATH=tests .venv/bin/python -m importer.hash_labels FOLDER > tests/importer/held_out.json

FOLDER has a folder for each half, `dev` and `unseen`, with the releases and `labels*.json`, and `all/SOURCES*.tsv`,
which says where each is from. The hashes are salted with the SHA-256 of the release: whoever has no copy of it learns
nothing from them.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from importer.comparison import beginning, last_digits, last_name, plain

EXTENSION = re.compile(r"\s*(?:x|ext\.?)\s*\d+$", re.IGNORECASE)
KEPT = 16
"""Hexadecimal digits of a hash that are kept."""


class Hasher:
    """Makes hashes of what is compared, for one release."""

    def __init__(self, salt: str) -> None:
        self._salt = salt

    def text(self, text: str) -> str:
        """A whole text, without punctuation and capitals."""
        return self._hash("text", plain(text))

    def beginning(self, text: str) -> str:
        """The first words of a quotation or note."""
        return self._hash("beginning", " ".join(beginning(text)))

    def name(self, name: str) -> str:
        """The last name of a person."""
        return self._hash("name", last_name(name))

    def number(self, number: str) -> str:
        """The last digits of a telephone number."""
        return self._hash("number", last_digits(EXTENSION.sub("", number)))

    def address(self, address: str) -> str:
        """An e-mail address."""
        return self._hash("address", address.lower())

    def instant(self, moment: datetime) -> str:
        """An instant, in whatever zone."""
        return self._hash("instant", moment.astimezone(UTC).isoformat())

    def _hash(self, kind: str, value: str) -> str:
        return hashlib.sha256(f"{self._salt}\n{kind}\n{value}".encode()).hexdigest()[:KEPT]


def hash_label(label: dict[str, Any], salt: str) -> dict[str, Any]:
    """What a person found in a release, as hashes; the fields are those of ../shared/corpus/labels.json.

    `headline_also`, `notes_also` and `first_words_also` give other readings that are right as well. An `optional`
    quotation or contact is neither missed nor too much.
    """
    hasher = Hasher(salt)
    headlines = [text for text in (label["headline"], *label.get("headline_also", ())) if text]
    return {
        "headline": [hasher.text(text) for text in headlines],
        "embargo": hasher.instant(datetime.fromisoformat(label["embargo"])) if label["embargo"] else None,
        "certain": label["embargo_certain"],
        "immediate": label["immediate"],
        "end": bool(label["end_mark"]),
        "notes": [label["notes"], *label.get("notes_also", ())],
        "first_note": hasher.beginning(label["first_note_starts"]) if label["first_note_starts"] else None,
        "contacts": [_hash_contact(contact, hasher) for contact in label["contacts"]],
        "quotes": [_hash_quote(quote, hasher) for quote in label["quotes"]],
        "unreadable": label.get("unreadable", False),
    }


def _hash_contact(contact: dict[str, Any], hasher: Hasher) -> dict[str, Any]:
    return {
        "name": hasher.name(contact["name"]) if plain(contact["name"] or "") else None,
        "email": hasher.address(contact["email"]) if contact["email"] else None,
        "phones": [hasher.number(each) for each in (contact["phone"] or "").split(";") if last_digits(each)],
        "optional": contact.get("optional", False),
    }


def _hash_quote(quote: dict[str, Any], hasher: Hasher) -> dict[str, Any]:
    return {
        "speaker": hasher.name(quote["speaker"]) if quote["speaker"] else None,
        "words": [hasher.beginning(text) for text in (quote["first_words"], *quote.get("first_words_also", ()))],
        "optional": quote.get("optional", False),
    }


def hash_folder(folder: Path) -> Iterable[str]:
    """The lines of `held_out.json`, a release each."""
    sources = {
        row["id"]: row
        for table in sorted((folder / "all").glob("SOURCES*.tsv"))
        for row in csv.DictReader(table.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    }
    for half in ("dev", "unseen"):
        for labels in sorted((folder / half).glob("labels*.json")):
            for label in json.loads(labels.read_text("utf-8")):
                source = sources[Path(label["file"]).stem]
                salt = hashlib.sha256((folder / half / label["file"]).read_bytes()).hexdigest()
                assert salt == source["sha256"], label["file"]
                known = {key: source[key] for key in ("repository", "path", "commit", "sha256")}
                about = {"half": half, "language": label["language"], "issuer": source["kind"]}
                yield json.dumps(known | about | hash_label(label, salt), ensure_ascii=False)


if __name__ == "__main__":
    sys.stdout.write("[\n" + ",\n".join(hash_folder(Path(sys.argv[1]))) + "\n]\n")
