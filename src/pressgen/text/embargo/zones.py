"""Find zones apart from times: `13:00 on 4 May, London time`."""

from __future__ import annotations

import re

from pressgen.text.embargo.names import ZONE_WORD

NAMED = re.compile(rf"(?<![\w-])(?:{ZONE_WORD})(?![\w-])", re.IGNORECASE)


def find_zones(line: str) -> list[str]:
    """Return the zones that a line names, each once, as printed.

    Abbreviations count only in capitals, because “est” is French.
    """
    found = [match[0] for match in NAMED.finditer(line) if match[0].isupper() or " " in match[0]]
    return list(dict.fromkeys(each for each in found if len(each) > 1))
