"""Wrong counts, percentages and ratings; digits in the wrong order; roundings that are untrue."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from check.planting import slipped
from pressgen.model.change import AddField, EditText, ReplaceValue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from check.planting import Fault, Sample

WORDS = "two three four five six seven eight nine ten".split()
THINGS = ("a fence", "a gate", "two lamps", "a bench by the pond", "new signs", "a ramp", "a path")
ANNOUNCED = (
    "The panel named {n} areas of concern:", "There are {n} reasons for this:", "Visitors asked for {n} things:",
    "The plan has {n} parts:", "{N} changes follow:", "Members will vote on the following {n} motions:",
)  # fmt: skip
WITHIN = (
    "The plan has {n} parts: {things}.", "It will pay for {n} things: {things}.",
    "Staff asked for {n} items: {things}.",
)  # fmt: skip
SHARES = (
    "Of the {b} files read, {a} ({p} per cent) held no plan.", "Some {a} of the {b} doors ({p}%) were open.",
    "In all, {a} out of {b} members, or {p} per cent, voted.", "Only {p} per cent ({a} of {b}) answered.",
    "{a} of {b} gates ({p} percent) were shut.",
)  # fmt: skip
USE = re.compile(r"\{\{ facts\.(\w+) \}\}")


def lists(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Numbers that do not count the list after them."""
    if not sample.english:
        return
    for sentence in ANNOUNCED:
        length = draw.randint(3, 6)
        said = WORDS[length - 2 + draw.choice((-1, 1))]
        text = sentence.format(n=said, N=said.title())
        yield sample.paragraphs(draw, "F01", text, {"list": list(THINGS[:length])})
    for sentence in WITHIN:
        length = draw.randint(3, 6)
        things = f"{', '.join(THINGS[: length - 1])} and {THINGS[length - 1]}"
        yield sample.says(draw, "F01", sentence.format(n=WORDS[length - 2 + draw.choice((-1, 1))], things=things))
    for path, text in sample.typed.items():
        for match in re.finditer(r"\b(three) pieces of work", text):
            yield sample.fault("F01", f"four for three in {path}", EditText(path, *match.span(1), "four"))


def digits(sample: Sample, draw: Random) -> Iterator[Fault]:
    """A fact's figure typed with its digits in another order, or one of three another, where prose uses the fact."""
    if not sample.english:
        return
    facts = sample.loaded.release.facts
    for path, text in sample.typed.items():
        for match in USE.finditer(text):
            value = facts[match[1]].value
            if value.isdigit() and value not in {"11", "22"}:
                wrong = slipped(value, draw)
                yield sample.fault("F07", f"{wrong} for {value} in {path}", EditText(path, *match.span(), wrong))
    for fact in facts.values():
        if fact.unit and fact.value.isdigit():
            for sentence in ("In all, {n} {unit} were counted.", "There were {n} {unit} in the end."):
                shown = f"{int(slipped(fact.value, draw)):,}"
                yield sample.says(draw, "F07", sentence.format(n=shown, unit=fact.unit))
    for path in ("headline", "summary"):
        for match in re.finditer(r"\b(27|64)\b", sample.typed.get(path, "")):
            yield sample.fault("F07", f"{match[0][::-1]} in the {path}", EditText(path, *match.span(), match[0][::-1]))


def rounding(sample: Sample, draw: Random) -> Iterator[Fault]:
    """“Nearly” and “more than” on the wrong side."""
    if not sample.english:
        return
    for fact in sample.loaded.release.facts.values():
        value = Decimal(fact.value)
        if not fact.unit or value != value.to_integral() or value < 20 or fact.unit in {"per cent", "days"}:
            continue
        step = Decimal(10) ** (value.adjusted() if value.adjusted() < 2 else value.adjusted() - 1)
        below = value // step * step
        for word, figure in (("nearly", below), ("almost", below), ("more than", below + step), ("over", below + step)):
            if figure != value and abs(figure - value) < value * Decimal("0.14"):
                yield sample.says(draw, "F08", f"In all, {word} {figure:,} {fact.unit} were counted.")


def shares(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Percentages that the two numbers beside them belie, and percentages written in two ways."""
    if not sample.english:
        return
    for sentence in SHARES:
        base = draw.randint(40, 400)
        part = draw.randint(5, base - 5)
        wrong = round(part * 100 / base) + draw.choice((-12, -5, -2, 2, 5, 12))
        yield sample.says(draw, "F09", sentence.format(a=part, b=base, p=abs(wrong)))
    given = {"value": str(draw.randint(12, 88)), "unit": "per cent"}
    yield (
        sample.fault("F04", "a percentage without base and source", AddField("", "facts", {"share": given}))
        if (not sample.loaded.release.facts)
        else sample.fault("F04", "a percentage without base and source", AddField("facts", "share", given))
    )
    typed = {"value": f"{draw.randint(1, 9)},{draw.randint(100, 999)}", "source": "the count"}
    where, field = ("facts", "typed") if sample.loaded.release.facts else ("", "facts")
    content = typed if where else {"typed": typed}
    yield sample.fault("F10", "a number with a comma", AddField(where, field, content))
    yield sample.says(draw, "F05", "Some 40% of gates were shut, and 12 per cent of doors.", body=True)
    yield sample.says(draw, "F05", "Some 12 percent of doors were shut, and 40 per cent of gates.", body=True)


def tables(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Tables that do not add up."""
    if not sample.english:
        return
    off = draw.choice((-4, -2, 3, 5))
    rows = [["North", "32"], ["East", "41"], ["South", str(27 + off)]]
    table = {"caption": "Visits by side", "header": ["Side", "Share (%)"], "rows": rows}
    yield sample.paragraphs(draw, "F03", {"table": table})
    total = {
        "caption": "Gates by side",
        "header": ["Side", "Gates"],
        "rows": [["North", "32"], ["East", "41"], ["South", "27"], ["Total", str(100 + off)]],
    }
    yield sample.paragraphs(draw, "F03", {"table": total})


def ratings(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Ratings that are not those of the findings, or of no scale."""
    findings = sample.loaded.release.findings
    if not findings or not sample.english:
        return
    given = {each.rating for each in findings.items}
    overall = findings.items[0]
    for wrong in (each for each in findings.scale if each != overall.rating):
        yield from sample.swapped("F02", "{{ findings.overall.rating }}’ overall", f"{wrong}’ overall")
        if wrong not in given:
            yield sample.fault("F02", f"{wrong} in the headline", ReplaceValue("headline", f"Centre rated '{wrong}'"))
    for path in ("headline", "summary"):
        at = sample.typed[path].index("Requires improvement")
        for wrong in ("Needs improvement", "Satisfactory", "Poor"):
            edit = EditText(path, at, at + len("Requires improvement"), wrong)
            yield sample.fault("F06", f"{wrong} in the {path}", edit)
    for sentence in ("It was rated ‘Weak’.", "Safety was judged ‘Fairly good’.", "Food had a ‘Fine’ rating."):
        yield sample.says(draw, "F06", sentence)
    for item in findings.items:
        wrong = draw.choice([each for each in findings.scale if each != item.rating])
        text = f"{item.subject} was rated ‘{wrong}’ and the rest was not."
        yield sample.fault("F02", text, ReplaceValue("subhead", text))


PLANTERS = (lists, digits, rounding, shares, tables, ratings)
