"""Mark a template's own words with their language.

Word proofs and reads aloud a run without a language in that of the styles, which is the release's. Without the mark, a
release in another language would take the template's words over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.names import RPR, R, T, W, serialise_xml
from pressgen.word.run_properties import set_run_property

if TYPE_CHECKING:
    from pressgen.word.names import Element
    from pressgen.word.package import Package

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
