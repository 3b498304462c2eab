"""The person who acts, their permissions, and their reasons."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from pressgen.errors import StateError, UsageError
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from pressgen.model.office import Office, Role

STAFF: Final[tuple[Role, ...]] = ("writer", "approver", "head")
"""The roles of people who act; a reviewer only gets copies."""
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode categories that no line of a ledger may contain: controls, broken characters, line and paragraph ends."""


def authorise_actor(office: Office, given: str | None, *roles: Role, to: str) -> str:
    """Return the id of the person who acts, if authorised.

    Args:
        office: has the people.
        given: the value of `--as` or PRESSGEN_AS.
        roles: one of which is needed; none for anybody who works in the office, which a `reviewer` alone does not.
        to: the purpose, for example `approve`.

    Raises:
        UsageError: nobody is named, or the person is not in the office.
        StateError: that person has none of the roles.
        InputError: the person cannot be found because people are at fault in the office file.
    """
    roles = roles or STAFF
    able = list_people_with_role(office, *roles)
    nobody = f"give somebody the role “{roles[0]}” in releases/pressgen.yaml"
    if given is None:
        who = f"Add --as {' or --as '.join(able)} (people are listed in releases/pressgen.yaml)"
        raise UsageError(f"Who are you? {who}" if able else f"nobody may {to}: {nobody}")
    if given not in office.people:
        office.need("people")
        among = suggest_name(given, office.people) or (f"; those who may {to}: {', '.join(able)}" if able else "")
        raise UsageError(f"“{given}” is not one of the office's people{among}")
    if not set(roles) & set(office.people[given].roles):
        who = f"ask {' or '.join(able)}" if able else nobody
        raise StateError(f"{given} may not {to}; {who}")
    return given


def list_people_with_role(office: Office, *roles: Role) -> list[str]:
    """List the ids of the people who have one of the roles."""
    return [each for each, member in office.people.items() if set(roles) & set(member.roles)]


def require_one_line(text: str, option: str) -> str:
    """Return a reason or remark, if it is one printable line.

    Raises:
        UsageError: `option` has no text, or one with line breaks or invisible characters.
    """
    line = text.strip()
    if not line:
        raise UsageError(f"{option} needs a text")
    if any(unicodedata.category(character) in UNSEEN for character in line):
        raise UsageError(f"{option} must be one line, without line breaks or invisible characters")
    return line
