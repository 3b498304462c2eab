"""The house's `release.css` as a page carries it: inside it, with the pictures that it names.

Fonts stay out: a page shows the reader's own, by the families that the stylesheet names next, rather than carry a
megabyte. The PDF embeds them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import tinycss2
from markupsafe import Markup
from tinycss2.ast import AtRule, FunctionBlock, ParseError, QualifiedRule, StringToken, URLToken

from pressgen.errors import Place, Problem, Refused
from pressgen.render.added_words import find_added_words
from pressgen.render.contrast import contrast_problems
from pressgen.render.page_pictures import data_uri
from pressgen.render.unfit import unfit_addresses, unfit_pictures, unfit_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pressgen.model.house import HouseFolder

FILE = "release.css"
LONG_NUMBER = re.compile(r"\d{1000}")
"""Python reads no number of more than 4,300 digits."""


def style(folder: HouseFolder) -> Markup:
    """The house's stylesheet as an element of the page's head.

    Raises:
        Refused: it is missing, is not a stylesheet, or names a file that the house's folder does not hold.
    """
    try:
        return _style(folder.shown, frozenset(folder.files.items()))
    except RecursionError:
        message = "brackets stand within brackets too deeply; close them"
        raise Refused([_problem(message, Place(f"{folder.shown}/{FILE}"))]) from None


@lru_cache(maxsize=4)
def _style(shown: str, files: frozenset[tuple[str, bytes]]) -> Markup:
    held, file = dict(files), f"{shown}/{FILE}"
    source = read(shown, held.get(FILE))
    if long := LONG_NUMBER.search(source):
        place = Place.of(file, source, long.start())
        raise Refused([_problem("a number has more digits than any length or colour", place)])
    rules = tinycss2.parse_stylesheet(source)
    named = dict.fromkeys(held, b"")
    kept = [rule for rule in rules if not _is_font(rule)]
    problems = [each for rule in rules for each in _inside(rule, named if _is_font(rule) else held, file)]
    problems += contrast_problems(rules, file)
    problems += [
        *find_added_words(rules, file),
        *unfit_rules(rules, file),
        *unfit_pictures(held, shown),
        *unfit_addresses(held, shown),
    ]
    if problems:
        raise Refused(problems)
    # `</` ends a style element wherever it stands; in CSS, `<\/` in a string or an address means the same.
    css = tinycss2.serialize(kept).strip().replace("</", "<\\/")
    return Markup(f"<style>\n{css}\n</style>")  # noqa: S704 - the house's stylesheet, which may not be escaped


def _is_font(rule: object) -> bool:
    return isinstance(rule, AtRule) and rule.lower_at_keyword == "font-face"


def read(shown: str, content: bytes | None) -> str:
    """The text of the stylesheet in `content`, the bytes of `release.css` in the folder `shown`.

    Raises:
        Refused: there is none, or it is not UTF-8.
    """
    if content is None:
        raise Refused([_problem("the house has no release.css; add one", Place(f"{shown}/{FILE}"))])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        place = Place(f"{shown}/{FILE}", line, fault.start - content.rfind(b"\n", 0, fault.start))
        raise Refused([_problem("this is not UTF-8; save the file as UTF-8", place)]) from None


def _inside(node: object, files: Mapping[str, bytes], file: str) -> Iterator[Problem]:
    """Put the files that `node` names in their place; yield what cannot be."""
    match node:
        case ParseError():
            yield _problem(f"this is no CSS: {node.message}", Place(file, node.source_line, node.source_column))
        case AtRule(lower_at_keyword="import"):
            message = "a page holds one stylesheet: copy here what @import asks for"
            yield _problem(message, Place(file, node.source_line, node.source_column))
        case URLToken():
            yield from _resolve(node, node.value, files, file)
        case FunctionBlock(lower_name="url", arguments=[StringToken() as name]):
            yield from _resolve(name, name.value, files, file)
        case FunctionBlock(lower_name="src" | "image-set" | "-webkit-image-set" as name):
            message = f"{name}() has no place here; write url()"
            yield _problem(message, Place(file, node.source_line, node.source_column))
        case AtRule() | QualifiedRule():
            yield from _within([*node.prelude, *(node.content or ())], files, file)
        case FunctionBlock():
            yield from _within(node.arguments, files, file)
        case _:
            yield from _within(getattr(node, "content", None) or (), files, file)


def _within(nodes: Iterable[object], files: Mapping[str, bytes], file: str) -> Iterator[Problem]:
    for node in nodes:
        yield from _inside(node, files, file)


def _resolve(token: URLToken | StringToken, name: str, files: Mapping[str, bytes], file: str) -> Iterator[Problem]:
    if name.startswith(("data:", "#")):
        return
    path = unquote(name)
    if path in files:
        uri = data_uri(path, files[path])
        token.value, token.representation = uri, f'url("{uri}")' if isinstance(token, URLToken) else f'"{uri}"'
        return
    place = Place(file, token.source_line, token.source_column)
    yield _problem(f"the house's folder holds no “{name}”, and nothing is fetched from elsewhere; add the file", place)


def _problem(message: str, place: Place) -> Problem:
    return Problem(code="P06", message=message, place=place)
