"""The inventory of the sentences that pressgen can say, found in its source code.

A sentence is a string of at least three words, or of two where a call or a name says that it is a message. Docstrings,
`--help`, descriptions of fields, SQL, patterns and the texts that releases are printed with are no messages.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from machine import ROOT

PACKAGE = ROOT / "src" / "pressgen"
HOLE = "{…}"
"""What stands in a template for a value that is put in."""
WORD = re.compile(r"[“‘('`]?[A-Za-z][A-Za-z’'-]+[,.:;”’)'`]*")
SQL = re.compile(
    r"\s*(?:\(?(?:SELECT|INSERT|DELETE|CREATE|DROP|SET LOCAL|COMMENT ON|UPDATE|ALTER|PRAGMA|WITH)\b|files\.id|"
    r"files JOIN|day <>|(?:\{…\}, )?day DESC).*",
    re.DOTALL,
)
NO_MESSAGES = {"text/notice_languages.py", "text/notice_words.py", "newsroom/wording.py", "load/problem_codes.py",
               "actions/setup/trial_release.py"}  # fmt: skip
"""Modules of texts that are printed in releases and mails, or in the manual."""
NO_ROOMS = {"report"}
"""The report of statistics is a page, not a message."""
NOT_SAID = {"ValueError", "TypeError", "AttributeError", "compile", "frozenset", "Field", "NoticeWords", "Template"}
"""Calls whose sentences are for programmers, are patterns, or describe fields."""
SAYING = re.compile(
    r"(?:Error|Problem|Finding|echo|fault|finding|problem|refusal|say|tell|blame|doubt|command)s?$", re.IGNORECASE
)
"""The ends of the names of calls that make a message, however short it is."""
MESSAGE = {"message", "reason", "why", "told", "remark"}
NO_MESSAGE = {
    '\n@font-face { font-family: "{…}"; font-weight: {…}; src: url({…}) }', "HH:mm 'UTC', EEEE d MMMM", "content types",
    "role map", "Step 3 - Applying CSS",  "disk is full", "No space left", "unable to open",
    "too many clients", "remaining connection slots", "SEARCH answers {…}",
}  # fmt: skip
"""Strings of several words that are names, patterns, or words of other programs."""
TABLES = {
    "A_NOTE", "NEW_WORDS",
    "ADVICE", "AGAIN", "AN_ID", "BY_CONTEXT", "BY_PROBLEM", "CHANGED", "ELSEWHERE", "FORMS", "FULL",
    "GIVE_MORE", "HELP", "INSTEAD", "KEYS", "KEYS_OF_A_REMARK", "KEYS_OF_A_SHARED_VALUE", "MARKING", "MESSAGE",
    "METADATA", "NAMES", "NOT_A_TEMPLATE", "NOT_COMPARED", "NO_ADDRESS", "NO_LINE", "NO_LOG_IN",
    "NO_MEMORY", "NO_XOAUTH2", "OTHER_FILE", "PAGES", "PRINT", "PUBLISHER", "REFUSED", "SAVE", "SHAPE",
    "TELLING_SETTINGS", "THE_PROGRAMS", "TWICE", "UNKNOWN", "UNPLACED", "WATCHING", "WAYS", "WAYS_OUT", "WAY_OUT",
}  # fmt: skip
"""Names of module-level constants that hold messages."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the source: its text with `{…}` for what is put in, and where it is."""

    text: str
    module: str
    line: int


@cache
def list_sentences() -> tuple[Sentence, ...]:
    """Return every sentence that pressgen can say."""
    return tuple(
        Sentence(to_template(node), name, node.lineno)
        for path in sorted(PACKAGE.rglob("*.py"))
        if is_room_of_messages(name := path.relative_to(PACKAGE).as_posix())
        for node in find_messages(ast.parse(path.read_text("utf-8")))
    )


def find_messages(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the sentences of a module."""
    yield from find_said(tree)
    yield from find_in_tables(tree)


def is_room_of_messages(module: str) -> bool:
    """Return whether a module, by its path within the package, may say something to a user."""
    return module not in NO_MESSAGES and module.partition("/")[0] not in NO_ROOMS


def to_template(node: ast.expr) -> str:
    """Return the text of a string or f-string, with `{…}` for each value that is put in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(str(each.value) if isinstance(each, ast.Constant) else HOLE for each in node.values)


def find_said(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield the strings within functions that are sentences."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for each in node.body if isinstance(node.body, list) else [node.body]:
                if not _is_docstring(each):
                    yield from _find_sentences(each, short=False)
        else:
            yield from find_said(node)


def find_in_tables(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the sentences in module-level constants that are named as tables of messages."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if {each.id for each in targets if isinstance(each, ast.Name)} & TABLES:
                yield from _find_sentences(node.value, short=False)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _find_sentences(node: ast.AST, *, short: bool) -> Iterator[ast.expr]:
    if isinstance(node, ast.MatchValue | ast.arguments | ast.Compare) or _is_docstring(node):
        return
    text = isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
    if text and is_sentence(node, short=short):
        yield node
    short = _makes_message(node, short=short)
    for child in _list_children(node):
        yield from _find_sentences(child, short=short)


def _list_children(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.JoinedStr(values=values):
            return [each.value for each in values if isinstance(each, ast.FormattedValue)]
        case ast.Call(func=func) if _get_last_name(func) in NOT_SAID:
            return []
        case ast.Dict(values=values):
            return list(values)
        case _:
            return list(ast.iter_child_nodes(node))


def _makes_message(node: ast.AST, *, short: bool) -> bool:
    """Return whether even two words within a node are a message, as in `echo("not found")`."""
    match node:
        case ast.Call(func=func):
            return bool(SAYING.search(_get_last_name(func)))
        case ast.keyword(arg=name) | ast.Assign(targets=[ast.Name(id=name)]):
            return name in MESSAGE
        case ast.IfExp() | ast.BinOp() | ast.List():
            return short
        case _:
            return False


def _get_last_name(func: ast.expr) -> str:
    return ast.unparse(func).rpartition(".")[2].lstrip("_")


def is_sentence(node: ast.expr, *, short: bool) -> bool:
    """Return whether a string has words enough to be a sentence, and is no SQL or markup.

    Args:
        node: the string or f-string.
        short: whether two words are enough, since the place says that it is a message.
    """
    text = to_template(node)
    if text in NO_MESSAGE:
        return False
    words = [word for word in text.replace(HOLE, " ").split() if WORD.fullmatch(word)]
    enough = 2 if short else 3
    return len(words) >= enough and not SQL.fullmatch(text) and not text.lstrip().startswith(("<", "{{", "#!"))
