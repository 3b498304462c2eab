"""Validate a file against the model, and explain its faults with places.

The messages are for the author of the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import ValidationError

from pressgen.load.allowed_fields import find_fields, is_text_allowed
from pressgen.load.faults import make_problem
from pressgen.load.schema_messages import SchemaFault, locate_schema_fault, select_relevant_faults
from pressgen.load.tree import Mapping, Scalar, describe_kind, to_plain_data
from pressgen.model.record import ONE_LINE, Record
from pressgen.model.release import KINDS
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText
    from pressgen.load.tree import Node

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
    "email": "not an e-mail address; write one such as press@example.org",
    "language": "not a language; write its BCP 47 code, such as en-GB or cy",
    "reference": "not a reference; use only letters, digits, “.”, “_”, “/” and “-”",
    "url": "not the address of a page; write it in full, with https://",
    "pages": "not a number of pages; write one from 1 to 99",
    "headline_lines": "not a number of lines; write one from 1 to 99",
    "from": "not an e-mail address; write one such as press@example.org",
    "reply_to": "not an e-mail address; write one such as press@example.org",
    "unsubscribe_mail": "not an e-mail address; write one such as leave@example.org",
    "unsubscribe_page": (
        "not an address for leaving a list; write an https:// address, in ASCII, with {address} or {key} in it"
    ),
    "newsroom": "not an address to publish under; write it in full, with https://, without a user or a password",
    "address": "not an address with KEY in it; write one such as bounces+KEY@county.example",
    "port": "not a port; write a number from 1 to 65535",
    "password_env": "not the name of a variable; do not write the password itself in this file",
    "secret_env": "not the name of a variable; do not write the key itself in this file",
    "tenant": "not a tenant; write the organisation's id in Microsoft Entra, or its domain",
    "client": "not the id of an application; copy it from the application's page",
    "mailbox": "not an e-mail address; write one such as press@example.org",
    **dict.fromkeys(ENDPOINTS, "not an address that is safe for secrets; write it in full, with https://"),
    "rule": "not the code of a rule, such as N06; to see them: pressgen rules",
    "seen": "not a fingerprint of the words; copy it from the output of pressgen check, or delete it",
    "file": "not the name of a font file, such as NotoNaskhArabic.ttf",
    "country": "not a country; write its ISO 3166 code, such as GB or GB-SCT",
    **dict.fromkeys(COUNTED, "not a whole number from 1 to 99999"),
}
BY_LANGUAGE = frozenset({"languages", "note"})
"""The fields that have languages as keys."""
NO_LINE = "not a single line; delete the line break or the invisible character"
COLON = "put the whole text in quotation marks, or on lines of its own after “>-”"
SECRET = re.compile(r".+_env|\w+://[^/]*@.*")
"""The name of a field, or a value, that may hold a secret in the wrong place."""
AN_ID = "not an id; use small letters and digits, with single “-” or “_” between them, and begin with a letter"


class SchemaCodes(NamedTuple):
    """The problem codes of a kind of file, by sort of fault."""

    unknown: str
    missing: str
    shape: str
    form: str
    few: str


def validate_data(model: type[M], source: SourceText, codes: SchemaCodes) -> tuple[M | None, list[Problem]]:
    """Validate the data of a file against a model.

    Return the data as `model`, or None with the problems of its fields, their shapes and their forms.
    """
    try:
        return model.model_validate(to_plain_data(source.root)), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        verdicts = select_relevant_faults([locate_schema_fault(source.root, each) for each in found])
        verdicts = [each for each in verdicts if not _is_missing_in_prose(model, each)]
        return None, [
            *_find_wrong_shapes(source, codes, [verdict for verdict in verdicts if verdict.expects]),
            *(_problem(model, source, codes, verdict) for verdict in verdicts if not verdict.expects),
        ]


def _find_wrong_shapes(source: SourceText, codes: SchemaCodes, verdicts: list[SchemaFault]) -> Iterator[Problem]:
    """Yield one problem for each node of a wrong shape.

    There is one, however many shapes the node might have.
    """
    expected: dict[str, dict[str, None]] = {}
    for verdict in verdicts:
        expected.setdefault(verdict.path, {})[verdict.expects] = None
    for verdict in {verdict.path: verdict for verdict in verdicts}.values():
        shapes = " or ".join(expected[verdict.path])
        message = f"{verdict.called} expects {shapes}, found {describe_kind(verdict.node)}"
        if "text" in expected[verdict.path] and (prose := _find_prose_key(verdict.node)):
            message = _explain_colon(prose)
        yield make_problem(codes.shape, message, source.place(verdict.path), verdict.path)


def _find_prose_key(node: Node) -> str:
    """Return the first field's name that reads as prose, or nothing."""
    names = node.fields.items() if isinstance(node, Mapping) else ()
    return next((name for name, value in names if isinstance(value, Scalar) and _is_prose(name)), "")


def _is_missing_in_prose(model: type[Record], verdict: SchemaFault) -> bool:
    """Return whether fields that lack one were meant as a text."""
    meant = verdict.error["type"] == "missing" and is_text_allowed(model, verdict.steps)
    return meant and bool(_find_prose_key(verdict.node))


def _is_prose(name: str) -> bool:
    """Return whether a name has a space or an unusual beginning."""
    return " " in name.strip() or not re.match("[a-z_]", name)


def _explain_colon(name: str) -> str:
    return f"“{name}” is read as the name of a field, because a colon and a space follow it: {COLON}"


