"""Embed the house's `release.css` and its pictures in a page.

Fonts are left out, because they would add a megabyte: a page uses the reader's own, by the families that the stylesheet
names next. The PDF embeds them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import tinycss2
from markupsafe import Markup
from tinycss2.ast import AtRule, FunctionBlock, ParseError, QualifiedRule, StringToken, URLToken

from pressgen.errors import InputError, Place, Problem
from pressgen.render.added_words import find_added_words
from pressgen.render.contrast import find_weak_contrasts
from pressgen.render.page_pictures import make_data_uri
from pressgen.render.unfit_for_pdf import find_unfit_data_pictures, find_unfit_pictures, find_unfit_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pressgen.model.house import HouseFolder

FILE = "release.css"
LONG_NUMBER = re.compile(r"\d{1000}")
"""Python reads no number of more than 4,300 digits."""


def build_style_element(folder: HouseFolder) -> Markup:
    """Return the house's stylesheet as a `<style>` element.

    Raises:
        InputError: it is missing, is not a stylesheet, or names a file that the house's folder does not hold.
    """
    try:
        return _build_element(folder.shown, frozenset(folder.files.items()))
    except RecursionError:
        message = "brackets are nested too deeply; close them"
        raise InputError([_build_problem(message, Place(f"{folder.shown}/{FILE}"))]) from None


@lru_cache(maxsize=4)
def _build_element(shown: str, files: frozenset[tuple[str, bytes]]) -> Markup:
    contents, file = dict(files), f"{shown}/{FILE}"
    source = read_stylesheet(shown, contents.get(FILE))
    if long := LONG_NUMBER.search(source):
        place = Place.of(file, source, long.start())
        raise InputError([_build_problem("a number has too many digits; shorten it", place)])
    rules = tinycss2.parse_stylesheet(source)
    named = dict.fromkeys(contents, b"")
    kept = [rule for rule in rules if not _is_font(rule)]
    problems = [each for rule in rules for each in _embed_files(rule, named if _is_font(rule) else contents, file)]
    problems += find_weak_contrasts(rules, file)
    problems += [
        *find_added_words(rules, file),
        *find_unfit_rules(rules, file),
        *find_unfit_pictures(contents, shown),
        *find_unfit_data_pictures(contents, shown),
    ]
    if problems:
        raise InputError(problems)
    # `</` ends a style element wherever it stands; in CSS, `<\/` in a string or an address means the same.
    css = tinycss2.serialize(kept).strip().replace("</", "<\\/")
    return Markup(f"<style>\n{css}\n</style>")  # noqa: S704 - the house's stylesheet, which may not be escaped


def _is_font(rule: object) -> bool:
    return isinstance(rule, AtRule) and rule.lower_at_keyword == "font-face"


def read_stylesheet(shown: str, content: bytes | None) -> str:
    """Return the text of the house's stylesheet.

    `content` are the bytes of `release.css` in the folder `shown`.

    Raises:
        InputError: there is none, or it is not UTF-8.
    """
    if content is None:
        raise InputError([_build_problem("the house has no release.css; add one", Place(f"{shown}/{FILE}"))])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        place = Place(f"{shown}/{FILE}", line, fault.start - content.rfind(b"\n", 0, fault.start))
        raise InputError([_build_problem("this is not UTF-8; save the file as UTF-8", place)]) from None


def _embed_files(node: object, files: Mapping[str, bytes], file: str) -> Iterator[Problem]:
    """Embed the files that `node` names; yield a problem for each failure."""
    match node:
        case ParseError():
            yield _build_problem(f"this is not CSS: {node.message}", Place(file, node.source_line, node.source_column))
        case AtRule(lower_at_keyword="import"):
            message = "a page has one stylesheet: copy the imported file into it"
            yield _build_problem(message, Place(file, node.source_line, node.source_column))
        case URLToken():
            yield from _embed_file(node, node.value, files, file)
        case FunctionBlock(lower_name="url", arguments=[StringToken() as name]):
            yield from _embed_file(name, name.value, files, file)
        case FunctionBlock(lower_name="src" | "image-set" | "-webkit-image-set" as name):
            message = f"{name}() is not allowed here; write url()"
            yield _build_problem(message, Place(file, node.source_line, node.source_column))
        case AtRule() | QualifiedRule():
            yield from _embed_all([*node.prelude, *(node.content or ())], files, file)
        case FunctionBlock():
            yield from _embed_all(node.arguments, files, file)
        case _:
            yield from _embed_all(getattr(node, "content", None) or (), files, file)


def _embed_all(nodes: Iterable[object], files: Mapping[str, bytes], file: str) -> Iterator[Problem]:
    for node in nodes:
        yield from _embed_files(node, files, file)


def _embed_file(token: URLToken | StringToken, name: str, files: Mapping[str, bytes], file: str) -> Iterator[Problem]:
    if name.startswith(("data:", "#")):
        return
    path = unquote(name)
    if path in files:
        uri = make_data_uri(path, files[path])
        token.value, token.representation = uri, f'url("{uri}")' if isinstance(token, URLToken) else f'"{uri}"'
        return
    place = Place(file, token.source_line, token.source_column)
    yield _build_problem(
        f"the house's folder has no “{name}”, and files are not loaded from other places; add the file", place
    )


def _build_problem(message: str, place: Place) -> Problem:
    return Problem(code="P06", message=message, place=place)
