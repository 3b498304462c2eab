"""The base of release and house records: names, texts, times, figures."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

ID = r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*"
ONE_LINE = r"^[^\p{Cc}\p{Zl}\p{Zp}]+$"
NUMBER = r"-?(?:0|[1-9]\d*)(?:\.\d+)?"

Id = Annotated[str, StringConstraints(pattern=f"^{ID}$", max_length=40)]
Line = Annotated[str, StringConstraints(min_length=1)]
Header = Annotated[str, StringConstraints(min_length=1, pattern=ONE_LINE)]
"""A text that is allowed in the header of a mail: a line break would begin another header."""

Prose = Annotated[str, StringConstraints(min_length=1)]
WallTime = Annotated[str, WithJsonSchema({"type": "string", "examples": ["2019-05-08 00:01"]})]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?$")]
Email = Annotated[str, StringConstraints(pattern=r'^[^@\s<>,;:"]+@[^@\s<>,;:"]+\.[^@\s<>,;:".]+$')]


def _check_truth(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds; pydantic judges what is left
    """Return a value of `true` or `false` as a boolean.

    YAML's yes, no, on and off stay text.
    """
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


Truth = Annotated[bool, BeforeValidator(_check_truth, json_schema_input_type=bool), Field(strict=True)]


class Record(BaseModel):
    """The base of all data records, immutable and without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def read_number(text: str) -> Decimal | None:
    """Return the number of a fact's value; None for words."""
    return Decimal(text) if re.fullmatch(NUMBER, text, re.ASCII) else None
