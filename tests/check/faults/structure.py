"""Notes, contacts, links, placeholders, acronyms, and what the house writes otherwise."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from check.planting import BODY
from pressgen.model.change import AddField, EditText, InsertEntry, RemoveNode, ReplaceValue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from check.planting import Fault, Sample

ENDS = ("ENDS", "- ENDS -", "###", "-30-", "more follows", "[ends]", "Ends.")
MISSING = ("(see note {n})", "as explained in note {n}", "(note {n})", "(see notes to editors, note {n})")
PLACEHOLDERS = (
    "Doors open at XX.", "The survey found [number] gates.", "Tickets cost £TBC.", "Lorem ipsum dolor sit amet.",
    "It is run by [insert name].", "Call ____ for details.", "The hall holds ??? people.", "It opens on XX May.",
    "[Quote from the chair to follow].", "The cost is TBD.", "See <insert link> for more.",
)  # fmt: skip
LINKS = (
    "https://staging.county.example/plan", "http://localhost:8000/report", "https://test.county.example/a",
    "https://county-dev.example.net/x", "http://10.0.0.12/plan", "https://preview.county.example/draft",
)  # fmt: skip
ADDED = {
    "N11": "The team will utilise the new hall.", "N12": "Its code is on Github.", "N13": "It has deep granularity.",
    "N14": "The accounts were a fraud.", "N15": "It was a damned good year.",
    "N20": "The center of the old town was closed.",
}  # fmt: skip
LONG = "The hall, which was built in the year of the great storm and has been used since then by " + ", ".join(
    f"the {each} club" for each in "chess rowing angling bridge tennis garden walking singing darts bowls".split()
)


def notes(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Notes with a number typed, references to notes that are not there, end marks."""
    count = len(sample.loaded.release.notes) + len(sample.loaded.release.contacts)
    for index, note in enumerate(sample.loaded.release.notes):
        typed = draw.choice((f"{index + 1}. ", f"({index + 1}) ", f"Note {index + 1}: ", "• "))
        yield sample.fault("N01", f"“{typed}” before {note.id}", EditText(f"notes[{note.id}].text", 0, 0, typed))
    for mark in ENDS:
        yield sample.paragraphs(draw, "N03", mark)
    last = max((path for path in sample.typed if BODY.fullmatch(path)), key=lambda path: int(path[5:-1]))
    end = len(sample.typed[last].rstrip())
    yield sample.fault("N03", f"ENDS at the end of {last}", EditText(last, end, end, " ENDS"))
    for form in MISSING if sample.english else ():
        number = count + draw.randint(1, 5)
        yield sample.says(draw, "N02", f"All were counted {form.format(n=number)}.")


def contacts(sample: Sample, _: Random) -> Iterator[Fault]:
    """Contacts that nobody reaches."""
    [key] = sample.loaded.release.contacts
    person = sample.loaded.release.people[key]
    yield sample.fault("N04", "no contact", ReplaceValue("contacts", []))
    for name in ("phone", "email"):
        if getattr(person, name):
            yield sample.fault("N04", f"no {name}", RemoveNode(f"people.{key}.{name}"))
    for name in ("phone", "out_of_hours"):
        if number := getattr(person, name):
            yield sample.fault(
                "N05", f"{name} without its last digit", ReplaceValue(f"people.{key}.{name}", number[:-1])
            )
            yield sample.fault("N05", f"{name} with a digit more", ReplaceValue(f"people.{key}.{name}", f"{number}0"))
    if person.out_of_hours:
        lacks = sample.fault("N04", "no number out of hours", RemoveNode(f"people.{key}.out_of_hours"))
        yield replace(lacks, strict=sample.english)


