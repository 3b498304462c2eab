"""The language of a template's own words, said on them, so that a release in another language does not take them over.

Word proofs and reads aloud a run that says no language in that of the styles, which is the release's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.names import RPR, R, T, W, serialise
from pressgen.word.run_properties import put

if TYPE_CHECKING:
    from pressgen.word.names import Element
    from pressgen.word.package import Package

LANGUAGE = f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"
STANDARD = f"{W}rPr/{W}lang"


def spoken(package: Package) -> Package:
    """The package with the template's language on every run of its text that names none."""
    said = _language(package)
    if not said:
        return package
    parts = dict(package.parts)
    for name in package.titles:
        root = package.xml(name)
        for run in [*root.iter(R)]:
            if any((node.text or "").strip() for node in run.iter(T)):
                _say(run, said)
        parts[name] = serialise(root)
    return type(package)(parts, package.shown)


def _language(package: Package) -> dict[str, str]:
    """The language that the template's styles give to all text, as attributes; that of the standard style first."""
    name = package.related(package.body).get("styles", "")
    if name not in package.parts:
        return {}
    root = package.xml(name)
    standard = [
        style for style in root.iter(W + "style") if style.get(W + "default") and style.find(STANDARD) is not None
    ]
    found = standard[0].find(STANDARD) if standard else root.find(LANGUAGE)
    return {} if found is None else {str(key): str(each) for key, each in found.attrib.items()}


def _say(run: Element, said: dict[str, str]) -> None:
    props = run.find(RPR)
    if props is None:
        props = etree.Element(RPR)
        run.insert(0, props)
    if props.find(W + "lang") is None:
        put(props, W + "lang", said)
