"""Read quotations that somebody typed as paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.importer.body_quotations import QuotationReader
from pressgen.importer.draft import DraftPerson, DraftQuotation
from pressgen.importer.manuscript import SourceParagraph
from pressgen.importer.name_index import NameIndex
from pressgen.importer.people import People
from pressgen.importer.person_names import get_surname
from pressgen.load.tree import Mapping
from pressgen.model.change import AddField, InsertEntry
from pressgen.text.prose import escape_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.load.source import SourceText
    from pressgen.model.change import Change, Value

FIELDS = ("name", "role", "organisation", "later")


def read_typed_quotations(changes: Iterable[Change], source: SourceText) -> Iterator[Change]:
    """Yield the changes, with typed quotations as quotations.

    A new paragraph of the body is one if it names who says it, and holds nothing else.
    """
    given: dict[str, Value] = {}
    for change in changes:
        if isinstance(change, InsertEntry) and change.path == "body" and isinstance(change.value, str):
            found = _read_quotation(change.value, source)
            if found:
                quotation, person = found
                yield InsertEntry("body", change.before, quotation)
                given |= person
                continue
        yield change
    if given and isinstance(source.nodes.get("people"), Mapping):
        yield from (AddField("people", key, fields) for key, fields in given.items())
    elif given:
        yield AddField("", "people", given)


def _read_quotation(typed: str, source: SourceText) -> tuple[Value, dict[str, Value]] | None:
    """Return a quotation, and its speaker if they are new.

    None for other text.
    """
    if "{{" in typed or "\\" in typed:
        return None
    people = People(NameIndex("\n".join([*_list_names(source), typed])))
    keys = {people.add(name): key for key, name in _name_people(source)}
    reader = QuotationReader(people)
    blocks = reader.blocks([SourceParagraph(line=1, text=typed)], 0)
    if len(blocks) != 1 or reader.doubts or not isinstance(said := blocks[0], DraftQuotation):
        return None
    speaker = people.found[said.by]
    if (get_surname(speaker.name) or speaker.name.lower()) not in typed.lower():
        return None
    quotation: dict[str, Value] = {"by": keys.get(said.by, _choose_id(said.by, source))}
    quotation |= {"verb": said.verb} if said.verb else {}
    quotation["words"] = [escape_marks(each) for each in said.words]
    person: dict[str, Value] = {} if said.by in keys else {str(quotation["by"]): _describe(speaker)}
    return {"quote": quotation}, person


def _describe(person: DraftPerson) -> Value:
    return {name: text for name in FIELDS if (text := str(getattr(person, name)))}


def _name_people(source: SourceText) -> Iterator[tuple[str, str]]:
    people = source.nodes.get("people")
    for key in people.fields if isinstance(people, Mapping) else ():
        if name := source.text_at(f"people.{key}.name"):
            yield key, name


def _list_names(source: SourceText) -> list[str]:
    return [name for _, name in _name_people(source)]


def _choose_id(wanted: str, source: SourceText) -> str:
    name, number = wanted, 2
    while f"people.{name}" in source.nodes:
        name, number = f"{wanted}-{number}", number + 1
    return name
