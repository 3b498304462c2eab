"""Prompts in a writing copy, where a release has nothing yet.

They are never part of the release: a model with prompts loses those that nobody has typed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.load.edits import apply_changes
from pressgen.load.source import SourceText, read_source
from pressgen.load.tree import Mapping, Scalar, Sequence
from pressgen.model.change import AddField, InsertEntry, RemoveNode, ReplaceValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.change import Change, Value

HEADLINE = "Write the headline here: what is new, in one line"
LEAD = "Write the lead here: who did what, when, and why it matters."
WORDS = "Write a quotation here: what they said, without quotation marks."
SPEAKER, OFFICE = "Name of who says this", "Office of who says this"
NOTE = "Write a note to editors here: what an editor needs, and a reader does not."
CONTACT, PHONE = "Name of who answers the press", "Telephone number for the press"
UNNAMED = {SPEAKER: "Full name of the speaker", CONTACT: "Name of the press officer", OFFICE: "Office of the speaker"}
"""What stands in the release for a prompt beside one that was typed over; `check` asks for it (N07)."""


def add_prompts(source: SourceText) -> str:
    """Return a release file with prompts for what it lacks."""
    return apply_changes(source, _plan_prompts(source))


def _plan_prompts(source: SourceText) -> Iterator[Change]:
    if not source.text_at("headline"):
        yield from _put(source, "headline", HEADLINE)
    body = source.nodes.get("body")
    people: dict[str, Value] = {}
    entries = body.items if isinstance(body, Sequence) else ()
    added: list[Value] = [] if entries else [LEAD]
    if not any(isinstance(each, Mapping) and "quote" in each.fields for each in entries):
        speaker = _choose_id(source, "speaker")
        people[speaker] = {"name": SPEAKER, "role": OFFICE}
        added.append({"quote": {"by": speaker, "words": [WORDS]}})
    if entries:
        yield from (InsertEntry("body", len(entries), each) for each in added)
    elif added:
        yield from _put(source, "body", added)
    if "notes" not in source.nodes:
        yield AddField("", "notes", [{"id": "note-1", "text": NOTE}])
    if "contacts" not in source.nodes:
        press = _choose_id(source, "press")
        people[press] = {"name": CONTACT, "phone": PHONE}
        yield AddField("", "contacts", [press])
    if people and isinstance(source.nodes.get("people"), Mapping):
        yield from (AddField("people", key, fields) for key, fields in people.items())
    elif people:
        yield from _put(source, "people", people)


def _put(source: SourceText, name: str, value: Value) -> Iterator[Change]:
    yield ReplaceValue(name, value) if name in source.nodes else AddField("", name, value)


def _choose_id(source: SourceText, wanted: str) -> str:
    name, number = wanted, 2
    while f"people.{name}" in source.nodes:
        name, number = f"{wanted}-{number}", number + 1
    return name


def remove_prompts(text: str, shown: str) -> SourceText:
    """Return a model without the prompts that nobody has typed over."""
    source, _ = read_source(text.encode(), shown)
    changes = list(_plan_removals(source))
    return read_source(apply_changes(source, changes).encode(), shown)[0] if changes else source


def _plan_removals(source: SourceText) -> Iterator[Change]:
    if source.text_at("headline") == HEADLINE:
        yield RemoveNode("headline")
    used = {path: text for path, text in source.typed.items() if text not in {LEAD, WORDS, NOTE}}
    gone = [
        path
        for path, text in source.typed.items()
        if (text == LEAD and path.count("[") == 1) or (text == WORDS and path.endswith(".quote.words[0]"))
    ]
    yield from _remove_entries(source, "body", [path.partition("]")[0] + "]" for path in gone])
    notes = [path.removesuffix(".text") for path, text in source.typed.items() if text == NOTE]
    yield from _remove_entries(source, "notes", notes)
    quoted = {text for path, text in used.items() if path.endswith(".quote.by")}
    quoted -= {source.text_at(path.replace(".words[0]", ".by")) or "" for path in gone}
    yield from _plan_people_removals(source, quoted)


def _plan_people_removals(source: SourceText, quoted: set[str]) -> Iterator[Change]:
    """Yield what becomes of people with a prompt for a field."""
    people, removed = source.nodes.get("people"), list[str]()
    contacts = source.nodes.get("contacts")
    for key, person in people.fields.items() if isinstance(people, Mapping) else ():
        fields = person.fields if isinstance(person, Mapping) else {}
        typed = {name: each.value for name, each in fields.items() if isinstance(each, Scalar)}
        blank = set(typed.values()) <= {SPEAKER, OFFICE, CONTACT, PHONE}
        if blank and key not in quoted:
            removed.append(key)
            continue
        for name, text in typed.items():
            if text in UNNAMED:
                yield ReplaceValue(f"people.{key}.{name}", UNNAMED[text])
            elif text == PHONE:
                yield RemoveNode(f"people.{key}.{name}")
    if isinstance(people, Mapping) and removed and len(removed) == len(people.fields):
        yield RemoveNode("people")
    else:
        yield from (RemoveNode(f"people.{key}") for key in removed)
    listed = source.texts_at("contacts")
    names = contacts.names if isinstance(contacts, Sequence) else ()
    yield from _remove_entries(
        source, "contacts", [f"contacts[{name}]" for name, key in zip(names, listed, strict=False) if key in removed]
    )


def _remove_entries(source: SourceText, path: str, entries: list[str]) -> Iterator[Change]:
    """Yield the removal of entries, or of their whole list."""
    node = source.nodes.get(path)
    if entries and isinstance(node, Sequence) and len(entries) == len(node.items):
        yield RemoveNode(path)
    else:
        yield from map(RemoveNode, entries)
