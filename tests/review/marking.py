"""An editor who marks a PDF, in the manner of five programs, with the truth of every mark."""

from __future__ import annotations

import io
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from pressgen.review.pdf_text_alignment import LocatedCharacter

Box = tuple[float, float, float, float]
KINDS = {
    "acrobat": ["Highlight", "StrikeOut", "Squiggly", "Underline", "Replace", "Caret", "Text", "FreeText", "Callout"],
    "preview": ["Highlight", "StrikeOut", "Underline", "Text", "FreeText"],
    "edge": ["Highlight", "Text", "FreeText"],
    "okular": ["Highlight", "StrikeOut", "Squiggly", "Underline", "Text", "FreeText", "Caret"],
    "pdfjs": ["Highlight", "FreeText"],
}
PADDING = {
    "acrobat": (0.3, 0.0, 0.0), "preview": (0.0, 0.15, 0.15), "edge": (1.0, 0.1, 0.1), "okular": (0.2, -0.15, -0.1),
    "pdfjs": (0.5, 0.05, 0.2),
}  # fmt: skip
MARGIN = 590.0
"""Where remarks beside the text stand, in points from the left."""


@dataclass(frozen=True)
class Truth:
    """What a mark means: a sent text and, for one over or between its words, which of them."""

    kind: str
    block: int
    start: int
    end: int
    author: str

    @property
    def exact(self) -> bool:
        """Whether it means words or a gap, not only a text."""
        return self.kind not in {"Text", "FreeText", "Callout"}


class Marking:
    """A PDF under an editor's pen."""

    def __init__(self, data: bytes, found: Sequence[LocatedCharacter], program: str, chance: random.Random) -> None:
        self.file = pikepdf.open(io.BytesIO(data))
        self.program, self.chance = program, chance
        self.rows: dict[int, list[LocatedCharacter]] = defaultdict(list)
        for each in found:
            self.rows[each.block].append(each)
        self.truth: dict[str, Truth] = {}
        self._annots: dict[int, list[Any]] = defaultdict(list)

    def work(self, count: int) -> bytes:
        """Put `count` marks on it; the PDF then."""
        for _ in range(count):
            self._mark()
        for number, annots in self._annots.items():
            page = self.file.pages[number].obj
            page["/Annots"] = self.file.make_indirect(pikepdf.Array([*page.get("/Annots", []), *annots]))
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _mark(self) -> None:
        block = self.chance.choice(sorted(self.rows))
        row = self.rows[block]
        low = self.chance.randrange(len(row))
        chosen = [each for each in row[low : low + self.chance.randint(1, 40)] if each.page == row[low].page]
        kind = self.chance.choice(KINDS[self.program])
        first, last = chosen[0], chosen[-1]
        left, bottom, _, top = first.box
        middle = (bottom + top) / 2
        over = Truth(kind, block, first.offset, last.offset + 1, self.chance.choice(["Ann Editor", "Bo Desk"]))
        beside = Truth(kind, block, 0, 0, over.author)
        if kind in {"Highlight", "StrikeOut", "Squiggly", "Underline"}:
            self._put(kind, first.page, _around(self._quads(chosen)), over, QuadPoints=self._quads(chosen))
        elif kind == "Replace":
            gap = Truth(kind, block, first.offset, last.offset + 1, over.author)
            x, y = last.edges[1], last.box[1]
            caret = self._put("Caret", first.page, (x - 4, y - 3, x + 4, y + 7), gap, IT=pikepdf.Name.Replace)
            quads = self._quads(chosen)
            self._put("StrikeOut", first.page, _around(quads), None, QuadPoints=quads, IRT=caret,
                      RT=pikepdf.Name.Group, Contents="", IT=pikepdf.Name.StrikeOutTextEdit)  # fmt: skip
        elif kind == "Caret":
            gap = Truth(kind, block, first.offset, first.offset, over.author)
            x = first.edges[0]
            self._put("Caret", first.page, (x - 4, bottom - 3, x + 4, bottom + 7), gap)
        elif kind == "Text":
            self._put("Text", first.page, (left - 10, middle - 10, left + 10, middle + 10), beside)
        elif kind == "Callout":
            line = pikepdf.Array([left, middle, MARGIN - 5, middle + 30, MARGIN, middle + 40])
            self._put("FreeText", first.page, (MARGIN, middle + 20, MARGIN + 60, middle + 60), beside, CL=line)
        else:
            self._put("FreeText", first.page, (MARGIN, middle - 8, MARGIN + 60, middle + 8), beside)

    def _put(self, kind: str, page: int, box: Box, truth: Truth | None, **more: Any) -> Any:  # noqa: ANN401 - pikepdf
        name = f"{self.program}-{len(self.truth)}{'' if truth else 's'}"
        about: dict[str, Any] = {
            "/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name(f"/{kind}"), "/NM": name, "/M": "D:20261120100000Z",
            "/Rect": pikepdf.Array([round(each, 3) for each in box]), "/Contents": f"see {name}",
        }  # fmt: skip
        if truth:
            about["/T"] = truth.author
            self.truth[name] = truth
        about |= {f"/{key}": pikepdf.Array(each) if isinstance(each, list) else each for key, each in more.items()}
        annotation = self.file.make_indirect(pikepdf.Dictionary(about))
        self._annots[page].append(annotation)
        return annotation

    def _quads(self, chosen: Sequence[LocatedCharacter]) -> list[float]:
        lines: list[list[LocatedCharacter]] = []
        for each in chosen:
            if lines and abs(lines[-1][-1].box[1] - each.box[1]) < 4:
                lines[-1].append(each)
            else:
                lines.append([each])
        found: list[float] = []
        for line in lines:
            low, high = min(each.box[1] for each in line), max(each.box[3] for each in line)
            across, up, down = PADDING[self.program]
            x0 = min(each.box[0] for each in line) - across * self.chance.random()
            x1 = max(each.box[2] for each in line) + across * self.chance.random()
            y0, y1 = low - down * (high - low), high + up * (high - low)
            if self.program == "preview":  # as ISO 32000 words it
                found += [x0, y0, x1, y0, x1, y1, x0, y1]
            elif self.program == "pdfjs":
                found += [x0, y0, x1, y0, x0, y1, x1, y1]
            else:
                found += [x0, y1, x1, y1, x0, y0, x1, y0]
        return [round(each, 3) for each in found]


def _around(quads: Sequence[float]) -> Box:
    return min(quads[::2]), min(quads[1::2]), max(quads[::2]), max(quads[1::2])