def _problem(model: type[Record], source: SourceText, codes: SchemaCodes, verdict: SchemaFault) -> Problem:
    path, place = verdict.path, source.place(verdict.path)
    match verdict.error["type"]:
        case "missing":
            return make_problem(codes.missing, _missing(model, verdict), source.key_place(path), path)
        case "extra_forbidden":
            return make_problem(codes.unknown, _unknown(model, verdict), source.key_place(path), path)
        case "union_tag_not_found" if BLOCK.fullmatch(path):
            return make_problem(codes.unknown, _unknown_block(verdict), place, path)
        case "union_tag_not_found":
            return make_problem(
                codes.missing, f"“kind” is missing: which of its kinds {verdict.called} is", place, path
            )
        case "union_tag_invalid":
            return make_problem(codes.form, _unknown_kind(verdict), source.place(f"{path}.kind"), path)
        case "too_short" | "too_long" | "string_too_short":
            return make_problem(codes.few, _count(model, verdict), place, path)
        case _ if verdict.error["loc"][-1] == "[key]":
            form = FORMS["language"] if BY_LANGUAGE.intersection(map(str, verdict.error["loc"][-3:-2])) else AN_ID
            return make_problem(
                codes.form, _describe_wrong_form(model, verdict, verdict.name, form), source.key_place(path), path
            )
        case _:
            value = verdict.node.value if isinstance(verdict.node, Scalar) else ""
            one_line = verdict.error.get("ctx", {}).get("pattern") == ONE_LINE
            form = NO_LINE if one_line else FORMS.get(verdict.name, AN_ID)
            return make_problem(codes.form, _describe_wrong_form(model, verdict, value, form), place, path)


def _missing(model: type[Record], verdict: SchemaFault) -> str:
    name = verdict.error["loc"][-1]
    info = find_fields(model, verdict.steps).get(str(name))
    if info is None:
        return f"{verdict.called} has fewer entries than it needs"
    said = (info.description or "").rstrip(".")
    return f"“{name}” is missing: {said[:1].lower()}{said[1:]}" if said else f"“{name}” is missing"


def _unknown(model: type[Record], verdict: SchemaFault) -> str:
    if _is_prose(verdict.name) and isinstance(verdict.node, Scalar) and is_text_allowed(model, verdict.steps[:-1]):
        return _explain_colon(verdict.name)
    if BLOCK.fullmatch(verdict.trail[-2]):
        return f"“{verdict.name}” cannot be in the same block as another field; begin a new block with “- ”"
    return f"no field “{verdict.name}” here{_suggest_names(verdict.name, find_fields(model, verdict.steps[:-1]))}"


def _unknown_block(verdict: SchemaFault) -> str:
    name = next(iter(verdict.node.fields), "") if isinstance(verdict.node, Mapping) else ""
    if name and _find_prose_key(verdict.node) == name and name.casefold() not in KINDS:
        return _explain_colon(name)
    return f"no kind of block is “{name}”{_suggest_names(name, KINDS)}"


def _unknown_kind(verdict: SchemaFault) -> str:
    context = verdict.error["ctx"]
    kinds = re.findall(r"'([^']*)'", context["expected_tags"])
    return (
        f"{verdict.called} cannot be of the kind"
        f" “{context['tag']}”{suggest_name(context['tag'], kinds) or _join_alternatives(kinds)}"
    )


def _join_alternatives(words: Iterable[str]) -> str:
    return f"; write {' or '.join(words)}"


def _suggest_names(name: str, known: Iterable[str]) -> str:
    return suggest_name(name, known) or f"; there is {', '.join(known)}"


def _explain_empty(model: type[Record], verdict: SchemaFault) -> str:
    info = find_fields(model, verdict.steps[:-1]).get(verdict.name) if isinstance(verdict.steps[-1], str) else None
    if info is None or not info.is_required():
        return f"{verdict.called} is empty: write a text, or delete it"
    said = (info.description or "").rstrip(".")
    return f"{verdict.called} is empty; write a text: {said[:1].lower()}{said[1:]}"


def _count(model: type[Record], verdict: SchemaFault) -> str:
    context = verdict.error.get("ctx", {})
    match verdict.error["type"]:
        case "string_too_short":
            return _explain_empty(model, verdict)
        case "too_short":
            least = context["min_length"]
            return f"{verdict.called} needs at least {least} {'entry' if least == 1 else 'entries'}"
        case _:
            return f"{verdict.called} has more than {context['max_length']} entries"


def _describe_wrong_form(model: type[Record], verdict: SchemaFault, value: str, form: str) -> str:
    """Describe why a value does not have a form.

    The value should have been a `form`.
    """
    context = verdict.error.get("ctx", {})
    match verdict.error["type"]:
        case "string_pattern_mismatch" if not value:
            return _explain_empty(model, verdict)
        case "string_pattern_mismatch" if SECRET.fullmatch(verdict.name) or SECRET.fullmatch(value):
            return f"the value of {verdict.called} is {form}"
        case "string_pattern_mismatch" | "int_parsing" | "greater_than_equal" | "less_than_equal":
            return f"“{value}” is {form}"
        case "string_too_long":
            return f"“{value}” is longer than {context['max_length']} characters"
        case "bool_type":
            return f"{verdict.called} is true or false, not “{value}”"
        case "literal_error":
            words = re.findall(r"'([^']*)'", context["expected"])
            return f"{verdict.called} cannot be “{value}”{suggest_name(value, words) or _join_alternatives(words)}"
        case _:
            return f"{verdict.called} cannot be “{value}”"
