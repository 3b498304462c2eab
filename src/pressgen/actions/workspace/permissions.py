"""Who acts, whether the office lets them, and the reasons they give."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from pressgen.errors import StateForbids, WrongUse
from pressgen.text.expression import near

if TYPE_CHECKING:
    from pressgen.model.office import Office, Role

STAFF: Final[tuple[Role, ...]] = ("writer", "approver", "head")
"""The roles of those who act; a reviewer is sent copies."""
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode's categories of what no line of a ledger may hold: controls, broken characters, line and paragraph ends."""


def acting(office: Office, given: str | None, *roles: Role, to: str) -> str:
    """The id of the person who acts.

    Args:
        office: the office, whose people they are.
        given: what `--as` or PRESSGEN_AS says.
        roles: one of which it takes; none for anybody who works in the office, which a `reviewer` alone does not.
        to: what it takes them for, such as `approve`.

    Raises:
        WrongUse: nobody is named, or nobody of the office.
        StateForbids: that person has none of the roles.
        Refused: nobody of that name can be read in the office file, where people are at fault.
    """
    roles = roles or STAFF
    able = having(office, *roles)
    nobody = f"give somebody the role “{roles[0]}” in releases/pressgen.yaml"
    if given is None:
        who = f"Add --as {' or --as '.join(able)} (people are listed in releases/pressgen.yaml)"
        raise WrongUse(f"Who are you? {who}" if able else f"nobody may {to}: {nobody}")
    if given not in office.people:
        office.need("people")
        among = near(given, office.people) or (f"; those who may {to}: {', '.join(able)}" if able else "")
        raise WrongUse(f"“{given}” is not one of the office's people{among}")
    if not set(roles) & set(office.people[given].roles):
        who = f"ask {' or '.join(able)}" if able else nobody
        raise StateForbids(f"{given} may not {to}; {who}")
    return given


def having(office: Office, *roles: Role) -> list[str]:
    """The ids of the people who have one of the roles."""
    return [each for each, member in office.people.items() if set(roles) & set(member.roles)]


def one_line(text: str, option: str) -> str:
    """A reason or a remark as it goes into the ledger, where it is printed on one line.

    Raises:
        WrongUse: `option` gave none, or one with line breaks or characters that nobody sees.
    """
    line = text.strip()
    if not line:
        raise WrongUse(f"{option} needs words")
    if any(unicodedata.category(character) in UNSEEN for character in line):
        raise WrongUse(f"{option} takes one line, without line breaks or characters that nobody sees")
    return line
