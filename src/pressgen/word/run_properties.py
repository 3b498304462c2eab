"""The properties of a run: its look and its language.

They are the tag's properties, with the run's own added in the schema's order. A template's own words are marked with
their language: Word proofs and reads aloud a run without one in that of the styles, which is the release's.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.model.direction import get_direction
from pressgen.word.names import RPR, VAL, R, T, W, serialise_xml

if TYPE_CHECKING:
    from pressgen.model.words import Piece
    from pressgen.word.names import Element
    from pressgen.word.package import Package


EAST_ASIAN = frozenset({"zh", "ja", "ko"})
ORDER = {
    W + name: rank
    for rank, name in enumerate(
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
        " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl"
        " cs em lang eastAsianLayout specVanish oMath".split()
    )
}
"""The order of run properties, by ECMA-376 part 1, 17.3.2.28."""


def make_run_properties(base: Element | None, style: str, piece: Piece | None) -> Element | None:
    """Return the properties of a run, or None for none.

    They come from the tag, then a character style, then the piece.
    """
    own = [("rStyle", style)] * bool(style)
    if piece:
        own += [("b", "1"), ("bCs", "1")] * piece.strong + [("i", "1"), ("iCs", "1")] * piece.emphasis
    language = piece.language if piece else ""
    if base is None and not own and not language:
        return None
    props = etree.Element(RPR) if base is None else deepcopy(base)
    for name, value in own:
        set_run_property(props, W + name, {VAL: value})
    if language:
        set_run_language(props, language)
    return props


def set_run_language(props: Element, language: str) -> None:
    """Set the language of a run (ECMA-376 part 1, 17.3.2.20)."""
    if get_direction(language) == "rtl":
        set_run_property(props, W + "rtl", {VAL: "1"})
    set_run_property(props, W + "lang", make_language_attributes(language))


def make_language_attributes(language: str) -> dict[str, str]:
    """Return the attributes of `w:lang` for a language.

    Word keeps a language for each of three kinds of script.
    """
    kind = "bidi" if get_direction(language) == "rtl" else "eastAsia" if language[:2].lower() in EAST_ASIAN else "val"
    return {VAL: language, W + kind: language}


def set_run_property(props: Element, tag: str, attributes: dict[str, str]) -> None:
    """Set a run property at its place in the schema."""
    for old in props.findall(tag):
        props.remove(old)
    new = etree.SubElement(props, tag, attributes)
    after = next((node for node in props if ORDER.get(str(node.tag), len(ORDER)) > ORDER[tag]), None)
    if after is not None:
        after.addprevious(new)


LANGUAGE = f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"
STANDARD = f"{W}rPr/{W}lang"


def add_language_tags(package: Package) -> Package:
    """Set the template's language on every run without one."""
    said = _read_template_language(package)
    if not said:
        return package
    parts = dict(package.parts)
    for name in package.titles:
        root = package.xml(name)
        for run in [*root.iter(R)]:
            if any((node.text or "").strip() for node in run.iter(T)):
                _set_language(run, said)
        parts[name] = serialise_xml(root)
    return type(package)(parts, package.shown)


def _read_template_language(package: Package) -> dict[str, str]:
    """Return the language attributes of the template's styles.

    The language of the standard style comes first.
    """
    name = package.related(package.body).get("styles", "")
    if name not in package.parts:
        return {}
    root = package.xml(name)
    standard = [
        style for style in root.iter(W + "style") if style.get(W + "default") and style.find(STANDARD) is not None
    ]
    found = standard[0].find(STANDARD) if standard else root.find(LANGUAGE)
    return {} if found is None else {str(key): str(each) for key, each in found.attrib.items()}


def _set_language(run: Element, said: dict[str, str]) -> None:
    props = run.find(RPR)
    if props is None:
        props = etree.Element(RPR)
        run.insert(0, props)
    if props.find(W + "lang") is None:
        set_run_property(props, W + "lang", said)
