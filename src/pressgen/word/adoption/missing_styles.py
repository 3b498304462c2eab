"""Add the styles and the numbering that a letterhead lacks.

They are those of another house.

A style that the letterhead has stays as it is. Those that are added take typeface and colour from the letterhead's own
text; only the embargo banner keeps its colour.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from pressgen.word.adoption.draft import read_part
from pressgen.word.adoption.letter_layout import remove_letter_layout
from pressgen.word.names import (
    PPR,
    RPR,
    TYPE,
    VAL,
    WML,
    W,
    add_element,
    get_child_value,
    read_int,
    remove_node,
    serialise_xml,
)
from pressgen.word.package import Package
from pressgen.word.styles import ListNumbering, RequiredStyle, TemplateStyles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.word.adoption.draft import AdoptionReport, LetterheadDraft
    from pressgen.word.names import Element
    from pressgen.word.styles import Kind

STYLE_ID = W + "styleId"
NO_STYLES, NO_NUMBERING = f'<w:styles xmlns:w="{WML}"/>', f'<w:numbering xmlns:w="{WML}"/>'
RELATED_STYLES = ("basedOn", "next", "link")
REFERENCES = tuple(W + name for name in ("pStyle", "rStyle", "tblStyle", *RELATED_STYLES))
COLOURED = "banner"
HEADINGS = {"heading 1": "0", "heading 2": "1", "heading 3": "2"}
BEFORE_NUMBERING = {W + name for name in "pStyle keepNext keepLines pageBreakBefore framePr widowControl".split()}
BEFORE_ABSTRACT = {W + "numPicBullet", W + "abstractNum"}
LAST_OF_PARAGRAPH = {W + name for name in "outlineLvl divId cnfStyle rPr sectPr pPrChange".split()}


@dataclass(slots=True)
class StyleMerger:
    """The styles and numbering of a letterhead and of a house.

    Attributes:
        styles, numbering: the letterhead's, which are changed.
        base_styles, base_numbering: the house's.
        known, base_known: the styles of both by name.
    """

    styles: Element
    numbering: Element
    base_styles: Element
    base_numbering: Element
    known: TemplateStyles = field(init=False)
    base_known: TemplateStyles = field(init=False)

    def __post_init__(self) -> None:
        self.known, self.base_known = TemplateStyles.of(self.styles), TemplateStyles.of(self.base_styles)

    def add_style(self, kind: Kind, name: str) -> str:
        """Add a style of the house if the letterhead lacks it.

        Return its id, or nothing if neither has it.
        """
        if found := self.known.find(kind, name):
            return found
        source = self._find_base_style(kind, name)
        if source is None:
            return ""
        made, ident = deepcopy(source), self._choose_id(source.get(STYLE_ID) or name.replace(" ", ""))
        made.set(STYLE_ID, ident)
        made.attrib.pop(W + "default", "")
        self.styles.append(made)
        self.known.record(kind, name, ident)
        _take_look_of_letterhead(made)
        for relation in RELATED_STYLES:
            self._relate(made, relation)
        self._copy_numbering(made, ident)
        if kind == "paragraph" and name.casefold() != "body text":
            remove_letter_layout(made, self.styles)
        return ident

    def number_style(self, ident: str, name: str) -> None:
        """Give a style the numbering that it has in the house."""
        source, style = self._find_base_style("paragraph", name), self._find_style(ident)
        numbered = None if source is None else source.find(f"{PPR}/{W}numPr")
        if style is None or numbered is None:
            return
        properties = style.find(PPR)
        if properties is None:
            properties = add_element(style, "pPr")
            if (own := style.find(RPR)) is not None:
                own.addprevious(properties)
        for old in properties.findall(W + "numPr"):
            remove_node(old)
        place = sum(1 for child in properties if child.tag in BEFORE_NUMBERING)
        properties.insert(place, deepcopy(numbered))
        self._copy_numbering(style, ident)

    def _find_base_style(self, kind: Kind, name: str) -> Element | None:
        ident = self.base_known.find(kind, name)
        return next((each for each in self.base_styles.iter(W + "style") if each.get(STYLE_ID) == ident), None)

    def _find_style(self, ident: str) -> Element | None:
        return next((each for each in self.styles.iter(W + "style") if each.get(STYLE_ID) == ident), None)

    def _choose_id(self, wanted: str) -> str:
        taken = {each.get(STYLE_ID) for each in self.styles.iter(W + "style")}
        return next(ident for n in range(len(taken) + 2) if (ident := wanted + str(n or "")) not in taken)

    def _relate(self, style: Element, relation: str) -> None:
        """Let a new style refer to the letterhead's own styles."""
        for node in style.findall(W + relation):
            other = next((x for x in self.base_styles.iter(W + "style") if x.get(STYLE_ID) == node.get(VAL)), None)
            found = "" if other is None else self._find_or_add(other)
            if found:
                node.set(VAL, found)
            else:
                remove_node(node)

    def _find_or_add(self, other: Element) -> str:
        kind = cast("Kind", other.get(TYPE) or "paragraph")
        if other.get(W + "default"):
            own = [x for x in self.styles.iter(W + "style") if x.get(TYPE) == kind and x.get(W + "default")]
            if own:
                return own[0].get(STYLE_ID) or ""
        return self.add_style(kind, get_child_value(other, "name"))

    def _copy_numbering(self, style: Element, ident: str) -> None:
        """Copy the numbering that a style refers to."""
        for reference in style.iterfind(f"{PPR}/{W}numPr/{W}numId"):
            source = next(
                (x for x in self.base_numbering.iter(W + "num") if x.get(W + "numId") == reference.get(VAL)), None
            )
            key = "" if source is None else get_child_value(source, "abstractNumId")
            pattern = next(
                (x for x in self.base_numbering.iter(W + "abstractNum") if x.get(W + "abstractNumId") == key), None
            )
            if pattern is None:
                continue
            made = deepcopy(pattern)
            number = str(_find_next(self.numbering, "abstractNum", "abstractNumId"))
            made.set(W + "abstractNumId", number)
            for node in made.iter(W + "pStyle"):
                node.set(VAL, ident)
            for node in [*made.iter(W + "color"), *made.iter(W + "nsid"), *made.iter(W + "tmpl")]:
                remove_node(node)
            self.numbering.insert(sum(1 for child in self.numbering if child.tag in BEFORE_ABSTRACT), made)
            num = add_element(self.numbering, "num", numId=_find_next(self.numbering, "num", "numId"))
            add_element(num, "abstractNumId", val=number)
            last = [each for each in self.numbering.findall(W + "num") if each is not num]
            if last:
                last[-1].addnext(num)
            reference.set(VAL, num.get(W + "numId") or "")


