"""Name people and pictures of an import as the release does."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pressgen.importer.draft import DraftPicture, DraftQuotation
from pressgen.load.tree import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf

    from pressgen.importer.draft import DraftPerson, ReleaseDraft
    from pressgen.load.source import SourceText

ALIKE = 0.8
"""Share of common letters from which two names are one, spelt in two ways."""


def rename_people(draft: ReleaseDraft, names: MappingOf[str, str]) -> ReleaseDraft:
    """Return a draft whose people have other ids."""
    people = {names.get(key, key): person for key, person in draft.people.items()}
    body = tuple(
        replace(block, by=names.get(block.by, block.by)) if isinstance(block, DraftQuotation) else block
        for block in draft.body
    )
    return replace(draft, people=people, body=body, contacts=tuple(names.get(each, each) for each in draft.contacts))


def rename_pictures(draft: ReleaseDraft, names: MappingOf[str, str]) -> ReleaseDraft:
    """Return a draft whose pictures have other file names."""
    body = tuple(
        replace(block, file=names.get(block.file, block.file)) if isinstance(block, DraftPicture) else block
        for block in draft.body
    )
    return replace(draft, body=body)


def match_people(old: MappingOf[str, DraftPerson], new: MappingOf[str, DraftPerson]) -> dict[str, str]:
    """Return the old ids of new people whose names were respelt.

    It is one person if the mail or telephone is the same, or nearly the same name.
    """
    gone, come = (set(one) - set(other) for one, other in ((old, new), (new, old)))
    found: dict[str, str] = {}
    for key in sorted(come):
        alike = [other for other in sorted(gone) if _is_same_person(old[other], new[key])]
        if len(alike) == 1 and alike[0] not in found.values():
            found[key] = alike[0]
    return found


def _is_same_person(one: DraftPerson, other: DraftPerson) -> bool:
    reachable = (one.email and one.email == other.email) or (one.phone and one.phone == other.phone)
    return bool(reachable) or SequenceMatcher(None, one.name, other.name, autojunk=False).ratio() >= ALIKE


def find_people_ids(people: MappingOf[str, DraftPerson], now: SourceText) -> dict[str, str]:
    """Return the present ids of people who got others in the release."""
    node = now.nodes.get("people")
    if not isinstance(node, Mapping):
        return {}
    by_name: dict[str, list[str]] = {}
    for key, person in node.fields.items():
        name = person.fields.get("name") if isinstance(person, Mapping) else None
        if key not in people and isinstance(name, Scalar):
            by_name.setdefault(name.value, []).append(key)
    missing = {key: by_name.get(person.name, []) for key, person in people.items() if key not in node.fields}
    return {key: keys[0] for key, keys in missing.items() if len(keys) == 1}


def match_pictures(old: MappingOf[str, bytes], new: MappingOf[str, bytes], taken: set[str]) -> dict[str, str]:
    """Return a file name for each picture of the newer file.

    A picture that was there before keeps its name; a new one gets a name that no file has.
    """
    known = {content: name for name, content in old.items()}
    found: dict[str, str] = {}
    used = {*taken, *old}
    for name, content in new.items():
        if content in known:
            found[name] = known[content]
            continue
        stem, _, ending = name.rpartition(".")
        number, fresh = 2, name
        while fresh in used:
            fresh, number = f"{stem}-{number}.{ending}", number + 1
        found[name] = fresh
        used.add(fresh)
    return found
