"""Explain libyaml's syntax errors in words that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import yaml

QUOTE_IT = "needs quotation marks round it"
BY_PROBLEM = {
    "mapping values are not allowed": "a field cannot begin here: a text with a colon and a space in it"
    f" {QUOTE_IT}, or goes on lines of its own after “>-”",
    "could not find expected ':'": "the line above this is neither “field: text” nor a part of the text before it",
    "block sequence entries are not allowed": "a list begins on a line of its own;"
    f" a text that begins with a dash and a space {QUOTE_IT}",
    "found unknown escape character": "between double quotation marks “\\” with this letter means nothing;"
    " for “\\” itself write “\\\\”",
    "found invalid Unicode character escape code": "this escape is not the code of a character",
    "did not find expected comment or line break": "after “|” or “>” the text begins on the next line;"
    f" a text that begins with one of them {QUOTE_IT}",
    "did not find expected <document start>": "this line does not match those above:"
    " the first field of a file is not indented, and a file holds one document",
    "did not find expected node content": f"a text that begins with this character {QUOTE_IT}",
    "found undefined tag handle": f"a text that begins with ! {QUOTE_IT}",
}
BY_CONTEXT = {
    "while scanning a directive": "a line that begins with % is an instruction to YAML; delete it",
    "while scanning an alias": f"a text that begins with * {QUOTE_IT}",
    "while scanning an anchor": f"a text that begins with & {QUOTE_IT}",
    "while parsing a flow sequence": f"the list that “[” begins is not closed; a text that begins with [ {QUOTE_IT}",
    "while parsing a flow mapping": f"what “{{” begins is not closed; a text that begins with {{ {QUOTE_IT}",
}


def explain_syntax_error(error: yaml.MarkedYAMLError, text: str) -> tuple[str, int]:
    """Return the message about a syntax error, and its index."""
    problem, context = error.problem or "", error.context or ""
    at = error.problem_mark.index if error.problem_mark else 0
    begun = error.context_mark.index if error.context_mark else at
    if context in BY_CONTEXT:
        return BY_CONTEXT[context], begun
    if "unexpected end of stream" in problem:
        return f"the quotation mark {text[begun : begun + 1]} is never closed", begun
    if "cannot start any token" in problem:
        return f"a text that begins with {text[at : at + 1]} {QUOTE_IT}", at
    for known, message in BY_PROBLEM.items():
        if known in problem:
            return message, at
    if context.startswith("while parsing a block"):
        return _explain_misplaced(text, at), at
    return f"this cannot be read as YAML: {' '.join(filter(None, (context, problem)))}", at


def _explain_misplaced(text: str, at: int) -> str:
    """Explain text that is found where a field or entry should begin."""
    if text[text.rfind("\n", 0, at) + 1 : at].strip():
        return f"the text before this has ended, so nothing can follow it; a text with this in it {QUOTE_IT}"
    return "this line does not match those above: indent it like the list or the fields that it belongs to"
