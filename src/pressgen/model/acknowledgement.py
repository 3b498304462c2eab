"""A warning that somebody accepted, with the reason."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from pressgen.model.record import Line, Record


class Acknowledgement(Record):
    """A warning that somebody accepted, with the reason."""

    rule: Annotated[str, StringConstraints(pattern=r"^[A-Z]+[0-9]+$")] = Field(description="Its code, such as `N06`.")
    where: Line = Field(description="The path that it stands at, such as `body[3]`, or one above it.")
    because: Line = Field(description="Why it may stand.")
    seen: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")] | None = Field(
        None,
        description="The fingerprint of the words there, which `check --fix` fills in: when they change, it lapses.",
    )
