"""Find hidden text in a template.

Nobody sees it on the page, but anyone who looks into the file finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import Place
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.names import FALLBACK, OFF, RPR, VAL, P, R, W, get_child_value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressgen.errors import Problem
    from pressgen.word.names import Element

SHORT = 60


def find_hidden_text(root: Element, file: str, part: str, hiding: Collection[str]) -> Iterator[Problem]:
    """Find each paragraph of a part that holds hidden text.

    Args:
        root: the part.
        file: what messages call the file.
        part: what they call the part.
        hiding: the ids of the styles that hide what is set in them.
    """
    paragraphs = [each for each in root.iter(P) if next(each.iterancestors(FALLBACK), None) is None]
    for number, paragraph in enumerate(paragraphs, 1):
        if hidden := list_hidden_runs(paragraph, hiding):
            text = " ".join("".join(map(str, each.itertext())) for each in hidden)
            shown = text if len(text) <= SHORT else text[: SHORT - 1] + "…"
            message = f"hidden text (“{shown}”) would be in every file; show it (Font, Hidden) or delete it"
            yield make_problem(FaultCode.HIDDEN, message, Place(file, inside=f"{part}, paragraph {number}"))


def list_hidden_runs(paragraph: Element, hiding: Collection[str]) -> list[Element]:
    """List the hidden runs of a paragraph.

    They are hidden directly, or by a style in `hiding`.
    """
    runs = [each for each in paragraph.iter(R) if next(each.iterancestors(P)) is paragraph]
    inherited = get_child_value(paragraph, "pPr/pStyle") in hiding
    return [each for each in runs if _is_hidden(each, hiding, inherited=inherited)]


def read_hidden_flag(node: Element) -> bool | None:
    """Return whether a run or a style hides its text.

    Return None if it does not say.
    """
    found = node.find(f"{RPR}/{W}vanish")
    return None if found is None else found.get(VAL) not in OFF


def _is_hidden(run: Element, hiding: Collection[str], *, inherited: bool) -> bool:
    flag = read_hidden_flag(run)
    return flag if flag is not None else inherited or get_child_value(run, "rPr/rStyle") in hiding
