"""Remove the fields whose words Word would change.

Some get a tag in their place.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.adoption.draft import quote_text
from pressgen.word.fields import ADVICE, CHAR, CODE, SIMPLE, STRUCK_CODE, describe_field_objection, read_fields
from pressgen.word.names import RPR, SPACE, R, T, W, remove_node
from pressgen.word.tags import LOOSE, TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.word.fields import WordField
    from pressgen.word.names import Element

UNWRAPPED = frozenset({"HYPERLINK", "INCLUDEPICTURE"})
"""Fields whose words or picture stay when the field goes."""


def remove_changing_fields(root: Element, where: str, *, body: bool) -> Iterator[str]:
    """Remove the fields of a part that `template check` refuses.

    Yield a sentence for each.

    Args:
        root: the part, which is changed.
        where: what to call it.
        body: whether it is the body, where tags are put later.
    """
    extents = _find_extents(root)
    for field in list(read_fields(root)):
        if field is None or not (LOOSE.search(field.code + field.result) or describe_field_objection(field.code)):
            continue
        name = (field.code.split() or [""])[0].lstrip("\\").upper()
        nodes = [field.start] if field.start.tag == SIMPLE else extents.get(field.start, [])
        if LOOSE.search(field.result) or name in UNWRAPPED:
            _unwrap(nodes)
            yield f"the field {name} in the {where}; its contents stay"
            continue
        tag = "" if body else _choose_tag(name)
        if tag:
            _put_tag(field, nodes, tag)
        for node in nodes:
            remove_node(node)
        shown = f" ({quote_text(field.result)})" if field.result.strip() and not body else ""
        instead = f"; {tag} is there instead" if tag else ""
        yield f"the field {name or 'without a name'}{shown} in the {where}{instead}"
    _tidy(root)


def _find_extents(root: Element) -> dict[Element, list[Element]]:
    """Return the nodes of each field, by its first."""
    extents: dict[Element, list[Element]] = {}
    open_: list[Element] = []
    for node in root.iter():
        parent = node.getparent()
        if parent is None or parent.tag != R or node.tag == RPR:
            continue
        kind = node.get(W + "fldCharType") if node.tag == CHAR else None
        if kind == "begin":
            open_.append(node)
            extents[node] = []
        for start in open_:
            extents[start].append(node)
        if kind == "end" and open_:
            open_.pop()
    return extents


def _choose_tag(name: str) -> str:
    found = TAG.search(ADVICE.get(name, ""))
    return found[0] if found and "body" not in found[0] else ""


def _unwrap(nodes: list[Element]) -> None:
    """Remove a field, but not what it shows."""
    if len(nodes) == 1 and nodes[0].tag == SIMPLE:
        for child in list(nodes[0]):
            nodes[0].addprevious(child)
        remove_node(nodes[0])
        return
    depth, shown = 0, False
    for node in nodes:
        kind = node.get(W + "fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        ends = depth == 0 and kind == "end"
        if not shown or ends or (depth == 1 and kind == "separate"):
            shown = shown or (depth == 1 and kind == "separate")
            remove_node(node)


def _put_tag(field: WordField, nodes: list[Element], tag: str) -> None:
    """Put a run with a tag where a field begins.

    It has the run properties of what the field showed.
    """
    simple = field.start.tag == SIMPLE
    shown = next((run for node in nodes for run in (node.iter(R) if simple else node.iterancestors(R))), None)
    run = etree.Element(R)
    if shown is not None and (properties := shown.find(RPR)) is not None:
        run.append(deepcopy(properties))
    text = etree.SubElement(run, T)
    text.text = tag
    text.set(SPACE, "preserve")
    start = field.start if simple else field.start.getparent()
    if start is not None:
        start.addprevious(run)


def _tidy(root: Element) -> None:
    """Remove what is left of torn fields, and empty runs."""
    extents = _find_extents(root)
    whole = {id(node) for nodes in extents.values() if _is_whole(nodes) for node in nodes}
    for node in list(root.iter(CHAR, CODE, STRUCK_CODE)):
        if id(node) not in whole:
            remove_node(node)
    for run in list(root.iter(R)):
        if all(child.tag == RPR for child in run):
            remove_node(run)


def _is_whole(nodes: list[Element]) -> bool:
    return bool(nodes) and nodes[-1].get(W + "fldCharType") == "end"
