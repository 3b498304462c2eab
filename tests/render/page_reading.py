"""A page as a browser's parser sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinyhtml5

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from pressgen.model.artifact import Artifact


def tree(page: Artifact) -> Element:
    """The elements of `page`."""
    return tinyhtml5.parse(page.content.decode(), namespace_html_elements=False)


def words(page: Artifact) -> dict[str, str]:
    """The text of each anchored element of `page`, by its block's id, without lists below it."""
    anchored = (each for each in tree(page).iter() if str(each.get("id", "")).startswith("pg-"))
    return {each.get("id", "").removeprefix("pg-"): "".join(_own(each)) for each in anchored}


def _own(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in {"ul", "ol"}:
            yield from _own(child)
        yield child.tail or ""
