"""The fields that the model allows at a place of the data.

They serve suggestions and explanations.
"""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pressgen.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic.fields import FieldInfo

Step = str | int


def find_fields(model: type[Record], steps: Iterable[Step]) -> dict[str, FieldInfo]:
    """Find the fields that the model allows at a place.

    `steps` are the names and positions that lead there from `model`.
    """
    return {
        info.alias or name: info
        for each in _find_annotations(model, steps)
        for record in _records(each)
        for name, info in record.model_fields.items()
    }


def is_text_allowed(model: type[Record], steps: Iterable[Step]) -> bool:
    """Return whether a text may be at a place.

    `steps` are the names and positions that lead there from `model`.
    """
    return any(_contains_text(each) for each in _find_annotations(model, steps))


def _find_annotations(model: type[Record], steps: Iterable[Step]) -> list[Any]:
    found: list[Any] = [model]
    for step in steps:
        found = [inner for each in found for inner in _step_into(each, step)]
    return found


def _contains_text(declared: Any) -> bool:  # noqa: ANN401 - any annotation
    inner = get_args(declared) if get_origin(declared) in {Annotated, Union, UnionType} else ()
    return declared is str or any(_contains_text(each) for each in inner)


def _step_into(declared: Any, step: Step) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    origin, inner = get_origin(declared), get_args(declared)
    if origin is Annotated:
        yield from _step_into(inner[0], step)
    elif origin in {Union, UnionType}:
        for each in inner:
            yield from _step_into(each, step)
    elif origin is tuple:
        yield inner[0]
    elif origin is dict:
        yield inner[1]
    elif _is_record(declared) and step in declared.model_fields:
        yield declared.model_fields[step].annotation


def _records(declared: Any) -> Iterator[type[Record]]:  # noqa: ANN401
    if _is_record(declared):
        yield declared
    elif get_origin(declared) in {Annotated, Union, UnionType}:
        for each in get_args(declared):
            yield from _records(each)


def _is_record(declared: Any) -> bool:  # noqa: ANN401
    return isinstance(declared, type) and issubclass(declared, Record)