def add_missing_styles(
    package: Package, base: Package, needed: Sequence[RequiredStyle], report: AdoptionReport
) -> tuple[Package, dict[str, str]]:
    """Return a package with all styles that are needed.

    Return also their ids, by the ids of the house `base`.

    Raises:
        InputError: the styles or the numbering of one of the files are broken.
    """
    package, styles_part, styles = read_part(package, "styles", NO_STYLES)
    package, numbering_part, numbering = read_part(package, "numbering", NO_NUMBERING)
    _, _, base_styles = read_part(base, "styles", NO_STYLES)
    _, _, base_numbering = read_part(base, "numbering", NO_NUMBERING)
    _drop_repeated_styles(styles)
    merger, before = StyleMerger(styles, numbering, base_styles, base_numbering), len(styles)
    for each in needed:
        merger.add_style(each.kind, each.name)
    added = dict.fromkeys(get_child_value(each, "name") for each in list(styles)[before:])
    if added:
        report.added.append(f"{len(added)} styles: {', '.join(added)}")
    found = TemplateStyles.of(styles)
    for each in list(found.unnumbered(needed, ListNumbering(numbering).knows)):
        merger.number_style(found.find(each.kind, each.name), each.name)
        report.added.append(f"numbers or bullets to the style “{each.name}”, which had none")
    for each in needed:
        _mend_style(merger, found.find(each.kind, each.name), report)
    used = TemplateStyles.of(styles)
    ids = {
        ident: used.find(cast("Kind", kind), name) for (kind, name), ident in TemplateStyles.of(base_styles).ids.items()
    }
    changed = {styles_part: serialise_xml(styles), numbering_part: serialise_xml(numbering)}
    return Package(package.parts | changed, package.shown), ids


