"""Remove what no release may carry.

This is content of other programs, links to files, hidden text and empty form fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.model.links import is_linkable
from pressgen.word.adoption.draft import quote_text
from pressgen.word.hidden_text import list_hidden_runs
from pressgen.word.names import COMPATIBILITY, DRAWING, LINK, REL, VML, P, R, T, W, remove_node
from pressgen.word.package import resolve_target
from pressgen.word.scrub import LABELLED, OFFICE_VML, SOURCES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressgen.word.adoption.draft import LetterheadDraft
    from pressgen.word.names import Element

ALTERNATE = f"{{{COMPATIBILITY}}}AlternateContent"
BOX = W + "txbxContent"
FRAMES = (ALTERNATE, W + "drawing", W + "pict", W + "object")
CLICKS = tuple(f"{{{DRAWING}/main}}{name}" for name in ("hlinkClick", "hlinkHover", "hlinkMouseOver"))
IN_FILE = (f"{{{REL}}}embed", f"{{{REL}}}id")
LINKED = frozenset(f"{{{REL}}}{name}" for name in ("link", "href", "pict"))
LINKED_PAGE = f"{REL}/hyperlink"
EMBEDDED = tuple(W + name for name in ("altChunk", "subDoc", "contentPart", "control", "movie"))
KINDS = frozenset({"image", "header", "footer"})
"""Kinds of parts that an element of a text may name."""
EMPTY_CONTROL = f"{W}sdtPr/{W}showingPlcHdr"


def remove_foreign_content(draft: LetterheadDraft, hiding: Collection[str]) -> None:
    """Remove what no release may carry, and record it.

    `hiding` are the ids of the styles that hide what is set in them.
    """
    removed = draft.report.removed
    for name, root in draft.roots.items():
        where = draft.package.titles[name]
        removed += _remove_addresses(root)
        removed += (f"a sensitivity label in the {where}: {quote_text(text)}" for text in _remove_labels(root))
        removed += (f"hidden text in the {where}: {quote_text(text)}" for text in _remove_hidden_text(root, hiding))
        removed += (
            f"an empty form field in the {where}: {quote_text(text)}; delete its label too if nobody needs it"
            for text in _empty_controls(root)
        )
        _settle_relationships(draft, name, root, where)


def _remove_addresses(root: Element) -> Iterator[str]:
    """Remove addresses from which Word would load an old drawing."""
    for node in root.iter():
        if not str(node.tag).startswith((VML, OFFICE_VML)):
            continue
        for name in [name for name in map(str, node.attrib) if name.rpartition("}")[2] in SOURCES]:
            address = node.attrib.pop(name)
            if address:
                yield f"the address of a drawing: {quote_text(str(address))}"


def _remove_labels(root: Element) -> Iterator[str]:
    """Remove the text boxes of sensitivity labels, and yield their words."""
    for node in list(root.iter()):
        if LABELLED not in (node.get("name") or node.get("id") or ""):
            continue
        frames = [each for each in (node, *node.iterancestors()) if each.tag in FRAMES]
        if frames and frames[-1].getparent() is not None:  # else it went with the other form of the same box
            yield next(("".join(str(each.text or "") for each in box.iter(T)) for box in frames[-1].iter(BOX)), "")
            remove_node(frames[-1])


def _remove_hidden_text(root: Element, hiding: Collection[str]) -> Iterator[str]:
    for paragraph in list(root.iter(P)):
        runs = list_hidden_runs(paragraph, hiding)
        text = "".join(str(each.text or "") for run in runs for each in run.iter(T))
        for run in runs:
            remove_node(run)
        if text.strip():
            yield text


def _empty_controls(root: Element) -> Iterator[str]:
    """Empty the form fields that show only what to type in them."""
    for control in root.iter(W + "sdt"):
        if control.find(EMPTY_CONTROL) is not None:
            text = "".join(str(each.text or "") for each in control.iter(T))
            for run in list(control.iter(R)):
                remove_node(run)
            if text.strip():
                yield text


def _settle_relationships(draft: LetterheadDraft, name: str, root: Element, where: str) -> None:
    """Remove or unwrap each element whose relationship no release may have."""
    rels = {rel.get("Id") or "": rel for rel in draft.rels[name]}
    allowed = {ident for ident, rel in rels.items() if _is_allowed(draft, name, rel)}
    for node in list(root.iter()):
        for key in [str(key) for key in node.attrib if str(key).startswith(f"{{{REL}}}")]:
            ident = str(node.get(key))
            if not ident or ident in allowed or root not in (node, *node.iterancestors()):
                continue
            kind, target = ((rels[ident].get(each) or "") for each in ("Type", "Target")) if ident in rels else ("", "")
            if said := _remove_reference(node, key):
                address = f" ({quote_text(target)})" if target else ""
                draft.report.removed.append(f"{said.format(kind=kind.rpartition('/')[2])} in the {where}{address}")


def _is_allowed(draft: LetterheadDraft, name: str, rel: Element) -> bool:
    kind, target = rel.get("Type") or "", rel.get("Target") or ""
    if rel.get("TargetMode") == "External":
        return kind == LINKED_PAGE and is_linkable(target)
    return kind.removeprefix(f"{REL}/") in KINDS and resolve_target(rel, name) in draft.package.parts


def _remove_reference(node: Element, key: str) -> str:
    """Remove what a relationship brings.

    Return words for it, or nothing if it is not seen.
    """
    if node.tag == LINK:
        _unwrap(node)
        return "a link that no reader can follow; its words stay"
    if node.tag in CLICKS:
        remove_node(node)
        return "a link of a picture that no reader can follow"
    if key in LINKED and any(map(node.get, IN_FILE)):
        del node.attrib[key]
        return "the address of a picture; the picture itself stays"
    if str(node.tag).endswith("}OLEObject"):
        _keep_preview(node)
        return "an object of another program; its picture stays"
    frames = [each for each in (node, *node.iterancestors()) if each.tag in FRAMES]
    if frames:
        seen = frames[-1].getparent() is not None
        remove_node(frames[-1])
        return "a drawing that is not a picture in the file (“{kind}”; insert a picture of it if it is needed)" * seen
    remove_node(node)
    return "{kind}" if node.tag in EMBEDDED else ""


def _keep_preview(node: Element) -> None:
    """Turn an object of another program into its picture."""
    home = node.getparent()
    remove_node(node)
    if home is not None and home.tag == W + "object":
        for name in list(map(str, home.attrib)):
            del home.attrib[name]
        home.tag = W + "pict"


def _unwrap(node: Element) -> None:
    for child in list(node):
        node.addprevious(child)
    remove_node(node)
