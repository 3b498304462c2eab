"""Each code of a message has one meaning, and the manual says it."""

from __future__ import annotations

import ast
import re
from collections import Counter

from machine import ROOT

MANUAL = ROOT / "src" / "pressgen" / "manual"
PACKAGE = ROOT / "src" / "pressgen"
RULES = PACKAGE / "check" / "rules"
CODE = re.compile(r"[A-Z]{1,2}\d\d")
TOLD = re.compile(r"\b([A-Z]{1,2}\d\d) (?=cannot|could|is |was )")
"""A code at the beginning of a message that is put together as text."""


def mentioned() -> dict[str, set[str]]:
    """Every code that a module mentions, with the modules that do; a rule's own module counts as `rules`."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = "rules" if path.is_relative_to(RULES) else str(path.relative_to(PACKAGE))
        nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)]
        for text in (node.value for node in nodes if isinstance(node.value, str)):
            for code in [text] if CODE.fullmatch(text) else TOLD.findall(text):
                found.setdefault(code, set()).add(name)
    return found


def documented() -> Counter[str]:
    """How often the manual's tables and headings explain each code."""
    text = "\n".join(path.read_text() for path in sorted(MANUAL.glob("*.md")))
    found = Counter(re.findall(r"^\| `([A-Z]{1,2}\d\d)` \|", text, re.MULTILINE))
    return found + Counter(re.findall(r"^## ([A-Z]\d\d) [a-z-]+ \(", text, re.MULTILINE))


def test_the_manual_explains_every_code_once() -> None:
    explained = documented()

    assert set(mentioned()) == set(explained)
    assert {code for code, times in explained.items() if times > 1} == set()


def test_no_code_of_a_rule_is_used_for_anything_else() -> None:
    of_rules = {path.name[:3].upper() for path in RULES.glob("[a-z]??_*.py")}

    assert {code: rooms for code, rooms in mentioned().items() if code in of_rules and rooms != {"rules"}} == {}


def test_a_code_is_used_in_one_room_but_for_those_of_files_and_mails() -> None:
    """Files are read and written, and mails fail, in many rooms; the verifier's table repeats codes of Word files."""
    shared = re.compile(r"[KD]\d\d|[VX]\d\d|W0[12]|I\d\d|R22|R15")
    rooms = {code: {module.partition("/")[0] for module in modules} for code, modules in mentioned().items()}

    assert {code: found for code, found in rooms.items() if len(found) > 1 and not shared.fullmatch(code)} == {}


def test_no_message_goes_on_behind_the_question_what_was_meant() -> None:
    """`near` ends in a question mark: what follows it would begin with `?;`."""
    asking = re.compile(r"\{(?:near\([^{}]*\)|among|hint)\}[^\"')]")
    found = {path.name: asking.findall(path.read_text()) for path in PACKAGE.rglob("*.py")}

    assert {name: texts for name, texts in found.items() if texts} == {}
