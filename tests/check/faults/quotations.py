"""Marks dropped, added and doubled; speakers renamed, misspelled and unknown; words that nobody cleared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.speech import get_surname
from pressgen.model.change import EditText, RemoveNode, ReplaceValue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from check.planting import Fault, Sample

MARKED = (
    "The chair called it “a very good year” for the county.",
    "Neighbours said that the hall was “cold, dark and far too small”.",
    "“We shall be back in the spring,” the warden told members.",
    "The plan, “Open all hours”, was drawn up in March.",
)
LATE = (
    "“The hall was full. Nobody left. The band played on. It was a fine night,” said the warden.",
    "“We counted twice. We asked everybody. The numbers held. We are sure of them now,” the surveyor said.",
)
ALONE = (
    "“We have counted every tree on the bank and every one of them is in good health.”",
    "“Nobody here has ever seen the river as high as it was on that night in March.”",
)
LETTERS = "abcdefghiklmnoprstuvwy"


def marks(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Quotations that open and never close, close and never opened, or have double marks in double marks."""
    if not sample.english:
        return
    for sentence in MARKED:
        which = draw.choice("“”")
        yield sample.says(draw, "Q03", sentence.replace(which, ""))
    for path, text in sample.typed.items():
        for match in re.finditer("[“”]", text) if "quote" not in path else ():
            yield sample.fault("Q03", f"{match[0]} dropped from {path}", EditText(path, *match.span(), ""))
    yield sample.says(draw, "Q04", "“He told me “no” twice,” the warden said.")
    yield sample.says(draw, "Q04", "The note reads: “See the chapter “Rivers” first.”")
    for path, text in _quoted(sample):
        at = draw.choice([match.start() for match in re.finditer(r"(?<= )[a-z]{4,}(?= )", text)])
        word = re.match(r"[a-z]+", text[at:])
        if word:
            yield sample.fault("Q04", f"“{word[0]}” in {path}", EditText(path, at, at + len(word[0]), f"“{word[0]}”"))
        yield sample.fault("Q01", f"marks round {path}", EditText(path, 0, len(text), f"“{text.strip()}”"))


def paragraphs(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Quotations of several paragraphs whose marks are wrong, and speech whose speaker comes late or never."""
    if not sample.english:
        return
    person = draw.choice(list(sample.loaded.release.people.values()))
    opened = f"{person.name} said: “It was a good year for everybody here."
    yield sample.paragraphs(draw, "Q01", f"{opened}”", "“We shall do better in the next.”")
    yield sample.paragraphs(draw, "Q01", "“The wall held,” the warden said. “It held all night.”", "“We were lucky.”")
    yield sample.paragraphs(draw, "Q02", opened, "We shall do better in the next.”")
    yield sample.paragraphs(draw, "Q02", "The warden said: “The wall held all night.", "We were lucky that it did.”")
    for text in LATE:
        yield sample.paragraphs(draw, "Q11", text)
    for text in ALONE:
        yield sample.paragraphs(draw, "Q05", {"heading": "On the bank"}, "The count ended on a dry day.", text)


def speakers(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Speakers without a name or an office, under another name, and words that are not theirs."""
    release = sample.loaded.release
    quoted = {block.quote.by: block for block in release.body if hasattr(block, "quote")}
    for key in quoted:
        person = release.people[key]
        yield sample.fault("Q05", f"{key} without a role", RemoveNode(f"people.{key}.role"))
        yield sample.fault("Q05", f"{key} by surname", ReplaceValue(f"people.{key}.name", person.name.split()[-1]))
        if not sample.english:
            continue
        yield sample.says(draw, "Q06", f"{person.name} spoke of “a lost generation of clerks”.", body=True)
        yield sample.says(
            draw, "Q06", f"{person.later or person.name} said that it was “beyond any repair”.", body=True
        )
        headline = f"{person.later or person.name} warns of ‘drowned gardens’"
        yield sample.fault("Q06", headline, ReplaceValue("headline", headline))
    for key in release.people if sample.english else ():
        yield from _misspelled(sample, draw, key)


def _misspelled(sample: Sample, draw: Random, key: str) -> Iterator[Fault]:
    person = sample.loaded.release.people[key]
    last = get_surname(person)
    names = re.sub(r"\s*\(.*\)", "", person.name).split()
    if "of" in names or re.search(r"[^\x00-\x7f]", person.name):
        return
    for _ in range(3):
        wrong = _slip(last, draw)
        yield sample.says(draw, "Q09", f"{' '.join(names[:-1])} {wrong} opened the hall.")
    title = names[0] if names[0] in {"Dr", "Lord", "Dame", "Sir"} else ""
    wrong_titles = {"Dr": "Mr", "Lord": "Sir"}
    if title:
        yield sample.says(draw, "Q09", f"{wrong_titles[title]} {last} opened the hall.")
        yield sample.says(draw, "Q09", f"{title} {_slip(last, draw)} opened the hall.")


def _slip(name: str, draw: Random) -> str:
    """A name with a letter dropped, doubled, changed, or two in each other's place."""
    at = draw.randrange(1, len(name) - 1)
    other = draw.choice([each for each in LETTERS if each != name[at]])
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    ways = [name[:at] + name[at + 1 :], name[: at + 1] + name[at:], name[:at] + other + name[at + 1 :], swapped]
    return draw.choice([each for each in ways if each != name])


def style(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Stops on the wrong side, and marks of two kinds."""
    if not sample.english:
        return
    if not (sample.loaded.release.language or "").endswith("US"):
        yield sample.says(draw, "Q08", "Inspectors called the work “outstanding.”")
        yield sample.says(draw, "Q08", "The warden said that it was “cold and dark.”", body=True)
        yield sample.says(draw, "Q08", "The rule says: “Close the gate after dusk”.")
    yield sample.fault(
        "Q10", "double marks in the headline", ReplaceValue("headline", "Hall rated “good” by everybody")
    )
    if subhead := sample.typed.get("subhead"):
        word = subhead.split()[1]
        at = subhead.index(f" {word} ") + 1
        yield sample.fault("Q10", f"“{word}” in the subhead", EditText("subhead", at, at + len(word), f"“{word}”"))


def _quoted(sample: Sample) -> list[tuple[str, str]]:
    """The paragraphs of `quote` blocks that no pull quote repeats."""
    pulled = {text for path, text in sample.typed.items() if ".pull.words" in path}
    spoken = [(path, text) for path, text in sample.typed.items() if ".quote.words" in path and text not in pulled]
    return [(path, text) for path, text in spoken if len(text) > 60]


PLANTERS = (marks, paragraphs, speakers, style)
