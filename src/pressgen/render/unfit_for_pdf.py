"""Find what a PDF cannot keep: print colours, opacity, active pictures.

PDF/A allows no print colours in a file for screens (ISO 19005-3, 6.2.4.3). WeasyPrint leaves a box with an opacity of
its own untagged, which PDF/UA does not allow (ISO 14289-1, 7.1). Pictures must not run or fetch anything.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from pressgen.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tinycss2.ast import Declaration

RASTERS, DRAWINGS = (".png", ".jpg", ".jpeg"), (".svg",)
RUNS = {"script", "foreignObject", "iframe", "handler"}
LINKS = {"href", "src"}
PRINT = "these are colours for print, which PDF/A does not allow in a file for screens; write them as #rrggbb"
TEXT = (
    "this text would be shown in a font of the reader's machine; turn it into outlines in your drawing program"
    " (Inkscape: Path, Object to Path), and save it again"
)
DATA = re.compile(r"data:(?P<form>image/[^,\"'\s)>]{1,80}),(?P<held>[^\"'\s)>]*)", re.IGNORECASE)
"""A picture within an address (RFC 2397)."""
ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#|data:)", re.IGNORECASE)


def find_unfit_rules(rules: Iterable[object], file: str) -> Iterator[Problem]:
    """Yield the declarations of a stylesheet that a PDF cannot have.

    The rules are those that tinycss2 reads; those for screens alone are allowed.
    """
    import tinycss2
    from tinycss2.ast import AtRule, Declaration, QualifiedRule

    for rule in rules:
        if isinstance(rule, AtRule) and rule.lower_at_keyword == "media":
            if rule.content is not None and tinycss2.serialize(rule.prelude).strip().lower() != "screen":
                yield from find_unfit_rules(tinycss2.parse_rule_list(rule.content), file)
        elif isinstance(rule, QualifiedRule | AtRule) and rule.content is not None:
            for each in tinycss2.parse_blocks_contents(rule.content):
                if isinstance(each, Declaration) and (message := _explain_unfit_rule(each)):
                    yield _build_problem(message, Place(file, each.source_line, each.source_column))


def find_unfit_pictures(files: Mapping[str, bytes], shown: str) -> Iterator[Problem]:
    """Yield a problem for each unusable picture in a house's folder."""
    for name, data in files.items():
        ending = f".{name.lower().rpartition('.')[2]}"
        if ending in RASTERS and (message := _explain_unfit_raster(data)):
            yield _build_problem(message, Place(f"{shown}/{name}"))
        elif ending in DRAWINGS:
            for line, message in _find_drawing_faults(data):
                yield _build_problem(message, Place(f"{shown}/{name}", line, 1) if line else Place(f"{shown}/{name}"))


def find_unfit_data_pictures(files: Mapping[str, bytes], shown: str) -> Iterator[Problem]:
    """Yield a problem for each `data:` picture with metadata or text.

    These pictures are in the page's template or stylesheet itself.
    """
    for name in ("release.html", "release.css"):
        source = files.get(name, b"").decode("utf-8", "replace")
        for found in DATA.finditer(source):
            if message := _explain_unfit_data(found["form"], found["held"]):
                yield _build_problem(f"a picture {message}", Place.of(f"{shown}/{name}", source, found.start()))


def _explain_unfit_data(form: str, encoded: str) -> str:
    from pressgen.pictures.scrub import PictureScrubError, scrub_picture

    try:
        data = b64decode(encoded, validate=True) if form.endswith(";base64") else unquote_to_bytes(encoded)
        if b"<svg" in data and b"<text" in data:
            return f"has text in it: {TEXT}"
        if scrub_picture(data) == data or b"<svg" in data:  # a drawing's tags are seen in the template itself
            return ""
    except PictureScrubError as error:
        return f"{error}; put the file into the house's folder and name it in release.css"
    except ValueError:
        return "is damaged; put the file into the house's folder and name it in release.css"
    return "still contains data about people and places; put the file into the house's folder, where they are removed"


def _explain_unfit_rule(declaration: Declaration) -> str:
    from tinycss2.ast import FunctionBlock, NumberToken, PercentageToken

    if declaration.lower_name == "opacity":
        for token in declaration.value:
            share = token.value / 100 if isinstance(token, PercentageToken) else getattr(token, "value", 1)
            if isinstance(token, NumberToken | PercentageToken) and share < 1:
                return "a transparent box cannot be tagged in a PDF; give its colours an alpha, or use a lighter colour"
    if any(isinstance(token, FunctionBlock) and token.lower_name == "device-cmyk" for token in declaration.value):
        return PRINT
    return ""


def _explain_unfit_raster(data: bytes) -> str:
    from pressgen.pictures.read import UnusablePictureError, read_picture

    try:
        read_picture(data)
    except UnusablePictureError as error:
        return f"this {error}"
    return ""


def _find_drawing_faults(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield what a drawing runs or fetches, by line."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as fault:
        yield 0, f"this cannot be read as SVG ({fault}); save it again"
        return
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in data:
        yield 1, "this defines entities of its own, which is not allowed; save it as plain SVG"
    for node in root.iter(etree.Element):
        if (name := str(node.tag).rpartition("}")[2]) in RUNS:
            yield _get_line(node), f"<{name}> runs something; delete it"
        if name == "text" and "".join(map(str, node.itertext())).strip():
            yield _get_line(node), TEXT
        for key, value in node.attrib.items():
            yield from (
                (_get_line(node), message)
                for message in _find_attribute_faults(str(key).rpartition("}")[2], str(value))
            )
        if name == "style" and (ELSEWHERE.search(node.text or "") or "@import" in (node.text or "")):
            yield _get_line(node), "a style loads a file; put it into the drawing"


def _find_attribute_faults(name: str, value: str) -> Iterator[str]:
    if name.startswith("on"):
        yield f"{name} runs a script; delete it"
    elif name in LINKS and not value.strip().startswith(("#", "data:")):
        yield f"“{value[:60]}” is not inside the drawing; put it into the file, or delete it"
    elif ELSEWHERE.search(value):
        yield f"{name} loads a file; put it into the drawing"
    elif "device-cmyk(" in value.lower():
        yield PRINT


def _get_line(node: object) -> int:
    return int(getattr(node, "sourceline", 0) or 0)


def _build_problem(message: str, place: Place) -> Problem:
    return Problem(code="P11", message=message, place=place)