def links(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Links to machines that readers do not reach, and a report that is out before the lift."""
    for url in LINKS:
        yield sample.says(draw, "N05", f"See [the plan]({url}).")
    for link in sample.loaded.release.links:
        yield sample.fault("N05", "public a day early", ReplaceValue(f"links[{link.id}].available", "2027-03-10 00:01"))
        yield sample.fault(
            "N05", "a link to staging", ReplaceValue(f"links[{link.id}].url", "https://staging.a.example/b")
        )


def words(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Placeholders, doubled words, spaces before marks and none after them."""
    for text in PLACEHOLDERS:
        yield sample.says(draw, "N07", re.sub(r"([\[\]<>_])", r"\\\1", text))
    for key in sample.loaded.release.people:
        yield sample.fault("N07", f"the role of {key} to come", ReplaceValue(f"people.{key}.role", "[insert role]"))
    if not sample.english:
        return
    prose = [path for path in sample.typed if BODY.fullmatch(path) or path.endswith(".text")]
    for path in prose:
        found = list(re.finditer(r"(?<= )(?:the|of|a|and|to|in|was|were|for)(?= )", sample.typed[path]))
        if found:
            match = draw.choice(found)
            yield sample.fault(
                "N18", f"{match[0]} twice in {path}", EditText(path, match.end(), match.end(), f" {match[0]}")
            )
    for path in draw.sample(prose, min(3, len(prose))):
        if marks := list(re.finditer(r"(?<=\w)[,.](?= )", sample.typed[path])):
            at = draw.choice(marks).start()
            yield sample.fault("N18", f"a space before a mark in {path}", EditText(path, at, at, " "))
    for path in draw.sample(prose, min(3, len(prose))):
        if spaces := list(re.finditer(r"(?<=[a-z]{3}[,.]) (?=[A-Za-z][a-z])", sample.typed[path])):
            at = draw.choice(spaces).start()
            yield sample.fault("N21", f"no space after a mark in {path}", EditText(path, at, at + 1, ""))


def acronyms(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Acronyms before their meaning, or without any."""
    if not sample.english:
        return
    terms = {"RCD": "River Care Department"}
    give = AddField("terms", "RCD", terms["RCD"]) if sample.loaded.release.terms else AddField("", "terms", terms)
    for sentence in ("RCD staff came first.", "It was paid for by the RCD.", "All RCDs were closed."):
        planted = sample.says(draw, "N06", sentence)
        yield replace(planted, changes=(*planted.changes, give))
        yield sample.says(draw, "N06", sentence.replace("RCD", "QLB"))
    yield from sample.swapped("N06", "Thornmere Remand Centre (TRC) is", "TRC is")


def head(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Headlines that shout, end in a stop, or are too long; names of folders that tell."""
    headline = sample.typed["headline"]
    if sample.english:
        yield sample.fault("N08", "a headline in capitals", ReplaceValue("headline", headline.upper().replace("'", "")))
        yield sample.fault("N08", "a full stop after the headline", ReplaceValue("headline", f"{headline}."))
        yield sample.fault(
            "N08", "a headline over the house's limit", ReplaceValue("headline", f"{headline} again"), strict=True
        )
        yield sample.says(
            draw, "N16", f"{LONG}, is to be sold at a price that nobody has named so far and then shut.", body=True
        )
    if sample.loaded.release.findings and sample.english:
        yield replace(
            sample.fault("X05", "a slug that tells", ReplaceValue("house", "inspectorate")), slug="thornmere-inadequate"
        )


def house(sample: Sample, draw: Random) -> Iterator[Fault]:
    """What the house writes otherwise."""
    if not sample.english:
        return
    for rule, sentence in ADDED.items():
        yield sample.says(draw, rule, sentence, body=True, strict=True)
    american = (sample.loaded.release.language or "").endswith("US")
    other = "8 May 2027" if american else "May 8, 2027"
    for sentence in ("The shop opens on 8th May.", f"The shop opens on {other}.", "Tea & cakes are sold."):
        yield sample.says(draw, "N09", sentence)
    for person in sample.loaded.release.people.values():
        last = (person.later or person.name).split()[-1]
        if last.isascii() and "of" not in person.name:
            yield sample.says(draw, "N19", f"{'Ms ' if american else ''}{last} opened the hall.", strict=True)
    lead = (
        "Multidisciplinary organisational collaboration facilitated transformational infrastructure change everywhere."
    )
    yield sample.fault("N17", "a lead that nobody understands", ReplaceValue("body[0]", lead), strict=True)


def copied(sample: Sample, _: Random) -> Iterator[Fault]:
    """Notes of an earlier release of the workspace, with their dates."""
    texts = {
        "new-chief-inspector": "“Hourly water temperature of 64 streams in Ohio, 1998–2025” will be available from the"
        " university's data library when the embargo lifts.",
        "thornmere-remand-centre": "The archive is called Four Rivers, in Chinese 四河, in Japanese 四つの川 and in"
        " Korean 네 강. It opens on January 12, 2027.",
    }
    if sample.english and (text := texts.get(sample.name)):
        at = len(sample.loaded.release.notes)
        yield sample.fault("N10", "a note of last time", InsertEntry("notes", at, {"id": "again", "text": text}))


PLANTERS = (notes, contacts, links, words, acronyms, head, house, copied)
