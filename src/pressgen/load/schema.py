"""The model's judgement of a file, in words for its author and with places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import ValidationError

from pressgen.load.declared import fields_at
from pressgen.load.faults import fault
from pressgen.load.schema_messages import Verdict, telling, verdict_on
from pressgen.load.tree import Mapping, Scalar, kind, plain
from pressgen.model.record import ONE_LINE, Record
from pressgen.model.release import KINDS
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

M = TypeVar("M", bound=Record)

BLOCK = re.compile(r"body\[\d+\]")
COUNTED = (
    "headline",
    "summary",
    "sentence",
    "lead",
    "reading_age",
    "before_attribution",
    "shortest",
    "longest",
    "steps",
)
ENDPOINTS = ("authority", "endpoint", "token_url", "authorise_url")
FORMS = {
    "email": "no e-mail address; write one such as press@example.org",
    "language": "no language; write its BCP 47 code, such as en-GB or cy",
    "reference": "no reference; one is made of letters, digits, “.”, “_”, “/” and “-”",
    "url": "no address of a page; write it in full, from https:// on",
    "pages": "no number of pages from 1 to 99",
    "headline_lines": "no number of lines from 1 to 99",
    "from": "no e-mail address; write one such as press@example.org",
    "reply_to": "no e-mail address; write one such as press@example.org",
    "unsubscribe_mail": "no e-mail address; write one such as leave@example.org",
    "unsubscribe_page": "no page to leave by; write its https:// address, in ASCII, with {address} or {key} in it",
    "newsroom": "no address to publish under; write it in full, from https:// on, without a user or a password",
    "address": "no address with KEY in it; write one such as bounces+KEY@county.example",
    "port": "no number of a port, from 1 to 65535",
    "password_env": "no name of a variable; the password itself is no part of this file",
    "secret_env": "no name of a variable; the key itself is no part of this file",
    "tenant": "no tenant; write the organisation's id in Microsoft Entra, or its domain",
    "client": "no id of an application",
    "mailbox": "no e-mail address; write one such as press@example.org",
    **dict.fromkeys(ENDPOINTS, "no address that keeps a secret; write it in full, from https:// on"),
    "rule": "no code of a rule, such as N06; see pressgen rules",
    "seen": "no print of the words; copy it from what pressgen check says, or take it out",
    "file": "no name of a font's file, such as NotoNaskhArabic.ttf",
    "country": "no country; write its ISO 3166 code, such as GB or GB-SCT",
    **dict.fromkeys(COUNTED, "no whole number from 1 to 99999"),
}
BY_LANGUAGE = frozenset({"languages", "note"})
"""The fields whose keys are languages."""
NO_LINE = "no single line; take out the line break, or the character that nobody sees"
SECRET = re.compile(r".+_env|\w+://[^/]*@.*")
"""The name of a field, or a value, that may hold a secret which somebody put into the wrong place."""
AN_ID = "no id; one is made of small letters and digits, with single “-” or “_” between, and begins with a letter"


class ShapeCodes(NamedTuple):
    """The codes of what a model finds, for a kind of file."""

    unknown: str
    missing: str
    shape: str
    form: str
    few: str


def judge(model: type[M], source: SourceText, codes: ShapeCodes) -> tuple[M | None, list[Problem]]:
    """The data as `model`, or None with what is wrong with its fields, their shapes and their forms."""
    try:
        return model.model_validate(plain(source.root)), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        verdicts = telling([verdict_on(source.root, each) for each in found])
        return None, [
            *_misshapen(source, codes, [verdict for verdict in verdicts if verdict.expects]),
            *(_problem(model, source, codes, verdict) for verdict in verdicts if not verdict.expects),
        ]


def _misshapen(source: SourceText, codes: ShapeCodes, verdicts: list[Verdict]) -> Iterator[Problem]:
    """A problem for each node, whatever the number of shapes that it might have."""
    expected: dict[str, dict[str, None]] = {}
    for verdict in verdicts:
        expected.setdefault(verdict.path, {})[verdict.expects] = None
    for verdict in {verdict.path: verdict for verdict in verdicts}.values():
        shapes = " or ".join(expected[verdict.path])
        message = f"{verdict.called} expects {shapes}, found {kind(verdict.node)}"
        yield fault(codes.shape, message, source.place(verdict.path), verdict.path)


def _problem(model: type[Record], source: SourceText, codes: ShapeCodes, verdict: Verdict) -> Problem:
    path, place = verdict.path, source.place(verdict.path)
    match verdict.error["type"]:
        case "missing":
            return fault(codes.missing, _missing(model, verdict), source.key_place(path), path)
        case "extra_forbidden":
            return fault(codes.unknown, _unknown(model, verdict), source.key_place(path), path)
        case "union_tag_not_found" if BLOCK.fullmatch(path):
            return fault(codes.unknown, _unknown_block(verdict), place, path)
        case "union_tag_not_found":
            return fault(codes.missing, f"“kind” is missing: which of its kinds {verdict.called} is", place, path)
        case "union_tag_invalid":
            return fault(codes.form, _unknown_kind(verdict), source.place(f"{path}.kind"), path)
        case "too_short" | "too_long" | "string_too_short":
            return fault(codes.few, _count(verdict), place, path)
        case _ if verdict.error["loc"][-1] == "[key]":
            form = FORMS["language"] if BY_LANGUAGE.intersection(map(str, verdict.error["loc"][-3:-2])) else AN_ID
            return fault(codes.form, _form(verdict, verdict.name, form), source.key_place(path), path)
        case _:
            value = verdict.node.value if isinstance(verdict.node, Scalar) else ""
            one_line = verdict.error.get("ctx", {}).get("pattern") == ONE_LINE
            form = NO_LINE if one_line else FORMS.get(verdict.name, AN_ID)
            return fault(codes.form, _form(verdict, value, form), place, path)


def _missing(model: type[Record], verdict: Verdict) -> str:
    name = verdict.error["loc"][-1]
    info = fields_at(model, verdict.steps).get(str(name))
    if info is None:
        return f"{verdict.called} has fewer entries than it needs"
    said = (info.description or "").rstrip(".")
    return f"“{name}” is missing: {said[:1].lower()}{said[1:]}" if said else f"“{name}” is missing"


def _unknown(model: type[Record], verdict: Verdict) -> str:
    if BLOCK.fullmatch(verdict.trail[-2]):
        return f"“{verdict.name}” cannot stand in one block with another field; begin a block of its own with “- ”"
    return f"no field “{verdict.name}” here{_instead(verdict.name, fields_at(model, verdict.steps[:-1]))}"


def _unknown_block(verdict: Verdict) -> str:
    name = next(iter(verdict.node.fields), "") if isinstance(verdict.node, Mapping) else ""
    return f"no kind of block is “{name}”{_instead(name, KINDS)}"


def _unknown_kind(verdict: Verdict) -> str:
    context = verdict.error["ctx"]
    kinds = re.findall(r"'([^']*)'", context["expected_tags"])
    return f"{verdict.called} cannot be of the kind “{context['tag']}”{near(context['tag'], kinds) or _or(kinds)}"


def _or(words: Iterable[str]) -> str:
    return f"; write {' or '.join(words)}"


def _instead(name: str, known: Iterable[str]) -> str:
    return near(name, known) or f"; there is {', '.join(known)}"


def _count(verdict: Verdict) -> str:
    context = verdict.error.get("ctx", {})
    match verdict.error["type"]:
        case "string_too_short":
            return f"{verdict.called} is empty: write a text, or take it out"
        case "too_short":
            least = context["min_length"]
            return f"{verdict.called} needs at least {least} {'entry' if least == 1 else 'entries'}"
        case _:
            return f"{verdict.called} has more than {context['max_length']} entries"


def _form(verdict: Verdict, value: str, form: str) -> str:
    """What is wrong with the form of `value`, which should have been a `form`."""
    context = verdict.error.get("ctx", {})
    match verdict.error["type"]:
        case "string_pattern_mismatch" if not value:
            return f"{verdict.called} is empty: write a text, or take it out"
        case "string_pattern_mismatch" if SECRET.fullmatch(verdict.name) or SECRET.fullmatch(value):
            return f"what {verdict.called} says is {form}"
        case "string_pattern_mismatch" | "int_parsing" | "greater_than_equal" | "less_than_equal":
            return f"“{value}” is {form}"
        case "string_too_long":
            return f"“{value}” is longer than {context['max_length']} characters"
        case "bool_type":
            return f"{verdict.called} is true or false, not “{value}”"
        case "literal_error":
            words = re.findall(r"'([^']*)'", context["expected"])
            return f"{verdict.called} cannot be “{value}”{near(value, words) or _or(words)}"
        case _:
            return f"{verdict.called} cannot be “{value}”"
