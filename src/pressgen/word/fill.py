"""Play a script: put pieces and values together into a part."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from pressgen.errors import Refused
from pressgen.model.document import Block, Chart, Contact, Figure, Leaf, Listing, Table, leaves
from pressgen.sandbox.budget import TooMuchWork, spend, work_within
from pressgen.word.backlinks import link_back
from pressgen.word.faults import Fault
from pressgen.word.language import LISTENER, Missing
from pressgen.word.names import SECTION, TBL, TC, TR, P, W, add
from pressgen.word.program import Close, Open, Script, Slot, Still
from pressgen.word.runs import shows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from jinja2 import Template

    from pressgen.word.names import Element
    from pressgen.word.part_builder import Sheet

CONTAINERS = {TC} | {W + name for name in ("txbxContent", "hdr", "ftr", "footnote", "endnote", "body")}
"""What must end in a paragraph."""
STEPS_OF_A_LEAF = 10
BLOCKS = (P, TBL, W + "sdt")


class BlockSetter(Protocol):
    """Sets blocks in paragraphs and tables of their own."""

    def __call__(self, sheet: Sheet, home: Element, blocks: Sequence[Block]) -> None:
        """Append `blocks` to `home`."""


def play(script: Script, values: Mapping[str, object], sheet: Sheet, set_blocks: BlockSetter) -> Element:
    """The root of a part, filled; what cannot be put in is noted in the sheet's draft.

    Plays to the end, and again without what failed, until nothing fails: so that all faults come out at once.
    """
    budget = sheet.draft.budget
    while True:
        player = _Player(script, sheet, set_blocks)
        token = LISTENER.set(player)
        try:
            with work_within(budget):
                return player.play(values)
        except TooMuchWork as error:
            line = player.line_of(error.__traceback__) or player.loop()
            told = script.fault(Fault.FAILED, line, str(error))
            raise Refused([*sheet.draft.problems, *([told] if budget is sheet.draft.budget else [])]) from None
        except MemoryError:
            raise
        except Exception as error:  # whatever an expression of the author's may raise
            line = player.line_of(error.__traceback__)
            if not line:
                raise
            message = f"fails ({type(error).__name__}: {error})"
            sheet.draft.problems.append(script.fault(Fault.FAILED, line, message))
            script, budget = script.without(line), sheet.draft.again
        finally:
            LISTENER.reset(token)


@dataclass(slots=True)
class _Begun:
    """An element that is open; a fleeting one goes if it shows nothing in the end."""

    node: Element
    fleeting: bool


class _Player:
    """One run through a script; `stack` holds the elements that are open."""

    def __init__(self, script: Script, sheet: Sheet, set_blocks: BlockSetter) -> None:
        self.script, self.sheet, self.set_blocks = script, sheet, set_blocks
        self.template: Template = script.template
        self.root: Element
        self.stack: list[_Begun] = []
        self.names: list[str] = []
        self.slot: Slot | None = None
        self.stream: Any = None  # the generator that Jinja has made of the script

    def play(self, values: Mapping[str, object]) -> Element:
        """Build the part."""
        self.names = [*values, *self.template.globals]
        self.stream = self.template.root_render_func(self.template.new_context(dict(values)))
        for item in self.stream:
            if isinstance(item, str):
                for number in item.split():
                    self._add(int(number))
            else:
                self._put(item[0])
        return self.root

    def missing(self, name: Missing) -> None:
        """Note a name that is not there, at the tag that Jinja is at."""
        line = self.template.get_corresponding_lineno(self.stream.gi_frame.f_lineno)
        tag = self.script.tags.get(line)
        if tag is None or not tag.echo:
            told = self.script.fault(Fault.UNKNOWN_NAME, line, name.told(self.names))
            self.sheet.draft.problems.append(told)

    def line_of(self, trace: TracebackType | None) -> int:
        """The line of the script that raised an error, 0 if none did."""
        line = 0
        while trace:
            if self.stream is not None and trace.tb_frame.f_code is self.stream.gi_code:
                line = self.template.get_corresponding_lineno(trace.tb_lineno)
            trace = trace.tb_next
        return line

    def loop(self) -> int:
        """The line of the loop that was begun last before the place where the script is; 0 where there is none."""
        frame = self.stream.gi_frame if self.stream is not None else None
        at = self.template.get_corresponding_lineno(frame.f_lineno) if frame else 0
        return max((line for line, tag in self.script.tags.items() if line <= at and tag.word == "for"), default=0)

    def _add(self, number: int) -> None:
        """Add the piece `number`."""
        match self.script.pieces[number]:
            case Still(nodes):
                spend(sum(1 for node in nodes for _ in node.iter()))
                self.stack[-1].node.extend(map(deepcopy, nodes))
            case Slot() as slot:
                self.slot, self.sheet.tag = slot, slot.tag
            case Open(shell, fleeting):
                node = deepcopy(shell)
                if self.stack:
                    self.stack[-1].node.append(node)
                else:
                    self.root = node
                self.stack.append(_Begun(node, fleeting))
            case Close():
                _settle(self.stack.pop())

    def _put(self, value: object) -> None:
        dress = self.slot.tag.dress if self.slot else None
        spend(_weight(value))
        match value:
            case Missing():
                str(value)
            case None:
                pass
            case Leaf():
                home = self._home(str(value))
                self.sheet.leaf(home, value, dress)
                link_back(self.sheet, home, value)
            case str() | int() | float() | Decimal() if not isinstance(value, bool):
                self.sheet.text(self._home(str(value)), str(value), dress)
            case Listing() | Table() | Figure() | Chart() | Contact():
                self._put_blocks([value])
            case list() | tuple() if all(isinstance(item, Block) for item in value):
                self._put_blocks(value)
            case _:
                kind = type(value).__name__.lower()
                self.sheet.fault(Fault.MISPLACED, f"a {kind} cannot stand in text; name a part of it, or use a filter")

    def _home(self, text: str) -> Element:
        """What `text` goes into; with it, even if it is only a space, the paragraph is there to stay."""
        for begun in self.stack:
            begun.fleeting = begun.fleeting and not text
        return self.stack[-1].node

    def _put_blocks(self, blocks: Sequence[Block]) -> None:
        """Let blocks take the place of the paragraph that their tag stands alone in."""
        paragraph = self.stack[-1].node
        home = paragraph.getparent()
        if not (self.slot and self.slot.alone) or home is None or paragraph.tag != P:
            self.sheet.fault(Fault.MISPLACED, "blocks need a paragraph of their own; move what stands beside the tag")
            return
        ends_section = paragraph.find(SECTION) is not None
        if not ends_section:
            home.remove(paragraph)
        self.set_blocks(self.sheet, home, blocks)
        if ends_section:
            home.append(paragraph)


def _weight(value: object) -> int:
    """The steps that printing a value counts for: some for each leaf of blocks, and one for all else."""
    entries = value if isinstance(value, list | tuple) else [value]
    blocks = [each for each in entries if isinstance(each, Block)]
    return 1 + STEPS_OF_A_LEAF * sum(1 for _ in leaves(blocks))


def _settle(begun: _Begun) -> None:
    """Leave nothing behind that Word would show as blank or refuse: empty paragraphs, tables, cells."""
    node = begun.node
    parent = node.getparent()
    if node.tag == P and begun.fleeting and parent is not None and not shows(node):
        if node.find(SECTION) is None:
            parent.remove(node)
    elif node.tag == TBL and parent is not None and next(node.iter(TR), None) is None:
        parent.remove(node)
    elif node.tag in CONTAINERS:
        _end_in_paragraph(node)


def _end_in_paragraph(node: Element) -> None:
    """Word wants a paragraph in every cell, box and header, and one below a table at the end."""
    blocks = [child for child in node if child.tag in BLOCKS]
    if blocks and blocks[-1].tag != TBL:
        return
    blank, section = add(node, "p"), node.find(W + "sectPr")
    if section is not None:
        section.addprevious(blank)