def _drop_repeated_styles(styles: Element) -> None:
    """Remove all but the last of the styles of one id.

    Google Docs defines some twice.
    """
    last = {each.get(STYLE_ID): each for each in styles.iterchildren(W + "style")}
    for each in styles.findall(W + "style"):
        if last[each.get(STYLE_ID)] is not each:
            remove_node(each)


def drop_undefined_styles(draft: LetterheadDraft) -> None:
    """Remove references to styles that the file does not define.

    Word ignores them.
    """
    draft.package, part, styles = read_part(draft.package, "styles", NO_STYLES)
    known = {each.get(STYLE_ID) for each in styles.iter(W + "style")}
    for root in (*draft.roots.values(), styles):
        for node in list(root.iter(*REFERENCES)):
            if node.get(VAL) not in known:
                remove_node(node)
    draft.package.parts[part] = serialise_xml(styles)


def _mend_style(merger: StyleMerger, ident: str, report: AdoptionReport) -> None:
    """Take from a style what a release cannot have.

    This is hidden text, and numbered headings.
    """
    style = next((each for each in merger.styles.iter(W + "style") if each.get(STYLE_ID) == ident), None)
    if style is None:
        return
    name = get_child_value(style, "name")
    for node in style.findall(f"{RPR}/{W}vanish"):
        remove_node(node)
        report.removed.append(f"“Hidden” from the style “{name}”")
    if (level := HEADINGS.get(name.casefold())) is None:
        return
    properties = style.find(PPR)
    if properties is None:
        properties = add_element(style, "pPr")
        if (own := style.find(RPR)) is not None:
            own.addprevious(properties)
    if _remove_numbers(merger, ident, properties):
        report.removed.append(f"the numbers or the page break from the style “{name}”")
    if properties.find(W + "outlineLvl") is None:
        outline = add_element(properties, "outlineLvl", val=level)
        after = next((each for each in properties if each.tag in LAST_OF_PARAGRAPH and each is not outline), None)
        if after is not None:
            after.addprevious(outline)


def _remove_numbers(merger: StyleMerger, ident: str, properties: Element) -> bool:
    """Let a style number nothing and break no page.

    Return whether it did.
    """
    links = [each for each in merger.numbering.iter(W + "pStyle") if each.get(VAL) == ident]
    own = [*properties.findall(W + "pageBreakBefore"), *properties.findall(W + "numPr")]
    for node in (*links, *own):
        remove_node(node)
    inherits = ident in TemplateStyles.of(merger.styles).numbers
    if inherits:
        none = add_element(properties, "numPr")
        add_element(none, "numId", val=0)
        properties.insert(sum(1 for child in properties if child.tag in BEFORE_NUMBERING), none)
    return bool(links or own or inherits)


def _take_look_of_letterhead(style: Element) -> None:
    """Remove the house's typefaces and colours from a new style.

    The banner keeps its colour.
    """
    for node in list(style.iter(W + "rFonts")):
        remove_node(node)
    if COLOURED in get_child_value(style, "name").casefold():
        return
    for node in list(style.iter(W + "color", W + "shd")):
        remove_node(node)
    for node in style.iter():
        if node.get(W + "color"):
            node.set(W + "color", "auto")


def _find_next(root: Element, tag: str, key: str) -> int:
    return (
        max((number for each in root.iter(W + tag) if (number := read_int(each, W + key)) is not None), default=0) + 1
    )
