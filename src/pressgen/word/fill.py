"""Fill a part: run its program and put pieces and values together."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from pressgen.errors import InputError, describe_fault
from pressgen.model.document import Block, Chart, Contact, Figure, Leaf, Listing, Table, iter_leaves
from pressgen.sandbox.budget import TemplateBudgetExceededError, charge_budget, use_budget
from pressgen.word.backlinks import add_backlink
from pressgen.word.faults import FaultCode
from pressgen.word.language import LISTENER, MissingName
from pressgen.word.names import SECTION, TBL, TC, TR, P, W, add_element
from pressgen.word.program import CloseElement, OpenElement, PartProgram, StaticNodes, ValueSlot
from pressgen.word.runs import has_visible_content

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from jinja2 import Template

    from pressgen.word.names import Element
    from pressgen.word.part_builder import PartBuilder

CONTAINERS = {TC} | {W + name for name in ("txbxContent", "hdr", "ftr", "footnote", "endnote", "body")}
"""The elements that must end in a paragraph."""
STEPS_OF_A_LEAF = 10
BLOCKS = (P, TBL, W + "sdt")


class BlockSetter(Protocol):
    """A function that sets blocks in paragraphs and tables."""

    def __call__(self, builder: PartBuilder, home: Element, blocks: Sequence[Block]) -> None:
        """Append `blocks` to `home`."""


def fill_part(
    script: PartProgram, values: Mapping[str, object], builder: PartBuilder, set_blocks: BlockSetter
) -> Element:
    """Return the root of a part, filled with values.

    Faults are noted in the builder. The program runs to the end, and again without what failed, until nothing fails: so
    all faults come out at once.
    """
    budget = builder.word_file.budget
    while True:
        player = _PartFiller(script, builder, set_blocks)
        token = LISTENER.set(player)
        try:
            with use_budget(budget):
                return player.play(values)
        except TemplateBudgetExceededError as error:
            line = player.line_of(error.__traceback__) or player.loop()
            problem = script.fault(FaultCode.FAILED, line, str(error))
            raise InputError(
                [*builder.word_file.problems, *([problem] if budget is builder.word_file.budget else [])]
            ) from None
        except MemoryError:
            raise
        except Exception as error:  # whatever an expression of the author's may raise
            line = player.line_of(error.__traceback__)
            if not line:
                raise
            message = f"fails ({str(error) or describe_fault(error)})"
            builder.word_file.problems.append(script.fault(FaultCode.FAILED, line, message))
            script, budget = script.without(line), builder.word_file.again
        finally:
            LISTENER.reset(token)


@dataclass(slots=True)
class _OpenNode:
    """An element that is still open.

    A fleeting one is removed if it shows nothing in the end.
    """

    node: Element
    fleeting: bool


class _PartFiller:
    """One run through a program.

    `stack` holds the elements that are open.
    """

    def __init__(self, script: PartProgram, builder: PartBuilder, set_blocks: BlockSetter) -> None:
        self.script, self.builder, self.set_blocks = script, builder, set_blocks
        self.template: Template = script.template
        self.root: Element
        self.stack: list[_OpenNode] = []
        self.names: list[str] = []
        self.slot: ValueSlot | None = None
        self.stream: Any = None  # the generator that Jinja has made of the program

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

    def missing(self, name: MissingName) -> None:
        """Note a missing name, at the tag that Jinja is at."""
        line = self.template.get_corresponding_lineno(self.stream.gi_frame.f_lineno)
        tag = self.script.tags.get(line)
        if tag is None or not tag.echo:
            problem = self.script.fault(FaultCode.UNKNOWN_NAME, line, name.describe(self.names))
            self.builder.word_file.problems.append(problem)

    def line_of(self, trace: TracebackType | None) -> int:
        """Return the program line that raised an error, or 0."""
        line = 0
        while trace:
            if self.stream is not None and trace.tb_frame.f_code is self.stream.gi_code:
                line = self.template.get_corresponding_lineno(trace.tb_lineno)
            trace = trace.tb_next
        return line

    def loop(self) -> int:
        """Return the line of the innermost loop running, or 0."""
        frame = self.stream.gi_frame if self.stream is not None else None
        at = self.template.get_corresponding_lineno(frame.f_lineno) if frame else 0
        return max((line for line, tag in self.script.tags.items() if line <= at and tag.word == "for"), default=0)

    def _add(self, number: int) -> None:
        """Add the piece `number`."""
        match self.script.pieces[number]:
            case StaticNodes(nodes):
                charge_budget(sum(1 for node in nodes for _ in node.iter()))
                self.stack[-1].node.extend(map(deepcopy, nodes))
            case ValueSlot() as slot:
                self.slot, self.builder.tag = slot, slot.tag
            case OpenElement(shell, fleeting):
                node = deepcopy(shell)
                if self.stack:
                    self.stack[-1].node.append(node)
                else:
                    self.root = node
                self.stack.append(_OpenNode(node, fleeting))
            case CloseElement():
                _remove_blank_element(self.stack.pop())

    def _put(self, value: object) -> None:
        base = self.slot.tag.run_properties if self.slot else None
        charge_budget(_count_steps(value))
        match value:
            case MissingName():
                str(value)
            case None:
                pass
            case Leaf():
                home = self._home(str(value))
                self.builder.leaf(home, value, base)
                add_backlink(self.builder, home, value)
            case str() | int() | float() | Decimal() if not isinstance(value, bool):
                self.builder.text(self._home(str(value)), str(value), base)
            case Listing() | Table() | Figure() | Chart() | Contact():
                self._put_blocks([value])
            case list() | tuple() if all(isinstance(item, Block) for item in value):
                self._put_blocks(value)
            case _:
                kind = type(value).__name__.lower()
                self.builder.fault(
                    FaultCode.MISPLACED, f"a {kind} cannot be printed as text; name a part of it, or use a filter"
                )

    def _home(self, text: str) -> Element:
        """Return the element that `text` goes into.

        The paragraph then stays, even if the text is only a space.
        """
        for begun in self.stack:
            begun.fleeting = begun.fleeting and not text
        return self.stack[-1].node

    def _put_blocks(self, blocks: Sequence[Block]) -> None:
        """Replace the paragraph that holds only their tag with blocks."""
        paragraph = self.stack[-1].node
        home = paragraph.getparent()
        if not (self.slot and self.slot.alone) or home is None or paragraph.tag != P:
            self.builder.fault(
                FaultCode.MISPLACED,
                "a block needs a paragraph of its own; move the other text out of the tag's paragraph",
            )
            return
        ends_section = paragraph.find(SECTION) is not None
        if not ends_section:
            home.remove(paragraph)
        self.set_blocks(self.builder, home, blocks)
        if ends_section:
            home.append(paragraph)


def _count_steps(value: object) -> int:
    """Return the steps that printing a value costs."""
    entries = value if isinstance(value, list | tuple) else [value]
    blocks = [each for each in entries if isinstance(each, Block)]
    return 1 + STEPS_OF_A_LEAF * sum(1 for _ in iter_leaves(blocks))


def _remove_blank_element(begun: _OpenNode) -> None:
    """Remove an element that Word would show as blank or refuse.

    These are empty paragraphs, tables and cells.
    """
    node = begun.node
    parent = node.getparent()
    if node.tag == P and begun.fleeting and parent is not None and not has_visible_content(node):
        if node.find(SECTION) is None:
            parent.remove(node)
    elif node.tag == TBL and parent is not None and next(node.iter(TR), None) is None:
        parent.remove(node)
    elif node.tag in CONTAINERS:
        _end_in_paragraph(node)


def _end_in_paragraph(node: Element) -> None:
    """End a cell, box or header in a paragraph, as Word requires.

    Word also requires a paragraph below a table at the end.
    """
    blocks = [child for child in node if child.tag in BLOCKS]
    if blocks and blocks[-1].tag != TBL:
        return
    blank, section = add_element(node, "p"), node.find(W + "sectPr")
    if section is not None:
        section.addprevious(blank)
